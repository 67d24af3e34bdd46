"""Who may do what, against the table as the domain states it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotations.models import Article, Assignment, Link, Membership, Role, Span, User, Verdict
from annotations.permissions import TABLE, Action, can
from tests.cast import (
    CRACKS,
    DANGER,
    Cast,
    fresh,
    make_article,
    make_cast,
    make_comment,
    make_link,
    make_span,
    make_supported,
    make_verdict,
    person,
)

ROLES = ("viewer", "annotator", "reviewer", "manager")

EXPECTED: dict[Action, tuple[bool, bool, bool, bool]] = {
    # on the first annotator's work in a shared project: viewer, annotator, reviewer, manager
    Action.READ: (True, True, True, True),
    Action.READ_WORK: (False, True, True, True),
    Action.EXPORT: (True, True, True, True),
    Action.ANNOTATE: (False, True, False, False),
    Action.MARK: (False, True, False, False),
    Action.CHANGE_SPAN: (False, True, False, False),
    Action.LINK: (False, True, False, False),
    Action.JUDGE: (False, True, False, False),
    Action.SUBMIT: (False, True, False, False),
    Action.REVIEW: (False, False, True, True),
    Action.COMMENT: (False, True, True, True),
    Action.REWORD: (False, True, False, False),
    Action.MANAGE: (False, False, False, True),
}


def subject_of(action: Action, cast: Cast) -> Any:
    """Something of the first annotator's that the action is about."""
    claim, _, link, verdict = make_supported(cast)
    return {
        Action.CHANGE_SPAN: claim,
        Action.LINK: link,
        Action.JUDGE: verdict,
        Action.SUBMIT: verdict,
        Action.REVIEW: verdict,
        Action.REWORD: make_comment(cast.annotator, claim),
        Action.MANAGE: cast.project,
    }.get(action, cast.article)


@pytest.mark.parametrize("action", list(Action))
def test_each_role_may_do_what_the_table_says(cast: Cast, action: Action) -> None:
    subject = subject_of(action, cast)

    assert tuple(can(fresh(cast.everybody[role]), action, subject) for role in ROLES) == EXPECTED[action]


@pytest.mark.parametrize("action", list(Action))
def test_somebody_who_is_no_member_may_do_nothing(cast: Cast, action: Action) -> None:
    assert not can(fresh(cast.outsider), action, subject_of(action, cast))


def test_every_action_is_in_the_table() -> None:
    assert set(TABLE) == set(Action) == set(EXPECTED)


@pytest.mark.parametrize(
    ("mode", "action", "allowed"),
    [
        ("shared", Action.CHANGE_SPAN, False),
        ("shared", Action.LINK, True),
        ("shared", Action.JUDGE, True),
        ("shared", Action.SUBMIT, False),
        ("independent", Action.CHANGE_SPAN, False),
        ("independent", Action.LINK, False),
        ("independent", Action.JUDGE, False),
        ("independent", Action.SUBMIT, False),
    ],
)
def test_another_annotators_work(db: None, mode: str, action: Action, allowed: bool) -> None:
    cast = make_cast(mode=mode)

    assert can(fresh(cast.annotator2), action, subject_of(action, cast)) is allowed


@pytest.mark.parametrize("action", [Action.MARK, Action.CHANGE_SPAN, Action.LINK, Action.JUDGE])
def test_a_reviewer_who_adjudicates_may_work_on_the_adjudication(cast: Cast, action: Action) -> None:
    adjudication = Assignment.objects.create(
        article=cast.article, assignee=cast.reviewer, kind=Assignment.Kind.ADJUDICATE
    )
    claim = make_span(cast.annotator, cast.article, assignment=adjudication)
    subject: Any = {
        Action.MARK: cast.article,
        Action.CHANGE_SPAN: claim,
        Action.LINK: Link(source=claim, target=claim),
        Action.JUDGE: Verdict(claim=claim),
    }[action]

    assert can(fresh(cast.reviewer), action, subject)


WHOSE = ("pass", "adjudication", "other pass", "other adjudication")
"""Where a claim stands: in one's own pass or adjudication, or in somebody else's."""

ON_CLAIMS: dict[tuple[str, str], dict[str, set[str]]] = {
    # what a role may change, and what it may link and judge, of these, in a project of this mode
    ("shared", "viewer"): {"change": set(), "judge": set()},
    ("shared", "annotator"): {"change": {"pass"}, "judge": set(WHOSE)},
    ("shared", "reviewer"): {"change": {"adjudication"}, "judge": {"adjudication"}},
    ("shared", "manager"): {"change": {"adjudication"}, "judge": {"adjudication"}},
    ("independent", "viewer"): {"change": set(), "judge": set()},
    ("independent", "annotator"): {"change": {"pass"}, "judge": {"pass", "adjudication"}},
    ("independent", "reviewer"): {"change": {"adjudication"}, "judge": {"adjudication"}},
    ("independent", "manager"): {"change": {"adjudication"}, "judge": {"adjudication"}},
}


def claims_of(cast: Cast, user: User) -> dict[str, Span]:
    """A claim in each place; `user` has both kinds of assignment, also where their role no longer goes with them."""
    other = person("other")
    places = [(who, kind) for who in (user, other) for kind in Assignment.Kind]
    return {
        whose: make_span(
            who, cast.article, assignment=Assignment.objects.create(article=cast.article, assignee=who, kind=kind)
        )
        for whose, (who, kind) in zip(WHOSE, places, strict=True)
    }


@pytest.mark.parametrize(("mode", "role"), ON_CLAIMS)
def test_whose_claims_a_role_may_work_on(db: None, mode: str, role: str) -> None:
    cast = make_cast(mode=mode, annotators_per_article=2)
    claims = claims_of(cast, cast.everybody[role])
    user = fresh(cast.everybody[role])

    def allowed(action: Action, subject: Callable[[Span], Any]) -> set[str]:
        return {whose for whose, claim in claims.items() if can(user, action, subject(claim))}

    expected = ON_CLAIMS[mode, role]
    assert allowed(Action.CHANGE_SPAN, lambda claim: claim) == expected["change"]
    assert allowed(Action.LINK, lambda claim: Link(target=claim)) == expected["judge"]
    assert allowed(Action.JUDGE, lambda claim: Verdict(claim=claim)) == expected["judge"]


@pytest.mark.parametrize(("role", "may"), [(role, role == "annotator") for role in ROLES])
def test_only_an_annotator_submits_and_only_what_they_hold(cast: Cast, role: str, may: bool) -> None:
    user = cast.everybody[role]
    claim = claims_of(cast, user)["adjudication"]
    mine, other = make_verdict(user, claim), Verdict(claim=claim, author=person("other"))

    assert can(fresh(user), Action.SUBMIT, mine) is may
    assert not can(fresh(user), Action.SUBMIT, other)


HANDED: dict[str, tuple[set[Action], set[Action]]] = {
    # what the former and the new holder of a verdict on the former's claim may do, in a project of this mode
    "shared": ({Action.JUDGE, Action.LINK}, {Action.JUDGE, Action.LINK, Action.SUBMIT}),
    "independent": ({Action.LINK}, {Action.JUDGE, Action.LINK, Action.SUBMIT}),
}


@pytest.mark.parametrize("mode", HANDED)
def test_a_verdict_that_was_handed_over_is_its_holders(db: None, mode: str) -> None:
    cast = make_cast(mode=mode)
    Membership.objects.filter(user=cast.reviewer).update(roles=[Role.ANNOTATOR, Role.REVIEWER])
    claim, _, link, _ = make_supported(cast)
    Verdict.objects.update(holder=cast.reviewer, version=2)
    subjects: dict[Action, Any] = {
        Action.JUDGE: Verdict.objects.get(),
        Action.LINK: link,
        Action.SUBMIT: Verdict.objects.get(),
    }

    def allowed(user: User) -> set[Action]:
        return {action for action, subject in subjects.items() if can(fresh(user), action, subject)}

    assert (allowed(cast.annotator), allowed(cast.reviewer)) == HANDED[mode]
    assert not can(fresh(cast.reviewer), Action.CHANGE_SPAN, claim)


@pytest.mark.parametrize("role", ROLES)
def test_an_article_is_marked_by_annotators_and_by_who_adjudicates_it(cast: Cast, role: str) -> None:
    user = cast.everybody[role]
    assert can(fresh(user), Action.MARK, cast.article) is (role == "annotator")

    Assignment.objects.create(article=cast.article, assignee=user, kind=Assignment.Kind.ADJUDICATE)

    assert can(fresh(user), Action.MARK, Article.objects.get()) is (role != "viewer")
    assert can(fresh(user), Action.MARK, make_article(cast.project, "Another text.")) is (role == "annotator")


def test_one_person_can_hold_several_roles(cast: Cast) -> None:
    Membership.objects.filter(user=cast.annotator).update(roles=[Role.ANNOTATOR, Role.REVIEWER])

    assert can(fresh(cast.annotator), Action.MARK, cast.article)
    assert can(fresh(cast.annotator), Action.REVIEW, make_supported(cast)[3])


def seen(user: User) -> tuple[int, int, int]:
    """How many spans, links and verdicts somebody reads."""
    reader = fresh(user)
    counts = [model.objects.visible_to(reader).count() for model in (Span, Link, Verdict)]
    return counts[0], counts[1], counts[2]


def test_in_a_shared_project_members_who_work_see_all_work(cast: Cast) -> None:
    make_supported(cast)

    for role in ("annotator", "annotator2", "reviewer", "manager"):
        assert seen(cast.everybody[role]) == (2, 1, 1)
    assert seen(cast.viewer) == seen(cast.outsider) == (0, 0, 0)


def test_a_viewer_sees_an_approved_verdict_with_its_claim_and_evidence_only(cast: Cast) -> None:
    claim, fact, _, verdict = make_supported(cast)
    unused = make_span(cast.annotator, cast.article, DANGER, "fact")
    verdict.submit(by=cast.annotator, from_version=1)
    assert seen(cast.viewer) == (0, 0, 0)

    verdict.approve(by=cast.reviewer, from_version=2)

    assert seen(cast.viewer) == (2, 1, 1)
    assert set(Span.objects.visible_to(fresh(cast.viewer))) == {claim, fact}
    assert unused in Span.objects.visible_to(fresh(cast.manager))


def test_independent_annotators_see_their_own_work_only(independent_cast: Cast) -> None:
    cast = independent_cast
    make_supported(cast)

    assert seen(cast.annotator) == (2, 1, 1)
    assert seen(cast.annotator2) == (0, 0, 0)
    assert seen(cast.reviewer) == (2, 1, 1)


def test_independent_work_opens_when_both_have_submitted(independent_cast: Cast) -> None:
    cast = independent_cast
    make_supported(cast)
    other = make_span(cast.annotator2, cast.article, CRACKS, "fact")
    make_link(cast.annotator2, other, make_span(cast.annotator2, cast.article))
    first, second = Assignment.objects.filter(article=cast.article).order_by("pk")

    first.submit(by=cast.annotator)
    assert (seen(cast.annotator)[0], seen(cast.annotator2)[0]) == (2, 2)
    second.submit(by=cast.annotator2)
    assert (seen(cast.annotator)[0], seen(cast.annotator2)[0]) == (4, 4)
    first.reopen(by=cast.manager)
    assert (seen(cast.annotator)[0], seen(cast.annotator2)[0]) == (2, 2)

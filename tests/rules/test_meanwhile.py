"""Rule 9, and what the other rules come to when two people act at the same time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotations.models import Link, Membership, Project, Role, Span, Verdict
from annotations.rules import (
    DUPLICATE_SPAN,
    EVIDENCE_NEEDED,
    LAST_MANAGER,
    ONE_VERDICT,
    RATING_IN_USE,
    RATING_UNKNOWN,
    RELATION_TABLE,
    RESTATED_CLAIM,
    RESTATES_CHAIN,
    STALE_VERSION,
    UNDER_REVIEW,
    Rule,
)
from tests.api.refusals import nothing_changed, refused
from tests.cast import CRACKS, DANGER, SAFE, Api, Cast, make_link, make_span, make_supported, make_verdict
from tests.rules.attack import broken, meanwhile, sql, values

Act = Callable[[], object]
BOTH_ORDERS = pytest.mark.parametrize("turned", [False, True], ids=["in this order", "the other way round"])


def outcome(one: Act, other: Act, turned: bool) -> Rule | None:
    """What became of the second of two acts, begun before the first was committed."""
    return meanwhile(other, one) if turned else meanwhile(one, other)


@pytest.mark.parametrize("version", [1, 3, 0])
def test_sql_states_the_version_that_it_changes(cast: Cast, version: int) -> None:
    *_, link, verdict = make_supported(cast)

    for table, key in (("span", link.source_id), ("link", link.pk), ("verdict", verdict.pk)):
        with broken(STALE_VERSION):
            sql(f"UPDATE annotations_{table} SET version = %s WHERE id = %s", version, key)
        assert values(table, key, "version") == (1,)


@pytest.mark.parametrize(("kind", "change"), [("spans", "note"), ("links", "note"), ("verdicts", "rationale")])
def test_a_stale_change_is_refused_and_shows_the_current_state(cast: Cast, kind: str, change: str) -> None:
    claim, _, link, verdict = make_supported(cast)
    things: dict[str, Any] = {"spans": claim, "links": link, "verdicts": verdict}
    thing = things[kind]
    stale = type(thing).objects.get(pk=thing.pk)
    thing.change(by=cast.annotator, from_version=1, **{change: "mine"})

    with broken(STALE_VERSION):
        stale.change(by=cast.annotator2, from_version=1, **{change: "theirs"})
    with broken(STALE_VERSION):
        stale.save()
    with nothing_changed():
        answer = Api(cast.annotator).call("patch", f"{kind}/{thing.pk}/", {change: "theirs"}, version=1)
    current = refused(answer, 412, "stale-version", "version")["current"]
    assert (current["version"], current[change]) == (2, "mine")


def test_a_refused_change_leaves_the_version_of_the_object_as_it_was(cast: Cast) -> None:
    claim, _, _, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)

    with broken(UNDER_REVIEW):
        claim.change(by=cast.annotator, from_version=1, note="x")
    assert claim.version == 1


@pytest.mark.parametrize("kind", ["span", "link", "verdict"])
def test_a_change_of_what_is_gone_meanwhile_is_stale(cast: Cast, kind: str) -> None:
    claim, _, link, verdict = make_supported(cast)
    things: dict[str, Any] = {"span": claim, "link": link, "verdict": verdict}
    thing, value = things[kind], {"rationale" if kind == "verdict" else "note": "n"}
    type(thing).objects.get(pk=thing.pk).remove(by=cast.annotator, from_version=1)

    with broken(STALE_VERSION):
        thing.change(by=cast.annotator, from_version=1, **value)


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_from_one_version_the_second_is_refused(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article)
    first, second = Span.objects.get(pk=span.pk), Span.objects.get(pk=span.pk)

    refusal = meanwhile(
        lambda: first.change(by=cast.annotator, from_version=1, note="first"),
        lambda: second.change(by=cast.annotator, from_version=1, note="second"),
    )

    assert refusal is STALE_VERSION
    assert values("span", span.pk, "note", "version") == ("first", 2)


@pytest.mark.django_db(transaction=True)
@BOTH_ORDERS
def test_of_a_withdrawal_and_an_approval_the_second_is_refused(cast: Cast, turned: bool) -> None:
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    mine, theirs = Verdict.objects.get(), Verdict.objects.get()

    refusal = outcome(
        lambda: mine.withdraw(by=cast.annotator, from_version=2),
        lambda: theirs.approve(by=cast.reviewer, from_version=2),
        turned,
    )

    assert refusal is not None
    assert values("verdict", verdict.pk, "state", "version") == ("approved" if turned else "draft", 3)


@pytest.mark.django_db(transaction=True)
@BOTH_ORDERS
def test_a_span_is_not_relabelled_under_a_link_that_is_being_made(cast: Cast, turned: bool) -> None:
    claim, fact = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, CRACKS, "fact")

    refusal = outcome(
        lambda: Span.objects.get(pk=claim.pk).change(by=cast.annotator, from_version=1, label="fact"),
        lambda: make_link(cast.annotator, fact, claim),
        turned,
    )

    assert refusal is RELATION_TABLE
    assert Link.objects.count() == (values("span", claim.pk, "label") == ("claim",))


@pytest.mark.django_db(transaction=True)
@BOTH_ORDERS
def test_two_restatements_made_at_once_do_not_chain(cast: Cast, turned: bool) -> None:
    one, two, three = (make_span(cast.annotator, cast.article, at) for at in (SAFE, CRACKS, DANGER))

    refusal = outcome(
        lambda: make_link(cast.annotator, one, two, "restates"),
        lambda: make_link(cast.annotator2, two, three, "restates"),
        turned,
    )

    assert (refusal, Link.objects.count()) == (RESTATES_CHAIN, 1)


@pytest.mark.django_db(transaction=True)
@BOTH_ORDERS
def test_a_claim_does_not_get_a_verdict_while_it_becomes_a_restatement(cast: Cast, turned: bool) -> None:
    one, two = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, DANGER)

    refusal = outcome(
        lambda: make_link(cast.annotator, one, two, "restates"), lambda: make_verdict(cast.annotator2, one), turned
    )

    assert (refusal, Link.objects.count() + Verdict.objects.count()) == (RESTATED_CLAIM, 1)


@pytest.mark.django_db(transaction=True)
@BOTH_ORDERS
@pytest.mark.parametrize("what", ["link", "source"])
def test_a_verdict_is_not_submitted_while_its_evidence_is_deleted(cast: Cast, turned: bool, what: str) -> None:
    _, fact, link, verdict = make_supported(cast)
    evidence: Any = link if what == "link" else fact

    refusal = outcome(
        lambda: verdict.submit(by=cast.annotator, from_version=1),
        lambda: type(evidence).objects.get(pk=evidence.pk).remove(by=cast.annotator, from_version=1),
        turned,
    )

    assert refusal is (EVIDENCE_NEEDED if turned else UNDER_REVIEW)
    assert (values("verdict", verdict.pk, "state") == ("submitted",)) == Link.objects.exists()


@pytest.mark.django_db(transaction=True)
@BOTH_ORDERS
def test_a_verdict_is_not_submitted_while_its_claim_is_deleted(cast: Cast, turned: bool) -> None:
    claim, _, _, verdict = make_supported(cast)

    refusal = outcome(
        lambda: verdict.submit(by=cast.annotator, from_version=1),
        lambda: Span.objects.get(pk=claim.pk).remove(by=cast.annotator, from_version=1),
        turned,
    )

    assert refusal is (STALE_VERSION if turned else UNDER_REVIEW)
    assert Verdict.objects.filter(state="submitted").exists() is not turned


@pytest.mark.django_db(transaction=True)
def test_no_link_is_added_while_a_verdict_is_submitted(cast: Cast) -> None:
    claim, fact, _, verdict = make_supported(cast)

    refusal = meanwhile(
        lambda: verdict.submit(by=cast.annotator, from_version=1),
        lambda: make_link(cast.annotator2, fact, claim, "contradicts"),
    )

    assert (refusal, Link.objects.count()) == (UNDER_REVIEW, 1)


@pytest.mark.django_db(transaction=True)
def test_two_verdicts_for_one_claim_do_not_both_come_to_be(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)

    refusal = meanwhile(lambda: make_verdict(cast.annotator, claim), lambda: make_verdict(cast.annotator2, claim))

    assert (refusal, Verdict.objects.get().author) == (ONE_VERDICT, cast.annotator)


@pytest.mark.django_db(transaction=True)
def test_the_same_passage_marked_twice_at_once_stands_once(cast: Cast) -> None:
    make_span(cast.annotator, cast.article, CRACKS)

    refusal = meanwhile(
        lambda: make_span(cast.annotator, cast.article), lambda: make_span(cast.annotator, cast.article)
    )

    assert (refusal, Span.objects.count()) == (DUPLICATE_SPAN, 2)


@pytest.mark.django_db(transaction=True)
def test_two_managers_do_not_remove_each_other(cast: Cast) -> None:
    second = Membership.objects.get(user=cast.reviewer)
    Membership.objects.filter(pk=second.pk).update(roles=[Role.MANAGER])
    first = Membership.objects.get(user=cast.manager)

    refusal = meanwhile(first.delete, lambda: Membership.objects.filter(pk=second.pk).update(roles=["viewer"]))

    assert refusal is LAST_MANAGER
    assert Membership.objects.filter(project=cast.project, roles__contains=[Role.MANAGER]).get() == second


@pytest.mark.parametrize(
    "attack", ["DELETE FROM annotations_membership", "UPDATE annotations_membership SET roles = '{viewer}'"]
)
def test_a_project_keeps_a_manager(cast: Cast, attack: str) -> None:
    with broken(LAST_MANAGER):
        sql(attack)


@pytest.mark.django_db(transaction=True)
@BOTH_ORDERS
def test_a_rating_does_not_leave_the_scale_while_it_is_being_given(cast: Cast, turned: bool) -> None:
    claim = make_span(cast.annotator, cast.article)
    less = [rating for rating in cast.project.scale if rating["key"] != "not_enough_evidence"]

    refusal = outcome(
        lambda: make_verdict(cast.annotator, claim),
        lambda: Project.objects.filter(pk=cast.project.pk).update(scale=less),
        turned,
    )

    assert refusal is (RATING_UNKNOWN if turned else RATING_IN_USE)
    assert Verdict.objects.exists() is not turned

"""Who holds a verdict: the holder submits it, and whoever ever wrote or edited it reviews nothing of it."""

from __future__ import annotations

import pytest

from annotations.models import Assignment, Event, Membership, Span, Verdict
from annotations.operations.restore import deleted, restore
from annotations.rules import (
    HOLDER_ANNOTATES,
    HOLDER_RATED_TEXT,
    HOLDER_SEES_CLAIM,
    NOT_HOLDER,
    OWN_VERDICT,
    STALE_VERSION,
    VERDICT_STATE,
)
from tests.cast import SAFE, Cast, make_span, make_supported, make_verdict, person
from tests.rules.attack import broken, sql, values
from tests.rules.verdicts.test_reviews import REVIEW, verdict_in

HAND_OVER = "UPDATE annotations_verdict SET holder_id = %s, version = version + 1"


@pytest.fixture
def draft(cast: Cast) -> Verdict:
    return make_supported(cast)[-1]


def give_roles(cast: Cast, name: str, *roles: str) -> None:
    Membership.objects.filter(project=cast.project, user=cast.everybody[name]).update(roles=list(roles))


def submit_pass(cast: Cast, *names: str) -> None:
    for name in names:
        taken, _ = Assignment.objects.take_up(cast.article, by=cast.everybody[name])
        taken.submit(by=cast.everybody[name])


def test_the_author_holds_a_new_verdict(cast: Cast, draft: Verdict) -> None:
    assert draft.holder == cast.annotator
    assert draft.written_by == [cast.annotator.pk]


@pytest.mark.parametrize("name", ["manager", "reviewer", "viewer", "outsider"])
def test_only_an_annotator_of_the_project_takes_it_over(cast: Cast, draft: Verdict, name: str) -> None:
    with broken(HOLDER_ANNOTATES):
        sql(HAND_OVER, cast.everybody[name].pk)


def test_a_deactivated_annotator_takes_nothing_over(cast: Cast, draft: Verdict) -> None:
    cast.annotator2.is_active = False
    cast.annotator2.save()

    with broken(HOLDER_ANNOTATES):
        sql(HAND_OVER, cast.annotator2.pk)


def test_a_new_verdict_is_held_by_nobody_but_its_author(cast: Cast) -> None:
    with broken(HOLDER_ANNOTATES):
        make_verdict(cast.annotator, make_span(cast.annotator, cast.article), holder=cast.annotator2)


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_what_is_under_review_keeps_its_holder(cast: Cast, state: str) -> None:
    verdict_in(state, cast)

    with broken(VERDICT_STATE):
        sql(HAND_OVER, cast.annotator2.pk)


def test_a_returned_verdict_is_handed_over(cast: Cast) -> None:
    verdict = verdict_in("returned", cast)

    sql(HAND_OVER, cast.annotator2.pk)

    held = ("holder_id", "author_id", "state", "version")
    assert values("verdict", verdict.pk, *held) == (cast.annotator2.pk, cast.annotator.pk, "returned", 4)


def test_a_hand_over_changes_nothing_else(cast: Cast, draft: Verdict) -> None:
    for change in ("rationale = 'Mine'", "rating = 'refuted'", "state = 'submitted'"):
        with broken(VERDICT_STATE):
            sql(f"UPDATE annotations_verdict SET holder_id = %s, {change}, version = version + 1", cast.annotator2.pk)


def test_a_hand_over_counts_as_a_version(cast: Cast, draft: Verdict) -> None:
    with broken(STALE_VERSION):
        sql("UPDATE annotations_verdict SET holder_id = %s", cast.annotator2.pk)


@pytest.mark.parametrize("name", ["annotator", "manager", "reviewer"])
def test_only_the_holder_submits(cast: Cast, draft: Verdict, name: str) -> None:
    sql(HAND_OVER, cast.annotator2.pk)
    handed = Verdict.objects.get()

    with broken(NOT_HOLDER):
        handed.submit(by=cast.everybody[name], from_version=None)
    handed.submit(by=cast.annotator2, from_version=None)


def test_only_the_holder_withdraws(cast: Cast, draft: Verdict) -> None:
    sql(HAND_OVER, cast.annotator2.pk)
    handed = Verdict.objects.get()
    handed.submit(by=cast.annotator2, from_version=None)

    with broken(NOT_HOLDER):
        handed.withdraw(by=cast.annotator, from_version=None)
    handed.withdraw(by=cast.annotator2, from_version=None)


@pytest.mark.parametrize("who", ["annotator", "annotator2", "manager", "reviewer"])
def test_whoever_ever_edited_it_never_reviews_it(cast: Cast, draft: Verdict, who: str) -> None:
    for version, name in enumerate(("annotator2", "manager", "reviewer"), 1):
        draft.change(by=cast.everybody[name], from_version=version, rationale=f"By {name}")
    draft.change(by=cast.annotator2, from_version=4, rationale="Last")
    draft.submit(by=cast.annotator, from_version=5)

    with broken(OWN_VERDICT):
        sql(REVIEW, draft.pk, 6, cast.everybody[who].pk, "approved", "")


def test_nobody_reviews_what_they_hold(cast: Cast, draft: Verdict) -> None:
    give_roles(cast, "annotator2", "annotator", "reviewer")
    sql(HAND_OVER, cast.annotator2.pk)
    Verdict.objects.get().submit(by=cast.annotator2, from_version=None)

    with broken(OWN_VERDICT):
        sql(REVIEW, draft.pk, 3, cast.annotator2.pk, "approved", "")


def test_somebody_who_held_it_and_never_edited_it_may_review_it(cast: Cast, draft: Verdict) -> None:
    give_roles(cast, "annotator2", "annotator", "reviewer")
    sql(HAND_OVER, cast.annotator2.pk)
    sql(HAND_OVER, cast.annotator.pk)
    Verdict.objects.get().submit(by=cast.annotator, from_version=None)

    sql(REVIEW, draft.pk, 4, cast.annotator2.pk, "approved", "")


def test_no_statement_takes_somebody_off_the_list_of_writers(cast: Cast, draft: Verdict) -> None:
    draft.change(by=cast.annotator2, from_version=1, rationale="Mine")

    sql("UPDATE annotations_verdict SET written_by = '{}', edited_by_id = author_id, version = version + 1")

    assert values("verdict", draft.pk, "written_by") == (sorted([cast.annotator.pk, cast.annotator2.pk]),)


def test_a_restored_verdict_has_its_holder_and_all_its_writers(cast: Cast, draft: Verdict) -> None:
    draft.change(by=cast.manager, from_version=1, rationale="Mine")
    draft.change(by=cast.annotator, from_version=2, rationale="Ours")
    sql(HAND_OVER, cast.annotator2.pk)
    Verdict.objects.get().remove(by=cast.annotator2, from_version=None)
    gone = deleted([cast.project.pk], "verdict", draft.pk)
    assert gone is not None

    restored = restore(gone, by=cast.annotator2)

    assert restored.holder == cast.annotator2
    assert restored.written_by == sorted([cast.annotator.pk, cast.manager.pk])


def test_the_history_says_who_handed_what_to_whom(cast: Cast, draft: Verdict) -> None:
    sql(HAND_OVER, cast.annotator2.pk)

    event = Event.objects.of(cast.project.pk, "verdict", draft.pk).first()
    assert event is not None
    assert event.before is not None
    assert event.after is not None
    assert (event.before["holder_id"], event.after["holder_id"]) == (cast.annotator.pk, cast.annotator2.pk)
    assert "written_by" not in event.after


@pytest.mark.parametrize("done", [[], ["annotator"], ["annotator2"]])
def test_in_an_independent_project_nobody_takes_over_what_they_cannot_see(
    independent_cast: Cast, done: list[str]
) -> None:
    make_supported(independent_cast)
    submit_pass(independent_cast, *done)

    with broken(HOLDER_SEES_CLAIM):
        sql(HAND_OVER, independent_cast.annotator2.pk)


def test_it_goes_to_an_annotator_once_both_have_submitted(independent_cast: Cast) -> None:
    make_supported(independent_cast)
    submit_pass(independent_cast, "annotator", "annotator2")

    sql(HAND_OVER, independent_cast.annotator2.pk)


@pytest.mark.parametrize("role", ["reviewer", "manager"])
def test_it_goes_to_an_annotator_who_sees_all_work(independent_cast: Cast, role: str) -> None:
    make_supported(independent_cast)
    give_roles(independent_cast, role, "annotator", role)
    if role == "manager":
        independent_cast.project.memberships.create(user=person("second manager"), roles=["manager"])

    sql(HAND_OVER, independent_cast.everybody[role].pk)


def test_it_does_not_go_to_somebody_who_rated_the_same_text(independent_cast: Cast) -> None:
    cast = independent_cast
    draft = make_supported(cast)[-1]
    make_verdict(cast.annotator2, make_span(cast.annotator2, cast.article, (SAFE[0] - 5, SAFE[0] + 3)))
    submit_pass(cast, "annotator", "annotator2")

    with broken(HOLDER_RATED_TEXT):
        sql(f"{HAND_OVER} WHERE id = %s", cast.annotator2.pk, draft.pk)


def test_nested_claims_of_one_person_go_together(independent_cast: Cast) -> None:
    cast = independent_cast
    make_supported(cast)
    make_verdict(cast.annotator, make_span(cast.annotator, cast.article, (SAFE[0], SAFE[1] - 3)))
    submit_pass(cast, "annotator", "annotator2")

    sql(HAND_OVER, cast.annotator2.pk)

    assert Verdict.objects.filter(holder=cast.annotator2).count() == 2


def test_in_an_independent_project_only_the_holder_edits(independent_cast: Cast) -> None:
    cast = independent_cast
    draft = make_supported(cast)[-1]
    submit_pass(cast, "annotator", "annotator2")
    sql(HAND_OVER, cast.annotator2.pk)
    handed = Verdict.objects.get()

    with broken(NOT_HOLDER):
        handed.change(by=cast.annotator, from_version=None, rationale="Still mine?")
    handed.change(by=cast.annotator2, from_version=None, rationale="Mine now.")
    assert values("verdict", draft.pk, "rationale") == ("Mine now.",)
    assert Span.objects.get(pk=draft.claim_id).assignment.assignee == cast.annotator

"""Rule 7 and the life of a verdict: every step is one of the picture's, and somebody else decides."""

from __future__ import annotations

import pytest

from annotations.models import Membership, Review, Verdict
from annotations.rules import (
    HISTORY_APPEND_ONLY,
    OWN_VERDICT,
    REASON_NEEDED,
    REVIEW_NEEDED,
    UNDER_REVIEW,
    VERDICT_STATE,
    Rule,
)
from tests.api.refusals import nothing_changed, refused
from tests.cast import Api, Cast, make_supported
from tests.rules.attack import broken, sql, values

SET_STATE = "UPDATE annotations_verdict SET state = %s, version = version + 1"
REVIEW = (
    "INSERT INTO annotations_review (verdict_id, verdict_version, reviewer_id, decision, reason, evidence_digest) "
    "VALUES (%s, %s, %s, %s, %s, '')"
)
ALLOWED_IN_SQL = {
    ("draft", "draft"), ("draft", "submitted"), ("returned", "submitted"), ("returned", "draft"),
    ("submitted", "draft"),
}  # fmt: skip
DECIDED = {("submitted", "approved"), ("submitted", "returned"), ("approved", "returned")}
STATES = ("draft", "submitted", "returned", "approved")


def verdict_in(state: str, cast: Cast) -> Verdict:
    verdict = make_supported(cast)[-1]
    if state != "draft":
        verdict.submit(by=cast.annotator, from_version=None)
    if state == "approved":
        verdict.approve(by=cast.reviewer, from_version=None)
    if state == "returned":
        verdict.send_back(by=cast.reviewer, from_version=None, reason="Why?")
    return verdict


def refusal_of(before: str, after: str) -> Rule:
    if (before, after) in DECIDED:
        return REVIEW_NEEDED
    return UNDER_REVIEW if before == after and before != "returned" else VERDICT_STATE


@pytest.mark.parametrize(
    ("before", "after"),
    [(before, after) for before in STATES for after in STATES if (before, after) not in ALLOWED_IN_SQL],
)
def test_no_statement_takes_a_step_that_is_not_in_the_picture(cast: Cast, before: str, after: str) -> None:
    verdict = verdict_in(before, cast)

    with broken(refusal_of(before, after)):
        sql(SET_STATE, after)
    assert values("verdict", verdict.pk, "state") == (before,)


def test_the_orm_cannot_approve_without_a_review(cast: Cast) -> None:
    verdict = verdict_in("submitted", cast)
    verdict.state, verdict.reviewer = Verdict.State.APPROVED, cast.reviewer

    with broken(REVIEW_NEEDED):
        verdict.save()
    assert not Review.objects.exists()


def test_a_state_that_is_not_in_the_picture_is_none(cast: Cast) -> None:
    verdict_in("draft", cast)

    with broken(VERDICT_STATE):
        sql(SET_STATE, "perfect")


def test_nobody_reviews_what_they_wrote(cast: Cast) -> None:
    verdict = verdict_in("submitted", cast)
    Membership.objects.filter(user=cast.annotator).update(roles=["annotator", "reviewer"])

    with broken(OWN_VERDICT):
        sql(REVIEW, verdict.pk, 2, cast.annotator.pk, "approved", "")
    with broken(OWN_VERDICT):
        verdict.approve(by=cast.annotator, from_version=2)
    with nothing_changed():
        answer = Api(cast.annotator).call("post", f"verdicts/{verdict.pk}/approve/", version=2)
    refused(answer, 409, "own-verdict", "reviewer")
    assert values("verdict", verdict.pk, "state") == ("submitted",)


def test_nobody_reviews_what_they_edited(cast: Cast) -> None:
    verdict = verdict_in("draft", cast)
    verdict.change(by=cast.annotator2, from_version=1, rationale="I know better.")
    verdict.submit(by=cast.annotator, from_version=2)

    with broken(OWN_VERDICT):
        sql(REVIEW, verdict.pk, 3, cast.annotator2.pk, "approved", "")
    with broken(UNDER_REVIEW):
        sql("UPDATE annotations_verdict SET edited_by_id = author_id, version = version + 1")


@pytest.mark.parametrize("who", ["annotator", "manager"])
def test_the_reviewer_who_is_named_is_the_one_who_decided(cast: Cast, who: str) -> None:
    verdict = verdict_in("submitted", cast)
    sql(REVIEW, verdict.pk, 2, cast.reviewer.pk, "approved", "")

    with broken(REVIEW_NEEDED):
        sql(
            "UPDATE annotations_verdict SET state = 'approved', reviewer_id = %s, version = version + 1",
            cast.everybody[who].pk,
        )
    with broken(REVIEW_NEEDED):
        sql(SET_STATE, "approved")


def test_a_draft_names_no_reviewer(cast: Cast) -> None:
    verdict_in("draft", cast)

    with broken(REVIEW_NEEDED):
        sql("UPDATE annotations_verdict SET reviewer_id = author_id, version = version + 1")


@pytest.mark.parametrize(
    ("state", "decision"),
    [("draft", "approved"), ("returned", "approved"), ("approved", "returned"), ("submitted", "reopened")],
)
def test_a_review_fits_the_state(cast: Cast, state: str, decision: str) -> None:
    verdict = verdict_in(state, cast)

    with broken(VERDICT_STATE):
        sql(REVIEW, verdict.pk, verdict.version, cast.manager.pk, decision, "Because")


def test_a_review_is_of_the_current_version(cast: Cast) -> None:
    verdict = verdict_in("submitted", cast)

    with broken(VERDICT_STATE):
        sql(REVIEW, verdict.pk, 1, cast.reviewer.pk, "approved", "")


def test_an_old_review_approves_no_later_version(cast: Cast) -> None:
    verdict = verdict_in("submitted", cast)
    sql(REVIEW, verdict.pk, 2, cast.reviewer.pk, "approved", "")
    verdict.withdraw(by=cast.annotator, from_version=2)
    verdict.change(by=cast.annotator, from_version=3, rationale="Another one.")
    verdict.submit(by=cast.annotator, from_version=4)

    with broken(REVIEW_NEEDED):
        sql(
            "UPDATE annotations_verdict SET state = 'approved', reviewer_id = %s, version = version + 1",
            cast.reviewer.pk,
        )


@pytest.mark.parametrize(("state", "decision"), [("submitted", "returned"), ("approved", "reopened")])
@pytest.mark.parametrize("reason", ["", " \n\t"])
def test_a_decision_against_says_why(cast: Cast, state: str, decision: str, reason: str) -> None:
    verdict = verdict_in(state, cast)

    with broken(REASON_NEEDED):
        sql(REVIEW, verdict.pk, verdict.version, cast.manager.pk, decision, reason)


@pytest.mark.parametrize(
    "change", ["decision = 'returned', reason = 'x'", "verdict_version = 1", "reason = 'Later words'"]
)
def test_a_review_never_changes(cast: Cast, change: str) -> None:
    verdict_in("approved", cast)

    with broken(HISTORY_APPEND_ONLY):
        sql(f"UPDATE annotations_review SET {change}")


def test_the_review_of_an_approved_verdict_stays(cast: Cast) -> None:
    verdict = verdict_in("approved", cast)

    with broken(HISTORY_APPEND_ONLY):
        sql("DELETE FROM annotations_review")
    with broken(HISTORY_APPEND_ONLY):
        Review.objects.filter(verdict=verdict).delete()


def test_a_review_keeps_a_digest_of_the_evidence_that_was_seen(cast: Cast) -> None:
    verdict = verdict_in("submitted", cast)
    sql(REVIEW, verdict.pk, 2, cast.reviewer.pk, "returned", "Why?")

    seen = Review.objects.get().evidence_digest
    assert len(seen) == 64


def test_the_digest_tells_other_evidence(cast: Cast) -> None:
    verdict = verdict_in("returned", cast)
    verdict.claim.links_in.get().change(by=cast.annotator, from_version=1, relation="contradicts")
    verdict.change(by=cast.annotator, from_version=3, rating="refuted")
    verdict.submit(by=cast.annotator, from_version=4)
    verdict.approve(by=cast.reviewer, from_version=5)

    first, second = Review.objects.order_by("id")
    assert first.evidence_digest != second.evidence_digest

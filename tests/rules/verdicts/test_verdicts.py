"""Rules 5 and 6: one verdict for a claim, on the scale of the project, submitted with the evidence it needs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotations.models import EvidenceLink, EvidenceSet, Link, Span, Verdict
from annotations.rules import (
    CONFIDENCE_RANGE,
    EVIDENCE_FOREIGN,
    EVIDENCE_NEEDED,
    ONE_VERDICT,
    RATING_IN_USE,
    RATING_UNKNOWN,
    RESTATED_CLAIM,
    VERDICT_NEEDS_CLAIM,
    VERDICT_STATE,
)
from tests.api.refusals import nothing_changed, refused
from tests.cast import CRACKS, DANGER, SAFE, Api, Cast, make_link, make_span, make_supported, make_verdict
from tests.rules.attack import broken, sql, values

VERDICT = (
    "INSERT INTO annotations_verdict (id, version, claim_id, author_id, edited_by_id, rating, rationale, state) "
    "VALUES (gen_random_uuid(), 1, %s, %s, %s, %s, '', 'draft')"
)
SUBMIT = "UPDATE annotations_verdict SET state = 'submitted', version = version + 1 WHERE id = %s"
EVERY_SET = "INSERT INTO annotations_evidenceset (verdict_id, position) VALUES (%s, 0)"


def judge_by_api(cast: Cast, claim: Span, **more: Any) -> Any:
    with nothing_changed():
        return Api(cast.annotator).call("put", f"verdicts/{uuid4()}/", {"claim": str(claim.pk), **more})


def one_set(*links: Link) -> list[Any]:
    return [{"question": None, "answer": None, "links": [link.pk for link in links]}]


@pytest.mark.parametrize("label", ["attribution", "fact"])
def test_only_a_claim_has_a_verdict(cast: Cast, label: str) -> None:
    span = make_span(cast.annotator, cast.article, SAFE, label)

    with broken(VERDICT_NEEDS_CLAIM):
        sql(VERDICT, span.pk, cast.annotator.pk, cast.annotator.pk, None)
    with broken(VERDICT_NEEDS_CLAIM):
        make_verdict(cast.annotator, span)
    refused(judge_by_api(cast, span), 409, "verdict-needs-claim", "claim")


def test_a_judged_claim_stays_a_claim(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    make_verdict(cast.annotator, claim)

    with broken(VERDICT_NEEDS_CLAIM):
        sql("UPDATE annotations_span SET label = 'fact', version = version + 1")
    with broken(VERDICT_NEEDS_CLAIM):
        claim.change(by=cast.annotator, from_version=1, label="fact")
    claim.refresh_from_db()
    with nothing_changed():
        answer = Api(cast.annotator).call("patch", f"spans/{claim.pk}/", {"label": "attribution"}, version=1)
    refused(answer, 409, "verdict-needs-claim", "claim")


def test_a_claim_has_one_verdict(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    make_verdict(cast.annotator, claim)

    with broken(ONE_VERDICT):
        sql(VERDICT, claim.pk, cast.annotator2.pk, cast.annotator2.pk, None)
    with broken(ONE_VERDICT):
        make_verdict(cast.annotator2, claim)
    refused(judge_by_api(cast, claim), 409, "one-verdict", "claim")


def test_a_verdict_does_not_move_to_another_claim_or_author(cast: Cast) -> None:
    make_verdict(cast.annotator, make_span(cast.annotator, cast.article))
    other = make_span(cast.annotator, cast.article, DANGER)

    with broken(VERDICT_STATE):
        sql("UPDATE annotations_verdict SET claim_id = %s, version = version + 1", other.pk)
    with broken(VERDICT_STATE):
        sql("UPDATE annotations_verdict SET author_id = %s, version = version + 1", cast.annotator2.pk)


def test_a_claim_that_restates_another_has_no_verdict_of_its_own(cast: Cast) -> None:
    mention, checked = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, DANGER)
    make_link(cast.annotator, mention, checked, "restates")

    with broken(RESTATED_CLAIM):
        sql(VERDICT, mention.pk, cast.annotator.pk, cast.annotator.pk, None)
    with broken(RESTATED_CLAIM):
        make_verdict(cast.annotator, mention)
    refused(judge_by_api(cast, mention), 409, "restated-claim", "claim")


def test_a_claim_with_a_verdict_restates_no_other(cast: Cast) -> None:
    judged, checked = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, DANGER)
    make_verdict(cast.annotator, judged)

    with broken(RESTATED_CLAIM):
        make_link(cast.annotator, judged, checked, "restates")
    link = make_link(cast.annotator, judged, checked, "contradicts")
    with broken(RESTATED_CLAIM):
        sql("UPDATE annotations_link SET relation = 'restates', version = version + 1 WHERE id = %s", link.pk)


def test_a_rating_is_on_the_scale(cast: Cast) -> None:
    claim, judged = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, DANGER)
    verdict = make_verdict(cast.annotator, judged)

    with broken(RATING_UNKNOWN):
        sql(VERDICT, claim.pk, cast.annotator.pk, cast.annotator.pk, "pants_on_fire")
    with broken(RATING_UNKNOWN):
        verdict.change(by=cast.annotator, from_version=1, rating="pants_on_fire")
    refused(judge_by_api(cast, claim, rating="pants_on_fire"), 400, "rating-unknown", "rating")


def test_a_rating_in_use_stays_on_the_scale(cast: Cast) -> None:
    make_verdict(cast.annotator, make_span(cast.annotator, cast.article))
    less = [rating for rating in cast.project.scale if rating["key"] != "not_enough_evidence"]

    with broken(RATING_IN_USE):
        sql("UPDATE annotations_project SET scale = '[]'")
    with nothing_changed():
        answer = Api(cast.manager).call("patch", f"projects/{cast.project.slug}/", {"scale": less})
    refused(answer, 409, "rating-in-use", "scale")


@pytest.mark.parametrize("confidence", [-0.01, 1.01, float("nan"), float("inf")])
def test_confidence_is_from_0_to_1(cast: Cast, confidence: float) -> None:
    make_verdict(cast.annotator, make_span(cast.annotator, cast.article))

    with broken(CONFIDENCE_RANGE):
        sql("UPDATE annotations_verdict SET confidence = %s, version = version + 1", confidence)


@pytest.mark.parametrize(
    ("rating", "relations"),
    [
        (None, ["corroborates", "contradicts"]),
        ("supported", []),
        ("supported", ["contradicts"]),
        ("supported", ["attributes"]),
        ("refuted", ["corroborates"]),
        ("conflicting_evidence", ["corroborates"]),
        ("conflicting_evidence", ["contradicts"]),
    ],
)
def test_a_verdict_is_submitted_with_the_evidence_that_its_rating_needs(
    cast: Cast, rating: str | None, relations: list[str]
) -> None:
    claim, evidence = (
        make_span(cast.annotator, cast.article),
        make_span(cast.annotator, cast.article, CRACKS, "attribution"),
    )
    for relation in relations:
        make_link(cast.annotator, evidence, claim, relation)
    verdict = make_verdict(cast.annotator, claim, rating)

    with broken(EVIDENCE_NEEDED):
        sql(SUBMIT, verdict.pk)
    with broken(EVIDENCE_NEEDED):
        verdict.submit(by=cast.annotator, from_version=1)
    with nothing_changed():
        answer = Api(cast.annotator).call("post", f"verdicts/{verdict.pk}/submit/", version=1)
    refused(answer, 409, "evidence-needed", "rating")
    assert values("verdict", verdict.pk, "state", "version") == ("draft", 1)


def test_only_the_evidence_in_the_sets_counts(cast: Cast) -> None:
    claim, fact, _, verdict = make_supported(cast)
    against = make_link(cast.annotator, fact, claim, "contradicts")
    verdict.change(by=cast.annotator, from_version=1, evidence_sets=one_set(against))

    with broken(EVIDENCE_NEEDED):
        sql(SUBMIT, verdict.pk)


def test_an_evidence_set_holds_links_to_its_own_claim(cast: Cast) -> None:
    _, fact, link, verdict = make_supported(cast)
    foreign = make_link(cast.annotator, fact, make_span(cast.annotator, cast.article, DANGER))
    verdict.change(by=cast.annotator, from_version=1, evidence_sets=one_set(link))
    held = EvidenceSet.objects.get()

    with broken(EVIDENCE_FOREIGN):
        sql(
            "INSERT INTO annotations_evidencelink (evidence_set_id, link_id, position) VALUES (%s, %s, 1)",
            held.pk,
            foreign.pk,
        )
    with broken(EVIDENCE_FOREIGN):
        sql("UPDATE annotations_evidencelink SET link_id = %s", foreign.pk)
    with broken(EVIDENCE_FOREIGN):
        verdict.change(by=cast.annotator, from_version=2, evidence_sets=one_set(link, foreign))
    with nothing_changed():
        answer = Api(cast.annotator).call(
            "patch", f"verdicts/{verdict.pk}/", {"evidence_sets": [{"links": [str(foreign.pk)]}]}, version=2
        )
    refused(answer, 400, "invalid-input", "evidence_sets.0.links")


def test_an_evidence_set_stays_with_its_verdict(cast: Cast) -> None:
    *_, link, verdict = make_supported(cast)
    verdict.change(by=cast.annotator, from_version=1, evidence_sets=one_set(link))
    other = make_verdict(cast.annotator, make_span(cast.annotator, cast.article, DANGER))
    sql(EVERY_SET, other.pk)

    with broken(EVIDENCE_FOREIGN):
        sql("UPDATE annotations_evidenceset SET verdict_id = %s, position = 1", other.pk)
    with broken(EVIDENCE_FOREIGN):
        sql("UPDATE annotations_evidencelink SET evidence_set_id = (SELECT max(id) FROM annotations_evidenceset)")
    assert EvidenceLink.objects.get().evidence_set.verdict_id == verdict.pk


def test_a_verdict_begins_as_a_draft(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)

    for state in (Verdict.State.SUBMITTED, Verdict.State.RETURNED, Verdict.State.APPROVED):
        with broken(VERDICT_STATE):
            make_verdict(cast.annotator, claim, state=state)

"""Rule 8: while a verdict is submitted or approved, it, its claim and its evidence stand still."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from annotations.models import EvidenceSet, Link, Span, Verdict
from annotations.rules import EVIDENCE_FOREIGN, UNDER_REVIEW
from tests.api.refusals import nothing_changed, refused
from tests.cast import CRACKS, DANGER, Api, Cast, make_link, make_span, make_supported, make_verdict
from tests.rules.attack import broken, sql, values

LINK = (
    "INSERT INTO annotations_link (id, version, source_id, target_id, relation, author_id, note) "
    "VALUES (gen_random_uuid(), 1, %s, %s, 'contradicts', %s, '')"
)
SETS = [{"question": "Q?", "answer": "A", "links": []}]


@dataclass
class Held:
    """What stands still together."""

    claim: Span
    fact: Span
    link: Link
    verdict: Verdict


@pytest.fixture(params=["submitted", "approved"])
def held(cast: Cast, request: pytest.FixtureRequest) -> Held:
    """A verdict under review, with its claim, one fact and their link."""
    claim, fact, link, verdict = make_supported(cast)
    sets: list[Any] = [{"question": None, "answer": None, "links": [link.pk]}]
    verdict.change(by=cast.annotator, from_version=1, evidence_sets=sets)
    verdict.submit(by=cast.annotator, from_version=2)
    if request.param == "approved":
        verdict.approve(by=cast.reviewer, from_version=3)
    return Held(claim, fact, link, verdict)


@pytest.mark.parametrize(
    "change", ["rating = 'refuted'", "rating = NULL", "rationale = 'x'", "confidence = 1", "submitted_at = now()"]
)
def test_the_verdict_does_not_change(cast: Cast, held: Held, change: str) -> None:
    with broken(UNDER_REVIEW):
        sql(f"UPDATE annotations_verdict SET {change}, version = version + 1")
    assert values("verdict", held.verdict.pk, "rating", "rationale", "confidence") == ("supported", "", None)


def test_the_orm_changes_nothing_of_the_verdict(cast: Cast, held: Held) -> None:
    held.verdict.rationale = "Another one"

    with broken(UNDER_REVIEW):
        held.verdict.save()
    with broken(UNDER_REVIEW):
        held.verdict.change(by=cast.annotator, from_version=None, rating="refuted")


def test_the_verdict_is_not_deleted(cast: Cast, held: Held) -> None:
    with broken(UNDER_REVIEW):
        sql("DELETE FROM annotations_verdict")
    with broken(UNDER_REVIEW):
        held.verdict.remove(by=cast.annotator, from_version=None)
    with nothing_changed():
        answer = Api(cast.annotator).call("delete", f"verdicts/{held.verdict.pk}/", version=held.verdict.version)
    refused(answer, 409, "under-review", "state")


@pytest.mark.parametrize("end", ["claim", "fact"])
@pytest.mark.parametrize(
    "change", ["note = 'x'", "fragments = '{{15,20}}'", "label = 'attribution'", 'fields = \'{"date": "x"}\'']
)
def test_its_spans_do_not_change(cast: Cast, held: Held, end: str, change: str) -> None:
    span: Span = getattr(held, end)

    with broken(UNDER_REVIEW):
        sql(f"UPDATE annotations_span SET {change}, version = version + 1 WHERE id = %s", span.pk)
    assert values("span", span.pk, "version", "label") == (1, span.label)


@pytest.mark.parametrize("end", ["claim", "fact"])
def test_its_spans_are_not_deleted(cast: Cast, held: Held, end: str) -> None:
    span: Span = getattr(held, end)

    with broken(UNDER_REVIEW):
        sql("DELETE FROM annotations_span WHERE id = %s", span.pk)
    with broken(UNDER_REVIEW):
        span.remove(by=cast.annotator, from_version=1)
    with nothing_changed():
        answer = Api(cast.annotator).call("delete", f"spans/{span.pk}/", version=1)
    refused(answer, 409, "under-review", "state")


@pytest.mark.parametrize("change", ["note = 'x'", "relation = 'contradicts'", "source_id = target_id"])
def test_its_links_do_not_change(cast: Cast, held: Held, change: str) -> None:
    with broken(UNDER_REVIEW):
        sql(f"UPDATE annotations_link SET {change}, version = version + 1")
    with broken(UNDER_REVIEW):
        held.link.change(by=cast.annotator, from_version=1, note="x")


def test_its_links_are_not_deleted(cast: Cast, held: Held) -> None:
    with broken(UNDER_REVIEW):
        sql("DELETE FROM annotations_link")
    with broken(UNDER_REVIEW):
        Link.objects.all().delete()
    with nothing_changed():
        answer = Api(cast.annotator).call("delete", f"links/{held.link.pk}/", version=1)
    refused(answer, 409, "under-review", "state")


def test_no_link_is_added_to_its_claim(cast: Cast, held: Held) -> None:
    with broken(UNDER_REVIEW):
        sql(LINK, held.fact.pk, held.claim.pk, cast.annotator.pk)
    with broken(UNDER_REVIEW):
        make_link(cast.annotator, held.fact, held.claim, "contradicts")
    body = {"source": str(held.fact.pk), "target": str(held.claim.pk), "relation": "contradicts"}
    with nothing_changed():
        answer = Api(cast.annotator).call("put", f"links/{uuid4()}/", body)
    refused(answer, 409, "under-review", "state")


def test_no_link_is_turned_to_its_claim(cast: Cast, held: Held) -> None:
    other = make_span(cast.annotator, cast.article, DANGER)
    link = make_link(cast.annotator, held.fact, other, "contradicts")

    with broken(UNDER_REVIEW):
        sql(
            "UPDATE annotations_link SET target_id = %s, version = version + 1 WHERE id = %s",
            held.claim.pk,
            link.pk,
        )


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE annotations_evidenceset SET question = 'Q?'",
        "DELETE FROM annotations_evidencelink",
        "UPDATE annotations_evidencelink SET position = 5",
        "INSERT INTO annotations_evidenceset (verdict_id, position) SELECT id, 5 FROM annotations_verdict",
        "INSERT INTO annotations_evidencelink (evidence_set_id, link_id, position) "
        "SELECT e.id, l.id, 5 FROM annotations_evidenceset e, annotations_link l",
    ],
)
def test_its_evidence_sets_stay(cast: Cast, held: Held, attack: str) -> None:
    with broken(UNDER_REVIEW):
        sql(attack)


def test_its_evidence_sets_are_not_replaced(cast: Cast, held: Held) -> None:
    with broken(UNDER_REVIEW):
        EvidenceSet.objects.replace(held.verdict, [])
    with nothing_changed():
        answer = Api(cast.annotator).call(
            "patch", f"verdicts/{held.verdict.pk}/", {"evidence_sets": SETS}, version=held.verdict.version
        )
    refused(answer, 409, "under-review", "state")


def test_no_evidence_set_is_moved_away_from_it_or_to_it(cast: Cast, held: Held) -> None:
    draft = make_verdict(cast.annotator, make_span(cast.annotator, cast.article, DANGER))
    sql("INSERT INTO annotations_evidenceset (verdict_id, position) VALUES (%s, 7)", draft.pk)

    for key, other, rule in (
        (held.verdict.pk, draft.pk, EVIDENCE_FOREIGN),
        (draft.pk, held.verdict.pk, UNDER_REVIEW),
    ):
        with broken(rule):
            sql("UPDATE annotations_evidenceset SET verdict_id = %s WHERE verdict_id = %s", other, key)


def test_its_spans_may_serve_other_claims(cast: Cast, held: Held) -> None:
    other = make_span(cast.annotator, cast.article, DANGER)

    link = make_link(cast.annotator, held.fact, other, "contradicts")
    link.remove(by=cast.annotator, from_version=1)

    assert Link.objects.get() == held.link


def test_after_a_withdrawal_or_reopening_all_may_change(cast: Cast, held: Held) -> None:
    if held.verdict.state == "submitted":
        held.verdict.withdraw(by=cast.annotator, from_version=3)
    else:
        held.verdict.reopen(by=cast.reviewer, from_version=4, reason="New facts")

    held.fact.change(by=cast.annotator, from_version=1, fragments=[list(CRACKS), list(DANGER)])
    held.link.change(by=cast.annotator, from_version=1, note="Seen again")
    held.claim.change(by=cast.annotator, from_version=1, note="Seen again")

    assert Span.objects.filter(version=2).count() == 2

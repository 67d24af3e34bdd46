"""Storing verdicts, which come as far as the rules let them: drafted, submitted, decided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext

from annotations.formats.reading.records import VerdictRecord
from annotations.imports.context import ImportContext, Keys, Numbered, free_ids, stored_or_refused
from annotations.models import EvidenceLink, EvidenceSet, Review, Verdict
from annotations.models.base.identifiers import new_id
from annotations.rules import ONE_VERDICT, OWN_VERDICT, RATING_UNKNOWN
from annotations.strict_json import unstorable

INSERTION: Final = """
    INSERT INTO annotations_verdict (id, version, claim_id, author_id, edited_by_id, rating, rationale, confidence,
                                     state, created_at, updated_at)
    SELECT m.id, 1, m.claim, m.author, m.author, m.rating, m.rationale, m.confidence, 'draft',
           coalesce(m.created_at, clock_timestamp()), coalesce(m.updated_at, m.created_at, clock_timestamp())
    FROM jsonb_to_recordset(%s) AS m(id uuid, claim uuid, author bigint, rating text, rationale text, confidence float,
                                     created_at timestamptz, updated_at timestamptz)
"""
SUBMISSION: Final = """
    UPDATE annotations_verdict v SET state = 'submitted', version = v.version + 1, submitted_at = w.at
    FROM unnest(%s::uuid[], %s::timestamptz[]) AS w(id, at) WHERE v.id = w.id
"""
DECISION: Final = """
    UPDATE annotations_verdict v SET state = w.state, version = v.version + 1, reviewer_id = w.reviewer,
                                     approved_at = w.at
    FROM unnest(%s::uuid[], %s::text[], %s::bigint[], %s::timestamptz[]) AS w(id, state, reviewer, at)
    WHERE v.id = w.id
"""
SENT_BACK: Final = "It was imported as returned, without the reason."


@dataclass(slots=True)
class Row:
    """A verdict to be stored; `sets` are the links of each of its evidence sets."""

    id: UUID
    numbered: Numbered[VerdictRecord]
    claim: UUID
    author: int
    sets: list[list[UUID]]

    @property
    def since(self) -> datetime:
        """When it was last touched, as far as the file says."""
        said = self.numbered.part
        return said.approved_at or said.updated_at or said.created_at or datetime.now(UTC)


def store_verdicts(
    context: ImportContext, verdicts: Sequence[Numbered[VerdictRecord]], span_ids: Keys, link_ids: Keys
) -> None:
    """Stores the verdicts of claims that have none."""
    wanted = [row for one in verdicts if (row := _row(context, one, span_ids, link_ids))]
    free = free_ids(context, "verdict", [(row.numbered.part.id, row.author) for row in wanted])
    there = {one.claim_id: one for one in Verdict.objects.filter(claim__in=[row.claim for row in wanted])}
    new: dict[UUID, Row] = {}
    for row in wanted:
        if row.claim in there or row.claim in new:
            first = new[row.claim].numbered.part if context.refers and row.claim in new else None
            other = there.get(row.claim) or first
            # That the same comes again is no reason to complain.
            if other is None or not _says_no_more(context, other, row.numbered.part):
                context.refuse(row.numbered, ONE_VERDICT.name, ONE_VERDICT.message)
            continue
        if row.numbered.part.id in free:
            row.id = row.numbered.part.id
            free.discard(row.id)
        new[row.claim] = row
    drafted: list[Row] = []
    stored_or_refused(list(new.values()), lambda rows: _draft(context, rows, drafted), _refusing(context))
    begun = [row for row in drafted if row.numbered.part.state != "draft"]
    submitted: list[Row] = []
    stored_or_refused(begun, lambda some: _submit(some, submitted), _refusing(context))
    decided = [row for row in submitted if row.numbered.part.state in ("approved", "returned")]
    decidable = [row for row in decided if _may_be_decided(context, row)]
    stored_or_refused(decidable, lambda some: _decide(context, some), _refusing(context))


def _row(context: ImportContext, one: Numbered[VerdictRecord], span_ids: Keys, link_ids: Keys) -> Row | None:
    said = one.part
    claim = span_ids.get(one.name(context, said.claim))
    if claim is None:
        context.refuse(
            one,
            "end_missing",
            gettext("There is no span %(claim)s, or it was not imported.") % {"claim": said.claim[:100]},
        )
        return None
    for _, words in unstorable(
        [said.rationale, [[evidence_set.question, evidence_set.answer] for evidence_set in said.evidence_sets]]
    ):
        context.refuse(one, "unstorable", words)
        return None
    if said.state not in Verdict.State.values:
        context.refuse(
            one, "state_unknown", gettext("The state of a verdict must be draft, submitted, returned or approved.")
        )
        return None
    if said.rating is not None and context.project.rating(said.rating) is None:
        context.refuse(one, RATING_UNKNOWN.name, RATING_UNKNOWN.message)
        return None
    sets = _sets(context, one, link_ids)
    return None if sets is None else Row(new_id(), one, claim, context.people.get(said.author), sets)


def _sets(context: ImportContext, one: Numbered[VerdictRecord], link_ids: Keys) -> list[list[UUID]] | None:
    """The links of each of its evidence sets; None where one of them is missing."""
    sets: list[list[UUID]] = []
    for evidence_set in one.part.evidence_sets:
        found = [link_ids.get(one.name(context, key)) for key in evidence_set.links]
        if None in found:
            missing = evidence_set.links[found.index(None)]
            context.refuse(
                one,
                "evidence_missing",
                gettext("There is no link %(missing)s, or it was not imported.") % {"missing": missing[:100]},
            )
            return None
        sets.append(list(dict.fromkeys(link for link in found if link)))
    return sets


def _says_no_more(context: ImportContext, there: Verdict | VerdictRecord, said: VerdictRecord) -> bool:
    """Whether a verdict holds all that another says. Rows of a table may each have a part of it, or nothing."""
    if not context.refers:
        return (there.rating, there.rationale) == (said.rating, said.rationale)
    return (
        said.rating in (None, there.rating)
        and said.rationale in ("", there.rationale)
        and said.confidence in (None, there.confidence)
    )


def _draft(context: ImportContext, rows: Sequence[Row], drafted: list[Row]) -> None:
    values = [
        {
            "id": str(row.id),
            "claim": str(row.claim),
            "author": row.author,
            "rating": row.numbered.part.rating,
            "rationale": row.numbered.part.rationale,
            "confidence": row.numbered.part.confidence,
            "created_at": row.numbered.part.created_at and row.numbered.part.created_at.isoformat(),
            "updated_at": row.numbered.part.updated_at and row.numbered.part.updated_at.isoformat(),
        }
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERTION, [json.dumps(values)])
    _store_evidence_sets(rows)
    drafted += rows
    context.count("verdicts", len(rows))


def _store_evidence_sets(rows: Sequence[Row]) -> None:
    sets = [
        (EvidenceSet(verdict_id=row.id, position=position, question=said.question, answer=said.answer), link_ids)
        for row in rows
        for position, (said, link_ids) in enumerate(zip(row.numbered.part.evidence_sets, row.sets, strict=True))
    ]
    EvidenceSet.objects.bulk_create([made for made, _ in sets])
    EvidenceLink.objects.bulk_create(
        EvidenceLink(evidence_set=made, link_id=link, position=position)
        for made, link_ids in sets
        for position, link in enumerate(link_ids)
    )


def _submit(rows: Sequence[Row], submitted: list[Row]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SUBMISSION, [[row.id for row in rows], [row.since for row in rows]])
    submitted += rows


def _may_be_decided(context: ImportContext, row: Row) -> bool:
    if context.refers:
        context.refuse(
            row.numbered, "no_reviewer", gettext("A table names no reviewer. The verdict was imported as submitted.")
        )
        return False
    reviewer = _reviewer(context, row)
    if reviewer == row.author:
        words = f"{OWN_VERDICT.message} {gettext('The verdict was imported as submitted.')}"
        context.refuse(row.numbered, "own_review", words)
        return False
    if not context.people.may_review(reviewer):
        context.refuse(
            row.numbered,
            "no_reviewer",
            gettext("Its reviewer can't review in this project. The verdict was imported as submitted."),
        )
        return False
    return True


def _reviewer(context: ImportContext, row: Row) -> int:
    return context.people.get(row.numbered.part.reviewer)


def _decide(context: ImportContext, rows: Sequence[Row]) -> None:
    states = [row.numbered.part.state for row in rows]
    approved = [state == Verdict.State.APPROVED for state in states]
    reviewers = [_reviewer(context, row) for row in rows]
    Review.objects.bulk_create(
        Review(
            verdict_id=row.id,
            verdict_version=2,
            reviewer_id=reviewer,
            decision=Review.Decision.APPROVED if good else Review.Decision.RETURNED,
            reason="" if good else SENT_BACK,
            created_at=row.since,
        )
        for row, reviewer, good in zip(rows, reviewers, approved, strict=True)
    )
    with connection.cursor() as cursor:
        columns: list[list[Any]] = [
            [row.id for row in rows],
            states,
            [reviewer if good else None for reviewer, good in zip(reviewers, approved, strict=True)],
            [row.since if good else None for row, good in zip(rows, approved, strict=True)],
        ]
        cursor.execute(DECISION, columns)


def _refusing(context: ImportContext) -> Any:
    def refuse(row: Row, code: str, detail: str) -> None:
        context.refuse(row.numbered, code, detail)

    return refuse

"""Verdicts with their evidence sets, and the decisions on them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework import serializers

from annotations.evidence.sources import Said
from annotations.models import Review, Verdict
from annotations.serializers.base import Choice, Strict, VersionedAnswer
from annotations.serializers.people import PersonAnswer, person
from annotations.serializers.spans import FarEndAnswer, far_end


class EvidenceSetAnswer(TypedDict):
    question: str | None
    answer: str | None
    links: list[UUID]


class VerdictAnswer(VersionedAnswer):
    claim: UUID
    author: PersonAnswer
    holder: Annotated[PersonAnswer, "The person who submits it: its author, unless it was handed over."]
    rating: str | None
    rationale: str
    confidence: float | None
    state: Annotated[str, Choice(Verdict.State.choices)]
    evidence_sets: list[EvidenceSetAnswer]
    submitted_at: datetime | None
    reviewer: PersonAnswer | None
    approved_at: datetime | None
    approval: Annotated[str | None, Choice(["imported"]), "The approval was imported: nobody approved it here."]
    returned_reason: str | None


def verdict_json(verdict: Verdict) -> VerdictAnswer:
    """A verdict; load it `with_people`."""
    reviews = list(verdict.reviews.all())
    last = reviews[-1] if reviews else None
    sent_back = last if last is not None and last.decision != last.Decision.APPROVED else None
    return {
        "id": verdict.pk,
        "claim": verdict.claim_id,
        "author": person(verdict.author),
        "holder": person(verdict.holder),
        "rating": verdict.rating,
        "rationale": verdict.rationale,
        "confidence": verdict.confidence,
        "state": verdict.state,
        "evidence_sets": [
            {
                "question": evidence.question,
                "answer": evidence.answer,
                "links": [one.link_id for one in evidence.evidence_links.all()],
            }
            for evidence in verdict.evidence_sets.all()
        ],
        "submitted_at": verdict.submitted_at,
        "reviewer": person(verdict.reviewer),
        "approved_at": verdict.approved_at,
        "approval": "imported" if verdict.is_approval_imported else None,
        "returned_reason": sent_back.reason if sent_back and verdict.state in ("returned", "draft") else None,
        "version": verdict.version,
        "created_at": verdict.created_at,
        "updated_at": verdict.updated_at,
    }


class QueuedVerdictAnswer(VerdictAnswer):
    claim_span: FarEndAnswer


def queued_verdict_json(verdict: Verdict, said: Said) -> QueuedVerdictAnswer:
    """A verdict of the review queue, with its claim."""
    return {**verdict_json(verdict), "claim_span": far_end(verdict.claim, said)}


class DecisionAnswer(TypedDict):
    at: datetime
    decision: Annotated[str, Choice(Review.Decision.choices)]
    reason: str
    reviewer: PersonAnswer
    verdict_version: int
    imported: Annotated[bool, "The decision was imported: the reviewer did not make it here."]


def decision_json(review: Review) -> DecisionAnswer:
    """One decision on one version of a verdict."""
    return {
        "at": review.created_at,
        "decision": review.decision,
        "reason": review.reason,
        "reviewer": person(review.reviewer),
        "verdict_version": review.verdict_version,
        "imported": review.imported,
    }


LONGEST_RATIONALE = 100_000


class EvidenceSetBody(Strict):
    """Links that together support the verdict."""

    question = serializers.CharField(required=False, allow_null=True, allow_blank=True, default=None, max_length=2000)
    answer = serializers.CharField(required=False, allow_null=True, allow_blank=True, default=None, max_length=20_000)
    links = serializers.ListField(child=serializers.UUIDField(), max_length=500)

    def validate_links(self, value: list[UUID]) -> list[UUID]:
        if len(set(value)) != len(value):
            raise serializers.ValidationError(_("A link can be in an evidence set only once."))
        return value


class VerdictBody(Strict):
    """A verdict as its author sends it."""

    claim = serializers.UUIDField()
    rating = serializers.CharField(required=False, allow_null=True, max_length=40)
    rationale = serializers.CharField(
        required=False, allow_blank=True, trim_whitespace=False, max_length=LONGEST_RATIONALE
    )
    confidence = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=1)
    evidence_sets = EvidenceSetBody(many=True, required=False, max_length=500)  # type: ignore[call-arg]


class ReasonBody(Strict):
    """The reason."""

    reason = serializers.CharField(max_length=20_000)

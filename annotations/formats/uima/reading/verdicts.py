"""Verdicts and evidence sets of our own exports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotations.formats.reading.records import EvidenceSetRecord, VerdictRecord
from annotations.formats.uima.reading.view import Reading, uuid_in


def take_verdicts(reading: Reading, verdicts: Iterable[Any], sets: Iterable[Any]) -> None:
    """The verdicts with their sets, in the order of their numbers."""
    by_verdict: dict[str, list[Any]] = {}
    for fs in sets:
        by_verdict.setdefault(fs.verdict or "", []).append(fs)
    for fs in verdicts:
        if not fs.claim:
            reading.refuse(fs, "claim_missing", "A verdict needs the id of its claim.")
            continue
        own = sorted(by_verdict.pop(fs.identifier or "", []), key=lambda one: one.number or 0)
        reading.document.verdicts.append(_verdict(reading, fs, own))
    for fs in (one for left in by_verdict.values() for one in left):
        reading.refuse(fs, "verdict_missing", "It belongs to a verdict that did not come in.")


def _verdict(reading: Reading, fs: Any, sets: Iterable[Any]) -> VerdictRecord:
    return VerdictRecord(
        claim=reading.origin.key(fs.claim),
        rating=fs.rating,
        rationale=fs.rationale or "",
        confidence=fs.confidence,
        state=fs.state or "draft",
        author=reading.origin.annotator or fs.author,
        reviewer=fs.reviewer,
        approved_at=reading.time(fs, fs.approved_at),
        evidence_sets=[_evidence_set(reading, one) for one in sets],
        location=reading.where(fs),
        id=None if reading.origin.annotator else uuid_in(fs.identifier or ""),
        created_at=reading.time(fs, fs.created_at),
        updated_at=reading.time(fs, fs.updated_at),
    )


def _evidence_set(reading: Reading, fs: Any) -> EvidenceSetRecord:
    links = [reading.origin.key(key) for key in (fs.links or "").split()]
    return EvidenceSetRecord(question=fs.question, answer=fs.answer, links=links)

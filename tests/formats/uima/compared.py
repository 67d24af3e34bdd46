"""What came in, in the shape of the records that went out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from annotations.formats.reading.records import ArticleRecord, LinkRecord, SpanRecord, VerdictRecord

MARK = ("id", "label", "fragments", "fields", "note", "annotator", "created_at", "updated_at")
LINK = ("id", "relation", "source", "target", "note", "annotator", "created_at", "updated_at")
VERDICT = (
    "id", "claim", "rating", "rationale", "confidence", "state", "author", "reviewer", "approved_at", "created_at",
    "updated_at",
)  # fmt: skip


def came_in(document: ArticleRecord) -> dict[str, Any]:
    """A document as a record, as far as the format carries it."""
    return {
        "article": {"id": str(document.id), "text": document.text, **document.metadata},
        "spans": [_columns(span, MARK) for span in document.spans],
        "links": sorted((_columns(link, LINK) for link in document.links), key=lambda link: str(link["id"])),
        "verdicts": [_verdict(verdict) for verdict in document.verdicts],
    }


def went_out(record: dict[str, Any]) -> dict[str, Any]:
    """A record, as far as the format carries it."""
    article = {key: value for key, value in record["article"].items() if key != "sha256" and value}
    return {
        "article": article,
        "spans": [_chosen(span, MARK) for span in record["spans"]],
        "links": sorted((_chosen(link, LINK) for link in record["links"]), key=lambda link: str(link["id"])),
        "verdicts": [
            _chosen(verdict, VERDICT) | {"evidence_sets": [_evidence(one) for one in verdict["evidence_sets"]]}
            for verdict in record["verdicts"]
        ],
    }


def _columns(row: SpanRecord | LinkRecord | VerdictRecord, names: tuple[str, ...]) -> dict[str, Any]:
    columns = {name: getattr(row, name) for name in names}
    if "fragments" in columns:
        columns["fragments"] = [list(fragment) for fragment in columns["fragments"]]
    return {**columns, "id": str(columns["id"])}


def _verdict(verdict: VerdictRecord) -> dict[str, Any]:
    sets = [{"question": one.question, "answer": one.answer, "links": one.links} for one in verdict.evidence_sets]
    return _columns(verdict, VERDICT) | {"evidence_sets": sets}


def _evidence(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "links": [link["link"] for link in one["links"]]}


def _chosen(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    chosen = {name: row[name] for name in names}
    times = [name for name in names if name.endswith("_at") and row[name]]
    return chosen | {name: datetime.fromisoformat(row[name]) for name in times}

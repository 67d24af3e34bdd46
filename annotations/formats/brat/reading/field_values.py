"""Attributes and notes of our own archives: values of fields, verdicts, and who made what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from annotations.formats.brat.events import WITHOUT_CUE
from annotations.formats.brat.lines import Line, in_own_lines
from annotations.formats.brat.names import ANNOTATOR, APPROVAL, RATIONALE, STATE, VERDICT
from annotations.formats.brat.reading.annotation_file import AnnotationFile
from annotations.formats.brat.reading.side_tables import Ours
from annotations.formats.brat.remembered import TYPE
from annotations.formats.reading.records import SpanRecord, VerdictRecord
from annotations.vocabulary import FIELD_KINDS

if TYPE_CHECKING:
    from annotations.formats.brat.reading.documents import Reading


def take_values(reading: Reading, tables: Ours) -> list[VerdictRecord]:
    """Moves what is known of spans and links from the file's lines into them; what is not stays there."""
    spans = reading.spans
    verdicts: dict[str, VerdictRecord] = {}
    for line in list(spans.ann.of_kind("#", "A")):
        about = line.ends[0][1]
        held, taken = spans.span_of.get(about), False
        if held is not None:
            kinds = {one["key"]: one.get("kind") for one in tables.fields.get(held.span.label, [])}
            taken = line.type in (ANNOTATOR, WITHOUT_CUE) or _of_a_verdict(line, held.span, verdicts)
            taken = taken or _valued(line, held.span, str(kinds.get(line.type)), spans.ann)
        if taken or _of_a_link(reading, line):
            spans.owners.pop(line.id, None)
    return list(verdicts.values())


def _of_a_link(reading: Reading, line: Line) -> bool:
    """What is said of a relation, or of a content by an event's note that is called like its role."""
    about = line.ends[0][1]
    of_role = reading.by_line.get(f"{about} {line.type.removesuffix(f'-{ANNOTATOR}')}")
    link = of_role or reading.by_line.get(about)
    if link is None or line.kind != "#":
        return False
    if line.type == ANNOTATOR or (of_role and line.type.endswith(f"-{ANNOTATOR}")):
        link.annotator = line.text
    elif of_role:
        link.note = in_own_lines(line.text or "")
    return line.type == ANNOTATOR or of_role is not None


def _of_a_verdict(line: Line, span: SpanRecord, verdicts: dict[str, VerdictRecord]) -> bool:
    if span.label != "claim" or line.type not in (VERDICT, STATE, APPROVAL, RATIONALE):
        return False
    verdict = verdicts.setdefault(
        span.key, VerdictRecord(claim=span.key, rating=None, author=span.annotator, location=span.location)
    )
    if line.type == VERDICT:
        verdict.rating = line.text
    elif line.type == RATIONALE:
        verdict.rationale = in_own_lines(line.text or "")
    return True


def _valued(line: Line, span: SpanRecord, kind: str, ann: AnnotationFile) -> bool:
    value = _value(kind, line.text or "", ann)
    # The type of a text-bound is in the field already; what the note says of it was written there later.
    if value is None or (line.type in span.fields and line.type != TYPE["key"]):
        return False
    span.fields[line.type] = value
    return True


def _value(kind: str, written: str, ann: AnnotationFile) -> Any:
    """The value of a field from how it is written, or None where it is none of its kind."""
    if kind in FIELD_KINDS and FIELD_KINDS[kind].json == "string":
        return in_own_lines(written)
    if kind == "flag" and written in ("true", "false"):
        return written == "true"
    if kind == "number" and re.fullmatch(r"-?\d{1,30}(?:\.\d{1,30})?(?:e[+-]?\d{1,3})?", written):
        return float(written) if re.search(r"[.e]", written) else int(written)
    if kind == "passage" and (found := re.match(r"(\d{1,9}) (\d{1,9}) (.*)", written)):
        [(start, end)] = ann.located([(int(found[1]), int(found[2]))])
        return {"start": start, "end": end, "quote": in_own_lines(found[3])}
    return None

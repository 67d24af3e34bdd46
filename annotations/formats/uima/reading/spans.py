"""Annotations that become spans."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from cassis.typesystem import FeatureStructure
from django.utils.translation import gettext

from annotations.formats.reading.decoding import passage_of
from annotations.formats.reading.records import Refused, SpanRecord
from annotations.formats.uima.layers import FIELDS, LABELS, field_key
from annotations.formats.uima.reading.types import key_of
from annotations.formats.uima.reading.view import Reading
from annotations.vocabulary import kind_of


def take_span(reading: Reading, fs: Any, label: str) -> None:
    """The annotation as a span of the document; raises Refused where it cannot be one."""
    where = reading.where(fs)
    fragment = reading.offsets.fragment(fs.begin, fs.end, where)
    name = reading.type_of(fs)
    plain, references = reading.values(fs)
    ours = name in LABELS and reading.is_made_here(fs, name)
    made = reading.made(fs, plain) if ours else reading.made(fs, {})
    fields = _own_fields(reading, fs, label, plain) if ours else _other_fields(reading, label, plain)
    if not ours and name.rpartition(".")[2].lower() != label:
        fields["imported_type"] = name
        declare(reading, label, {"key": "imported_type", "name": "Type as imported", "kind": "text"})
    span = SpanRecord(label=label, fragments=[fragment], fields=fields, location=where, **made)
    reading.spans[fs.xmiID] = span
    reading.document.spans.append(span)
    for feature, value in references.items():
        if not isinstance(value, list):
            reading.features.add((name, feature))


def _own_fields(reading: Reading, fs: FeatureStructure, label: str, plain: dict[str, Any]) -> dict[str, Any]:
    """The fields of a span of ours: each feature has the field's definition as its description."""
    try:
        others = json.loads(plain.pop(FIELDS, None) or "{}")
    except ValueError:
        others = None
    if not isinstance(others, dict):
        raise Refused(
            reading.origin.file,
            reading.where(fs),
            "other_fields",
            gettext("%(name)s is not a JSON object.") % {"name": FIELDS},
        )
    fields: dict[str, Any] = {}
    for feature, value in plain.items():
        key = field_key(feature)
        definition = _defined(fs, feature) or {"key": key, "name": feature, "kind": "text"}
        declare(reading, label, definition)
        fields[key] = _restored(value, definition["kind"])
    for key, value in others.items():
        if value is not None:
            kind = "flag" if isinstance(value, bool) else "text" if isinstance(value, str) else "number"
            declare(reading, label, {"key": key, "name": key, "kind": kind})
    return {**fields, **others}


def _defined(fs: FeatureStructure, feature: str) -> dict[str, Any] | None:
    try:
        definition = json.loads(fs.type.get_feature(feature).description or "")
    except ValueError:
        return None
    fits = isinstance(definition, dict) and {"key", "name", "kind"} <= set(definition)
    return definition if fits and kind_of(definition) else None


def _restored(value: Any, kind: str) -> Any:
    if kind == "number":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value if kind == "flag" else as_text(value)


def _other_fields(reading: Reading, label: str, plain: Mapping[str, Any]) -> dict[str, Any]:
    """The features of somebody else's layer, as texts."""
    fields = {}
    for feature, value in plain.items():
        text = as_text(value)
        key = key_of(feature.removesuffix("_"), text, label)
        declare(reading, label, {"key": key, "name": feature[:100], "kind": "text"})
        fields[key] = text
    return fields


def as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def declare(reading: Reading, label: str, definition: dict[str, Any]) -> None:
    """Says that the document needs a field; the first definition of a key holds."""
    wanted = reading.document.fields.setdefault(label, [])
    if all(one["key"] != definition["key"] for one in wanted):
        wanted.append(definition)


def take_parts(reading: Reading, parts: Iterable[Any]) -> None:
    """The fragments, and the passages in fields, of the spans that they name."""
    by_key = {span.key: span for span in reading.spans.values()}
    broken: dict[str, list[tuple[int, tuple[int, int]]]] = {}
    for fs in parts:
        span = by_key.get(reading.origin.key(fs.span or ""))
        if span is None:
            reading.refuse(fs, "part_of_nothing", gettext("This belongs to a span that was not imported."))
            continue
        try:
            start, end = reading.offsets.fragment(fs.begin, fs.end, reading.where(fs))
        except Refused as refused:
            reading.refused.append(refused.refusal)
            continue
        if fs.field:
            name = fs.field.replace("_", " ").capitalize()
            declare(reading, span.label, {"key": fs.field, "name": name, "kind": "passage"})
            value = {"start": start, "end": end}
            if fs.quoted is not False:
                value = passage_of(reading.offsets.text, start, end)
            span.fields[fs.field] = value
        else:
            broken.setdefault(span.key, []).append((fs.number or 0, (start, end)))
    for key, fragments in broken.items():
        by_key[key].fragments = [fragment for _, fragment in sorted(fragments)]

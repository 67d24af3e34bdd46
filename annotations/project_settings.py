"""What a project may set, and starts with: the fields of each label and the scale of verdicts.

Pure functions over plain values. `label_fields` is
``{label: [{"key", "name", "kind", "choices"?: [{"key", "name"}]}]}``,
`scale` an ordered list of ``{"key", "name", "meaning", "needs", "value", "colour"}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from annotations.strict_json import Complaint, is_number
from annotations.vocabulary import FIELD_KINDS, LABELS, kind_of

NEEDS: Final = ("", "corroborating", "contradicting", "both")
COLOURS: Final = ("green", "red", "grey", "amber", "blue")
KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")


def _field(key: str, name: str, kind: str, *choices: tuple[str, str]) -> dict[str, Any]:
    field: dict[str, Any] = {"key": key, "name": name, "kind": kind}
    if choices:
        field["choices"] = [{"key": choice, "name": words} for choice, words in choices]
    return field


def starting_label_fields() -> dict[str, list[dict[str, Any]]]:
    """The fields that a new project's labels have."""
    return {
        "claim": [
            _field("statement", "Statement", "text"),
            _field(
                "claim_type", "Type", "choice", ("event", "Event or property"), ("numerical", "Numerical"),
                ("quotation", "Quotation"), ("position", "Position"), ("causal", "Causal"),
            ),
            _field("date", "Date", "date"),
        ],
        "attribution": [
            _field("source", "Source", "passage"),
            _field("cue", "Cue", "passage"),
            _field("source_name", "Source name", "text"),
            _field(
                "source_type", "Source type", "choice", ("person", "Person"), ("organisation", "Organisation"),
                ("document", "Document"), ("unnamed", "Unnamed"),
            ),
            _field(
                "stance", "Stance", "choice", ("asserts", "Asserts"), ("denies", "Denies"), ("doubts", "Doubts"),
                ("cannot_confirm", "Cannot confirm"),
            ),
        ],
        "fact": [_field("reference", "Reference", "text")],
    }  # fmt: skip


def starting_scale() -> list[dict[str, Any]]:
    """The four-way scale of the fact-verification literature (FEVER, AVeriTeC)."""
    rows = [
        ("supported", "Supported", "The evidence establishes the claim.", "corroborating", 5, "green"),
        (
            "refuted",
            "Refuted",
            "The evidence establishes that the claim is wrong.",
            "contradicting",
            1,
            "red",
        ),
        ("not_enough_evidence", "Not enough evidence", "The evidence decides neither way.", "", 3, "grey"),
        (
            "conflicting_evidence",
            "Conflicting evidence",
            "Good evidence stands on both sides.",
            "both",
            2,
            "amber",
        ),
    ]
    names = ("key", "name", "meaning", "needs", "value", "colour")
    return [dict(zip(names, row, strict=True)) for row in rows]


def complaints_about_label_fields(value: object) -> Iterator[Complaint]:
    """What is wrong with a project's label fields."""
    if not isinstance(value, dict) or set(value) - set(LABELS):
        yield "", "invalid", _("Send an object with the labels %(labels)s.") % {"labels": ", ".join(LABELS)}
        return
    for label, fields in value.items():
        if not isinstance(fields, list) or len(fields) > 50:
            yield label, "invalid", _("Send a list of at most 50 fields.")
            continue
        yield from _complaints_about_keys(fields, label)
        for position, field in enumerate(fields):
            if isinstance(field, dict):
                yield from _complaints_about_field(field, f"{label}.{position}")


def _complaints_about_field(field: Mapping[str, Any], place: str) -> Iterator[Complaint]:
    if unknown := set(field) - {"key", "name", "kind", "choices"}:
        yield (
            place,
            "unknown_field",
            _("A field doesn't have: %(names)s.") % {"names": ", ".join(sorted(map(str, unknown)))},
        )
    kind = kind_of(field)
    if kind is None:
        yield (
            f"{place}.kind",
            "invalid_choice",
            _("The kind of a field must be one of: %(kinds)s.") % {"kinds": ", ".join(FIELD_KINDS)},
        )
    choices = field.get("choices", [])
    if kind is not None and kind.has_choices:
        if not isinstance(choices, list) or not 0 < len(choices) <= 100:
            yield f"{place}.choices", "required", _("Enter 1 to 100 choices.")
        else:
            yield from _complaints_about_keys(choices, f"{place}.choices")
            for position, choice in enumerate(choices):
                if isinstance(choice, dict) and set(choice) - {"key", "name"}:
                    yield f"{place}.choices.{position}", "unknown_field", _("A choice has only a key and a name.")
    elif choices not in ([], None):
        yield f"{place}.choices", "invalid", _("Only a field of the kind choice can have choices.")


def complaints_about_scale(value: object) -> Iterator[Complaint]:
    """What is wrong with a project's verdict scale."""
    if not isinstance(value, list) or not 0 < len(value) <= 30:
        yield "", "invalid", _("Send a list of 1 to 30 ratings.")
        return
    yield from _complaints_about_keys(value, "")
    for position, rating in enumerate(value):
        if isinstance(rating, dict):
            yield from _complaints_about_rating(rating, str(position))


def _complaints_about_rating(rating: Mapping[str, Any], place: str) -> Iterator[Complaint]:
    if unknown := set(rating) - {"key", "name", "meaning", "needs", "value", "colour"}:
        yield (
            place,
            "unknown_field",
            _("A rating doesn't have: %(names)s.") % {"names": ", ".join(sorted(map(str, unknown)))},
        )
    if rating.get("needs", "") not in NEEDS:
        yield (
            f"{place}.needs",
            "invalid_choice",
            _("The evidence that a rating needs must be corroborating, contradicting, both or nothing."),
        )
    if not isinstance(rating.get("meaning", ""), str) or len(rating.get("meaning", "")) > 1000:
        yield f"{place}.meaning", "invalid", _("Explain the rating in at most 1,000 characters.")
    number = rating.get("value")
    if number is not None and not is_number(number):
        yield f"{place}.value", "invalid", _("Enter a number of at most 308 digits, or nothing.")
    if rating.get("colour", "grey") not in COLOURS:
        yield (
            f"{place}.colour",
            "invalid_choice",
            _("The colour must be one of: %(colours)s.") % {"colours": ", ".join(COLOURS)},
        )


def _complaints_about_keys(items: list[Any], place: str) -> Iterator[Complaint]:
    seen: set[str] = set()
    for position, item in enumerate(items):
        where = f"{place}.{position}".lstrip(".")
        key = item.get("key") if isinstance(item, dict) else None
        if not isinstance(key, str) or not KEY.match(key):
            yield (
                f"{where}.key",
                "invalid",
                _("A key can have at most 40 lowercase letters, digits and underscores, and must start with a letter."),
            )
        elif key in seen:
            yield f"{where}.key", "duplicate", _("The key %(key)s is used more than once.") % {"key": key}
        elif not isinstance(item.get("name"), str) or not 0 < len(item["name"]) <= 100:
            yield f"{where}.name", "required", _("Enter a name of at most 100 characters.")
        else:
            seen.add(key)


def complete_scale(value: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The scale with every part of a rating present."""
    blank = {"meaning": "", "needs": "", "value": None, "colour": "grey"}
    return [{**blank, **rating} for rating in value]

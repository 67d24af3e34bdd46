"""The editors of label fields and verdict scale: rows of a form to values and back.

A row's names end in its number: ``claim-3-name``. Rows keep the order they have on the page; one whose key and name
are both empty is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import QueryDict
from django.utils.text import slugify

from annotations.strict_json import Complaint
from annotations.vocabulary import LABELS, kind_of

MOST_ROWS: Final = 100
NUMBER: Final = re.compile(r"-?\d{1,400}(?:[.,]\d{1,400})?\Z")

Complaints = dict[str, list[str]]
"""What is wrong, by its location: ``claim.0.name``."""


def fields_from(query: QueryDict) -> dict[str, list[dict[str, Any]]]:
    """The label fields as the form has them."""
    return {label: [_field(row) for row in _rows(query, label, ("key", "name", "kind", "choices"))] for label in LABELS}


def scale_from(query: QueryDict) -> list[dict[str, Any]]:
    """The verdict scale as the form has it."""
    rows = _rows(query, "scale", ("key", "name", "meaning", "needs", "value", "colour"))
    return [
        {
            "key": row["key"] or key_for(row["name"]),
            "name": row["name"],
            "meaning": row["meaning"],
            "needs": row["needs"],
            "value": _number(row["value"]),
            "colour": row["colour"] or "grey",
        }
        for row in rows
    ]


def choices_text(choices: Iterable[Mapping[str, str]]) -> str:
    """Choices as text: one per line, ``key: Name``."""
    return "\n".join(f"{choice['key']}: {choice['name']}" for choice in choices)


def key_for(name: str) -> str:
    """A stable key for a new name; empty where the name has nothing to make one of."""
    return slugify(name).replace("-", "_").lstrip("_0123456789")[:40]


def by_place(complaints: Iterable[Complaint]) -> Complaints:
    """Complaints grouped by location."""
    found: Complaints = {}
    for place, _, words in complaints:
        found.setdefault(place, []).append(words)
    return found


def _rows(query: QueryDict, prefix: str, parts: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of one editor in the order of the page, each part stripped and without what PostgreSQL refuses."""
    order = [number for number in query.getlist(f"{prefix}-row") if number.isdecimal()][:MOST_ROWS]
    gone = set(query.getlist(f"{prefix}-remove"))

    def typed(number: str, part: str) -> str:
        return query.get(f"{prefix}-{number}-{part}", "").replace("\0", "").strip()

    rows = [{part: typed(number, part) for part in parts} for number in order if number not in gone]
    return [row for row in rows if row["key"] or row["name"]]


def _field(row: Mapping[str, str]) -> dict[str, Any]:
    field: dict[str, Any] = {"key": row["key"] or key_for(row["name"]), "name": row["name"], "kind": row["kind"]}
    if (kind := kind_of(row)) and kind.has_choices:
        field["choices"] = []
        for line in filter(str.strip, row["choices"].splitlines()):
            key, colon, name = (part.strip() for part in line.partition(":"))
            field["choices"].append({"key": key, "name": name} if colon else {"key": key_for(key), "name": key})
    return field


def _number(text: str) -> float | int | str | None:
    if not text:
        return None
    if not NUMBER.match(text):
        return text
    if text.lstrip("-").isdecimal():
        return int(text)
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number

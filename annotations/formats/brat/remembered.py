"""What a span keeps of the lines that it came from, so that they go out again as they came in.

The field is text: first the label and the file at that time, then a line for each annotation: its number in that file,
what it became where that is a relation, an attribution or a part of one, and the annotation without a text that the
span has itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from annotations.formats.brat.lines import Line, parsed

TYPE: Final[dict[str, Any]] = {"key": "imported_type", "name": "Type as imported", "kind": "text"}
NAME: Final[dict[str, Any]] = {"key": "source_name", "name": "Source name", "kind": "text"}
LONGEST: Final = 20_000
"""Characters of a field."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The annotations that a span came from, each with the relation that it became, or `attribution`, or `part`."""

    label: str
    origin: str
    lines: list[tuple[Line, str]]


def head(label: str, origin: str) -> str:
    """The first line of the field."""
    return f"{label} in {origin}"


def remembered(line: Line, relation: str = "", *, rest: str | None = None) -> str:
    """One further line of the field."""
    return f"{line.number}{' ' + relation if relation else ''}\t{line.id}\t{line.rest if rest is None else rest}"


def kept(value: object) -> Kept | None:
    """What the field holds, or None; a line that somebody has broken counts for nothing."""
    if not isinstance(value, str):
        return None
    first, *others = value.split("\n")
    label, found, origin = first.partition(" in ")
    return Kept(label, origin, list(_lines(others))) if found else None


def _lines(written: Iterable[str]) -> Iterable[tuple[Line, str]]:
    for one in written:
        before, _, content = one.partition("\t")
        number, _, relation = before.partition(" ")
        if number.isdecimal():
            try:
                yield parsed(int(number), content), relation
            except ValueError:
                continue

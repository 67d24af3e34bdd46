"""Bars with words beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FULL = 100.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `style` is the CSS class that colours it, `width` and `start` are percentages of the picture.

    With an `attribute`, `style` is that attribute's value instead: a label or a relation.
    """

    words: str
    count: int
    style: str
    width: float
    start: float = 0.0
    attribute: str = ""


def bars(rows: Sequence[tuple[str, int, str]], attribute: str = "") -> list[Bar]:
    """Bars from one edge, the longest across the whole picture; `rows` are (words, count, style)."""
    longest = max((count for _, count, _ in rows), default=0)
    return [Bar(words, count, style, _share(count, longest), attribute=attribute) for words, count, style in rows]


def stacked(rows: Sequence[tuple[str, int, str]]) -> list[Bar]:
    """Pieces of one bar that fills the picture."""
    total = sum(count for _, count, _ in rows)
    pieces: list[Bar] = []
    start = 0.0
    for words, count, style in rows:
        width = _share(count, total)
        pieces.append(Bar(words, count, style, width, round(start, 2)))
        start += width
    return pieces


def _share(count: int, whole: int) -> float:
    return round(FULL * count / whole, 2) if whole else 0.0

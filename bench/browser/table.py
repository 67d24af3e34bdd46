"""The figures as a table, with the goals beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bench.browser.measuring import Figures, Measured
from bench.browser.texts import SIZES, Size
from bench.table import aligned

MEGABYTE: Final = 1_000_000
Row = tuple[str, str, str, str, str]


def lines(measured: Mapping[Size, Measured]) -> Iterator[str]:
    """The table, line by line."""
    rows = [("", "Factcheck", "beside", "ratio", "goal")]
    for size, figures in measured.items():
        rows += _rows(size, figures)
    yield from aligned(rows)


def _rows(size: Size, measured: Measured) -> Iterator[Row]:
    yield (str(size), "", "", "", "")
    yield _timed("  text with its marks, ms (bare page)", measured.opening, size.opening)
    yield ("    ready for every key, ms", f"{measured.ready:.0f}", "", "", "")
    yield _timed("  key press to painted mark, ms (no other mark)", measured.marking, 2)
    yield _timed("  longest frame while scrolling, ms (bare page)", measured.scrolling, 2)
    goal = "≤ 100" if size == SIZES[-1] else ""
    yield ("  JavaScript heap, MB", f"{measured.heap / MEGABYTE:.1f}", "", "", goal)


def _timed(name: str, figures: Figures, goal: float) -> Row:
    ours, beside = figures
    return (name, f"{ours:.0f}", f"{beside:.0f}", f"{ours / beside:.2f}", f"≤ {goal:.0f}")

"""Where things stand on the evidence map: articles as columns, spans as marks in reading order, relations as curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from uuid import UUID

TOP: Final = 84
BOTTOM: Final = 24
EDGE: Final = 16
PORT: Final = 10
"""How far from a mark's middle its curves begin."""
FEWEST_ROWS: Final = 6
CHARACTER: Final = 5.9
"""Average width of a character of the words beside a mark."""


class Sizes(NamedTuple):
    """Widths of `words` beside a mark, `margin` for verdicts outside them, `gutter` for curves; height of a `row`."""

    words: float
    margin: float
    gutter: float
    row: float


TWO_COLUMNS: Final = Sizes(words=356, margin=150, gutter=300, row=50)
MANY_COLUMNS: Final = Sizes(words=270, margin=0, gutter=170, row=64)
"""With more columns verdicts stand under the words instead of outside them."""


class MarkOnMap(NamedTuple):
    """A span as the map is told of it."""

    id: UUID
    article: UUID


class CurveOnMap(NamedTuple):
    """A relation as the map is told of it."""

    relation: str
    source: UUID
    target: UUID


class PlacedMark(NamedTuple):
    """A mark with its place; its words begin, or with `anchor` ``end`` stop, at `words_x`."""

    id: UUID
    x: float
    y: float
    words_x: float
    anchor: str
    verdict_x: float
    verdict_y: float
    verdict_anchor: str


class PlacedCurve(NamedTuple):
    """A curve as an SVG path from evidence to claim, and whether it leaves its article."""

    relation: str
    source: UUID
    target: UUID
    path: str
    across: bool


@dataclass(slots=True)
class Column:
    """An article: where its title stands and its marks from top to bottom."""

    article: UUID
    title_x: float
    anchor: str
    marks: list[PlacedMark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class EvidenceMap:
    """The whole picture; `words_length` is how many characters fit beside a mark, `title_length` above a column."""

    width: float
    height: float
    columns: list[Column]
    curves: list[PlacedCurve]
    words_length: int
    title_length: int


def drawn(articles: Sequence[UUID], marks: Sequence[MarkOnMap], curves: Sequence[CurveOnMap]) -> EvidenceMap:
    """The map of `articles` in that order. `marks` come in reading order; a curve without both marks is left out."""
    sizes = TWO_COLUMNS if len(articles) <= 2 else MANY_COLUMNS
    by_article: dict[UUID, list[MarkOnMap]] = {article: [] for article in articles}
    for mark in marks:
        by_article[mark.article].append(mark)
    rows = max([FEWEST_ROWS, *map(len, by_article.values())])
    columns = [_column(place, article, by_article[article], rows, sizes) for place, article in enumerate(articles)]
    placed = {mark.id: (place, mark) for place, column in enumerate(columns) for mark in column.marks}
    return EvidenceMap(
        width=_middle(len(articles) - 1, sizes)
        + PORT
        + (sizes.words + sizes.margin if len(articles) > 1 else 0)
        + EDGE,
        height=TOP + rows * sizes.row + BOTTOM,
        columns=columns,
        curves=[_curve(curve, placed, sizes) for curve in curves if curve.source in placed and curve.target in placed],
        words_length=int((sizes.words - 6) / CHARACTER),
        title_length=int((sizes.words + sizes.margin) / (CHARACTER * 1.3)),
    )


def _middle(place: int, sizes: Sizes) -> float:
    """The x of a column's marks. The first column has its words to the left of them, every other one to the right."""
    first = EDGE + sizes.margin + sizes.words + PORT
    return first + place * sizes.gutter + max(place - 1, 0) * (sizes.words + PORT)


def _column(place: int, article: UUID, marks: Sequence[MarkOnMap], rows: int, sizes: Sizes) -> Column:
    x, first = _middle(place, sizes), place == 0
    words_x = x - PORT - 6 if first else x + PORT + 6
    anchor = "end" if first else "start"
    outside = EDGE if first else x + PORT + sizes.words + sizes.margin
    step = min(sizes.row * rows / max(len(marks), 1), sizes.row * 1.3)
    column = Column(article, title_x=words_x, anchor=anchor)
    for row, mark in enumerate(marks):
        y = round(TOP + step * (row + 0.5), 1)
        column.marks.append(
            PlacedMark(
                mark.id, x, y, words_x, anchor,
                verdict_x=outside if sizes.margin else words_x,
                verdict_y=y if sizes.margin else y + 17,
                verdict_anchor=("start" if first else "end") if sizes.margin else anchor,
            )
        )  # fmt: skip
    return column


def _curve(curve: CurveOnMap, placed: Mapping[UUID, tuple[int, PlacedMark]], sizes: Sizes) -> PlacedCurve:
    (here, source), (there, target) = placed[curve.source], placed[curve.target]
    path = _round_its_own(source, target, here, sizes) if here == there else _across(source, target, here, there, sizes)
    return PlacedCurve(curve.relation, source.id, target.id, path, across=here != there)


def _round_its_own(source: PlacedMark, target: PlacedMark, place: int, sizes: Sizes) -> str:
    """A bow beside the column, wider the further apart its ends are."""
    side = 1 if place == 0 else -1
    x = source.x + side * PORT
    reach = x + side * min(24 + abs(source.y - target.y) * 0.25, sizes.gutter * 0.6)
    return f"M{x:g},{source.y:g} C{reach:g},{source.y:g} {reach:g},{target.y:g} {x:g},{target.y:g}"


def _across(source: PlacedMark, target: PlacedMark, here: int, there: int, sizes: Sizes) -> str:
    """A bow to another column, from and to the sides that face each other."""
    start = source.x + _facing(here, there, sizes)
    stop = target.x + _facing(there, here, sizes)
    bend = (stop - start) / 2
    return f"M{start:g},{source.y:g} C{start + bend:g},{source.y:g} {stop - bend:g},{target.y:g} {stop:g},{target.y:g}"


def _facing(own: int, other: int, sizes: Sizes) -> float:
    """Where a curve touches a mark's row: at the mark, or beyond its words where those stand in the way."""
    if own == 0:
        return PORT
    return -PORT if other < own else PORT + sizes.words + 8

"""Relations on the evidence map: curves that go round their own article and across to the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple
from uuid import UUID

from annotations.vocabulary import MEANINGS, RELATIONS
from annotations.web.charts.evidence_map import PORT, Layout, PlacedSpan, Sizes

FROM_LANDING: Final = {relation: 6 + 10 * number for number, relation in enumerate(RELATIONS)}
"""How far before a curve's landing its sign stands, so that signs of different relations stand apart."""


class CurveOnMap(NamedTuple):
    """A relation as the map is told of it."""

    relation: str
    source: UUID
    target: UUID


class PlacedCurve(NamedTuple):
    """A curve as an SVG path, its sign and where that stands, and whether it leaves its article."""

    relation: str
    source: UUID
    target: UUID
    path: str
    sign: str
    sign_x: float
    sign_y: float
    across: bool


class End(NamedTuple):
    """Where a curve meets a span's row: at `x`, on the side `facing` (-1 left, 1 right), straight up to `edge`."""

    x: float
    y: float
    facing: int
    edge: float


def curves_between(layout: Layout, curves: Iterable[CurveOnMap]) -> list[PlacedCurve]:
    """The curves whose both ends are on the map."""
    placed = {span.id: span for column in layout.columns for span in column.spans}
    return [
        _curve(curve, placed, layout.sizes) for curve in curves if curve.source in placed and curve.target in placed
    ]


def _curve(curve: CurveOnMap, placed: Mapping[UUID, PlacedSpan], sizes: Sizes) -> PlacedCurve:
    source, target = placed[curve.source], placed[curve.target]
    across = source.column != target.column
    if across:
        start, stop = _end(source, target.column, sizes), _end(target, source.column, sizes)
        # A bow to another column, from and to the sides that face each other, straight along the words.
        bend = (stop.edge - start.edge) / 2
        path = (
            f"M{start.x:g},{start.y:g} H{start.edge:g} "
            f"C{start.edge + bend:g},{start.y:g} {stop.edge - bend:g},{stop.y:g} {stop.edge:g},{stop.y:g} H{stop.x:g}"
        )
    else:
        start, stop = _own(source, sizes), _own(target, sizes)
        # A bow beside the column, wider the further apart its ends are.
        reach = start.x + start.facing * min(22 + abs(start.y - stop.y) * 0.22, sizes.gutter * 0.55)
        path = f"M{start.x:g},{start.y:g} C{reach:g},{start.y:g} {reach:g},{stop.y:g} {stop.x:g},{stop.y:g}"
    sign, x = MEANINGS[curve.relation].sign, stop.x + stop.facing * FROM_LANDING[curve.relation]
    return PlacedCurve(curve.relation, source.id, target.id, path, sign, x, stop.y - 4, across)


def _own(span: PlacedSpan, sizes: Sizes) -> End:
    """The side of a span on which its article's own curves run: away from its words."""
    facing = 1 if span.anchor == "end" else -1
    return End(span.x + facing * PORT, span.y, facing, span.x + facing * PORT)


def _end(span: PlacedSpan, other: int, sizes: Sizes) -> End:
    """The side of a span that faces another column; behind its words where those stand in the way."""
    facing = 1 if other > span.column else -1
    if facing == (1 if span.anchor == "end" else -1):
        return End(span.x + facing * PORT, span.y, facing, span.x + facing * PORT)
    return End(span.far_x, span.y, facing, span.words_x + facing * sizes.words)

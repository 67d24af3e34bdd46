"""Where things stand on the evidence map: articles as columns, their spans in reading order, on a grid of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from uuid import UUID

from annotations.web.wording import lines

LINE: Final = 18
TOP: Final = LINE
EDGE: Final = 18
PORT: Final = 10
"""How far from a span's middle its curves begin."""
GAP: Final = 16
"""From a span's middle to its words."""
FEWEST_LINES: Final = 18
CHARACTER: Final = 5.95
"""Average width of a character of the words beside a span."""
SLACK: Final = 0.25
"""Words in bold or in a wide face may be wider by this part: gutters have room for that, the edge needs it."""


class Sizes(NamedTuple):
    """Widths of the `words` beside a span, of the `margin` for notes outside them, and of the `gutter` for curves.

    Where it is `mirrored` the first column has its words to the left of its spans, so that both face the gutter.
    """

    words: float
    margin: float
    gutter: float
    mirrored: bool


FEW_COLUMNS: Final = Sizes(words=330, margin=150, gutter=300, mirrored=True)
MANY_COLUMNS: Final = Sizes(words=256, margin=0, gutter=124, mirrored=False)
"""With more columns the notes stand under the words instead of outside them."""


class SpanOnMap(NamedTuple):
    """A span as the map is told of it; `noted` says that something is written about it besides its words."""

    id: UUID
    article: UUID
    words: str = ""
    noted: bool = False


class Row(NamedTuple):
    """One line of words and where its baseline is."""

    y: float
    text: str


class Ground(NamedTuple):
    """A rectangle on which the words of a span stand clear of curves."""

    x: float
    y: float
    width: float
    height: float


class PlacedSpan(NamedTuple):
    """A span with its place. Its words begin, or with `anchor` ``end`` stop, at `words_x`, and reach to `far_x`."""

    id: UUID
    column: int
    x: float
    y: float
    words_x: float
    far_x: float
    anchor: str
    rows: list[Row]
    ground: Ground
    note_x: float
    note_y: float
    note_anchor: str


@dataclass(slots=True)
class Column:
    """An article: where its title stands, its spans from top to bottom, and what room it takes with its gutter."""

    article: UUID
    left: float
    right: float
    title_x: float
    anchor: str
    spans: list[PlacedSpan] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns; `title_length` is how many characters of a title fit above one."""

    sizes: Sizes
    width: float
    height: float
    columns: list[Column]
    title_length: int


def laid_out(articles: Sequence[UUID], spans: Sequence[SpanOnMap]) -> Layout:
    """The columns of `articles` in that order. `spans` come in reading order."""
    sizes = FEW_COLUMNS if len(articles) <= 2 else MANY_COLUMNS
    by_article: dict[UUID, list[SpanOnMap]] = {article: [] for article in articles}
    for span in spans:
        by_article[span.article].append(span)
    length = int(sizes.words / CHARACTER)
    wrapped = {span.id: lines(" ".join(span.words.split()), length) for span in spans}
    heights = {
        article: [_lines_of(span, wrapped[span.id], sizes) for span in held] for article, held in by_article.items()
    }
    tallest = max([FEWEST_LINES, *map(sum, heights.values())])
    columns = [
        _column(place, article, by_article[article], wrapped, _spread(heights[article], tallest), sizes)
        for place, article in enumerate(articles)
    ]
    return Layout(
        sizes,
        width=columns[-1].right + max(EDGE, SLACK * sizes.words - sizes.margin) if columns else EDGE,
        height=TOP + (tallest + 1) * LINE,
        columns=columns,
        title_length=int((sizes.words + (sizes.margin or sizes.gutter - PORT * 3)) / 7.4),
    )


def _lines_of(span: SpanOnMap, rows: Sequence[str], sizes: Sizes) -> int:
    """How many lines a span takes, with the blank one after it."""
    return len(rows) + (span.noted and not sizes.margin) + 1


def _spread(heights: Sequence[int], tallest: int) -> list[int]:
    """The heights with at most one blank line more each, so that short columns reach as far down as long ones."""
    spare = min(tallest - sum(heights), len(heights))
    given = [(number + 1) * spare // len(heights) - number * spare // len(heights) for number in range(len(heights))]
    return [height + more for height, more in zip(heights, given, strict=True)]


def _middle(place: int, sizes: Sizes) -> float:
    """The x of a column's spans."""
    if sizes.mirrored:
        first = EDGE + sizes.margin + sizes.words + GAP
        return first + place * sizes.gutter
    return EDGE + sizes.gutter / 2 + place * (sizes.gutter + GAP + sizes.words)


def _column(
    place: int,
    article: UUID,
    spans: Sequence[SpanOnMap],
    wrapped: dict[UUID, list[str]],
    heights: Sequence[int],
    sizes: Sizes,
) -> Column:
    x, turned = _middle(place, sizes), sizes.mirrored and place == 0
    side, anchor = (-1, "end") if turned else (1, "start")
    words_x = x + side * GAP
    outside = words_x + side * (sizes.words + sizes.margin)
    near = x + sizes.gutter / 2 if turned else x - sizes.gutter / 2
    column = Column(article, min(near, outside), max(near, outside), title_x=words_x, anchor=anchor)
    line = 0
    for span, height in zip(spans, heights, strict=True):
        rows = wrapped[span.id]
        y = TOP + (line + 0.5) * LINE
        tall = (_lines_of(span, rows, sizes) - 1) * LINE
        reach = min(max(map(len, rows)) * CHARACTER + 4, sizes.words)
        column.spans.append(
            PlacedSpan(
                span.id, place, x, y, words_x,
                far_x=words_x + side * min(len(rows[0]) * CHARACTER + 8, sizes.words),
                anchor=anchor,
                rows=[Row(y + 4.5 + number * LINE, text) for number, text in enumerate(rows)],
                ground=Ground(words_x - reach if turned else x, y - LINE / 2, GAP + reach, tall),
                note_x=outside if sizes.margin else words_x,
                note_y=y + 4.5 if sizes.margin else y + 3.5 + len(rows) * LINE,
                note_anchor=("start" if turned else "end") if sizes.margin else "start",
            )
        )  # fmt: skip
        line += height
    return column

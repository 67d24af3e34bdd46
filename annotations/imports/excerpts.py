"""The beginning of a document as a preview shows it: some words, with what is marked in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from annotations.formats.reading.records import ArticleRecord, SpanRecord
from annotations.imports.proposal import digest_of

LENGTH: Final = 700
"""Code points of a text that are shown."""
UNMARKED: Final = 320
"""And of one on which nothing is marked."""
VERDICTS: Final = 5
"""Verdicts whose ratings are shown."""
BEFORE: Final = 120
"""Code points shown before the first mark, where it stands far down."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under the same marks; `label` is the innermost, `labels` all of them as they are called."""

    text: str
    label: str = ""
    labels: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A document as it is shown. `cut` says at which ends the text goes on, `digest` by what its text is known."""

    title: str
    outlet: str
    author: str
    published_on: date | None
    language: str
    characters: int
    file: str
    location: str
    digest: str
    pieces: list[Piece]
    cut: tuple[bool, bool]
    labels: list[tuple[str, int]]
    """How many spans of each label it has."""
    relations: list[tuple[str, int]]
    ratings: list[str | None]
    """Of its first verdicts."""
    verdicts: int


def excerpt_of(document: ArticleRecord) -> Excerpt:
    """What is shown of a document."""
    text, said = document.text, document.metadata
    marked = [start for span in document.spans for start, _ in span.fragments if 0 <= start < len(text)]
    start, end = window(text, min(marked, default=0), LENGTH if marked else UNMARKED)
    return Excerpt(
        **{name: str(said.get(name) or "") for name in ("title", "outlet", "author", "language")},
        published_on=day if isinstance(day := said.get("published_on"), date) else None,
        characters=len(text),
        file=document.file,
        location=document.location,
        digest=digest_of(text),
        pieces=list(pieces_of(text, start, end, document.spans)),
        cut=(bool(text[:start].strip()), bool(text[end:].strip())),
        labels=Counter(span.label for span in document.spans).most_common(),
        relations=Counter(link.relation for link in document.links).most_common(),
        ratings=[verdict.rating for verdict in document.verdicts[:VERDICTS]],
        verdicts=len(document.verdicts),
    )


def window(text: str, first: int, length: int = LENGTH) -> tuple[int, int]:
    """From where to where a text is shown: its beginning, or what stands around its first mark; whole words."""
    start = 0
    if first > length - BEFORE:
        start = first - BEFORE
        start = text.find(" ", start, first) + 1 or start
    start += len(text[start : first or None]) - len(text[start : first or None].lstrip())
    end = min(len(text), start + length)
    return start, end if end == len(text) else max(text.rfind(" ", end - BEFORE, end), 0) or end


def pieces_of(text: str, start: int, end: int, spans: Sequence[SpanRecord]) -> Iterator[Piece]:
    """The text between two places, cut wherever a mark begins or ends."""
    ranges = [
        (max(begin, start), min(stop, end), span.label)
        for span in spans
        for begin, stop in span.fragments
        if begin < end and stop > start and begin < stop
    ]
    ranges.sort(key=lambda one: one[1] - one[0])
    edges = sorted({start, end, *(one[0] for one in ranges), *(one[1] for one in ranges)})
    for here, there in pairwise(edges):
        over = [label for begin, stop, label in ranges if begin <= here and stop >= there]
        yield Piece(text[here:there], over[0] if over else "", ", ".join(dict.fromkeys(over)))

"""The beginning of a document as the page shows it: some words, with what is marked in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from annotations.acts.importing.proposing import Proposal, digest_of
from annotations.importers.items import Document, Passage
from annotations.models import Article

LENGTH: Final = 700
"""Code points of a text that are shown."""
UNMARKED: Final = 320
"""And of one on which nothing is marked."""
BEFORE: Final = 120
"""Code points shown before the first mark, where it stands far down."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under the same marks; `label` is the innermost, `labels` all of them as they are called."""

    text: str
    label: str = ""
    labels: str = ""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A document as it is shown. `cut` says at which ends the text goes on."""

    document: Document
    same: Article | None
    pieces: list[Piece]
    cut: tuple[bool, bool]

    @property
    def labels(self) -> list[tuple[str, int]]:
        """How many spans of each label it has."""
        return Counter(passage.label for passage in self.document.passages).most_common()

    @property
    def relations(self) -> list[tuple[str, int]]:
        """How many links of each relation it has."""
        return Counter(tie.relation for tie in self.document.ties).most_common()


def glimpses(proposal: Proposal) -> list[Glimpse]:
    """The first documents."""
    return [_glimpse(document, proposal) for document in proposal.documents]


def _glimpse(document: Document, proposal: Proposal) -> Glimpse:
    text = document.text
    marked = [start for passage in document.passages for start, _ in passage.fragments if 0 <= start < len(text)]
    start, end = window(text, min(marked, default=0), LENGTH if marked else UNMARKED)
    pieces = list(pieces_of(text, start, end, document.passages))
    cut = bool(text[:start].strip()), bool(text[end:].strip())
    return Glimpse(document, proposal.same.get(digest_of(text)), pieces, cut)


def window(text: str, first: int, length: int = LENGTH) -> tuple[int, int]:
    """From where to where a text is shown: its beginning, or what stands around its first mark; whole words."""
    start = 0
    if first > length - BEFORE:
        start = first - BEFORE
        start = text.find(" ", start, first) + 1 or start
    start += len(text[start : first or None]) - len(text[start : first or None].lstrip())
    end = min(len(text), start + length)
    return start, end if end == len(text) else max(text.rfind(" ", end - BEFORE, end), 0) or end


def pieces_of(text: str, start: int, end: int, passages: Sequence[Passage]) -> Iterator[Piece]:
    """The text between two places, cut wherever a mark begins or ends."""
    marks = [
        (max(begin, start), min(stop, end), passage.label)
        for passage in passages
        for begin, stop in passage.fragments
        if begin < end and stop > start and begin < stop
    ]
    marks.sort(key=lambda mark: mark[1] - mark[0])
    places = sorted({start, end, *(mark[0] for mark in marks), *(mark[1] for mark in marks)})
    for here, there in pairwise(places):
        over = [label for begin, stop, label in marks if begin <= here and stop >= there]
        yield Piece(text[here:there], over[0] if over else "", ", ".join(dict.fromkeys(over)))

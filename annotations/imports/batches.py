"""Reading an import: its items in batches, each small enough for one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final

from annotations.formats.reading.importer import Importer
from annotations.formats.reading.records import ArticleRecord, Item, Refusal, Refused, RowRecord
from annotations.formats.reading.unread_files import sifted
from annotations.imports.options import options_of
from annotations.imports.uploads import source_of
from annotations.models import Import

MOST_ITEMS: Final = 400
"""Documents; of rows that say something of them as many as of their parts, since they are short."""
MOST_CHARACTERS: Final = 600_000
MOST_PARTS: Final = 4_000
"""Spans, links and verdicts."""


@dataclass(slots=True)
class Batch:
    """Some items of an import, from the one with the number `first` on."""

    first: int
    items: list[Item] = field(default_factory=list)
    size: int = 0
    parts: int = 0
    texts: int = 0

    @property
    def after(self) -> int:
        """The number of the item that follows."""
        return self.first + len(self.items)

    @property
    def documents(self) -> list[tuple[int, ArticleRecord]]:
        """With their numbers, from 1: 0 stands for the whole import."""
        numbered = enumerate(self.items, self.first + 1)
        return [(number, item) for number, item in numbered if isinstance(item, ArticleRecord)]

    @property
    def rows(self) -> list[tuple[int, RowRecord]]:
        """With their numbers."""
        numbered = enumerate(self.items, self.first + 1)
        return [(number, item) for number, item in numbered if isinstance(item, RowRecord)]

    @property
    def saying(self) -> list[tuple[int, ArticleRecord | RowRecord]]:
        """The documents and the marks, in their order."""
        numbered = enumerate(self.items, self.first + 1)
        return [(number, item) for number, item in numbered if not isinstance(item, Refusal)]

    @property
    def refusals(self) -> list[Refusal]:
        return [item for item in self.items if isinstance(item, Refusal)]

    def add(self, item: Item) -> None:
        self.items.append(item)
        if isinstance(item, ArticleRecord):
            self.texts += 1
            self.size += len(item.text) + len(item.source or b"")
        if not isinstance(item, Refusal):
            self.parts += len(item.spans) + len(item.links) + len(item.verdicts)

    @property
    def is_full(self) -> bool:
        return (
            self.texts >= MOST_ITEMS
            or len(self.items) >= MOST_PARTS
            or self.size >= MOST_CHARACTERS
            or self.parts >= MOST_PARTS
        )


def items_of(of: Import, importer: Importer) -> Iterator[Item]:
    """What the files hold, in the same order each time."""
    source = sifted(importer, source_of(of))
    try:
        yield from chain(source.refused, importer.read(source, options_of(of)))
    except Refused as error:
        yield error.refusal


def batches(of: Import, importer: Importer, position: int) -> Iterator[Batch]:
    """The items from this position on."""
    batch = Batch(position)
    for item in islice(items_of(of, importer), position, None):
        batch.add(item)
        if batch.is_full:
            yield batch
            batch = Batch(batch.after)
    if batch.items:
        yield batch

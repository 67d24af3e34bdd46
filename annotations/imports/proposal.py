"""Reading the beginning of an import before anything is stored: its first documents, and what they have in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, islice
from time import monotonic
from typing import Any, Final

from annotations.formats.pages.url import URL
from annotations.formats.reading.decoding import with_line_feeds
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.people import with_people
from annotations.formats.reading.records import ArticleRecord, Item, Readings, Refusal, Refused, RowRecord
from annotations.formats.reading.sources import Source
from annotations.formats.reading.unread_files import sifted
from annotations.imports.options import options_of
from annotations.imports.storage.annotations import MOST_CHARACTERS, Text, texts_of
from annotations.imports.storage.references import articles_in
from annotations.models import Import, Project

SHOWN: Final = 5
"""Documents that a person looks at."""
LOOKED_AT: Final = 200
"""Documents in which people, types and known texts are looked for."""
PATIENCE: Final = 3.0
"""Seconds after which no further document is looked at."""
REPORTED: Final = 200
READINGS: Final = 5


class TypesMet(Mapping[str, str]):
    """The chosen types, which remembers what it was asked for and what that becomes where nothing was chosen."""

    def __init__(self, chosen: Mapping[str, str]) -> None:
        self.chosen = chosen
        self.met: dict[str, str | None] = {}
        """By the format's own type; None where what it becomes is the format's business."""

    def get(self, key: str, default: Any = None) -> Any:
        if self.met.get(key) is None:
            self.met[key] = default
        return self.chosen.get(key, default)

    def __getitem__(self, key: str) -> str:
        self.met.setdefault(key, None)
        return self.chosen[key]

    def __contains__(self, key: object) -> bool:
        self.met.setdefault(str(key), None)
        return key in self.chosen

    def __iter__(self) -> Iterator[str]:
        return iter(self.chosen)

    def __len__(self) -> int:
        return len(self.chosen)


@dataclass(slots=True)
class Proposal:
    """What was seen of an import. Counts are of the first `read` documents; `more` says that others follow."""

    documents: list[ArticleRecord] = field(default_factory=list)
    read: int = 0
    rows_with_offsets: list[RowRecord] = field(default_factory=list)
    """Those that have offsets."""
    texts: dict[str, str] = field(default_factory=dict)
    """The first texts, by the ids that a table gives them."""
    rows: int = 0
    """Rows that say something of articles from elsewhere."""
    more: bool = False
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Refusal] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    verdicts: int = 0
    passes: int = 0
    """Of people who found nothing."""
    people: Counter[str] = field(default_factory=Counter)
    types: dict[str, str | None] = field(default_factory=dict)
    readings: list[Readings] = field(default_factory=list)
    """Of the first spans whose offsets may mean different things."""
    digests: dict[str, str] = field(default_factory=dict)
    """Where each text was first met, by its digest."""


def proposal_of(of: Import, importer: Importer, source: Source) -> Proposal:
    """Reads the beginning of the files and stores nothing."""
    types, seen = TypesMet(of.options.get("types", {})), Proposal()
    source, until = sifted(importer, source), monotonic() + PATIENCE
    importer_here = with_people(importer, source, stopping=lambda: monotonic() > until)
    items = _named(importer_here.read(source, options_of(of, types)))
    for item in chain(source.refused, items):
        if isinstance(item, Refusal):
            (seen.notes if item.is_note else seen.refusals).append(item)
        elif isinstance(item, RowRecord):
            seen.rows += 1
            _count(item, seen)
            if item.offsets and len(seen.rows_with_offsets) < LOOKED_AT:
                seen.rows_with_offsets.append(item)
        else:
            _look_at(item, seen)
        if importer is URL:
            # Each of them is fetched, and nobody waits for that but a worker.
            seen.more = True
            break
        if (
            seen.read + seen.rows >= LOOKED_AT
            or len(seen.refusals) + len(seen.notes) >= REPORTED
            or (seen.read + seen.rows >= SHOWN and monotonic() > until)
        ):
            seen.more = next(items, None) is not None
            break
    seen.types = types.met
    seen.readings += _readings_of(seen.rows_with_offsets, of.project, seen.texts)
    return seen


def digest_of(text: str) -> str:
    """By which the database knows a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _named(items: Iterator[Item]) -> Iterator[Item]:
    try:
        yield from items
    except Refused as error:
        yield error.refusal


def _look_at(document: ArticleRecord, seen: Proposal) -> None:
    seen.read += 1
    where, digest = ", ".join(filter(None, [document.file, document.location])), digest_of(document.text)
    if digest in seen.digests and not (document.is_further or document.is_shared):
        detail = f"The text is that of {seen.digests[digest]}: both are one article."
        seen.notes.append(Refusal(document.file, document.location, "same_text", detail))
    seen.digests.setdefault(digest, where)
    seen.readings += document.readings[: READINGS - len(seen.readings)]
    seen.passes += len(document.passes)
    _count(document, seen)
    if document.external_id and sum(map(len, seen.texts.values())) < MOST_CHARACTERS:
        seen.texts[document.external_id] = (document.source or document.text.encode()).decode()
    if len(seen.documents) < SHOWN:
        seen.documents.append(document)


def _readings_of(rows_with_offsets: list[RowRecord], project: Project, texts: Mapping[str, str]) -> Iterator[Readings]:
    """Of the first spans whose offsets may mean different things; their articles are in the files or the project."""
    names = list(dict.fromkeys(one.article for one in rows_with_offsets))[:SHOWN]
    known = {name: Text(with_line_feeds(text).value, text.encode()) for name, text in texts.items() if name in names}
    stored = {key: name for name, key in articles_in(project, set(names) - set(known)).items()}
    known |= {stored[key]: text for key, text in texts_of(list(stored))}
    found = (known[one.article].readings(one.spans[0], one) for one in rows_with_offsets if one.article in known)
    yield from islice(filter(None, found), READINGS)


def _count(document: ArticleRecord | RowRecord, seen: Proposal) -> None:
    seen.labels.update(span.label for span in document.spans)
    seen.relations.update(link.relation for link in document.links)
    seen.verdicts += len(document.verdicts)
    seen.people.update(part.annotator for part in document.parts if part.annotator)
    for verdict in document.verdicts:
        seen.people.update(name for name in (verdict.author, verdict.reviewer) if name)

"""Reading the beginning of an import before anything is stored, and the preview that a worker makes of it.

It is asked for by the page, made in a process that is killed past its limits, and kept.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from time import monotonic
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from annotations.bounded import Limits, OutOfBounds, Process
from annotations.formats.pages.url import URL
from annotations.formats.reading.decoding import with_line_feeds
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.people import with_people
from annotations.formats.reading.records import ArticleRecord, Item, Readings, Refusal, Refused, RowRecord
from annotations.formats.reading.sources import Source
from annotations.formats.reading.unread_files import sifted
from annotations.formats.registry import IMPORTERS, recognised
from annotations.formats.tables.reading.rows import is_table
from annotations.formats.tables.reading.samples import tables_seen
from annotations.imports.options import options_of
from annotations.imports.preview import ArticleSeen, Preview, digest_of
from annotations.imports.storage.annotations import MOST_CHARACTERS, Text, texts_of
from annotations.imports.storage.references import articles_in
from annotations.imports.uploads import source_of
from annotations.models import Import, ImportPreview, Project
from annotations.models.article import LONGEST_BODY
from annotations.models.transfer.imports import PREVIEWED

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


def _named(items: Iterator[Item]) -> Iterator[Item]:
    try:
        yield from items
    except Refused as error:
        yield error.refusal


def _look_at(document: ArticleRecord, seen: Proposal) -> None:
    seen.read += 1
    where, digest = ", ".join(filter(None, [document.file, document.location])), digest_of(document.text)
    if digest in seen.digests and not (document.is_further or document.is_shared):
        detail = _("This text is the same as in %(file)s. Both are one article.") % {"file": seen.digests[digest]}
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


LIMITS: Final = Limits(processor_seconds=20, seconds=90, memory=1024**3)
"""For recognising the format, and once more for reading the beginning of the files."""
LARGEST: Final = 64 * 1024**2
"""Bytes of JSON that are kept of one preview."""
SINGLE: Final = ("txt", "html")
"""Formats whose only document is looked at line by line."""


def is_waited_for(import_id: UUID) -> bool:
    """Whether a worker has yet to make the preview."""
    return ImportPreview.objects.filter(of=import_id, seen__isnull=True).exists()


def make_preview(import_id: UUID, key: str, *, stopping: Callable[[], bool] = lambda: False) -> None:
    """Makes the preview that was asked for with this key. Raises bounded.Stopped where `stopping` asks for a break."""
    asked = ImportPreview.objects.filter(of=import_id, of__state=Import.State.PROPOSED, key=key, seen__isnull=True)
    if not asked.exists():
        return
    seen, failure = Preview().as_json(), ""
    with Process(LIMITS, stopping) as process:
        try:
            seen = process.call(recognise, import_id)
            seen = process.call(look, import_id, seen["format"])
        except OutOfBounds as error:
            failure = type(error).__name__
    with transaction.atomic():
        asked.update(seen=seen, failure=failure)
        tell(import_id)


def give_up_preview(import_id: UUID, key: str) -> None:
    """Says that the preview cannot be made."""
    asked = ImportPreview.objects.filter(of=import_id, key=key, seen__isnull=True)
    asked.update(seen=Preview().as_json(), failure="Broken")
    tell(import_id)


def tell(awaited_id: UUID) -> None:
    """Tells those who wait for a preview, or for an address to be fetched, once this is committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [PREVIEWED, str(awaited_id)])


def recognise(import_id: UUID) -> dict[str, Any]:
    """A preview that knows no more than the format and whether there are tables."""
    source = source_of(Import.objects.get(pk=import_id))
    found = recognised(source)
    return Preview(format=found.name if found else "", has_tables=any(map(is_table, source.files))).as_json()


def look(import_id: UUID, recognised_format: str) -> dict[str, Any]:
    """The whole preview. Raises OutOfMemory where it would be too large to keep."""
    of = Import.objects.select_related("project").get(pk=import_id)
    source = source_of(of)
    seen = Preview(format=recognised_format, has_tables=any(map(is_table, source.files)))
    importer = IMPORTERS.get(of.format) or IMPORTERS.get(recognised_format)
    seen.article = _only_article(importer, source, of) if importer else None
    if not seen.article:
        seen.take(proposal_of(of, importer, source) if importer else Proposal(refusals=source.refused))
        if seen.has_tables:
            seen.tables, seen.further_tables = tables_seen(source, options_of(of))
    kept = seen.as_json()
    if len(json.dumps(kept)) > LARGEST:
        raise MemoryError
    return kept


def _only_article(importer: Importer, source: Source, of: Import) -> ArticleSeen | None:
    """The document of an import that is one article."""
    if importer.name not in SINGLE or len(source.files) != 1 or source.refused:
        return None
    document = next(importer.read(source, replace(options_of(of), without_boilerplate=False)), None)
    if not isinstance(document, ArticleRecord) or len(document.text) > LONGEST_BODY:
        return None
    metadata = {name: str(value) for name, value in document.metadata.items() if value}
    if address := of.options.get("fetched_from"):
        metadata["url"] = address
    return ArticleSeen(document.text, metadata, document.file, document.file_title)

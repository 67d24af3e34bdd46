"""Previews of imports: asked for by the page, made by a worker in a process that is killed past its limits, kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from annotations.bounded import Limits, OutOfBounds, Process
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.records import ArticleRecord
from annotations.formats.reading.sources import Source
from annotations.formats.registry import IMPORTERS, recognised
from annotations.formats.tables.reading.rows import is_table
from annotations.formats.tables.reading.samples import tables_seen
from annotations.imports.options import options_of
from annotations.imports.preview import ArticleSeen, Preview
from annotations.imports.proposal import Proposal, proposal_of
from annotations.imports.uploads import source_of
from annotations.models import Import, ImportPreview
from annotations.models.article import LONGEST_BODY
from annotations.models.transfer.imports import PREVIEWED

LIMITS: Final = Limits(processor_seconds=20, seconds=90, memory=1024**3)
"""For recognising the format, and once more for reading the beginning of the files."""
LARGEST: Final = 64 * 1024**2
"""Bytes of JSON that are kept of one preview."""
SINGLE: Final = ("txt", "html")
"""Formats whose only document is looked at line by line."""


def is_waited_for(import_id: UUID) -> bool:
    """Whether a worker has yet to make the preview."""
    return ImportPreview.objects.filter(of=import_id, seen__isnull=True).exists()


def make(import_id: UUID, key: str, *, stopping: Callable[[], bool] = lambda: False) -> None:
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


def give_up(import_id: UUID, key: str) -> None:
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

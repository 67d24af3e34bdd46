"""What every import does on its way, whether it comes in batch by batch or all at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from django.db import OperationalError, connection, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotations.formats.reading.importer import Importer
from annotations.imports.batches import Batch, batches
from annotations.imports.context import ImportContext, Report, digest_of_name
from annotations.imports.storage.batch import DOCUMENTS, IN_ORDER, LINKS, ROWS, VERDICTS, store
from annotations.models import Import, ImportKey

BIG: Final = (
    "annotations_article", "annotations_sentence", "annotations_assignment", "annotations_span", "annotations_link",
    "annotations_verdict", "annotations_event",
)  # fmt: skip

GROWN: Final = """
    SELECT oid::regclass::text FROM pg_class
    WHERE oid = ANY(%s::regclass[]) AND pg_relation_size(oid) > 16 * 8192
      AND (reltuples < 1 OR pg_relation_size(oid) > 1.5 * relpages * 8192)
"""

NAMED: Final = """
    INSERT INTO annotations_importperson AS there (of_id, key, name, user_id, spans)
    SELECT %s, * FROM unnest(%s::uuid[], %s::text[], %s::bigint[], %s::int[])
    ON CONFLICT (of_id, key) DO UPDATE SET spans = there.spans + excluded.spans
"""

LOOKS: Final = 200
"""Items after which one looks whether to stop, while they are only looked at."""


class Interrupted(Exception):
    """The worker is to stop; the import goes on where it stands when a worker takes it up again."""


class Over(Exception):
    """Somebody cancelled the import, or another worker is at it."""


def steps(
    context: ImportContext, importer: Importer, phase: int = DOCUMENTS, position: int = 0
) -> Iterator[tuple[int, Batch]]:
    """The batches that are left, with their phases."""
    for current in IN_ORDER[IN_ORDER.index(phase) :]:
        of = context.of
        there_is = {
            DOCUMENTS: True,
            ROWS: importer.refers,
            LINKS: importer.crosses and (of.links_read or (importer.refers and of.verdicts_read)),
            VERDICTS: importer.crosses and of.verdicts_read,
        }
        if there_is[current]:
            for batch in batches(of, importer, position):
                yield current, batch
        position = 0


WRITTEN: Final = (
    "phase", "position", "done", "links_read", "verdicts_read", "articles", "spans", "links", "verdicts", "known",
    "refused", "notes",
)  # fmt: skip


def apply(context: ImportContext, phase: int, batch: Batch) -> None:
    """Stores the batch, what of it was refused, and in the import's fields how far it has come."""
    of = context.of
    store(context, phase, batch)
    keep_refusals(context)
    keep_people(context)
    take_counts(context)
    of.phase, of.position = phase, batch.after


def take_counts(context: ImportContext) -> None:
    """Adds what was counted to the import's fields."""
    for name, number in context.counts.items():
        setattr(context.of, name, getattr(context.of, name) + number)
    context.counts.clear()


def keep_people(context: ImportContext) -> None:
    """Adds to the report whom the files named, and how many spans of theirs came in."""
    if not context.spans_of:
        return
    found = [(name, number) for name, number in context.spans_of.items() if context.people.knows(name)]
    columns: list[list[Any]] = [
        [digest_of_name("person", name or "") for name, _ in found],
        [name or "" for name, _ in found],
        [context.people.get(name) for name, _ in found],
        [number for _, number in found],
    ]
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [context.of.pk, *columns])
    context.spans_of.clear()


def keep_refusals(context: ImportContext) -> None:
    """Adds what was refused and what is noted to the report."""
    of = context.of
    report = Report(of.refused, of.notes)
    report.take(context.refused)
    report.store(of)
    context.count("refused", report.refused - of.refused)
    context.count("notes", report.notes - of.notes)


@contextmanager
def importing() -> Iterator[None]:
    """Within a transaction: what comes in keeps its times, and no plan made for empty tables is used for full ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('factcheck.importing', 'on', true), set_config('enable_seqscan', 'off', true)"
        )
    yield


ANALYSED: Final = {4**exponent for exponent in range(12)}
"""The numbers of batches: early, since plans made for empty tables are kept, and ever more rarely."""


def analyse(number: int) -> None:
    """Lets the planner see what came in before this batch, at batches ever further apart."""
    if number - 1 not in ANALYSED:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE (SKIP_LOCKED) {', '.join(BIG)}")


def finish(context: ImportContext) -> None:
    """Says that all is in."""
    with transaction.atomic():
        ImportKey.objects.filter(of=context.of).delete()
        running = Import.objects.filter(pk=context.of.pk, state=Import.State.RUNNING)
        running.update(state=Import.State.DONE, finished_at=timezone.now(), total=Coalesce("total", "done"))
    analyse_grown()


def analyse_grown() -> None:
    """Lets the planner see tables that it takes for empty, or that grew by half since PostgreSQL counted them.

    PostgreSQL counts them by itself a minute later, and wrongly where that happens before a batch is committed. Until
    then plans for empty tables would read full ones, for minutes. A table that somebody else vacuums is left to that.
    """
    with suppress(OperationalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(GROWN, [list(BIG)])
        if tables := [name for (name,) in cursor.fetchall()]:
            cursor.execute("SET LOCAL lock_timeout = '10s'")
            cursor.execute(f"ANALYZE {', '.join(tables)}")

"""What every import does on its way, whether it comes in batch by batch or all at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotations.formats.reading.importer import Importer
from annotations.imports.batches import Batch, batches
from annotations.imports.context import Ground, digest_of_name
from annotations.imports.report import Report
from annotations.imports.storage.batch import DOCUMENTS, IN_ORDER, LINKS, MARKS, VERDICTS, store
from annotations.models import Import, ImportKey

BIG: Final = (
    "annotations_article", "annotations_sentence", "annotations_assignment", "annotations_span", "annotations_link",
    "annotations_verdict", "annotations_event",
)  # fmt: skip

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


def steps(ground: Ground, importer: Importer, phase: int = DOCUMENTS, position: int = 0) -> Iterator[tuple[int, Batch]]:
    """The batches that are left, with their phases."""
    for current in IN_ORDER[IN_ORDER.index(phase) :]:
        of = ground.of
        there_is = {
            DOCUMENTS: True,
            MARKS: importer.refers,
            LINKS: importer.crosses and (of.ties or (importer.refers and of.judgements)),
            VERDICTS: importer.crosses and of.judgements,
        }
        if there_is[current]:
            for batch in batches(of, importer, position):
                yield current, batch
        position = 0


WRITTEN: Final = (
    "phase", "position", "done", "ties", "judgements", "articles", "spans", "links", "verdicts", "known", "refused",
    "notes",
)  # fmt: skip


def apply(ground: Ground, phase: int, batch: Batch) -> None:
    """Stores the batch, what of it was refused, and in the import's fields how far it has come."""
    of = ground.of
    store(ground, phase, batch)
    keep_refusals(ground)
    keep_people(ground)
    take_counts(ground)
    of.phase, of.position = phase, batch.after


def take_counts(ground: Ground) -> None:
    """Adds what was counted to the import's fields."""
    for name, number in ground.counts.items():
        setattr(ground.of, name, getattr(ground.of, name) + number)
    ground.counts.clear()


def keep_people(ground: Ground) -> None:
    """Adds to the report whom the files named, and how many spans of theirs came in."""
    if not ground.spans_of:
        return
    found = [(name, number) for name, number in ground.spans_of.items() if ground.people.knows(name)]
    columns: list[list[Any]] = [
        [digest_of_name("person", name or "") for name, _ in found],
        [name or "" for name, _ in found],
        [ground.people.get(name) for name, _ in found],
        [number for _, number in found],
    ]
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [ground.of.pk, *columns])
    ground.spans_of.clear()


def keep_refusals(ground: Ground) -> None:
    """Adds what was refused and what is noted to the report."""
    of = ground.of
    report = Report(of.refused, of.notes)
    report.take(ground.refused)
    report.store(of)
    ground.count("refused", report.refused - of.refused)
    ground.count("notes", report.notes - of.notes)


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


def finish(ground: Ground) -> None:
    """Says that all is in."""
    with transaction.atomic():
        ImportKey.objects.filter(of=ground.of).delete()
        running = Import.objects.filter(pk=ground.of.pk, state=Import.State.RUNNING)
        running.update(state=Import.State.DONE, finished_at=timezone.now(), total=Coalesce("total", "done"))

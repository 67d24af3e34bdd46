"""An import of which everything comes in or nothing: all is checked first, then stored in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from annotations.formats.reading.importer import Importer
from annotations.formats.reading.records import ArticleRecord, Refusal
from annotations.imports.batches import items_of
from annotations.imports.context import ImportContext, Report
from annotations.imports.steps import (
    LOOKS,
    WRITTEN,
    Interrupted,
    Over,
    analyse,
    finish,
    importing,
    keep_people,
    keep_refusals,
    steps,
    take_counts,
)  # fmt: skip
from annotations.imports.storage.batch import store, with_fields
from annotations.imports.validation import Measured, complaint_about, refusals_of_text
from annotations.models import Import, acting

NOTHING: Final = gettext_noop(
    "Nothing was imported because some items can't be imported. See the refused items in the report."
)


class _NotAll(Exception):
    """Something was refused."""


def run_strictly(context: ImportContext, importer: Importer, stopping: Callable[[], bool]) -> None:
    """Runs the import to its end. Raises Over or Interrupted, with nothing stored."""
    of = context.of
    # What another worker told before it died came to nothing.
    of.done = 0
    with _watched() as aside:
        report = _refused_already(context, importer, aside, stopping)
        if not report.refused:
            try:
                _store(context, importer, aside, stopping)
            except _NotAll:
                report = Report()
                report.take(context.refused)
    if report.refused:
        with transaction.atomic():
            of.reported.all().delete()
            report.store(of)
            Import.objects.filter(pk=of.pk, state=Import.State.RUNNING).update(
                refused=report.refused, notes=report.notes, done=0, state=Import.State.FAILED, failure=gettext(NOTHING),
                finished_at=timezone.now(),
            )  # fmt: skip


@contextmanager
def _watched() -> Iterator[BaseDatabaseWrapper]:
    """A second connection: how far the one transaction has come is told past it."""
    aside = connection.copy()
    try:
        yield aside
    finally:
        aside.close()


def _tell(of: Import, aside: BaseDatabaseWrapper, done: int, stopping: Callable[[], bool]) -> None:
    """Says how far it is. Raises Over where it was cancelled meanwhile, and Interrupted."""
    with aside.cursor() as cursor:
        cursor.execute(
            "UPDATE annotations_import SET done = %s WHERE id = %s RETURNING state",
            [min(done, of.total or done), of.pk],
        )
        row = cursor.fetchone()
    if row is not None and row[0] != Import.State.RUNNING:
        raise Over
    if stopping():
        raise Interrupted


def _refused_already(
    context: ImportContext, importer: Importer, aside: BaseDatabaseWrapper, stopping: Callable[[], bool]
) -> Report:
    """What can be refused without the database."""
    report = Report()
    for number, item in enumerate(items_of(context.of, importer)):
        if isinstance(item, Refusal):
            context.refused.append(item)
        elif isinstance(item, ArticleRecord):
            _check(context, item)
        if number % LOOKS == 0:
            _tell(context.of, aside, 0, stopping)
        report.take(context.refused)
    return report


def _check(context: ImportContext, document: ArticleRecord) -> None:
    context.refused += refusals_of_text(document)
    measured = Measured(document.text)
    label_fields = with_fields(context.project.label_fields, document.fields)
    for span in document.spans:
        if found := complaint_about(span, measured, label_fields):
            location = span.location or ", ".join(filter(None, [document.location, span.key]))
            context.refused.append(Refusal(document.file, location, *found))


def _store(
    context: ImportContext, importer: Importer, aside: BaseDatabaseWrapper, stopping: Callable[[], bool]
) -> None:
    """Stores everything. Raises _NotAll, with nothing stored, where anything is refused."""
    of = context.of
    with acting(of.by), importing():
        # The import's row cannot be held, since its progress is told meanwhile.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [str(of.pk)])
            if not cursor.fetchone()[0]:
                raise Over
        for number, (phase, batch) in enumerate(steps(context, importer), 1):
            analyse(number)
            store(context, phase, batch)
            if not all(one.is_note for one in context.refused):
                raise _NotAll
            keep_refusals(context)
            keep_people(context)
            take_counts(context)
            _tell(of, aside, of.done, stopping)
        held = Import.objects.select_for_update(of=("self",)).get(pk=of.pk)
        if held.state != Import.State.RUNNING:
            raise Over
        of.save(update_fields=WRITTEN)
        finish(context)

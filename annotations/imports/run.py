"""The course of an import: begun, counted, stored batch by batch, over.

Each batch and how far the import has come are stored in one transaction that holds the import's row. So a killed
worker's successor goes on exactly there, two workers never do the same, and a cancelled import stops before its next
batch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.formats.reading.importer import Importer
from annotations.formats.reading.people import with_people
from annotations.formats.reading.records import Refusal
from annotations.formats.reading.unread_files import sifted
from annotations.formats.registry import IMPORTERS, recognised
from annotations.imports.all_or_nothing import run_strictly
from annotations.imports.authors import People, UnknownPerson
from annotations.imports.batches import Batch, items_of
from annotations.imports.context import ImportContext
from annotations.imports.steps import (  # fmt: skip
    LOOKS,
    WRITTEN,
    Interrupted,
    Over,
    analyse,
    apply,
    finish,
    importing,
    steps,
)
from annotations.imports.uploads import source_of
from annotations.models import Import, acting

GOING: Final = (Import.State.WAITING, Import.State.RUNNING)
Stopping = Callable[[], bool]


def cancel(of: Import) -> bool:
    """Ends an import before its next batch. What came in until then stays; of a strict one nothing does.

    Says whether there was anything to end.
    """
    going = Import.objects.filter(pk=of.pk, state__in=[*GOING, Import.State.PROPOSED])
    cancelled = going.update(state=Import.State.CANCELLED, finished_at=timezone.now()) == 1
    of.refresh_from_db(fields=["state", "finished_at"])
    return cancelled


def give_up(import_id: UUID, why: str) -> None:
    """Ends an import that cannot go on; what came in until then stays."""
    waiting = Import.objects.filter(pk=import_id, state__in=GOING)
    waiting.update(state=Import.State.FAILED, failure=why, finished_at=timezone.now())


def run(import_id: UUID, *, stopping: Stopping) -> bool:
    """Goes on with an import. Says whether it is over: false where `stopping` asked for a break."""
    of = _begin(import_id)
    if of is None:
        return True
    importer = IMPORTERS.get(of.format) if of.format else recognised(source_of(of))
    if importer is None:
        give_up(
            of.pk,
            _("There is no format %(format)s.") % {"format": of.format}
            if of.format
            else _("The format can't be detected. Choose it."),
        )
        return True
    unused = [name for name in ("offset_unit", "crlf") if of.options.get(name)]
    if unused and not importer.counts:
        # Who chose may believe that the offsets were read so.
        words = _("The offsets of %(format)s are always counted the same way. Leave out: %(options)s.")
        give_up(of.pk, words % {"format": importer.name, "options": ", ".join(unused)})
        return True
    if of.options.get("person_from", "auto") != "auto" and not importer.annotated:
        give_up(
            of.pk,
            _("The format of the files is %(format)s, which has no annotations. Leave out person_from.")
            % {"format": importer.name},
        )
        return True
    try:
        _go_on(of, importer, stopping)
    except (Over, Interrupted) as end:
        return isinstance(end, Over)
    except UnknownPerson as error:
        give_up(of.pk, str(error))
    return True


def _begin(import_id: UUID) -> Import | None:
    """The import, running; None where it is over already."""
    with transaction.atomic():
        found = Import.objects.select_for_update(of=("self",)).filter(pk=import_id).first()
        if found is None or found.state not in GOING:
            return None
        found.state = Import.State.RUNNING
        found.started_at = found.started_at or timezone.now()
        found.save(update_fields=["state", "started_at"])
        return found


def _go_on(of: Import, importer: Importer, stopping: Stopping) -> None:
    if not of.format:
        Import.objects.filter(pk=of.pk).update(format=importer.name)
    if of.total is None and not importer.asks_others:
        of.total = _counted(of, importer, stopping)
        Import.objects.filter(pk=of.pk).update(total=of.total)
    source = sifted(importer, source_of(of))
    importer = with_people(importer.facing(source), source, stopping=stopping)
    context = context_of(of, importer)
    if of.strict:
        run_strictly(context, importer, stopping)
        return
    for number, (phase, batch) in enumerate(steps(context, importer, of.phase, of.position), 1):
        if stopping():
            raise Interrupted
        analyse(number)
        _step(context, phase, batch)
    finish(context)


def context_of(of: Import, importer: Importer) -> ImportContext:
    """What the steps share. Raises UnknownPerson."""
    people = People(of.project, of.by, of.options.get("people", {}), others=of.options.get("others", "keep"))
    return ImportContext(of, of.project, people, importer.crosses, importer.refers)


def _counted(of: Import, importer: Importer, stopping: Stopping) -> int:
    documents = 0
    for number, item in enumerate(items_of(of, importer)):
        documents += not isinstance(item, Refusal)
        if number % LOOKS == 0:
            if stopping():
                raise Interrupted
            if not Import.objects.filter(pk=of.pk, state=Import.State.RUNNING).exists():
                raise Over
    return documents


def _step(context: ImportContext, phase: int, batch: Batch) -> None:
    """One batch, whole or not at all. Raises Over where the import is no longer ours."""
    of = context.of
    with acting(of.by), importing():
        held = Import.objects.select_for_update(of=("self",)).get(pk=of.pk)
        if held.state != Import.State.RUNNING or (held.phase, held.position) != (of.phase, of.position):
            raise Over
        apply(context, phase, batch)
        of.save(update_fields=WRITTEN)

"""Running an import: the task, and the function that says go."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from annotations.jobs.job import Stopping, job
from annotations.models import Import, ImportPreview

# What reads all those formats is imported by the worker alone: the site itself need not hold it in memory.


def _give_up(why: str, import_id: str) -> None:
    from annotations.imports.run import give_up

    give_up(UUID(import_id), why)


@job("run_import", give_up=_give_up)
def run_import(stopping: Stopping, import_id: str) -> bool:
    """Goes on with an import where it stands."""
    from annotations.imports.run import run

    return run(UUID(import_id), stopping=stopping)


def begin(of: Import) -> bool:
    """Starts an import: a worker takes it up once this is committed. True where this call started it."""
    with transaction.atomic():
        begun = Import.objects.filter(pk=of.pk, state=Import.State.PROPOSED).update(state=Import.State.WAITING) == 1
        if begun:
            ImportPreview.objects.filter(of=of).delete()
            run_import.defer(import_id=str(of.pk))
    of.refresh_from_db(fields=["state"])
    return begun

"""Running an import: the task, and the function that says go."""

from __future__ import annotations

from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from annotations.jobs.retry import MOST_ATTEMPTS, GoOn
from annotations.models import Import, ImportPreview


@app.task(name="run_import", pass_context=True, retry=GoOn())
def run_import(context: JobContext, import_id: str) -> None:
    """Goes on with an import where it stands, until it is done or the worker is stopped."""
    # Not before it is asked for: the site itself need not know what reads all those formats.
    from annotations.imports.run import give_up, run

    if context.job.attempts >= MOST_ATTEMPTS:
        give_up(UUID(import_id), "It broke off too often. Ask an operator to look at the worker's log.")
        return
    try:
        over = run(UUID(import_id), stopping=context.should_abort)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        give_up(UUID(import_id), "A fault of the server ended it; the worker's log says which. What is in stays.")
        raise
    if not over:
        raise JobAborted


def begin(of: Import) -> bool:
    """Starts an import: a worker takes it up once this is committed. True where this call started it."""
    with transaction.atomic():
        begun = Import.objects.filter(pk=of.pk, state=Import.State.PROPOSED).update(state=Import.State.WAITING) == 1
        if begun:
            ImportPreview.objects.filter(of=of).delete()
            run_import.defer(import_id=str(of.pk))
    of.refresh_from_db(fields=["state"])
    return begun

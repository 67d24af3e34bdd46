"""Running an import, and making its preview: the tasks, and the functions that ask for them."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from annotations.bounded import Stopped
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


PREVIEWS: Final = "previews"
"""Their queue: they wait for one another, never for an import."""
NOT_OF_READING: Final = ("people", "others")
"""Choices that change nothing of what is seen."""


def _give_up_preview(_why: str, import_id: str, key: str) -> None:
    from annotations.imports.proposal import give_up_preview

    give_up_preview(UUID(import_id), key)


@job("preview_import", give_up=_give_up_preview, queue=PREVIEWS)
def preview_import(stopping: Stopping, import_id: str, key: str) -> bool:
    """Makes the preview that was asked for with this key."""
    from annotations.imports.proposal import make_preview

    try:
        make_preview(UUID(import_id), key, stopping=stopping)
    except Stopped:
        return False
    return True


def preview_of(of: Import) -> ImportPreview:
    """The preview of an import with its present choices; where there is none yet, a worker is asked for it."""
    chosen = {name: value for name, value in of.options.items() if name not in NOT_OF_READING}
    key = sha256(json.dumps([of.format, chosen], sort_keys=True).encode()).hexdigest()
    with transaction.atomic():
        held = ImportPreview.objects.select_for_update(of=("self",))
        found, is_new = held.get_or_create(of=of, defaults={"key": key})
        if is_new or found.key != key:
            found.key, found.seen, found.failure, found.asked_at = key, None, "", Now()
            found.save()
            # One person's previews are made one after another: others need not wait for all of them.
            preview_import.configure(lock=f"previews of {of.by_id}").defer(import_id=str(of.pk), key=key)
            found.refresh_from_db()
    return found

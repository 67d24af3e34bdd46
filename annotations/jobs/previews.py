"""Making the preview of an import: the task, and the function that asks for it."""

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

PREVIEWS: Final = "previews"
"""Their queue: they wait for one another, never for an import."""
NOT_OF_READING: Final = ("people", "others")
"""Choices that change nothing of what is seen."""


# What reads all those formats is imported by the worker alone: the site itself need not hold it in memory.


def _give_up(_why: str, import_id: str, key: str) -> None:
    from annotations.imports.proposal import give_up_preview

    give_up_preview(UUID(import_id), key)


@job("preview_import", give_up=_give_up, queue=PREVIEWS)
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

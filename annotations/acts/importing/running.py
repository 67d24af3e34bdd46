"""The course of an import: which state it is in, and what it does next."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.importers import IMPORTERS
from annotations.models.transfer.importing import Import


def run(import_id: UUID, *, stopping: Callable[[], bool]) -> bool:
    """Goes on with an import. Says whether it is over: false where `stopping` asked for a break."""
    begun = _begin(import_id)
    if begun is None:
        return True
    if begun.format not in IMPORTERS:
        give_up(import_id, f"There is no format {begun.format}." if begun.format else "The format is not recognised.")
        return True
    return not stopping()


def give_up(import_id: UUID, why: str) -> None:
    """Ends an import that cannot go on; what came in until now stays."""
    waiting = Import.objects.filter(pk=import_id, state__in=[Import.State.WAITING, Import.State.RUNNING])
    waiting.update(state=Import.State.FAILED, failure=why, finished_at=timezone.now())


def _begin(import_id: UUID) -> Import | None:
    """The import, running; None where it is over already."""
    with transaction.atomic():
        found = Import.objects.select_for_update(of=("self",)).filter(pk=import_id).first()
        if found is None or found.state not in (Import.State.WAITING, Import.State.RUNNING):
            return None
        found.state = Import.State.RUNNING
        found.started_at = found.started_at or timezone.now()
        found.save(update_fields=["state", "started_at"])
        return found

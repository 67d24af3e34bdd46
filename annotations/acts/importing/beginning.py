"""Saying go to an import, and saying stop."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from annotations.jobs.importing import run_import
from annotations.models import Import


def begin(proposed: Import) -> bool:
    """Has a worker do it. Says whether it was begun now: an import is begun once."""
    with transaction.atomic():
        found = Import.objects.filter(pk=proposed.pk, state=Import.State.PROPOSED)
        begun = found.update(state=Import.State.WAITING) == 1
        if begun:
            run_import.defer(import_id=str(proposed.pk))
    proposed.refresh_from_db(fields=["state"])
    return begun


def cancel(going: Import) -> bool:
    """Stops an import that is not over yet; what came in until now stays. Says whether it was stopped now."""
    found = Import.objects.filter(pk=going.pk, state__in=[Import.State.WAITING, Import.State.RUNNING])
    cancelled = found.update(state=Import.State.CANCELLED, finished_at=timezone.now()) == 1
    going.refresh_from_db(fields=["state", "finished_at"])
    return cancelled

"""How far an import has come, in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from annotations.models import Import, Release

GOING: Final = (Import.State.WAITING, Import.State.RUNNING)
HEADINGS: Final = {
    Import.State.WAITING: "The import waits for its turn",
    Import.State.RUNNING: "Importing",
    Import.State.DONE: "The import is done",
    Import.State.FAILED: "The import failed",
    Import.State.CANCELLED: "The import was cancelled",
}
LONG_WAIT: Final = timedelta(minutes=1)
"""After this somebody should look whether a worker is there at all."""


def time_left(running: Import | Release) -> str:
    """How long it will still take at the pace so far, or nothing where that cannot be told yet."""
    if not running.total or not running.done or running.started_at is None:
        return ""
    so_far = (timezone.now() - running.started_at).total_seconds()
    if so_far < 2:
        return ""
    seconds = so_far * max(running.total - running.done, 0) / running.done
    if seconds < 50:
        return f"about {max(5, round(seconds / 5) * 5)} seconds left"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"about {minutes} minute{'' if minutes == 1 else 's'} left"
    hours, minutes = divmod(minutes, 60)
    return f"about {hours} h {minutes:02} min left"


def waits_long(waiting: Import | Release) -> bool:
    """Whether it waits so long that no worker may be there."""
    return waiting.state == Import.State.WAITING and timezone.now() - waiting.created_at > LONG_WAIT

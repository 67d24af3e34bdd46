"""The task that makes the preview of an import."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import InterfaceError, OperationalError
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from annotations.bounded import Stopped
from annotations.jobs.retry import MOST_ATTEMPTS, GoOn

PREVIEWS: Final = "previews"
"""Their queue: they wait for one another, never for an import."""


@app.task(name="preview_import", pass_context=True, retry=GoOn(), queue=PREVIEWS)
def preview_import(context: JobContext, import_id: str, key: str) -> None:
    """Makes the preview that was asked for with this key."""
    # Not before it is asked for: the site itself need not know what reads all those formats.
    from annotations.imports.previews import give_up, make

    if context.job.attempts >= MOST_ATTEMPTS:
        give_up(UUID(import_id), key)
        return
    try:
        make(UUID(import_id), key, stopping=context.should_abort)
    except Stopped:
        raise JobAborted from None
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        give_up(UUID(import_id), key)
        raise

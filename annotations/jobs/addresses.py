"""The task that fetches an address that somebody gave."""

from __future__ import annotations

from uuid import UUID

from django.db import InterfaceError, OperationalError
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from annotations.bounded import Stopped
from annotations.jobs.previews import PREVIEWS
from annotations.jobs.retry import MOST_ATTEMPTS, GoOn


@app.task(name="fetch_address", pass_context=True, retry=GoOn(), queue=PREVIEWS)
def fetch_address(context: JobContext, fetch_id: str) -> None:
    """Fetches the page, which then is an import of one file, unless that was done or given up before."""
    # Not before it is asked for: the site itself need not know what reads all those formats.
    from annotations.imports.addresses import fetch_and_keep, give_up

    if context.job.attempts >= MOST_ATTEMPTS:
        give_up(UUID(fetch_id))
        return
    try:
        fetch_and_keep(UUID(fetch_id), stopping=context.should_abort)
    except Stopped:
        raise JobAborted from None
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        give_up(UUID(fetch_id))
        raise

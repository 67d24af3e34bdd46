"""The task that makes a release."""

from __future__ import annotations

from uuid import UUID

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from annotations.jobs.retry import MOST_ATTEMPTS, GoOn


@app.task(name="make_release", pass_context=True, retry=GoOn())
def make_release(context: JobContext, release_id: str) -> None:
    """Makes a release from its beginning, unless it is made or cancelled."""
    # Not before it is asked for: the site itself need not know what writes all those formats.
    from annotations.releases.build import give_up, make

    if context.job.attempts >= MOST_ATTEMPTS:
        give_up(UUID(release_id), "It broke off too often. Ask an operator to look at the worker's log.")
    elif not make(UUID(release_id), stopping=context.should_abort):
        raise JobAborted

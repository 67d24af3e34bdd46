"""What a worker does: the jobs that wait, and those that a killed worker left undone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Final, cast

from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import DEFAULT_QUEUE

from annotations.formats import libraries  # noqa: F401
from annotations.formats.tables.writing import parquet_files  # noqa: F401

# What reads and writes all those formats is loaded before the first job, not within it.
from annotations.imports import run  # noqa: F401
from annotations.jobs.imports import PREVIEWS

SIDE_BY_SIDE: Final = 2
"""Jobs of a queue at once, so that a small one does not wait for a large one."""
HEARTBEAT: Final = 3.0
SILENCE: Final = 15.0
"""Seconds after which a worker that tells nothing of itself counts as dead."""


async def work() -> None:
    """Does jobs until SIGINT or SIGTERM; what is under way then breaks off at its next step, to be taken up again."""
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    with app.replace_connector(connector) as working:
        async with working.open_async():
            side = [
                asyncio.create_task(_take_up_what_was_left(working)),
                # A preview that somebody waits for does not queue behind imports that take hours.
                asyncio.create_task(_do_jobs(working, PREVIEWS, install_signal_handlers=False)),
            ]
            try:
                await _do_jobs(working, DEFAULT_QUEUE)
            finally:
                for task in side:
                    task.cancel()
                await asyncio.gather(*side, return_exceptions=True)


async def _do_jobs(working: App, queue: str, *, install_signal_handlers: bool = True) -> None:
    await working.run_worker_async(
        queues=[queue],
        concurrency=SIDE_BY_SIDE,
        delete_jobs="successful",
        shutdown_graceful_timeout=0,
        update_heartbeat_interval=HEARTBEAT,
        stalled_worker_timeout=SILENCE,
        install_signal_handlers=install_signal_handlers,
    )


async def _take_up_what_was_left(working: App) -> None:
    while True:
        await take_up_stalled(working)
        await asyncio.sleep(SILENCE / 3)


async def take_up_stalled(working: App, silence: float = SILENCE) -> None:
    """Lets the jobs of workers that were silent for so many seconds be done by others."""
    for job in await working.job_manager.get_stalled_jobs(seconds_since_heartbeat=silence):
        await working.job_manager.retry_job(job, retry_at=datetime.now(UTC))

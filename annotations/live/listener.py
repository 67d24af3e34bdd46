"""The one connection of a process that listens to the database, whatever the number of readers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final

import psycopg
from django.db import connection
from psycopg import sql

from annotations.models.event import CHANGED
from annotations.models.people.presence import CAME_OR_WENT
from annotations.models.transfer.imports import PREVIEWED

log = logging.getLogger(__name__)

CHANNELS: Final = (CHANGED, CAME_OR_WENT, PREVIEWED)
NAME: Final = "factcheck listening"
FIRST_PAUSE: Final = 0.25
LONGEST_PAUSE: Final = 10.0
SILENCE: Final = 30.0
"""Seconds without a notification after which the connection is asked whether it still stands."""


def parameters() -> dict[str, Any]:
    """How to reach the database outside Django's pool."""
    found = connection.get_connection_params()
    for name in ("cursor_factory", "context", "server_side_binding", "prepare_threshold"):
        found.pop(name, None)
    return found | {"application_name": NAME}


async def listen(hear: Callable[[str, str], None], connected: Callable[[], None]) -> None:
    """Passes every notification on as (channel, payload), for ever; `connected` is called after each (re)connection."""
    pause = FIRST_PAUSE
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**parameters(), autocommit=True) as own:
                for channel in CHANNELS:
                    await own.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                connected()
                pause = FIRST_PAUSE
                await _pass_on(own, hear)
        except psycopg.Error as error:
            log.warning("The database cannot be listened to: %s", str(error).partition("\n")[0])
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def _pass_on(own: psycopg.AsyncConnection[Any], hear: Callable[[str, str], None]) -> None:
    while True:
        async for notify in own.notifies(timeout=SILENCE):
            hear(notify.channel, notify.payload)
        await own.execute("SELECT 1")

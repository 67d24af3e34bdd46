"""From PostgreSQL to the client as it is read: memory stays flat whatever the size."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterable, AsyncIterator
from typing import Any, Final

import psycopg
from django.db import connection
from psycopg.abc import Buffer

CHUNK: Final = 512 * 1024
"""Bytes that are sent at once: enough that the database never waits for the next ones to be asked for."""

AT_ONCE: Final = 16
"""Exports that run at the same time in one process: each has a connection to the database of its own."""

_under_way: Final[set[object]] = set()

COPY: Final = "COPY ({}) TO STDOUT WITH (FORMAT csv, DELIMITER E'\\x1f', QUOTE E'\\x1e')"
"""CSV with separators that JSON text never holds, so that every line leaves as it is, unquoted and unescaped."""


def connection_parameters() -> dict[str, Any]:
    """How to reach the database outside Django's pool."""
    parameters = connection.get_connection_params()
    for name in ("cursor_factory", "context", "server_side_binding", "prepare_threshold"):
        parameters.pop(name, None)
    return parameters


def too_many() -> bool:
    """Whether as many exports are under way as this process takes on."""
    return len(_under_way) >= AT_ONCE


async def copied(statement: str, parameters: dict[str, Any]) -> AsyncIterator[bytes]:
    """The rows of a query of one text column as lines, in chunks. What fails half way raises half way."""
    turn = object()
    _under_way.add(turn)
    try:
        async with await psycopg.AsyncConnection.connect(**parameters, autocommit=True) as own:
            await own.execute("SET TIME ZONE 'UTC'")
            async with own.cursor() as cursor, cursor.copy(COPY.format(statement)) as rows:
                async for chunk in _joined(rows):
                    yield chunk
    finally:
        _under_way.discard(turn)


async def _joined(rows: AsyncIterable[Buffer]) -> AsyncIterator[bytes]:
    """Rows put together to chunks of about one size; the first one leaves at once."""
    waiting: list[Buffer] = []
    size, enough = 0, 1
    async for row in rows:
        waiting.append(row)
        size += len(row)
        if size >= enough:
            yield b"".join(waiting)
            waiting, size, enough = [], 0, CHUNK
    if waiting:
        yield b"".join(waiting)


async def gzipped(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same bytes as a gzip stream; compressing happens beside the event loop."""
    compressor = zlib.compressobj(level=1, wbits=31)
    async for chunk in chunks:
        if small := await asyncio.to_thread(compressor.compress, chunk):
            yield small
    yield compressor.flush()

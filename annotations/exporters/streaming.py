"""From PostgreSQL to the client as it is read: memory stays flat whatever the size."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from django.db import connection
from psycopg.abc import Buffer

from annotations.exporters.archives import zipped
from annotations.exporters.format import Format
from annotations.exporters.selection import Selection

CHUNK: Final = 512 * 1024
"""Bytes that are sent at once: enough that the database never waits for the next ones to be asked for."""

AT_ONCE: Final = 16
"""Exports that run at the same time in one process: each has a connection to the database of its own."""

_under_way: Final[set[object]] = set()

COPY: Final = "COPY ({}) TO STDOUT WITH (FORMAT csv, DELIMITER E'\\x1f', QUOTE E'\\x1e')"
"""CSV with separators that JSON text never holds, so that every line leaves as it is, unquoted and unescaped."""


CSV: Final = "COPY ({}) TO STDOUT WITH (FORMAT csv, HEADER)"


def connection_parameters() -> dict[str, Any]:
    """How to reach the database outside Django's pool."""
    parameters = connection.get_connection_params()
    for name in ("cursor_factory", "context", "server_side_binding", "prepare_threshold"):
        parameters.pop(name, None)
    return parameters


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A connection in a transaction that sees one moment; the reader of `annotations.exporters.format`."""

    connection: psycopg.Connection[Any]

    def lines(self, statement: str) -> Iterator[bytes]:
        """See `Reader`."""
        with self.connection.cursor() as cursor, cursor.copy(COPY.format(statement)) as rows:
            yield from _chunks(rows)

    def csv(self, statement: str) -> Iterator[bytes]:
        """See `Reader`."""
        with self.connection.cursor() as cursor, cursor.copy(CSV.format(statement)) as rows:
            yield from _chunks(rows)

    def rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """See `Reader`."""
        with self.connection.cursor(name="export") as cursor:
            cursor.itersize = 100
            yield from cursor.execute(statement)


@contextmanager
def snapshot(parameters: dict[str, Any], *before: str) -> Iterator[Snapshot]:
    """A moment of the database, on a connection of its own; `before` are statements that come first there."""
    with psycopg.connect(**parameters) as own:
        for statement in before:
            own.execute(statement)
        own.commit()
        own.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        own.execute("SET TIME ZONE 'UTC'")
        yield Snapshot(own)


def written(chosen: Format, selection: Selection, reader: Snapshot) -> Iterator[bytes]:
    """The bytes of an export, in chunks. What fails half way raises half way."""
    if chosen.members is not None:
        yield from zipped(chosen.members(selection, reader))
        return
    if chosen.statement is None:
        raise TypeError(f"The format {chosen.name} says neither its lines nor its files.")
    if chosen.opening:
        yield chosen.opening
    yield from reader.lines(chosen.statement(selection))
    if chosen.closing:
        yield chosen.closing


def streamed(chosen: Format, selection: Selection, parameters: dict[str, Any]) -> AsyncIterator[bytes]:
    """The bytes of an archive, no faster than they are taken. What fails before the first of them raises at once."""
    return sent(begun(_written_alone(chosen, selection, parameters)))


def _written_alone(chosen: Format, selection: Selection, parameters: dict[str, Any]) -> Iterator[bytes]:
    turn = object()
    _under_way.add(turn)
    try:
        with snapshot(parameters) as reader:
            yield from written(chosen, selection, reader)
    finally:
        _under_way.discard(turn)


def begun(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same chunks, the first of which is there already: what fails until then fails before there is a status."""
    return _after(next(chunks, b""), chunks)


def _after(first: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from chunks


async def sent(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The same chunks, each made in a thread beside the event loop when the one before is sent."""
    try:
        while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
            yield chunk
    finally:
        await asyncio.to_thread(chunks.close)  # type: ignore[attr-defined]  # it is a generator


async def begun_later(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """See `begun`. To be called on the event loop that sends the chunks."""
    first = await anext(chunks, b"")

    async def after() -> AsyncIterator[bytes]:
        try:
            if first:
                yield first
            async for chunk in chunks:
                yield chunk
        finally:
            await chunks.aclose()  # type: ignore[attr-defined]  # it is a generator

    return after()


def too_many() -> bool:
    """Whether as many exports are under way as this process takes on."""
    return len(_under_way) >= AT_ONCE


async def copied(chosen: Format, statement: str, parameters: dict[str, Any]) -> AsyncIterator[bytes]:
    """The rows of a query of one text column as lines, in chunks. What fails half way raises half way."""
    turn = object()
    _under_way.add(turn)
    try:
        before = chosen.opening
        async with await psycopg.AsyncConnection.connect(**parameters, autocommit=True) as own:
            await own.execute("SET TIME ZONE 'UTC'")
            async with own.cursor() as cursor, cursor.copy(COPY.format(statement)) as rows:
                # The opening waits for the first rows: a stream that has begun has rows, or is empty.
                async for chunk in _joined(rows):
                    yield before + chunk
                    before = b""
        if before + chosen.closing:
            yield before + chosen.closing
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


def _chunks(rows: Iterable[Buffer]) -> Iterator[bytes]:
    """The same where nothing waits for an event loop."""
    waiting: list[Buffer] = []
    size = 0
    for row in rows:
        waiting.append(row)
        size += len(row)
        if size >= CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


async def gzipped(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same bytes as a gzip stream; compressing happens beside the event loop."""
    compressor = zlib.compressobj(level=1, wbits=31)
    async for chunk in chunks:
        if small := await asyncio.to_thread(compressor.compress, chunk):
            yield small
    yield compressor.flush()

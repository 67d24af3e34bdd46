"""From PostgreSQL to the client as it is read: memory stays flat whatever the size."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import psycopg
from django.db import connection
from django.utils.translation import gettext as _
from psycopg.abc import Buffer

from annotations.formats.writing.archives import zipped
from annotations.formats.writing.format import Format
from annotations.formats.writing.selection import Selection
from annotations.streams import Stream, gzipped

if TYPE_CHECKING:
    from annotations.models import User

CHUNK: Final = 512 * 1024
"""Bytes that are sent at once: enough that the database never waits for the next ones to be asked for."""

AT_ONCE: Final = 16
"""Exports that run at the same time in one process: each has a connection to the database of its own."""

BY_ONE: Final = 4
"""Of these, those of one person: somebody who reads none of them must not hold up everybody."""

_under_way: Final[list[int]] = []
"""The people whose exports are under way."""
_turns: Final = Lock()

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
    """A connection in a transaction that sees one moment; the reader of `annotations.formats.writing.format`."""

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
    # The opening waits for the first rows: an export that has begun has rows, or is empty.
    before = chosen.opening
    for chunk in reader.lines(chosen.statement(selection)):
        yield before + chunk
        before = b""
    if before + chosen.closing:
        yield before + chosen.closing


class TooMany(Exception):
    """As many exports are under way as this process takes on, of everybody or of one person. The text says which."""


@contextmanager
def turn(user: User) -> Iterator[None]:
    """One of the exports under way. Raises TooMany."""
    with _turns:
        if len(_under_way) >= AT_ONCE:
            raise TooMany(_("This server can't run any more exports at the moment. Try again later."))
        if _under_way.count(user.pk) >= BY_ONE:
            raise TooMany(
                _("You already have %(count)s exports running. Wait for one of them to finish, or stop it.")
                % {"count": BY_ONE}
            )
        _under_way.append(user.pk)
    try:
        yield
    finally:
        with _turns:
            _under_way.remove(user.pk)


def streamed(chosen: Format, selection: Selection, parameters: dict[str, Any], *, compressed: bool) -> Stream:
    """An export, no faster than it is taken. Raises TooMany with its first chunk."""
    opened: list[Snapshot] = []

    def chunks() -> Generator[bytes]:
        with turn(selection.user), snapshot(parameters) as reader:
            opened.append(reader)
            content = written(chosen, selection, reader)
            yield from gzipped(content) if compressed else content

    return Stream(chunks(), lambda: interrupt(opened))


def streamed_csv(statement: str, parameters: dict[str, Any], *, before: bytes) -> Stream:
    """The rows of a query as CSV with a line of names, after the bytes `before`."""
    opened: list[Snapshot] = []

    def chunks() -> Generator[bytes]:
        with snapshot(parameters) as reader:
            opened.append(reader)
            first = before
            for chunk in reader.csv(statement):
                yield first + chunk
                first = b""

    return Stream(chunks(), lambda: interrupt(opened))


def interrupt(opened: Iterable[Snapshot]) -> None:
    """Ends the statements that these connections wait for."""
    for reader in opened:
        with suppress(psycopg.Error):
            reader.connection.cancel_safe(timeout=1)


def _chunks(rows: Iterable[Buffer]) -> Iterator[bytes]:
    """Rows put together to chunks of about one size; the first one leaves at once."""
    waiting: list[Buffer] = []
    size, enough = 0, 1
    for row in rows:
        waiting.append(row)
        size += len(row)
        if size >= enough:
            yield b"".join(waiting)
            waiting, size, enough = [], 0, CHUNK
    if waiting:
        yield b"".join(waiting)

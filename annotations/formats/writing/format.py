"""What an export format is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from annotations.formats.writing.selection import Selection

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Reader(Protocol):
    """Reads queries one after the other, all of them as of the same moment, and no row before it is asked for."""

    def lines(self, statement: str) -> Iterator[bytes]:
        """The rows of a query of one text column as lines, in chunks of whole lines."""

    def csv(self, statement: str) -> Iterator[bytes]:
        """The rows of a query as CSV with a line of names, in chunks of whole lines; null is an empty field."""

    def rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query in Python's types, read some at a time."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive. `stored` says that compressing it would gain nothing."""

    name: str
    chunks: Iterable[bytes]
    stored: bool = False


@dataclass(frozen=True, slots=True)
class Loading:
    """How a dataset user loads what they fetched: `code` reads the file `{file}` with `library` and leaves `loaded`."""

    library: str
    code: str


@dataclass(frozen=True, slots=True)
class Format:
    """A format that goes out: either lines that PostgreSQL builds, or an archive whose files are made as it is sent.

    `statement` gives a query of one text column, a line a row; `opening` and `closing` stand before and after them.
    `members` gives the files of the archive in order, each read to its end before the next is asked for.
    """

    name: str
    title: StrOrPromise
    media_type: str
    extension: str
    carries: StrOrPromise
    """What it holds, for the documentation."""
    leaves_out: StrOrPromise
    """What it cannot hold."""
    loadings: tuple[Loading, ...] = ()
    statement: Callable[[Selection], str] | None = None
    opening: bytes = b""
    closing: bytes = b""
    members: Callable[[Selection, Reader], Iterator[Member]] | None = None


def json_array(statement: str) -> str:
    """The rows of a query of one JSON text column, each but the first after a comma: with brackets around, an array.

    `statement` names its column `line` and has the order of the rows.
    """
    return f"SELECT CASE WHEN row_number() OVER () = 1 THEN '' ELSE ',' END || line FROM ({statement}) AS rows"

"""What an import format is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotations.formats.reading.records import Item, Options
from annotations.formats.reading.sources import Source

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Importer:
    """A format that comes in.

    `recognises` looks at names and first bytes only. `read` yields in the same order each time it is called, holds one
    document at a time, and yields a refusal for whatever does not come in; it never stops at one that it can name.
    """

    name: str
    title: StrOrPromise
    extensions: tuple[str, ...]
    takes: str
    """What comes in of such a file and what does not, for the documentation."""
    recognises: Callable[[Source], bool]
    read: Callable[[Source, Options], Iterator[Item]]
    crosses: bool = False
    """Whether a link may join spans of different documents: then keys are unique in the whole import."""
    crosses_in: Callable[[Source], bool] | None = None
    """Whether it does in these files, where a look at some of them tells; if none does, less has to be remembered."""

    def facing(self, source: Source) -> Importer:
        """The importer as it reads these files."""
        if not self.crosses or self.crosses_in is None:
            return self
        return replace(self, crosses=self.crosses_in(source))

    refers: bool = False
    """Whether its items name articles and spans of other files or of the project, by ids from outside."""

    asks_others: bool = False
    """Whether reading asks other machines: then documents are not counted beforehand, so that it asks once."""

    rates: bool = False
    """Whether the format's own types are ratings: `Options.types` names one of the project's scale for each."""

    annotated: bool = True
    """Whether it brings annotations, which somebody made, and not texts alone."""

    tells_files_apart: bool = False
    """Whether its reader names the people of several files on one text by itself."""

    names_strays: bool = False
    """Whether its reader itself names the files that it does not read."""

    counts: bool = False
    """Whether its offsets may count several things: then `Options.offset_unit` and `Options.crlf` say which."""

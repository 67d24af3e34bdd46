"""`csv`: articles in the rows of a table, as spreadsheets and programs write it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats.reading.decoding import BOMS, known_encoding, likely_encoding
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.records import Item, Options, Refusal, Refused
from annotations.formats.reading.sources import LARGEST_DOCUMENT, File, Source
from annotations.formats.tables.reading.columns import Table, header, items, recognised

EXTENSIONS: Final = (".csv", ".tsv", ".tab")
DELIMITERS: Final = (",", ";", "\t", "|")
LONGEST_ROW: Final = LARGEST_DOCUMENT // 4
"""Characters of one row: twice the longest text, quotation marks and all. What is longer lacks a quotation mark."""

PART: Final = 1024 * 1024
AROUND: Final = 1024
"""Bytes on either side of a strange one by which its encoding is told."""
FORMULA: Final = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
"""How a cell begins that the export has put an apostrophe before."""

csv.field_size_limit(LONGEST_ROW)  # of the whole process; that of the module is too short for a text


def read(source: Source, options: Options) -> Iterator[Item]:
    """Each row a document, in order."""
    for file in source.files:
        try:
            yield from _rows(file, options)
        except Refused as error:
            yield error.refusal


class _Lines:
    """The lines of a text stream; counts them, and what a row takes of them."""

    def __init__(self, stream: io.TextIOBase, file: str) -> None:
        self.stream, self.file = stream, file
        self.number = self.row = 0
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._next():
            self.number += 1
            self.taken += len(line)
            if self.taken > LONGEST_ROW:
                detail = _(
                    "A row is longer than the longest text. A quotation mark may be missing. The rest of the "
                    "file was not read."
                )
                raise Refused(self.file, f"line {self.row}", "too_large", detail)
            yield line

    def _next(self) -> str:
        try:
            return self.stream.readline(LONGEST_ROW - self.taken + 1)
        except UnicodeDecodeError as error:
            detail = _("The text is not in the detected encoding %(encoding)s. The rest of the file was not read.") % {
                "encoding": error.encoding
            }
            raise Refused(self.file, f"after line {self.number}", "encoding", detail) from error

    def begin(self) -> None:
        """A row begins with the next line."""
        self.row, self.taken = self.number + 1, 0

    @property
    def location(self) -> str:
        """The lines of the row that was read last."""
        return f"line {self.row}" if self.number <= self.row else f"lines {self.row} to {self.number}"


@contextmanager
def opened(file: File, options: Options, known: Callable[[Sequence[str]], int]) -> Iterator[Table]:
    """The table that a file is. `known` counts the names of columns that are known, by which the delimiter is told.

    Raises Refused where nothing more of the file can be read.
    """
    encoding = _encoding(file, options)
    with file.open() as binary, io.TextIOWrapper(binary, encoding=encoding, newline="") as stream:
        lines = _Lines(stream, file.path)
        lines.begin()
        first = next(iter(lines), "").removeprefix("\ufeff")
        if named := re.fullmatch(r"sep=(.)\s*", first, re.IGNORECASE):  # how Excel is told the delimiter
            lines.begin()
            rows = csv.reader(iter(lines), delimiter=named[1], strict=True)
        else:
            rows = csv.reader(chain([first], lines), delimiter=_delimiter(first, known), strict=True)
        try:
            names = next(rows, [])
        except csv.Error as error:
            raise Refused(
                file.path, "header", "broken_row", _("The first row can't be read: %(error)s.") % {"error": error}
            ) from error
        yield Table(names, lambda wanted: _cells(rows, lines, len(names), wanted))


def _cells(
    rows: Iterator[list[str]], lines: _Lines, width: int, wanted: Sequence[int]
) -> Iterator[tuple[str, list[Any]] | Refusal]:
    for row in _read(rows, lines):
        if isinstance(row, Refusal):
            yield row
        elif len(row) != width:
            detail = _("This row has %(found)s cells, but the header has %(wanted)s.") % {
                "found": len(row),
                "wanted": width,
            }
            yield Refusal(lines.file, lines.location, "unequal_row", detail)
        else:
            yield lines.location, [row[index] for index in wanted]


def _rows(file: File, options: Options) -> Iterator[Item]:
    """Raises Refused where nothing more of the file can be read."""
    with opened(file, options, recognised) as table:
        columns = header(table.names, file.path)
        yield from columns.unread(file.path)
        for row in table.rows(list(columns.indexes.values())):
            if isinstance(row, Refusal):
                yield row
                continue
            location, cells = row
            try:
                values = dict(zip(columns.indexes, cells, strict=True))
                if columns.ours:
                    values = {name: cell[1:] if FORMULA.match(cell) else cell for name, cell in values.items()}
                yield from items(values, columns, file.path, location, options)
            except Refused as error:
                yield error.refusal


def _read(rows: Iterator[list[str]], lines: _Lines) -> Iterator[list[str] | Refusal]:
    """The rows that are not empty, and a refusal for each that is none."""
    while True:
        lines.begin()
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Refusal(
                lines.file, lines.location, "broken_row", _("This row can't be read: %(error)s.") % {"error": error}
            )
        else:
            if row:
                yield row


def _delimiter(line: str, known: Callable[[Sequence[str]], int]) -> str:
    """The delimiter with which the line names the most columns that are known, then the most columns at all."""

    def told(delimiter: str) -> tuple[int, int]:
        names = next(csv.reader([line], delimiter=delimiter), [])
        return known(names), len(names)

    return max(DELIMITERS, key=told)


def _encoding(file: File, options: Options) -> str:
    """The encoding of a file that is too large to be held: as `texts.decoded` tells it, and UTF-16 without a mark."""
    if options.encoding:
        return known_encoding(options.encoding, file.path)
    head = file.head()
    for mark, marked in BOMS:
        if head.startswith(mark):
            return marked
    if head.count(0) > len(head) // 4:
        return "utf-16-le" if 0 not in head[::2] else "utf-16-be" if 0 not in head[1::2] else "utf-8"
    strange = _not_utf8(file)
    return likely_encoding(strange, file.path) if strange else "utf-8"


def _not_utf8(file: File) -> bytes:
    """What stands around the first bytes that are not UTF-8, or nothing."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open() as stream:
        while part := stream.read(PART):
            try:
                decoder.decode(part)
            except UnicodeDecodeError as error:
                return part[max(0, error.start - AROUND) : error.start + AROUND]
    return b""


def recognises(source: Source) -> bool:
    """Whether all files are called tables."""
    return bool(source.files) and all(file.extension in EXTENSIONS for file in source.files)


CSV: Final = Importer(
    name="csv",
    title=gettext_lazy("Articles in a table (CSV)"),
    extensions=EXTENSIONS,
    takes=(
        "Each row is an article. The first row names the columns: `text` (or `body`), and any of `title`, "
        "`url`, `outlet`, `author`, `published_on`, `language`, `direction`, `id` (a UUID). Cells are "
        "separated by commas, semicolons, tabs or bars; quotation marks inside quotation marks are "
        "doubled; the encoding is UTF-8, UTF-16 or an older one. Other columns are skipped, and one line "
        "of the report lists them (`column_left_out`). A value that can't be stored is skipped with the "
        "name of its column as the code, `too_long` or `unstorable`, and the article is imported without "
        "it. Refused: `no_text_column`, `no_text`, `unequal_row`, `broken_row`, `encoding`, `unstorable`, "
        "`too_large`. `articles.csv` of an export is imported as it was, checked by its `sha256` "
        "(`sha256_mismatch`)."
    ),
    recognises=recognises,
    read=read,
    annotated=False,
)

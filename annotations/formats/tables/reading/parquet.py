"""`parquet`: articles in the rows of a table with typed columns, read some rows at a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats.reading.importer import Importer
from annotations.formats.reading.records import Item, Options, Refusal, Refused
from annotations.formats.reading.sources import MOST_TIMES, SUSPECT, File, Source, shown
from annotations.formats.tables.reading.columns import Table, header, items

if TYPE_CHECKING:
    from pyarrow import parquet

ROWS: Final = 4
"""Rows in memory at once: a few bytes in the file may be a long text in each of them."""

ROW: Final = 16
"""Bytes for which each row counts besides its texts: a file of a few bytes may have any number of rows."""
BUFFER: Final = 1024 * 1024
MAGIC: Final = b"PAR1"


def read(source: Source, options: Options) -> Iterator[Item]:
    """Each row a document, in order."""
    import pyarrow  # not before there is such a file: it takes long to load

    for file in source.files:
        try:
            yield from _rows(file, options)
        except Refused as error:
            yield error.refusal
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            detail = _("This Parquet file can't be read: %(error)s") % {"error": shown(str(error))[:200]}
            yield Refused(file.path, "", "broken_file", detail).refusal


@contextmanager
def opened(file: File) -> Iterator[Table]:
    """The table that a file is. Raises Refused where it cannot be read."""
    from pyarrow import parquet

    with _seekable(file) as stream:
        table = parquet.ParquetFile(stream, buffer_size=BUFFER, pre_buffer=False)
        names = table.schema_arrow.names
        if len(set(names)) < len(names):
            raise Refused(file.path, "header", "duplicate_column", _("Two columns have the same name."))
        _refuse_bomb(table.metadata, file.path)
        yield Table(names, lambda wanted: _cells(table, file, [names[index] for index in wanted]))


def _cells(table: parquet.ParquetFile, file: File, wanted: Sequence[str]) -> Iterator[tuple[str, list[Any]] | Refusal]:
    """The cells of each row, until they are more than the file's size explains: a dictionary may repeat one often."""
    number, read, most = 0, 0, max(SUSPECT, file.size * MOST_TIMES)
    for batch in table.iter_batches(batch_size=ROWS, columns=list(dict.fromkeys(wanted)), use_threads=False):
        for row in range(batch.num_rows):
            number += 1
            try:
                cells = [batch.column(name)[row].as_py() for name in wanted]
            except UnicodeDecodeError:
                cells = None
            read += ROW + sum(len(cell) for cell in cells or () if isinstance(cell, str))
            if read > most:
                detail = _("The rows are more than %(times)s times as large as the file. The rest was skipped.") % {
                    "times": MOST_TIMES
                }
                raise Refused(file.path, f"row {number}", "archive_bomb", detail)
            if cells is None:
                yield Refusal(file.path, f"row {number}", "encoding", _("The row has text that is not UTF-8."))
            else:
                yield f"row {number}", cells


def _rows(file: File, options: Options) -> Iterator[Item]:
    with opened(file) as table:
        columns = header(table.names, file.path)
        yield from columns.unread(file.path)
        for row in table.rows(list(columns.indexes.values())):
            if isinstance(row, Refusal):
                yield row
                continue
            location, cells = row
            try:
                yield from items(dict(zip(columns.indexes, cells, strict=True)), columns, file.path, location, options)
            except Refused as error:
                yield error.refusal


def _refuse_bomb(metadata: Any, file: str) -> None:
    """Raises Refused where a part of a column inflates to more than its size explains."""
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        for location in range(group.num_columns):
            column = group.column(location)
            if column.total_uncompressed_size > max(SUSPECT, column.total_compressed_size * MOST_TIMES):
                detail = _("An unpacked column is more than %(times)s times as large as the packed one.") % {
                    "times": MOST_TIMES
                }
                raise Refused(file, f"row group {number + 1}", "archive_bomb", detail)


@contextmanager
def _seekable(file: File) -> Iterator[IO[bytes]]:
    """The file with its end in reach, where its list of columns is: out of an archive through a file on disk."""
    with file.open() as stream:
        if file.packed is None:
            yield stream
            return
        with TemporaryFile() as copy:
            shutil.copyfileobj(stream, copy)
            copy.seek(0)
            yield copy


def recognises(source: Source) -> bool:
    """Whether all files begin as Parquet does."""
    return bool(source.files) and all(file.head().startswith(MAGIC) for file in source.files)


PARQUET: Final = Importer(
    name="parquet",
    title=gettext_lazy("Articles in a table (Parquet)"),
    extensions=(".parquet",),
    takes=(
        "Each row is an article, with the columns of `csv`; `published_on` can be a date or a time. "
        "Refused: `no_text_column`, `no_text`, `unstorable`, `encoding`, `broken_file`, `archive_bomb`, "
        "`duplicate_column`; other columns and values as in `csv`. `articles.parquet` of an export is "
        "imported as it was."
    ),
    recognises=recognises,
    read=read,
    annotated=False,
)

"""The files of `parquet`: tables with typed columns, written as they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Any, Final

import pyarrow
from pyarrow import parquet

from annotations.formats.tables.writing.queries import Column, Kind, Table, statement, tables
from annotations.formats.writing.archives import Outgoing
from annotations.formats.writing.format import Member, Reader
from annotations.formats.writing.selection import Selection

AT_ONCE: Final = 500
"""Rows that are Python's objects at the same time."""

GROUP_ROWS: Final = 20_000
GROUP_BYTES: Final = 4 * 1024**2
"""What is held until it is compressed and written. Readers skip and share out such groups."""

RANGE: Final = pyarrow.struct([pyarrow.field("start", pyarrow.int32()), pyarrow.field("end", pyarrow.int32())])
TYPES: Final[dict[Kind, Any]] = {
    Kind.ID: pyarrow.string(),
    Kind.WORD: pyarrow.string(),
    Kind.NAME: pyarrow.string(),
    Kind.TEXT: pyarrow.string(),
    Kind.JSON: pyarrow.string(),
    Kind.FRAGMENTS: pyarrow.list_(RANGE),
    Kind.INTEGER: pyarrow.int32(),
    Kind.NUMBER: pyarrow.float64(),
    Kind.FLAG: pyarrow.bool_(),
    Kind.TIME: pyarrow.timestamp("us", tz="UTC"),
    Kind.DAY: pyarrow.date32(),
}
REPEATED: Final = (Kind.WORD, Kind.NAME, Kind.FLAG, Kind.JSON)
"""Kinds of which each value is written once a group. A column of Arrow's own dictionary type is not read everywhere."""

READ: Final[dict[Kind, Callable[[str], str]]] = {Kind.ID: "{}::text".format, Kind.JSON: "{}::text".format}

# Of the whole process. The allocator that pyarrow brings keeps more for later than an export ever holds.
pyarrow.set_memory_pool(pyarrow.system_memory_pool())


def members(selection: Selection, reader: Reader) -> Iterator[Member]:
    """A file a table."""
    for table in tables(selection):
        values = [READ.get(column.kind, str)(column.value) for column in table.columns]
        rows = reader.rows(statement(table, selection, values))
        yield Member(f"{table.name}.parquet", _written(table, rows), stored=True)


def _written(table: Table, rows: Iterator[tuple[Any, ...]]) -> Iterator[bytes]:
    """The file of a table, a group of rows at a time."""
    schema = pyarrow.schema([pyarrow.field(column.name, TYPES[column.kind]) for column in table.columns])
    outgoing = Outgoing()
    dictionaries = [column.name for column in table.columns if column.kind in REPEATED]
    with parquet.ParquetWriter(outgoing, schema, compression="zstd", use_dictionary=dictionaries) as writer:
        for group in _groups(table, schema, rows):
            writer.write_table(pyarrow.Table.from_batches(group, schema), row_group_size=GROUP_ROWS)
            yield outgoing.taken()
    yield outgoing.taken()


def _groups(table: Table, schema: Any, rows: Iterator[tuple[Any, ...]]) -> Iterator[list[Any]]:
    """The rows as batches of columns, gathered to what is written at once."""
    group: list[Any] = []
    count = size = 0
    while (batch := _batch(table, schema, rows)) is not None:
        group.append(batch)
        count, size = count + batch.num_rows, size + batch.nbytes
        if count > GROUP_ROWS - AT_ONCE or size >= GROUP_BYTES:
            yield group
            group, count, size = [], 0, 0
    if group:
        yield group


def _batch(table: Table, schema: Any, rows: Iterator[tuple[Any, ...]]) -> Any:
    """The next rows as columns, or None where there are no more."""
    taken: list[tuple[Any, ...]] = []
    size = 0
    for row in rows:
        taken.append(row)
        size += sum(len(value) for value in row if isinstance(value, str))
        if len(taken) >= AT_ONCE or size >= GROUP_BYTES:
            break
    if not taken:
        return None
    columns = zip(table.columns, zip(*taken, strict=True), strict=True)
    return pyarrow.RecordBatch.from_arrays([_array(column, values) for column, values in columns], schema=schema)


def _array(column: Column, values: Sequence[Any]) -> Any:
    if column.kind is not Kind.FRAGMENTS:
        return pyarrow.array(values, TYPES[column.kind])
    pairs = list(chain.from_iterable(values))
    starts, ends = (pyarrow.array([pair[side] for pair in pairs], pyarrow.int32()) for side in (0, 1))
    offsets = pyarrow.array(accumulate(map(len, values), initial=0), pyarrow.int32())
    return pyarrow.ListArray.from_arrays(offsets, pyarrow.StructArray.from_arrays([starts, ends], fields=list(RANGE)))

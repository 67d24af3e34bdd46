"""`csv`: the tables for spreadsheets. PostgreSQL writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final

from django.utils.translation import gettext_lazy

from annotations.formats.tables.writing.queries import Kind, statement, tables
from annotations.formats.writing.format import Format, Loading, Member, Reader
from annotations.formats.writing.selection import Selection

BOM: Final = b"\xef\xbb\xbf"
"""Without it a spreadsheet takes UTF-8 for something older."""

FORMULA: Final = "'=', '+', '-', '@', E'\\t', E'\\r', E'\\n', '＝', '＋', '－', '＠'"
"""Characters by which a spreadsheet takes a cell for a formula, at its beginning or after what it drops there."""


def safe(value: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it, or where a reader would take one away.

    So whoever takes one apostrophe from each cell that begins with some and a character of `FORMULA` has what it was.
    """
    return (
        f"CASE WHEN left({value}, 1) IN ({FORMULA}) THEN '''' || {value} "
        f"WHEN left({value}, 1) = '''' AND left(ltrim({value}, ''''), 1) IN ({FORMULA}) THEN '''' || {value} "
        f"ELSE {value} END"
    )


def plain(value: str) -> str:
    return value


WRITTEN: Final[dict[Kind, Callable[[str], str]]] = {
    Kind.ID: plain,
    Kind.WORD: plain,
    Kind.NAME: safe,
    Kind.TEXT: safe,
    Kind.JSON: "{}::text".format,
    Kind.FRAGMENTS: "array_to_json({})::text".format,
    Kind.INTEGER: plain,
    Kind.NUMBER: plain,
    Kind.FLAG: "({})::text".format,
    Kind.TIME: """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""".format,
    Kind.DAY: plain,
}


def members(selection: Selection, reader: Reader) -> Iterator[Member]:
    """A file a table."""
    for table in tables(selection):
        values = [WRITTEN[column.kind](column.value) for column in table.columns]
        yield Member(f"{table.name}.csv", chain([BOM], reader.csv(statement(table, selection, values))))


CSV: Final = Format(
    name="csv",
    title=gettext_lazy("Flat tables for spreadsheets (CSV)"),
    media_type="application/zip",
    extension="csv.zip",
    carries=gettext_lazy(
        "An archive of `articles.csv`, `spans.csv`, `links.csv`, `verdicts.csv` and `evidence.csv` (a row "
        "for each link of an evidence set), joined by their ids; `comments.csv` where comments are asked "
        "for. `approval` of a verdict is `imported` where nobody approved it here. UTF-8 with a byte order "
        "mark; `fragments` and `fields` are JSON. A cell that a spreadsheet would run, because it begins "
        "with `=`, `+`, `-`, `@`, a tab or a line end, has an apostrophe before it, and so has one that "
        "begins with apostrophes and one of these: take one apostrophe away to have what it was."
    ),
    leaves_out=gettext_lazy(
        "Ids from outside, who is mentioned in a comment, the history, and the source of an article as it came."
    ),
    loadings=(
        Loading(
            "pandas",
            'import pandas, zipfile\narchive = zipfile.ZipFile("{file}")\n'
            "loaded = {name[:-4]: pandas.read_csv(archive.open(name)) for name in archive.namelist()}",
        ),
        Loading(
            "DuckDB",
            'import duckdb, zipfile\nzipfile.ZipFile("{file}").extractall("tables")\n'
            "loaded = duckdb.sql(\"SELECT * FROM read_csv('tables/spans.csv')\").fetchall()",
        ),
        Loading(
            "datasets",
            'import datasets, zipfile\nzipfile.ZipFile("{file}").extractall("tables")\n'
            'loaded = datasets.load_dataset("csv", data_files="tables/spans.csv")["train"]',
        ),
    ),
    members=members,
)

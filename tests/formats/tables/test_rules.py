"""What leaves as tables is what programs expect of CSV (RFC 4180) and of tables that refer to one another."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, datetime
from typing import Any, Final

import pytest
from pyarrow import parquet

from tests.cast import Cast
from tests.formats.rich import make_rich
from tests.formats.there_and_back import exported

REFERRING: Final = {
    "spans": {"article": "articles"},
    "links": {"source": "spans", "target": "spans", "source_article": "articles", "target_article": "articles"},
    "verdicts": {"claim": "spans", "article": "articles"},
    "evidence": {"verdict": "verdicts", "link": "links", "span": "spans"},
    "comments": {"article": "articles", "span": "spans", "link": "links", "verdict": "verdicts", "thread": "comments"},
}
"""Which column of a table names a row of which other."""

Rows = list[dict[str, Any]]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_rich()


def csv_tables(cast: Cast) -> dict[str, Rows]:
    """The tables of the CSV export, each row with a cell for each name."""
    tables = {}
    archive = zipfile.ZipFile(io.BytesIO(exported(cast, "csv", state="any", comments="true")))
    for name in archive.namelist():
        text = archive.read(name).decode("utf-8-sig")
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert {len(row) for row in rows} == {len(header)}
        tables[name.removesuffix(".csv")] = [dict(zip(header, row, strict=True)) for row in rows]
    return tables


def parquet_tables(cast: Cast) -> dict[str, Rows]:
    """The tables of the Parquet export."""
    archive = zipfile.ZipFile(io.BytesIO(exported(cast, "parquet", state="any", comments="true")))
    return {
        name.removesuffix(".parquet"): parquet.read_table(io.BytesIO(archive.read(name))).to_pylist()
        for name in archive.namelist()
    }


@pytest.mark.parametrize("tables", [csv_tables, parquet_tables])
def test_rows_have_ids_of_their_own_and_refer_to_rows_that_are_there(cast: Cast, tables: Any) -> None:
    found = tables(cast)

    ids = {name: [row["id"] for row in rows] for name, rows in found.items() if name != "evidence"}
    assert all(len(set(one)) == len(one) > 0 for one in ids.values())
    for name, columns in REFERRING.items():
        for column, other in columns.items():
            assert {row[column] for row in found[name] if row[column]} <= set(ids[other]), (name, column)


@pytest.mark.parametrize("tables", [csv_tables, parquet_tables])
def test_fragments_select_the_quote(cast: Cast, tables: Any) -> None:
    found = tables(cast)
    texts = {row["id"]: row["text"] for row in found["articles"]}

    for row in found["spans"]:
        ranges = row["fragments"]
        pairs = json.loads(ranges) if isinstance(ranges, str) else [(one["start"], one["end"]) for one in ranges]
        # One apostrophe stands before what a spreadsheet would run.
        texts_of = [" … ".join(texts[row["article"]][start:end] for start, end in pairs)]
        assert row["quote"] in (*texts_of, *(f"'{one}" for one in texts_of))


def test_both_hold_the_same(cast: Cast) -> None:
    plain, typed = csv_tables(cast), parquet_tables(cast)

    assert plain.keys() == typed.keys()
    for name, rows in typed.items():
        assert [list(row) for row in plain[name]] == [list(row) for row in rows]
        for told, row in zip(plain[name], rows, strict=True):
            assert told == {key: _written(key, value, told[key]) for key, value in row.items()}


def _written(column: str, value: Any, told: str) -> str:
    """A typed value as CSV has it."""
    if column == "fragments":
        return json.dumps([[one["start"], one["end"]] for one in value], separators=(",", ":"))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%S.%f}Z"
    if value is None or isinstance(value, date):
        return "" if value is None else value.isoformat()
    return f"'{value}" if told == f"'{value}" else str(value)

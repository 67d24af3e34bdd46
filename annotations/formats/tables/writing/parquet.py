"""`parquet`: the tables with typed columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy

from annotations.formats.writing.format import Format, Loading, Member, Reader
from annotations.formats.writing.selection import Selection


def members(selection: Selection, reader: Reader) -> Iterator[Member]:
    """A file a table."""
    # Not before it is asked for: pyarrow takes a tenth of the time that the site's start takes, and 40 MB.
    from annotations.formats.tables.writing import parquet_files

    return parquet_files.members(selection, reader)


PARQUET: Final = Format(
    name="parquet",
    title=gettext_lazy("Flat tables with typed columns (Parquet)"),
    media_type="application/zip",
    extension="parquet.zip",
    carries=gettext_lazy(
        "The tables of `csv` as `articles.parquet` and so on, compressed with zstd. Text is as it is, times are "
        "timestamps in UTC, dates are dates, `fragments` is a list of structs of `start` and `end`, `fields` is JSON."
    ),
    leaves_out=gettext_lazy(
        "Ids from outside, who is mentioned in a comment, the history, and the source of an article as it came."
    ),
    loadings=(
        Loading(
            "pandas",
            'import pandas, zipfile\narchive = zipfile.ZipFile("{file}")\n'
            "loaded = {name[:-8]: pandas.read_parquet(archive.open(name)) for name in archive.namelist()}",
        ),
        Loading(
            "DuckDB",
            'import duckdb, zipfile\nzipfile.ZipFile("{file}").extractall("tables")\n'
            "loaded = duckdb.sql(\"SELECT * FROM 'tables/spans.parquet'\").fetchall()",
        ),
        Loading(
            "datasets",
            'import datasets, zipfile\nzipfile.ZipFile("{file}").extractall("tables")\n'
            'loaded = datasets.load_dataset("parquet", data_files="tables/spans.parquet")["train"]',
        ),
    ),
    members=members,
)

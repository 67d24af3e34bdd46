"""Articles out of Parquet."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import pyarrow
import pytest
from pyarrow import parquet

from annotations.formats.reading.records import Options
from annotations.formats.reading.sources import Source, opened
from annotations.formats.registry import IMPORTERS, recognised
from tests.formats.reading import a_file, codes, documents, read


def table(**columns: object) -> bytes:
    written = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), written)
    return written.getvalue()


def test_each_row_is_an_article_with_typed_columns() -> None:
    times = pyarrow.array([datetime(2017, 6, 16, 8, tzinfo=UTC)] * 40)
    content = table(text=[f"Text {n}\r\n" for n in range(40)], date=times, size=list(range(40)))

    items = read("parquet", a_file("a.parquet", content))

    assert codes(items) == [("header", "column_left_out")]
    assert [document.text for document in documents(items)] == [f"Text {n}\n" for n in range(40)]
    assert documents(items)[39].location == "row 40"
    assert documents(items)[0].metadata["published_on"] == date(2017, 6, 16)


def test_rows_that_are_no_articles_are_refused_and_the_rest_goes_on() -> None:
    broken = pyarrow.StringArray.from_buffers(1, pyarrow.py_buffer(b"\0\0\0\0\2\0\0\0"), pyarrow.py_buffer(b"\xff\xfe"))
    texts = pyarrow.concat_arrays([pyarrow.array(["a", None, "b\0", "c"]), broken])

    items = read("parquet", a_file("a.parquet", table(text=texts, url=["", "", "", "ftp://x", ""])))

    assert codes(items) == [
        ("row 2", "no_text"), ("row 3", "unstorable"), ("row 4, url", "url"), ("row 5", "encoding")
    ]  # fmt: skip
    assert [document.text for document in documents(items)] == ["a", "c"]


WHOLE = table(text=["a"])


@pytest.mark.parametrize(
    "content",
    [b"PAR1", b"PAR1" * 100, b"", WHOLE[:-20], WHOLE[8:], WHOLE.replace(b"text", b"t\xffxt")],
)
def test_what_is_no_parquet_is_refused(content: bytes) -> None:
    assert codes(read("parquet", a_file("a.parquet", content))) == [("", "broken_file")]


def test_a_table_without_texts_is_refused() -> None:
    assert codes(read("parquet", a_file("a.parquet", table(name=["a"])))) == [("header", "no_text_column")]
    assert codes(read("parquet", a_file("a.parquet", table(text=[1])))) == [("row 1", "no_text")]


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    written = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": ["x" * 40_000_000]}), written, compression="zstd")

    assert codes(read("parquet", a_file("a.parquet", written.getvalue()))) == [("row group 1", "archive_bomb")]


def test_a_table_in_an_archive_is_recognised_and_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.parquet", table(text=["Words."]))

    source: Source = opened([a_file("a.zip", packed.getvalue())])

    assert recognised(source) is IMPORTERS["parquet"]
    assert [item.text for item in documents(list(IMPORTERS["parquet"].read(source, Options())))] == ["Words."]


def test_a_dictionary_that_repeats_a_text_in_very_many_rows_is_cut_where_it_passes_what_its_size_explains(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("annotations.formats.tables.reading.parquet.SUSPECT", 1000)
    content = table(text=["One text for all of them."] * 20_000)

    items = read("parquet", a_file("a.parquet", content))

    rows = len(content) * 200 // (16 + 25)
    assert codes(items) == [(f"row {rows + 1}", "archive_bomb")]
    assert len(documents(items)) == rows

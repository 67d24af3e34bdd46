"""Articles out of CSV."""

from __future__ import annotations

import codecs
import csv
import io
import json
import resource
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest

from annotations.formats.reading.records import ArticleRecord, Options
from annotations.formats.reading.sources import File, Source
from annotations.formats.registry import IMPORTERS
from annotations.formats.tables.reading import csv as csv_importer
from annotations.formats.tables.reading.columns import EXPORTED
from tests.formats.reading import a_file, codes, documents, from_disk, read

ID = "01890a5d-ac96-774b-bcce-b302099a8057"


def texts(content: bytes | str, **options: object) -> list[str]:
    return [document.text for document in documents(read("csv", a_file("a.csv", content), **options))]


def test_the_first_row_says_which_column_is_what() -> None:
    content = (
        f'Publication Date,URL,Body,headline,id,Lang\n2017-06-16T08:00Z,https://example.org/1,"A, ""b""",T,{ID},en\n'
    )

    [document] = documents(read("csv", a_file("a.csv", content)))

    assert (document.text, document.id, document.location) == ('A, "b"', UUID(ID), "line 2")
    assert document.metadata == {
        "published_on": date(2017, 6, 16), "url": "https://example.org/1", "title": "T", "language": "en"
    }  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_seen_from_the_header(delimiter: str) -> None:
    assert texts(
        delimiter.join(["title", "text"]) + "\n" + delimiter.join(["a", "x, y"]).replace("x, y", '"x, y"')
    ) == ["x, y"]


def test_a_spreadsheet_may_name_the_delimiter() -> None:
    assert texts("sep=;\r\ntitle;text\r\na,b;c\r\n") == ["c"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_tables_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    rows = 'title,text\r\nGrüße,"Der Bürgermeister sagt, die Brücke über den Fluß sei schön und für alle geöffnet."\r\n'

    assert texts(rows.encode(encoding)) == [
        "Der Bürgermeister sagt, die Brücke über den Fluß sei schön und für alle geöffnet."
    ]


def test_an_encoding_that_shows_late_is_found() -> None:
    filler = "x" * 100
    rows = "text\n" + f"{filler}\n" * 30_000 + "Der Bürgermeister sagt: Die Brücke über den Fluß sei schön.\n"

    assert texts(rows.encode("cp1252"))[-1] == "Der Bürgermeister sagt: Die Brücke über den Fluß sei schön."


def test_a_wrong_encoding_is_refused_where_it_shows() -> None:
    assert codes(read("csv", a_file("a.csv", b"text\nfine\nt\xe9\n"), encoding="utf-8")) == [
        ("after line 0", "encoding")
    ]


def test_unequal_and_broken_rows_are_refused_by_their_line_and_the_rest_goes_on() -> None:
    items = read("csv", a_file("a.csv", 'title,text\na,"one\ntwo"\nb\nc,d,e\nf,"g"h\n\ni,j\nk,\nl,"m'))

    assert codes(items) == [
        ("line 4", "unequal_row"), ("line 5", "unequal_row"), ("line 6", "broken_row"), ("line 9", "no_text"),
        ("line 10", "broken_row"),
    ]  # fmt: skip
    assert [(one.location, one.text) for one in documents(items)] == [("lines 2 to 3", "one\ntwo"), ("line 8", "j")]


def test_other_columns_are_named_once() -> None:
    items = read("csv", a_file("a.csv", "text,colour,,size\na,red,,1\nb,blue,,2\n"))

    assert codes(items) == [("header", "column_left_out")]
    assert items[0].detail.endswith("colour, size.")  # type: ignore[union-attr]
    assert len(documents(items)) == 2


def test_a_table_without_texts_is_refused() -> None:
    assert codes(read("csv", a_file("a.csv", "name,price\n1,2\n"))) == [("header", "no_text_column")]
    assert codes(read("csv", a_file("a.csv", ""))) == [("header", "no_text_column")]


def test_a_value_that_cannot_be_stored_stays_out_and_the_article_comes_in() -> None:
    content = f"text,url,date,language,id,title\nWords.,javascript:x,16/06/2017,klingon!,7,{'t' * 501}\n"
    items = read("csv", a_file("a.csv", content))

    assert codes(items) == [
        ("line 2, url", "url"), ("line 2, published_on", "published_on"), ("line 2, language", "language"),
        ("line 2, id", "id"), ("line 2, title", "too_long"),
    ]  # fmt: skip
    assert documents(items)[0].metadata == {"title": "Words.", "language": ""}


def test_blank_cells_say_nothing() -> None:
    [document] = documents(read("csv", a_file("a.csv", 'text,title,date,url\nWords.,\t,  ,"\n"\n')))

    assert document.metadata == {"title": "Words.", "language": ""}


def test_nul_is_refused_in_its_row() -> None:
    assert codes(read("csv", a_file("a.csv", "text,title\na\0b,c\nd,e\n"))) == [("line 2", "unstorable")]


def test_a_missing_quotation_mark_ends_the_reading_rather_than_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_importer, "LONGEST_ROW", 10_000)

    items = read("csv", a_file("a.csv", 'text\nfine\n"open\n' + "x\n" * 20_000))

    assert codes(items) == [("line 3", "too_large")]
    assert len(documents(items)) == 1


def exported(*rows: dict[str, str]) -> str:
    """A table as Factcheck exports it."""
    written = io.StringIO()
    table = csv.DictWriter(written, EXPORTED, restval="")
    table.writeheader()
    table.writerows(rows)
    return written.getvalue()


def test_our_own_table_loses_the_apostrophes_that_the_export_set() -> None:
    row = {"title": "'=SUM(A1)", "author": "'Tis me", "outlet": "''@x", "text": "'-1 \r ", "id": ID}

    [document] = documents(read("csv", a_file("a.csv", exported({**row, "sha256": sha256(b"-1 \r ").hexdigest()}))))

    assert document.text == "-1 \r "
    assert document.metadata == {"title": "=SUM(A1)", "author": "'Tis me", "outlet": "'@x"}


def test_anybodys_table_keeps_its_apostrophes() -> None:
    assert texts("text\n'=1\n") == ["'=1"]


def test_our_own_table_is_refused_where_a_text_was_changed() -> None:
    items = read("csv", a_file("a.csv", exported({"title": "a", "text": "b", "sha256": sha256(b"c").hexdigest()})))

    assert codes(items) == [("line 2", "sha256_mismatch")]


def test_a_large_table_takes_no_more_memory_than_a_small_one() -> None:
    row = "t," + "words " * 5000 + "\n"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    count = sum(
        isinstance(item, ArticleRecord) for item in IMPORTERS["csv"].read(Source([large(row, 4_000)]), Options())
    )

    assert count == 4_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kilobytes, of 120 megabytes


def large(row: str, times: int, header: bytes = b"title,text\n") -> File:
    """A large file that is nowhere."""
    return File("a.csv", len(row) * times, lambda: io.BufferedReader(Repeated(header, row.encode(), times)))


class Repeated(io.RawIOBase):
    """Some bytes, then the same ones many times."""

    def __init__(self, first: bytes, row: bytes, times: int) -> None:
        super().__init__()
        self.waiting, self.row, self.times = first, row, times

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self.waiting and self.times:
            self.waiting, self.times = self.row, self.times - 1
        size = min(len(buffer), len(self.waiting))
        buffer[:size], self.waiting = self.waiting[:size], self.waiting[size:]
        return size


def test_the_hard_cases_of_csv_are_read_as_they_are_meant(corpora: Path) -> None:
    folder = corpora / "nasties" / "csv-spectrum"
    for path in sorted((folder / "csvs").glob("*.csv")):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        names, _, rest = content.partition(b"\n")
        *others, last = names.split(b",")
        rows = json.loads((folder / "json" / f"{path.stem}.json").read_text("utf-8"))
        listed = rows if isinstance(rows, list) else [rows]
        wanted = [row[last.decode()].replace("\r\n", "\n") for row in listed]
        named = b",".join([*others, b"text"]) + b"\n" + rest
        assert texts(named, encoding="utf-8") == [text for text in wanted if text], path.name


def test_tables_of_another_tool_come_in_or_say_why_not(corpora: Path) -> None:
    found = {path: read("csv", from_disk(path)) for path in sorted((corpora / "import-doccano").rglob("*.csv"))}

    assert len(found) > 5
    for path, items in found.items():
        assert documents(items) or codes(items), path
    [wide] = [items for path, items in found.items() if path.name == "example.utf16.csv"]
    assert all(document.text.isascii() for document in documents(wide))
    assert codecs.BOM_UTF16_LE.decode("utf-16-le") not in documents(wide)[0].text

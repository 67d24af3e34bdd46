"""The dataset as flat tables, in CSV and in Parquet."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import datetime
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from annotations.formats.tables.writing import parquet_files
from annotations.models import User
from tests.cast import (
    CRACKS,
    DANGER,
    SAFE,
    Cast,
    make_article,
    make_cast,
    make_comment,
    make_link,
    make_span,
    make_supported,
)
from tests.formats.exports import ask, export, lines
from tests.formats.reading import a_file, codes, documents, read

pytestmark = pytest.mark.django_db(transaction=True)

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "'=1", "''-1", "'Tis", "＝1", " =1", '"=1",', ""]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def archive(cast: Cast, name: str, by: User | None = None, **filters: Any) -> zipfile.ZipFile:
    answer = ask(cast, by, format=name, **filters)
    assert answer.status_code == 200, answer.content
    return zipfile.ZipFile(io.BytesIO(lines(answer)))


def cells(cast: Cast, table: str, by: User | None = None, **filters: Any) -> list[dict[str, str]]:
    """The rows of a table of the CSV export."""
    content = archive(cast, "csv", by, **filters).read(f"{table}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def typed(cast: Cast, table: str, by: User | None = None, **filters: Any) -> Any:
    """A table of the Parquet export."""
    return parquet.read_table(io.BytesIO(archive(cast, "parquet", by, **filters).read(f"{table}.parquet")))


def approved(cast: Cast) -> Any:
    claim, fact, link, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    return claim, fact, link, verdict


def test_the_tables_hold_what_the_records_hold(cast: Cast) -> None:
    approved(cast)
    make_span(cast.annotator, cast.article, fragments=[[0, 3], [5, 9]], label="fact", fields={"reference": "a"})
    [record] = export(cast)

    assert [row["id"] for row in cells(cast, "articles")] == [record["article"]["id"]]
    for part in ("spans", "links", "verdicts"):
        rows = typed(cast, part).to_pylist()
        assert [row["id"] for row in cells(cast, part)] == [row["id"] for row in rows]
        for row, wanted in zip(rows, record[part], strict=True):
            shared = row.keys() & wanted.keys()
            assert len(shared) >= 9
            assert {name: row[name] for name in shared} == {name: typed_as(row[name], wanted[name]) for name in shared}


def typed_as(value: Any, wanted: Any) -> Any:
    """What JSON says, as Parquet types it."""
    if isinstance(value, datetime):
        return datetime.fromisoformat(wanted)
    if isinstance(value, list):
        return [{"start": start, "end": end} for start, end in wanted]
    return json.dumps(wanted) if isinstance(wanted, dict) else wanted


def test_evidence_has_a_row_for_each_link_of_a_set(cast: Cast) -> None:
    claim, fact, link, verdict = make_supported(cast)
    second = make_link(cast.annotator, make_span(cast.annotator, cast.article, DANGER, "fact"), claim)
    without = typed(cast, "evidence", state="any").to_pylist()
    sets: Any = [
        {"question": "=Safe?", "answer": None, "links": [second.pk, link.pk]},
        dict.fromkeys(("question", "answer")),
    ]
    sets[1]["links"] = [link.pk]
    verdict.change(by=cast.annotator, from_version=1, evidence_sets=sets)

    rows = [(int(row["set"]), row["question"], row["link"]) for row in cells(cast, "evidence", state="any")]

    assert rows == [(1, "'=Safe?", str(second.pk)), (1, "'=Safe?", str(link.pk)), (2, "", str(link.pk))]
    assert (without[0]["set"], without[0]["link"], without[0]["span"]) == (1, str(link.pk), str(fact.pk))
    assert [row["set"] for row in without] == [1, 2]


def test_no_cell_begins_as_a_formula(cast: Cast) -> None:
    for number, formula in enumerate(FORMULAS):
        make_article(cast.project, f"{formula}{number}", title=formula or "x", outlet=formula, author=formula)
    make_span(cast.annotator, cast.article, note="=1+1")
    content = archive(cast, "csv")

    begun = {
        cell[:1]
        for name in content.namelist()
        for row in csv.reader(io.StringIO(content.read(name).decode("utf-8-sig"), newline=""))
        for cell in row
    }

    assert begun & set("=+-@\t\r\n＝＋－＠") == set()
    assert cells(cast, "spans")[0]["note"] == "'=1+1"


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_articles_come_in_again_as_they_went_out(cast: Cast, name: str) -> None:
    for number, formula in enumerate(FORMULAS):
        text = f'{formula} {number}\r\n, "x" 👩‍👧 e\u0301 الجسر'
        make_article(cast.project, text, title=formula or "x", outlet=formula)
    texts = [record["article"] for record in export(cast)]

    items = read(name, a_file(f"articles.{name}", archive(cast, name).read(f"articles.{name}")))

    assert codes(items) == []
    for document, article in zip(documents(items), texts, strict=True):
        assert (document.text, str(document.id)) == (article["text"], article["id"])
        assert {**document.metadata, "outlet": document.metadata.get("outlet", "")}["outlet"] == article["outlet"]
        assert document.metadata["title"] == article["title"]


def test_the_other_tables_are_not_taken_for_articles(cast: Cast) -> None:
    approved(cast)
    make_comment(cast.annotator, cast.article)
    content = archive(cast, "csv", comments="true")
    others = [name for name in content.namelist() if name != "articles.csv"]

    items = read("csv", *(a_file(name, content.read(name)) for name in others))

    assert codes(items) == [("header", "no_text_column")] * 5


def test_parquet_columns_have_types(cast: Cast) -> None:
    approved(cast)
    spans, verdicts, articles = (typed(cast, name).schema for name in ("spans", "verdicts", "articles"))

    assert spans.field("start").type == pyarrow.int32()
    assert spans.field("created_at").type == pyarrow.timestamp("us", tz="UTC")
    assert spans.field("fragments").type == pyarrow.list_(parquet_files.RANGE)
    assert verdicts.field("confidence").type == pyarrow.float64()
    assert articles.field("published_on").type == pyarrow.date32()


def test_parquet_is_compressed_with_zstd_in_groups(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_files, "AT_ONCE", 3)
    monkeypatch.setattr(parquet_files, "GROUP_ROWS", 6)
    for number in range(14):
        make_article(cast.project, f"Text {number}.")

    file = parquet.ParquetFile(io.BytesIO(archive(cast, "parquet").read("articles.parquet")))

    assert file.metadata.num_row_groups == 3
    assert file.metadata.num_rows == 15
    assert {file.metadata.row_group(0).column(index).compression for index in range(10)} == {"ZSTD"}


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_the_same_content_is_the_same_bytes(cast: Cast, name: str) -> None:
    approved(cast)

    assert lines(ask(cast, format=name)) == lines(ask(cast, format=name))


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_an_empty_project_has_tables_without_rows(cast: Cast, name: str) -> None:
    content = archive(cast, name, updated_after="2100-01-01T00:00:00Z")

    assert content.namelist() == [f"{table}.{name}" for table in ("articles", "spans", "links", "verdicts", "evidence")]
    assert content.testzip() is None
    assert typed(cast, "spans", updated_after="2100-01-01T00:00:00Z").num_rows == 0


def test_each_reader_gets_what_the_records_show_them(transactional_db: None) -> None:
    cast = make_cast(mode="independent", annotators_per_article=2)
    claim = make_span(cast.annotator, cast.article, SAFE)
    make_link(cast.annotator, make_span(cast.annotator, cast.article, CRACKS, "fact"), claim)
    make_span(cast.annotator2, cast.article, SAFE)
    make_comment(cast.annotator, cast.article, "Mine")

    assert len(cells(cast, "spans", cast.annotator2, state="any")) == 1
    assert cells(cast, "links", cast.annotator2, state="any") == []
    assert cells(cast, "comments", cast.annotator2, comments="true") == []
    assert cells(cast, "spans", cast.viewer) == []
    assert len(cells(cast, "spans", cast.manager)) == 3


@pytest.mark.parametrize(
    "filters", [{"label": "fact"}, {"relation": "contradicts"}, {"state": "submitted"}, {"article": "other"}]
)
def test_filters_narrow_the_tables_as_they_narrow_the_records(cast: Cast, filters: dict[str, str]) -> None:
    approved(cast)
    other = make_article(cast.project, "Another text.")
    narrowed: dict[str, Any] = {name: str(other.pk) if name == "article" else value for name, value in filters.items()}
    records = export(cast, **narrowed)

    for part in ("spans", "links", "verdicts"):
        wanted = [thing["id"] for record in records for thing in record[part]]
        assert [row["id"] for row in cells(cast, part, **narrowed)] == wanted
        assert typed(cast, part, **narrowed).column("id").to_pylist() == wanted


def test_comments_are_a_table_with_pseudonyms_where_they_are_asked_for(cast: Cast) -> None:
    make_comment(cast.annotator, cast.article, "@MANAGER look")

    [row] = cells(cast, "comments", comments="true")

    assert row["comment"].startswith("'@person-")
    assert row["author"].startswith("person-")
    assert typed(cast, "comments", comments="true", names="true").column("author").to_pylist() == ["annotator"]

"""Tables in each kind of file, and how much memory they take."""

from __future__ import annotations

import io
import resource
from datetime import date
from typing import Any, Final

import pyarrow
import pytest
from pyarrow import parquet

from annotations.formats.reading.records import Options, Refusal, RowRecord
from annotations.formats.reading.sources import Source
from annotations.formats.registry import IMPORTERS, recognised
from annotations.models import Article, Span
from tests.cast import Cast
from tests.formats.reading import a_file, read
from tests.formats.tables.sent_tables import sent, sent_files, told
from tests.formats.tables.test_csv_in import large

CLAIMS = ["claim", "evidence", "stance"]
ROWS = [("One.", "A text.", "pro"), ("Two.", "B text.", "con")]
CHOSEN: Final[dict[str, Any]] = {
    "columns": {"relation": "stance"},
    "values": {"relation": {"pro": "corroborates", "con": "contradicts"}},
}


def packed(columns: dict[str, list[object]]) -> bytes:
    """A Parquet file with these columns."""
    written = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), written)
    return written.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "claim,evidence,stance\nOne.,A text.,pro\nTwo.,B text.,con\n"),
        ("a.csv", "claim;evidence;stance\r\nOne.;A text.;pro\r\nTwo.;B text.;con\r\n"),
        ("a.tsv", "claim\tevidence\tstance\nOne.\tA text.\tpro\nTwo.\tB text.\tcon\n"),
        ("a.parquet", packed({name: [row[index] for row in ROWS] for index, name in enumerate(CLAIMS)})),
        ("a.jsonl", '{"claim": "One.", "evidence": "A text.", "stance": "pro"}\n'
                    '{"evidence": "B text.", "claim": "Two.", "stance": "con"}\n'),
        ("a.json", '[{"claim": "One.", "evidence": "A text.", "stance": "pro"},'
                   '{"claim": "Two.", "evidence": "B text.", "stance": "con"}]'),
    ],
)  # fmt: skip
def test_the_same_table_comes_in_from_each_kind_of_file(cast: Cast, name: str, content: str | bytes) -> None:
    one = sent(cast, "claims", content, name=name, **CHOSEN)
    assert (one.made, told(one)) == ({"articles": 4, "spans": 4, "links": 2, "verdicts": 0}, [])


@pytest.mark.django_db
def test_numbers_and_days_of_typed_columns_are_what_they_say(cast: Cast) -> None:
    articles = packed({"id": [1.0, None], "body": ["A text.", "Another."], "published_on": [date(2026, 1, 31), None]})
    sent(cast, "articles", articles, name="a.parquet")
    article = Article.objects.get(body="A text.")
    assert (article.external_id, str(article.published_on)) == ("1", "2026-01-31")
    one = sent(cast, "spans", '{"article": 1, "label": "fact", "start": 0, "end": 1.0}\n', name="a.jsonl")
    assert (told(one), Span.objects.get(article=article).quote) == ([], "A")


@pytest.mark.django_db
def test_a_list_in_a_cell_is_refused_by_row_and_column(cast: Cast) -> None:
    rows = '{"claim": "One.", "evidence": ["a", "b"], "relation": "corroborates"}\n[1]\n'
    assert told(sent(cast, "claims", rows, name="a.jsonl")) == [
        ("line 1, evidence", "not_flat"), ("line 2", "malformed"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_files_that_nothing_is_said_of_are_named(cast: Cast) -> None:
    files: dict[str, str | bytes] = {"in/a.csv": "body\nA text.\n", "b.csv": "body\nB.\n", "README.txt": "Read me."}
    one = sent_files(cast, files, files={"a.csv": {"table": "articles"}, "c.csv": {"table": "spans"}})
    found = dict(one.reported.values_list("file", "code"))
    assert found == {"c.csv": "file_missing", "b.csv": "table_unknown", "README.txt": "not_read"}
    assert (one.articles, one.refused, one.notes) == (1, 2, 1)


def test_a_table_is_one_of_articles_where_nobody_says_otherwise() -> None:
    found = recognised(Source([a_file("a.csv", "claim,evidence,relation\n")]))
    assert found is not None
    assert found.name == "csv"


@pytest.mark.parametrize("content", [b"PAR1 and no more", b"", b"\xff\xfe"])
def test_a_broken_parquet_file_is_refused(content: bytes) -> None:
    mapping = {"table": "articles"}
    [refusal] = read("table", a_file("a.parquet", content), mapping=mapping)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "broken_file"


def test_a_large_table_takes_no_more_memory_than_a_small_one() -> None:
    row = "d1,claim," + "words " * 5000 + "\n"
    file = large(row, 4_000, header=b"article,label,quote\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    items = IMPORTERS["table"].read(Source([file]), Options(mapping={"table": "spans"}))

    assert sum(isinstance(item, RowRecord) for item in items) == 4_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kilobytes, of 120 megabytes

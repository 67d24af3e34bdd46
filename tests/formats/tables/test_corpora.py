"""Corpora made by others, written as tables and brought in."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from annotations.models import Link, Span, Verdict
from tests.cast import Cast
from tests.formats.tables.sent_tables import sent, sent_files, told

pytestmark = pytest.mark.django_db


def table(*rows: tuple[object, ...]) -> str:
    """Rows as CSV; the first are the names."""
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


def test_annotations_of_arguments_come_in_as_tables_of_articles_spans_and_links(cast: Cast, corpora: Path) -> None:
    articles: list[tuple[object, ...]] = [("id", "text")]
    spans: list[tuple[object, ...]] = [("id", "doc", "type", "begin", "stop", "text")]
    links: list[tuple[object, ...]] = [("source", "target", "relation")]
    for text in sorted((corpora / "abstrct" / "AbstRCT_corpus" / "data").rglob("*.txt")):
        articles.append((text.stem, text.read_text("utf-8")))
        for line in text.with_suffix(".ann").read_text("utf-8").splitlines():
            key, said, *words = line.split("\t")
            if key.startswith("T"):
                kind, start, end = said.split()
                spans.append((f"{text.stem} {key}", text.stem, kind, start, end, words[0]))
            elif key.startswith("R"):
                relation, source, target = said.split()
                ends = [one.partition(":")[2] for one in (source, target)]
                links.append((*(f"{text.stem} {end}" for end in ends), relation))
    one = sent_files(
        cast,
        {"links.csv": table(*links), "spans.csv": table(*spans), "articles.csv": table(*articles)},
        files={
            "articles.csv": {"table": "articles", "columns": {"body": "text"}},
            "spans.csv": {
                "table": "spans",
                "columns": {"article": "doc", "label": "type", "start": "begin", "end": "stop", "quote": "text"},
                "values": {"label": {"Claim": "claim", "MajorClaim": "claim", "Premise": "fact"}},
            },
            "links.csv": {
                "table": "links",
                "values": {
                    "relation": {
                        "Support": "corroborates", "Attack": "contradicts", "Partial-Attack": "contradicts"
                    },
                },
            },
        },
    )  # fmt: skip
    codes = Counter(code for _, code in told(one))
    assert (one.articles + one.known, one.spans) == (len(articles) - 1, len(spans) - 1)
    assert (set(codes), one.links + codes["relation_table"]) == ({"relation_table"}, len(links) - 1)
    for name, *_, quote in spans[1:]:
        assert Span.objects.get(external_id=name).quote == quote
    assert Link.objects.count() == one.links


def test_checked_claims_with_answers_come_in_as_a_table_of_claims(cast: Cast, corpora: Path) -> None:
    records = json.loads((corpora / "averitec" / "data" / "dev-first-100.json").read_text("utf-8"))
    rows: list[tuple[object, ...]] = [("claim", "evidence", "relation", "label", "speaker", "justification")]
    for record in records:
        answers = [one["answer"] for question in record["questions"] for one in question["answers"]]
        rows += [
            (record["claim"], answer, "none", record["label"], record["speaker"], record["justification"])
            for answer in answers
        ]
    ratings = {"Supported": "supported", "Refuted": "refuted", "Not Enough Evidence": "not_enough_evidence",
               "Conflicting Evidence/Cherrypicking": "conflicting_evidence"}  # fmt: skip
    one = sent(
        cast, "claims", table(*rows), columns={"rating": "label", "rationale": "justification"},
        values={"relation": {"none": None}, "rating": ratings},
    )  # fmt: skip
    assert {code for _, code in told(one)} == {"value_left_out"}
    claims = {record["claim"] for record in records}
    assert set(Span.objects.filter(label="claim", article__imported_in=one).values_list("quote", flat=True)) == claims
    assert Verdict.objects.filter(claim__article__imported_in=one).count() == len(claims)

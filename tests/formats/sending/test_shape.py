"""What leaves as factcheck/1 has the shape that the guide to the API gives it, and nothing else."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from tests.formats.rich import make_rich
from tests.formats.schemas import (
    ADDRESS,
    COUNT,
    DAY,
    TEXT,
    TIME,
    UUID,
    WORDS,
    complaints,
    either,
    exactly,
    many,
    or_null,
)
from tests.formats.there_and_back import exported

TIMES: Final = {"created_at": TIME, "updated_at": TIME}
ARTICLE: Final = exactly(
    {
        "id": UUID, "title": WORDS, "url": or_null(ADDRESS), "outlet": TEXT, "author": or_null(TEXT),
        "published_on": or_null(DAY), "language": TEXT, "sha256": {**TEXT, "pattern": "^[0-9a-f]{64}$"}, "text": WORDS,
    }
)  # fmt: skip
SPAN: Final = exactly(
    {
        "id": UUID, "start": COUNT, "end": COUNT, "fragments": many({**many(COUNT, 2), "maxItems": 2}, 1),
        "label": either("claim", "attribution", "fact"), "quote": TEXT, "fields": {"type": "object"}, "note": TEXT,
        "annotator": WORDS, **TIMES,
    }
)  # fmt: skip
LINK: Final = exactly(
    {
        "id": UUID, "relation": either("corroborates", "contradicts", "attributes", "restates"), "source": UUID,
        "source_article": UUID, "target": UUID, "target_article": UUID, "same_source": {"type": "boolean"},
        "annotator": WORDS, "note": TEXT, **TIMES,
    }
)  # fmt: skip
EVIDENCE: Final = exactly(
    {
        "question": or_null(TEXT), "answer": or_null(TEXT),
        "links": many(exactly({"link": UUID, "span": UUID, "relation": either("corroborates", "contradicts")})),
    }
)  # fmt: skip
VERDICT: Final = exactly(
    {
        "id": UUID, "claim": UUID, "rating": or_null(WORDS), "rationale": TEXT,
        "confidence": or_null({"type": "number", "minimum": 0, "maximum": 1}),
        "state": either("draft", "submitted", "returned", "approved"), "author": WORDS, "reviewer": or_null(WORDS),
        "approved_at": or_null(TIME), "evidence_sets": many(EVIDENCE), **TIMES,
    },
    {"approval": either("imported")},
)  # fmt: skip
COMMENT: Final = exactly(
    {
        "id": UUID, "on": {"type": "object", "minProperties": 1, "maxProperties": 1}, "thread": UUID, "text": WORDS,
        "author": WORDS, "mentions": many(WORDS), "resolved": {"type": "boolean"}, "resolved_by": or_null(WORDS),
        "resolved_at": or_null(TIME), **TIMES,
    }
)  # fmt: skip
RECORD: Final = exactly(
    {
        "schema": either("factcheck/1"), "article": ARTICLE, "spans": many(SPAN), "links": many(LINK),
        "verdicts": many(VERDICT), "comments": many(COMMENT),
    }
)  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_every_record_has_what_the_guide_says(transactional_db: None) -> None:
    content = exported(make_rich(), "jsonl", state="any", comments="true").decode()

    records: list[Any] = [json.loads(line) for line in content.split("\n") if line]

    assert [len(record["spans"]) for record in records] == [0, 6, 6, 6]
    assert complaints(records, many(RECORD)) == []
    for record in records:
        for span in record["spans"]:
            pieces = [record["article"]["text"][start:end] for start, end in span["fragments"]]
            assert " … ".join(pieces) == span["quote"]

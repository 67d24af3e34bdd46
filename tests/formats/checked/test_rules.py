"""What leaves as records of checked claims is what those who read them expect of each format."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any, Final

import pytest

from tests.cast import Cast
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

ANSWER: Final = exactly(
    {
        "answer": WORDS, "answer_type": either("Extractive", "Abstractive", "Boolean", "Unanswerable"),
        "source_url": TEXT, "source_medium": TEXT,
    },
    {"cached_source_url": TEXT, "boolean_explanation": TEXT},
)  # fmt: skip
AVERITEC: Final = exactly(
    {
        "claim": WORDS, "required_reannotation": {"type": "boolean"},
        "label": either("Supported", "Refuted", "Not Enough Evidence", "Conflicting Evidence/Cherrypicking"),
        "justification": TEXT, "claim_date": or_null({**TEXT, "pattern": r"^\d\d-\d\d-\d{4}$"}),
        "speaker": or_null(TEXT), "original_claim_url": or_null(ADDRESS), "fact_checking_article": or_null(TEXT),
        "reporting_source": or_null(TEXT), "location_ISO_code": or_null(TEXT),
        "cached_original_claim_url": or_null(TEXT),
        "claim_types": many(
            either(
                "Event/Property Claim", "Numerical Claim", "Quote Verification", "Position Statement", "Causal Claim"
            )
        ),
        "fact_checking_strategies": many(TEXT),
        "questions": many(exactly({"question": TEXT, "answers": many(ANSWER)})),
    }
)  # fmt: skip
"""One claim of the dataset (github.com/MichSchli/AVeriTeC)."""

SENTENCE: Final = {"type": "array", "prefixItems": [COUNT, COUNT, WORDS, COUNT], "minItems": 4, "maxItems": 4}
NO_SENTENCE: Final = {
    "type": "array", "prefixItems": [COUNT, *[{"type": "null"}] * 3], "minItems": 4, "maxItems": 4,
}  # fmt: skip
FEVER: Final = {
    **exactly({"id": COUNT, "claim": WORDS, "claim_id": UUID, "verifiable": TEXT, "label": TEXT, "evidence": {}}),
    "oneOf": [
        {"properties": {
            "verifiable": either("VERIFIABLE"), "label": either("SUPPORTS", "REFUTES"),
            "evidence": many(many(SENTENCE, 1), 1),
        }},
        {"properties": {
            "verifiable": either("NOT VERIFIABLE"), "label": either("NOT ENOUGH INFO"),
            "evidence": many(many(NO_SENTENCE, 1), 1),
        }},
    ],
}  # fmt: skip
"""One claim of the dataset (fever.ai/dataset/fever.html)."""

RATING: Final = exactly(
    {"@type": either("Rating"), "alternateName": WORDS},
    {name: {"type": "number"} for name in ("ratingValue", "bestRating", "worstRating")},
)
MAKER: Final = exactly({"@type": either("Person", "Organization", "Thing"), "name": WORDS})
WORK: Final = exactly(
    {"@type": either("CreativeWork")},
    {"url": ADDRESS, "name": WORDS, "datePublished": DAY, "inLanguage": WORDS, "publisher": MAKER},
)
CLAIMREVIEW: Final = exactly(
    {
        "@context": either("https://schema.org"), "@type": either("ClaimReview"), "url": WORDS, "claimReviewed": WORDS,
        "author": MAKER, "reviewRating": RATING, "datePublished": DAY,
        "itemReviewed": exactly(
            {"@type": either("Claim")},
            {"author": MAKER, "datePublished": DAY, "firstAppearance": WORK, "appearance": many(WORK)},
        ),
    },
    {"@id": {**TEXT, "pattern": "^urn:uuid:"}, "reviewBody": WORDS},
)  # fmt: skip
"""A review with the properties that schema.org gives it, and those that search engines ask for."""

RANGE: Final[dict[str, Any]] = {
    "article_id": UUID, "article_title": TEXT, "url": or_null(ADDRESS), "outlet": TEXT, "published_on": or_null(DAY),
    "language": TEXT, "start": COUNT, "end": COUNT, "fragments": many(many(COUNT, 2), 1), "quote": TEXT,
}  # fmt: skip
AROUND: Final[dict[str, Any]] = {**RANGE, "context": TEXT, "context_start": COUNT}
CLAIM: Final = exactly(
    {
        "schema": either("factcheck-claims/1"), "id": UUID, "statement": WORDS, "claim_type": or_null(WORDS),
        "claim_date": or_null(DAY), **RANGE,
        "said_by": many(exactly({
            "span": UUID, "mention": UUID, "source_name": WORDS, "source_type": or_null(WORDS),
            "stance": or_null(WORDS), "quote": TEXT, "article_id": UUID, "start": COUNT, "end": COUNT,
        })),
        "mentions": many(exactly({"span": UUID, **AROUND}), 1),
        "evidence": many(exactly({
            "link": UUID, "span": UUID, "relation": either("corroborates", "contradicts"), "label": WORDS,
            "same_source": {"type": "boolean"}, "sources": many(WORDS), "reference": or_null(TEXT), **AROUND,
        })),
        "evidence_sets": many(exactly({"question": or_null(TEXT), "answer": or_null(TEXT), "links": many(UUID)})),
        "verdict_id": UUID, "rating": or_null(WORDS), "rating_name": or_null(WORDS), "rationale": TEXT,
        "confidence": or_null({"type": "number", "minimum": 0, "maximum": 1}),
        "state": either("draft", "submitted", "returned", "approved"), "author": WORDS, "reviewer": or_null(WORDS),
        "approved_at": or_null(TIME), "approval": or_null(either("imported")), "updated_at": TIME,
    }
)  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_rich()


def lines(content: bytes) -> list[Any]:
    """The records of a file of lines, by line feeds alone as JSON Lines has them."""
    return [json.loads(line) for line in content.decode().split("\n") if line]


def test_averitec(cast: Cast) -> None:
    claims = json.loads(exported(cast, "averitec"))

    assert [claim["label"] for claim in claims] == [
        "Conflicting Evidence/Cherrypicking", "Supported", "Not Enough Evidence"
    ]  # fmt: skip
    assert complaints(claims, many(AVERITEC)) == []


def test_claimreview(cast: Cast) -> None:
    reviews = json.loads(exported(cast, "claimreview"))

    assert len(reviews) == 3
    assert complaints(reviews, many(CLAIMREVIEW)) == []
    for rating in (review["reviewRating"] for review in reviews):
        assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]


def test_claims(cast: Cast) -> None:
    claims = lines(exported(cast, "claims"))

    assert len(claims) == 3
    assert complaints(claims, many(CLAIM)) == []
    for claim in claims:
        links = {one["link"] for one in claim["evidence"]}
        assert {link for one in claim["evidence_sets"] for link in one["links"]} <= links
        for one in (*claim["mentions"], *claim["evidence"]):
            within = one["context"]
            pieces = [
                within[start - one["context_start"] : end - one["context_start"]] for start, end in one["fragments"]
            ]
            assert " … ".join(pieces) == one["quote"]


def test_fever(cast: Cast) -> None:
    archive = zipfile.ZipFile(io.BytesIO(exported(cast, "fever")))
    claims, pages = (lines(archive.read(name)) for name in ("claims.jsonl", "pages.jsonl"))

    assert [claim["label"] for claim in claims] == ["SUPPORTS", "NOT ENOUGH INFO"]
    assert complaints(claims, many(FEVER)) == []
    sentences = {page["id"]: sentences_of(page) for page in pages}
    for claim in claims:
        for _, _, page, number in (one for each in claim["evidence"] for one in each if one[2] is not None):
            assert sentences[page][number].strip()


def sentences_of(page: Mapping[str, Any]) -> dict[int, str]:
    """The numbered sentences of a page, as FEVER's baseline reads them."""
    found = [line.split("\t") for line in page["lines"].split("\n")]
    assert [cells[0] for cells in found] == [str(number) for number in range(len(found))]
    assert all(len(cells) == 2 for cells in found)
    squeezed = re.sub(r"\s", "", page["text"])
    assert squeezed == re.sub(r"\s", "", "".join(cells[1] for cells in found))
    return {int(cells[0]): cells[1] for cells in found}

"""`claimreview`, on the way in."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotations.formats.claims.claimreview.reader import read
from annotations.formats.reading.records import ArticleRecord, Options, Refusal
from annotations.formats.reading.sources import File, Source
from annotations.formats.registry import recognised
from tests.formats import given

PERCENT = [{"key": "wrong", "name": "Wrong", "value": 0}, {"key": "right", "name": "Right", "value": 100}]


def a_review(**values: Any) -> dict[str, Any]:
    """A review of a claim."""
    return {"@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": "The bridge is safe.", **values}


def rating(*numbers: Any, **values: Any) -> dict[str, Any]:
    """A rating with its value, its worst and its best."""
    return dict(zip(("ratingValue", "worstRating", "bestRating"), numbers, strict=False)) | values


def came(value: Any, options: Options | None = None) -> tuple[list[ArticleRecord], list[Refusal]]:
    """What comes in of a file with this value."""
    return given.read(read, given.json_file(value, "reviews.jsonld"), options=options)


def codes(refused: list[Refusal]) -> list[tuple[str, str]]:
    """Where and why something was refused."""
    return [(one.place, one.code) for one in refused]


def test_reviews_of_publishers_come_in(corpora: Path) -> None:
    file = given.file_at(corpora / "claimreview" / "from_html" / "claimreviews.json")
    documents, refused = given.read(read, file)

    assert [document.verdicts[0].rating for document in documents] == ["supported", "refuted", None]
    assert [document.verdicts[0].author for document in documents] == [
        "News Nation Fact Check", "POLYGRAPH.info", "Snopes"
    ]  # fmt: skip
    assert codes(refused) == [
        ("[2].claimreview.reviewRating", "rating_value"),
        ("[2].claimreview.reviewRating", "rating_unknown"),
    ]
    assert documents[2].spans[0].fields["review_rating"] == "Unproven (-1 of -1 to -1)"


@pytest.mark.parametrize(
    ("name", "reasons"), [("example_1.jsonld", ["rating_contradicts_itself"]), ("example_2.jsonld", [])]
)
def test_examples_of_the_vocabulary_come_in(corpora: Path, name: str, reasons: list[str]) -> None:
    file = given.file_at(corpora / "claimreview" / "schemaorg" / name)
    [document], refused = given.read(read, file)

    assert [one.code for one in refused] == reasons
    assert document.verdicts[0].rating is None
    assert recognised(Source([file])) is not None


def test_reviews_are_found_in_the_pages_that_publish_them(corpora: Path) -> None:
    page = corpora / "claimreview" / "schemaorg" / "data" / "sdo-ClaimReview-issue-1061-examples.txt"
    documents, _ = given.read(read, given.file_at(page))

    assert [document.location for document in documents] == ["script 1", "script 2"]


def test_a_review_becomes_a_text_in_which_all_of_it_stands() -> None:
    item = {"@type": "CreativeWork", "author": {"@type": "Person", "name": "The mayor 👩‍👩‍👧"}}
    value = a_review(itemReviewed=item, author="The Desk", url="https://example.org/r", reviewBody="It is not.")
    [document], refused = came(value)

    assert refused == []
    assert document.text == ("The bridge is safe.\n— The mayor 👩‍👩‍👧\n\nReviewed by The Desk https://example.org/r")
    claim, said = document.spans
    assert [document.text[slice(*span.fragments[0])] for span in (claim, said)] == [claim.quote, said.quote]
    assert said.fields == {"source_name": "The mayor 👩‍👩‍👧", "source_type": "person"}
    assert [(link.relation, link.source, link.target) for link in document.links] == [("attributes", said.key, "claim")]
    assert (document.verdicts[0].rationale, document.verdicts[0].author) == ("It is not.", "The Desk")


def test_where_the_claim_appeared_is_the_article() -> None:
    first = {"url": "https://example.org/1", "name": "First", "publisher": {"name": "The Daily"}, "inLanguage": "de"}
    item = {
        "@type": "Claim", "datePublished": "2026-03-04T10:00:00Z", "firstAppearance": first,
        "appearance": ["https://example.org/2", {"url": "https://example.org/3"}],
    }  # fmt: skip
    [document], refused = came(a_review(itemReviewed=item, datePublished="2026-03-05"))

    assert refused == []
    assert document.metadata == {
        "title": "First", "url": "https://example.org/1", "outlet": "The Daily", "language": "de"
    }  # fmt: skip
    assert document.spans[0].fields == {
        "date": "2026-03-04", "review_date": "2026-03-05", "appearances": "https://example.org/2\nhttps://example.org/3"
    }  # fmt: skip


def test_a_work_that_is_reviewed_is_where_the_claim_appeared() -> None:
    item = {"@type": "Clip", "isPartOf": {"url": "https://example.org/film"}, "datePublished": "2009-06-04"}
    [document], _ = came(a_review(itemReviewed=item))

    assert document.metadata["url"] == "https://example.org/film"
    assert document.metadata["published_on"] == date(2009, 6, 4)


@pytest.mark.parametrize(
    ("rated", "key"),
    [
        (rating(alternateName="Refuted"), "refuted"),
        (rating(alternateName=" conflicting Evidence "), "conflicting_evidence"),
        (rating("1", "0", "1", alternateName="True"), "supported"),
        (rating(1, 1, 5, alternateName="FALSE"), "refuted"),
        (rating(2, 1, 5, alternateName="Conflicting evidence"), "conflicting_evidence"),
        (rating(5), "supported"),
        (rating(0, 0, 10), "refuted"),
        (rating(3, 1, 5), "not_enough_evidence"),
        (None, None),
    ],
)
def test_a_rating_is_found_on_the_scale(rated: Any, key: str | None) -> None:
    [document], refused = came(a_review(reviewRating=rated))

    assert (document.verdicts[0].rating, refused) == (key, [])


def test_a_rating_is_found_by_its_name_however_that_is_composed() -> None:
    options = Options(scale=[{"key": "wrong", "name": "Réfuté", "value": None}])
    [document], refused = came(a_review(reviewRating=rating(alternateName="re\u0301fute\u0301")), options)

    assert (document.verdicts[0].rating, refused) == ("wrong", [])


@pytest.mark.parametrize(
    ("rated", "reasons"),
    [
        (rating(alternateName="Pants on Fire"), ["rating_unknown"]),
        (rating(1, 1, 5, alternateName="Misleading"), ["rating_unknown"]),
        (rating(4), ["rating_unknown"]),
        (rating(-1, -1, -1), ["rating_value"]),
        (rating("many"), ["rating_value"]),
        (rating(float("1e308"), 0, 1), ["rating_value"]),
        (rating(1, 1, 5, alternateName="True"), ["rating_contradicts_itself"]),
    ],
)
def test_a_rating_that_is_not_on_the_scale_is_refused_by_name(rated: Any, reasons: list[str]) -> None:
    [document], refused = came(a_review(reviewRating=rated))

    assert codes(refused) == [("reviewRating", reason) for reason in reasons]
    assert document.verdicts[0].rating is None


def test_somebody_may_say_what_a_rating_is() -> None:
    options = Options(types={"Pants on Fire": "wrong", "Satire": ""}, scale=PERCENT)
    rated = [rating(alternateName="Pants on Fire"), rating(alternateName="Satire"), rating(5, 1, 5)]
    documents, refused = came([a_review(reviewRating=one) for one in rated], options)

    assert [document.verdicts[0].rating for document in documents] == ["wrong", None, "right"]
    assert codes(refused) == [("[1].reviewRating", "type_left_out")]


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (a_review(), ""),
        ([a_review()], "[0]"),
        ({"@context": "x", "@graph": [a_review()]}, "@graph[0]"),
        ({"@type": "DataFeed", "dataFeedElement": [{"item": [a_review()]}]}, "dataFeedElement[0].item[0]"),
        ({"@type": "WebPage", "review": a_review()}, "review"),
        ([{"@type": ["Review", "http://schema.org/ClaimReview"], "claimReviewed": "The bridge is safe."}], "[0]"),
    ],
)
def test_a_review_is_found_wherever_it_stands(value: Any, place: str) -> None:
    [document], refused = came(value)

    assert (document.location, refused) == (place, [])


@pytest.mark.parametrize(
    ("value", "reasons"),
    [
        ({"@type": "NewsArticle", "headline": "No"}, [("", "no_claimreview")]),
        ([{"@type": "Organization"}, a_review()], [("[0]", "no_claimreview")]),
        ([a_review(claimReviewed=None)], [("[0].claimReviewed", "claim_missing")]),
        ([a_review(itemReviewed={"author": {"@type": "Person"}})], [("[0].itemReviewed.author", "name_missing")]),
        ([a_review(datePublished="soon")], [("[0].datePublished", "date")]),
        ([a_review(itemReviewed={"@type": "Claim", "appearance": [{"url": "https://example.org/1"}, {"name": "?"}]})],
         [("[0].itemReviewed.appearance[1]", "url")]),
        ([a_review(), 7], [("[1]", "no_claimreview")]),
    ],
)  # fmt: skip
def test_what_cannot_come_in_is_named(value: Any, reasons: list[tuple[str, str]]) -> None:
    assert codes(came(value)[1]) == reasons


def test_a_page_without_reviews_and_a_broken_script_are_named() -> None:
    good = json.dumps(a_review())
    page = f'<script type="application/ld+json">{good}</script><script type="application/ld+json">{{</script>'
    files: list[File] = [given.file("<p>Nothing</p>", "a.html"), given.file(page, "b.html")]
    documents, refused = given.read(read, *files)

    assert [document.file for document in documents] == ["b.html"]
    assert [(one.file, one.place, one.code) for one in refused] == [
        ("a.html", "", "no_claimreview"), ("b.html", "script 2", "not_json")
    ]  # fmt: skip

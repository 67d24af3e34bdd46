"""`claimreview` in the forms that JSON-LD has for a value."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.formats.claims.claimreview.reader import read
from annotations.formats.reading.json_ld import MOST_HELD, MOST_OF_ONE
from annotations.formats.reading.records import ArticleRecord, Options
from tests.formats import given
from tests.formats.bounded_time import within
from tests.formats.checked.test_claimreview_in import a_review, came, codes, rating

VOCABULARY = "http://schema.org/"
MAYOR = {"@type": "Person", "@id": "#mayor", "name": "The mayor"}


def one(**values: Any) -> ArticleRecord:
    """The only review with these values, of which nothing is refused."""
    [document], refused = came(a_review(**values))
    assert refused == []
    return document


def rated(value: Any, options: Options | None = None) -> tuple[str | None, list[tuple[str, str]]]:
    """The rating that comes in of this one, and what is refused."""
    [document], refused = came(a_review(reviewRating=value), options)
    return document.verdicts[0].rating, codes(refused)


def in_lists(value: Any) -> Any:
    """The same with each text in `@value` and each value in a list, under the vocabulary's whole names."""
    if isinstance(value, dict):
        plain = {name: inner for name, inner in value.items() if name.startswith("@")}
        return plain | {VOCABULARY + name: [in_lists(inner)] for name, inner in value.items() if name not in plain}
    return [in_lists(inner) for inner in value] if isinstance(value, list) else {"@value": value}


@pytest.mark.parametrize(
    "words",
    [
        "Refuted", ["Refuted"], {"@value": "Refuted"}, [{"@value": "Refuted", "@language": "en"}],
        {"@list": ["Refuted"]}, {"@set": [{"@value": "Refuted"}]}, [None, "", "Refuted", "Refuted"],
    ],
)  # fmt: skip
def test_the_words_of_a_rating_are_read_in_every_form(words: Any) -> None:
    [document], refused = came(a_review(reviewRating=rating(3, 1, 5, alternateName=words)))

    assert (document.verdicts[0].rating, refused) == ("refuted", [])
    assert document.spans[0].fields["review_rating"] == "Refuted (3 of 1 to 5)"


@pytest.mark.parametrize(
    ("words", "reasons"),
    [
        (["Misleading"], ["rating_unknown"]),
        ({"@value": "Misleading"}, ["rating_unknown"]),
        (["Refuted", "Misleading"], ["rating_unknown"]),
        (["Refuted", "Supported"], ["rating_contradicts_itself"]),
        (7, ["not_text"]),
        ({"en": "Refuted"}, ["not_text"]),
        (["Refuted", 7], ["not_text"]),
    ],
)
def test_a_number_never_takes_the_place_of_words(words: Any, reasons: list[str]) -> None:
    key, refused = rated(rating(1, 1, 5, alternateName=words))

    assert (key, [code for _, code in refused]) == (None, reasons)


def test_words_that_mean_no_rating_are_kept_with_the_claim() -> None:
    [document], _ = came(
        a_review(reviewRating=rating(1, 1, 5, alternateName=["Misleading", {"@value": "Irreführend"}]))
    )

    assert document.spans[0].fields["review_rating"] == "Misleading / Irreführend (1 of 1 to 5)"


@pytest.mark.parametrize(
    ("value", "key", "reasons"),
    [
        ([rating(1, 1, 5, alternateName="False")], "refuted", []),
        ({"@list": [rating({"@value": "1"}, ["1"], {"@list": [5]})]}, "refuted", []),
        ("False", "refuted", []),
        ({"@value": "Misleading"}, None, ["rating_unknown"]),
        (rating(1, 1, 5, name="Misleading"), None, ["rating_unknown"]),
        (rating(1, 1, 5, name="Refuted"), "refuted", []),
        ([rating(5), rating(1)], None, ["several_values"]),
        (rating([1, 5], 1, 5), None, ["rating_value"]),
        (4, None, ["not_a_node"]),
        ({"@type": "Rating"}, None, ["rating_missing"]),
        ({"@id": "#nowhere"}, None, ["reference_missing"]),
    ],
)
def test_a_rating_comes_in_or_is_named_in_every_form(value: Any, key: str | None, reasons: list[str]) -> None:
    found, refused = rated(value)

    assert (found, [code for _, code in refused]) == (key, reasons)


def test_what_is_written_out_in_full_comes_in_as_what_is_short() -> None:
    first = {"url": "https://example.org/1", "name": "First", "publisher": {"name": "The Daily"}, "inLanguage": "de"}
    review = a_review(
        author={"@type": "Organization", "name": "The Desk"}, url="https://example.org/r", datePublished="2026-03-05",
        reviewBody="No.", reviewRating=rating(1, 1, 5, alternateName="False"),
        itemReviewed={"@type": "Claim", "author": MAYOR, "datePublished": "2026-03-04", "firstAppearance": first,
                      "appearance": [{"url": "https://example.org/2"}]},
    )  # fmt: skip
    short, full = came(review), came([in_lists(review)])

    for document in (short[0][0], full[0][0]):
        document.location = document.verdicts[0].location = ""
        for span in document.spans:
            span.location = ""
    assert full == short
    assert short[1] == []


@pytest.mark.parametrize("around", [lambda *all_of_them: {"@graph": [*all_of_them]}, lambda *each: [*each]])
def test_what_is_named_by_its_id_is_read_where_it_stands_in_the_file(around: Any) -> None:
    review = a_review(
        itemReviewed={"@id": "#claim"},
        author={"@type": "Organization", "@id": "#desk"},
        reviewRating={"@id": "#rating"},
    )
    claim = {"@type": "Claim", "@id": "#claim", "author": "#mayor", "appearance": {"@id": "#post"}}
    others = [
        MAYOR, {"@id": "#desk", "name": "The Desk"}, {"@id": "#rating", "alternateName": "False"},
        {"@id": "#post", "url": "https://example.org/1", "inLanguage": "en"},
    ]  # fmt: skip
    documents, _ = came(around(claim, review, *others))

    [document] = documents
    assert (document.verdicts[0].rating, document.verdicts[0].author) == ("refuted", "The Desk")
    assert [span.quote for span in document.spans] == ["The bridge is safe.", "The mayor"]
    assert document.spans[1].fields["source_type"] == "person"
    assert document.metadata["url"] == "https://example.org/1"


def test_a_page_refers_from_one_script_to_another() -> None:
    scripts = [a_review(itemReviewed={"author": {"@id": "#mayor"}}), {"@graph": [MAYOR]}]
    page = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in scripts)
    [document], _ = given.read(read, given.file(page, "a.html"))

    assert document.spans[1].quote == "The mayor"


def test_a_reference_to_a_review_is_not_a_second_one() -> None:
    page = {"@type": "WebPage", "review": {"@type": "ClaimReview", "@id": "#r"}}
    documents, refused = came({"@graph": [page, {**a_review(), "@id": "#r"}]})

    assert (len(documents), refused) == (1, [])


def test_reviews_of_one_name_lend_each_other_nothing() -> None:
    reviews = [a_review(reviewBody="No."), a_review(claimReviewed="The road is safe.")]
    documents, _ = came([{**review, "@id": "#review"} for review in reviews])

    assert [document.verdicts[0].rationale for document in documents] == ["No.", ""]


def test_lines_lend_each_other_nothing() -> None:
    review = json.dumps(a_review(itemReviewed={"author": {"@id": "#mayor"}}))
    _, refused = given.read(read, given.file(f"{review}\n{json.dumps(MAYOR)}", "a.jsonl"))

    assert codes(refused) == [("line 1.itemReviewed.author", "reference_missing"), ("line 2", "no_claimreview")]


def test_things_that_refer_to_one_another_in_a_circle_end() -> None:
    clips = [{"@id": "#a", "isPartOf": {"@id": "#b"}}, {"@id": "#b", "isPartOf": {"@id": "#a"}}]
    documents, _ = came({"@graph": [a_review(itemReviewed={"@id": "#a"}), *clips]})

    assert [document.metadata.get("url") for document in documents] == [None]


def test_a_file_with_more_named_things_than_are_held_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.formats.reading.json_ld.MOST_HELD", 1000)
    people = [{**MAYOR, "@id": f"#{number}"} for number in range(100)]
    _, refused = came({"@graph": [a_review(itemReviewed={"author": {"@id": "#99"}}), *people]})

    assert MOST_HELD > 1000
    assert [code for _, code in codes(refused) if code != "no_claimreview"] == ["reference_missing", "too_many_nodes"]


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"itemReviewed": [{"author": "The mayor"}, {"author": "The minister"}]}, "itemReviewed[1]"),
        ({"claimReviewed": ["One.", "Two."]}, "claimReviewed[1]"),
        ({"reviewBody": ["One.", "Two."]}, "reviewBody[1]"),
        ({"inLanguage": ["en", "fr"]}, "inLanguage[1]"),
        ({"datePublished": ["2026-03-04", "2026-03-05"]}, "datePublished[1]"),
        ({"url": ["https://example.org/1", "https://example.org/2"]}, "url[1]"),
        ({"itemReviewed": {"publisher": ["The Daily", {"name": "The Weekly"}]}}, "itemReviewed.publisher[1]"),
        ({"itemReviewed": {"name": ["One", "Two"]}}, "itemReviewed.name[1]"),
        ({"itemReviewed": {"author": {"name": ["The mayor", "Mayor"]}}}, "itemReviewed.author.name[1]"),
    ],
)
def test_of_several_values_where_one_is_held_the_others_are_named(values: dict[str, Any], place: str) -> None:
    documents, refused = came(a_review(**values))

    assert (len(documents), codes(refused)) == (1, [(place, "several_values")])


def test_two_who_reviewed_it_and_two_who_said_it_come_in() -> None:
    document = one(
        author=["The Desk", {"name": "Ada"}], itemReviewed={"author": ["The mayor", {"name": "The minister"}]}
    )

    assert document.verdicts[0].author == "The Desk, Ada"
    assert [span.quote for span in document.spans[1:]] == ["The mayor", "The minister"]


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("de", "de"),
        ({"@value": "de"}, "de"),
        ({"@type": "Language", "name": "German", "alternateName": "de"}, "de"),
        ([{"@type": "Language", "name": "de"}, "de"], "de"),
    ],
)
def test_a_language_is_read_in_every_form(value: Any, tag: str) -> None:
    assert one(inLanguage=value).metadata["language"] == tag


def test_a_language_that_is_no_tag_is_named() -> None:
    _, refused = came([a_review(inLanguage={"name": "German"}), a_review(inLanguage={"@type": "Language"})])

    assert codes(refused) == [("[0], language", "language"), ("[1].inLanguage", "language")]


def test_the_language_of_the_claims_words_is_that_of_the_text() -> None:
    assert one(claimReviewed={"@value": "Die Brücke hält.", "@language": "de"}).metadata["language"] == "de"


def test_entities_are_decoded_exactly_once() -> None:
    document = one(
        claimReviewed="&quot;It&#39;s safe&#x21;&quot; &amp;quot; &nothing; &#0; R&D &copy=2",
        author="Fish &amp; chips &amp;amp; more",
        url="https://example.org/?a=1&amp;copy=2",
    )

    assert document.spans[0].quote == '"It\'s safe!" &quot; &nothing; &#0; R&D &copy=2'
    assert document.verdicts[0].author == "Fish & chips &amp; more"
    assert document.spans[0].fields["review_url"] == "https://example.org/?a=1&copy=2"


@pytest.mark.parametrize(
    ("item", "address"),
    [
        ({"url": {"@id": "https://example.org/1"}}, "https://example.org/1"),
        ({"url": [{"@value": "https://example.org/1"}]}, "https://example.org/1"),
        ({"mainEntityOfPage": {"@type": "WebPage", "@id": "https://example.org/1"}}, "https://example.org/1"),
        ({"isPartOf": [{"isPartOf": {"url": "https://example.org/1"}}]}, "https://example.org/1"),
        ({"@id": "https://example.org/1"}, "https://example.org/1"),
        ("https://example.org/1", "https://example.org/1"),
    ],
)
def test_an_address_is_read_in_every_form(item: Any, address: str) -> None:
    assert one(itemReviewed=item).metadata["url"] == address


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"itemReviewed": {"url": "example.org/1"}}, ("itemReviewed.url", "url")),
        ({"itemReviewed": 7}, ("itemReviewed", "not_a_node")),
        ({"itemReviewed": {"author": 7}}, ("itemReviewed.author", "not_a_node")),
        ({"author": {"@type": "Person"}}, ("author", "name_missing")),
        ({"itemReviewed": {"datePublished": 2026}}, ("itemReviewed.datePublished", "not_text")),
        ({"itemReviewed": {"name": {"en": "First"}}}, ("itemReviewed.name", "not_text")),
        ({"url": {"name": "Here"}}, ("url", "url")),
    ],
)
def test_what_is_in_no_form_that_is_read_is_named(values: dict[str, Any], reason: tuple[str, str]) -> None:
    documents, refused = came(a_review(**values))

    assert (len(documents), codes(refused)) == (1, [reason])


def test_a_page_of_script_tags_that_are_left_open_is_looked_through_once() -> None:
    page = "<script application/ld+json " * 20_000
    with within(1):
        _, refused = given.read(read, given.file(page, "page.html"))
    assert codes(refused) == [("", "no_claimreview")]


def test_of_very_many_objects_with_one_id_the_first_are_held_and_that_is_said() -> None:
    reviews = [a_review(**{"@id": "#r", "itemReviewed": {"@id": "#r"}}) for _ in range(MOST_OF_ONE + 1)]

    documents, refused = given.read(read, given.json_file({"@graph": reviews}))

    assert len(documents) == len(reviews)
    assert "more than 20 with the same one" in refused[-1].detail

"""`averitec`, on the way in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotations.formats.claims.averitec.reader import read
from annotations.formats.reading.records import ArticleRecord, Options, Refusal, SpanRecord
from annotations.formats.reading.sources import Source
from annotations.formats.registry import recognised
from tests.formats import given

OWN_SCALE = [
    {"key": "true", "name": "True", "needs": "corroborating"},
    {"key": "half", "name": "Half true", "needs": "both"},
    {"key": "mostly", "name": "Mostly true", "needs": "corroborating"},
]


def a_claim(**values: Any) -> dict[str, Any]:
    """A claim with one answer."""
    answer = {"answer": "Cracks 👩‍👩‍👧 é.", "answer_type": "Extractive", "source_url": "https://example.org/1"}
    asked = {"question": "What was found?", "answers": [{**answer, "source_medium": "PDF"}]}
    return {"claim": "The bridge is safe.", "label": "Refuted", "questions": [asked], **values}


def came(*claims: Any, options: Options | None = None) -> tuple[list[ArticleRecord], list[Refusal]]:
    """What comes in of a file with these claims."""
    return given.read(read, given.json_file(list(claims), "dev.json"), options=options)


def one(*claims: Any, options: Options | None = None) -> ArticleRecord:
    """The only document of it, where nothing is refused."""
    documents, refused = came(*claims, options=options)
    assert refused == []
    return documents[0]


def fields_of(span: SpanRecord) -> dict[str, Any]:
    """Its fields, without what it keeps of how it was written."""
    return {name: value for name, value in span.fields.items() if name != "averitec"}


def of_label(document: ArticleRecord, label: str) -> list[SpanRecord]:
    """Its spans with this label."""
    return [span for span in document.spans if span.label == label]


def test_every_claim_of_the_dataset_comes_in(corpora: Path) -> None:
    documents, refused = given.read(read, given.file_at(corpora / "averitec" / "data" / "dev-first-100.json"))

    assert (len(documents), refused) == (100, [])
    assert len({document.text for document in documents}) == 100
    for document in documents:
        assert [span.quote for span in document.spans] == [
            document.text[start:end] for span in document.spans for start, end in span.fragments
        ]


def test_the_dataset_is_recognised(corpora: Path) -> None:
    found = recognised(Source([given.file_at(corpora / "averitec" / "data" / "dev-first-100.json")]))

    assert found is not None
    assert found.name == "averitec"


def test_a_claim_becomes_a_text_in_which_all_of_it_stands() -> None:
    document = one(a_claim(speaker="The mayor"))

    assert document.text == "The bridge is safe.\n— The mayor\n\nWhat was found?\nCracks 👩‍👩‍👧 é."
    assert [(span.label, span.quote) for span in document.spans] == [
        ("claim", "The bridge is safe."), ("attribution", "The mayor"), ("fact", "Cracks 👩‍👩‍👧 é.")
    ]  # fmt: skip
    assert [(link.relation, link.target) for link in document.links] == [
        ("attributes", "claim"),
        ("contradicts", "claim"),
    ]


def test_what_is_known_of_the_claim_has_its_place() -> None:
    document = one(
        a_claim(
            claim_date="1-9-2020",
            original_claim_url="https://example.org/post",
            reporting_source="Facebook",
            claim_types=["Numerical Claim", "Causal Claim"],
            location_ISO_code="US",
        )
    )

    assert (document.metadata["url"], document.metadata["outlet"]) == ("https://example.org/post", "Facebook")
    assert fields_of(document.spans[0]) == {
        "claim_type": "numerical", "further_claim_types": "Causal Claim", "date": "2020-09-01",
        "location_iso_code": "US",
    }  # fmt: skip
    assert {field["key"] for field in document.fields["claim"]} == set(document.spans[0].fields)


def test_an_answer_keeps_where_it_comes_from() -> None:
    [fact] = of_label(one(a_claim()), "fact")

    assert fact.fields == {
        "question": "What was found?", "answer_type": "Extractive", "reference": "https://example.org/1",
        "source_medium": "PDF",
    }  # fmt: skip


def test_yes_and_no_stand_with_what_explains_them() -> None:
    answer = {"answer": "No", "answer_type": "Boolean", "boolean_explanation": "It was\r\nclosed 👩‍👩‍👧."}
    document = one(a_claim(questions=[{"question": "Open?", "answers": [answer]}]))

    [fact] = of_label(document, "fact")
    explanation = fact.fields["explanation"]
    assert fact.quote == "No. It was\nclosed 👩‍👩‍👧."
    assert document.text[explanation["start"] : explanation["end"]] == explanation["quote"] == "It was\nclosed 👩‍👩‍👧."
    assert document.verdicts[0].evidence_sets[0].answer == "No"


@pytest.mark.parametrize(
    ("label", "rating", "relation"),
    [
        ("Supported", "supported", "corroborates"),
        ("Refuted", "refuted", "contradicts"),
        ("Not Enough Evidence", "not_enough_evidence", None),
        ("Conflicting Evidence/Cherrypicking", "conflicting_evidence", None),
    ],
)
def test_answers_take_the_side_that_the_label_gives_them_and_else_none(
    label: str, rating: str, relation: str | None
) -> None:
    document = one(a_claim(label=label, justification="So it is."))

    [verdict] = document.verdicts
    assert (verdict.rating, verdict.rationale, verdict.state) == (rating, "So it is.", "draft")
    assert [link.relation for link in document.links] == ([relation] if relation else [])
    assert verdict.evidence_sets[0].links == [link.key for link in document.links]


def test_questions_become_evidence_sets() -> None:
    two = [{"answer": "One"}, {"answer": "Two"}]
    none = [{"answer": "No answer could be found.", "answer_type": "Unanswerable", "source_url": ""}]
    asked = [("Both?", two), ("None?", none), ("Nothing?", [])]
    document = one(a_claim(questions=[{"question": words, "answers": answers} for words, answers in asked]))

    evidence_sets = document.verdicts[0].evidence_sets
    assert [(one.question, one.answer, len(one.links)) for one in evidence_sets] == [
        ("Both?", None, 2), ("None?", "No answer could be found.", 0), ("Nothing?", None, 0)
    ]  # fmt: skip
    assert [fact.quote for fact in of_label(document, "fact")] == ["One", "Two"]


def test_missing_fields_are_usual() -> None:
    [document], refused = came({"claim": "Nothing else is known.", "speaker": None, "label": None, "questions": None})

    assert document.text == "Nothing else is known."
    assert [(one.place, one.code) for one in refused] == [("[0]", "no_verdict")]
    assert (document.links, document.verdicts) == ([], [])


def test_a_label_that_the_scale_does_not_have_is_refused_by_name_and_the_claim_comes_in() -> None:
    [document], [refused] = came(a_claim(label="Pants on Fire"))

    assert (refused.file, refused.place, refused.code) == ("dev.json", "[0].label", "rating_unknown")
    assert "Pants on Fire" in refused.detail
    assert document.verdicts[0].rating is None


def test_labels_are_the_ratings_of_another_scale_where_one_fits() -> None:
    options = Options(scale=OWN_SCALE)

    assert one(a_claim(label="Conflicting Evidence/Cherrypicking"), options=options).verdicts[0].rating == "half"
    assert [refused.code for refused in came(a_claim(label="Supported"), options=options)[1]] == ["rating_unknown"]
    chosen = Options(scale=OWN_SCALE, types={"Supported": "mostly", "Refuted": ""})
    document = one(a_claim(label="Supported"), options=chosen)
    assert (document.verdicts[0].rating, document.links[0].relation) == ("mostly", "corroborates")
    assert [refused.code for refused in came(a_claim(), options=chosen)[1]] == ["type_left_out"]


@pytest.mark.parametrize(
    ("values", "place", "code"),
    [
        ({"claim": " "}, "[0].claim", "claim_missing"),
        ({"claim": 7}, "[0].claim", "not_text"),
        ({"claim_date": "yesterday"}, "[0].claim_date", "date"),
        ({"claim_date": "31-2-2020"}, "[0].claim_date", "date"),
        ({"original_claim_url": "javascript:alert(1)"}, "[0], url", "url"),
        ({"claim_types": "Numerical"}, "[0].claim_types", "not_texts"),
        ({"questions": "Why?"}, "[0].questions", "not_questions"),
        ({"questions": ["Why?"]}, "[0].questions[0]", "not_questions"),
        ({"questions": [{"answers": [{"answer": ""}]}]}, "[0].questions[0].answers[0]", "answer_missing"),
        ({"fact_checking_article": "x" * 20_001}, "[0].claim", "too_long"),
        ({"claim_id": 3}, "[0].claim_id", "kept_in_field"),
        ({"meta": {"by": ["whom"]}}, "[0].meta", "unknown_field"),
        ({"questions": [{"answers": [], "id": 3}]}, "[0].questions[0].id", "unknown_field"),
        ({"required_reannotation": "yes"}, "[0].required_reannotation", "not_a_flag"),
    ],
)
def test_what_cannot_come_in_is_named(values: dict[str, Any], place: str, code: str) -> None:
    documents, refused = came(a_claim(**values), a_claim(claim="The next one."))

    assert (place, code) in [(one.place, one.code) for one in refused]
    assert documents[-1].spans[0].quote == "The next one."


def test_something_that_is_no_claim_is_refused_and_the_others_come_in() -> None:
    documents, refused = came("claim", a_claim())

    assert [(one.place, one.code) for one in refused] == [("[0]", "not_a_claim")]
    assert len(documents) == 1


def test_what_the_file_says_goes_before_what_was_chosen() -> None:
    options = Options(metadata={"outlet": "Chosen", "language": "de", "published_on": date(2020, 1, 2)})
    document = one(a_claim(reporting_source="Said"), options=options)

    assert document.metadata == {
        "title": "The bridge is safe.", "language": "de", "outlet": "Said", "published_on": date(2020, 1, 2)
    }  # fmt: skip

"""`averitec`, on the way out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import MAYOR, make_article, make_cast, make_link, make_span, make_verdict
from tests.formats.checked.world import World, make_world, sent, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def record(world: World, **filters: Any) -> dict[str, Any]:
    """The only item of the export."""
    [found] = told(world.cast, "averitec", **filters)
    return found


def test_an_item_has_the_keys_of_the_dataset(world: World) -> None:
    found = record(world)

    assert list(found) == [
        "claim", "required_reannotation", "label", "justification", "claim_date", "speaker", "original_claim_url",
        "fact_checking_article", "reporting_source", "location_ISO_code", "claim_types", "fact_checking_strategies",
        "questions", "cached_original_claim_url",
    ]  # fmt: skip


def test_an_item_says_what_when_who_where_and_how_it_was_judged(world: World) -> None:
    found = record(world)

    assert (found["claim"], found["claim_date"], found["speaker"]) == ("The bridge is safe.", "04-03-2026", "The mayor")
    assert (found["original_claim_url"], found["reporting_source"]) == ("https://example.org/bridge", "The Daily")
    assert found["claim_types"] == ["Event/Property Claim"]
    assert (found["label"], found["justification"]) == ("Conflicting Evidence/Cherrypicking", "Both sides.")


def test_sets_are_questions_and_their_spans_answers(world: World) -> None:
    one, two = record(world)["questions"]

    assert one == {"question": "Is it safe?", "answers": [{
        "answer": "Some say so.", "answer_type": "Abstractive", "source_url": "https://example.net/report",
        "source_medium": "Web text"}]}  # fmt: skip
    assert two["question"] == "And else?"
    assert [(answer["answer"], answer["answer_type"]) for answer in two["answers"]] == [
        ("👩‍👩‍👧 Yesterday", "Extractive"),
        ("Engineers found cracks in March", "Extractive"),
    ]


def test_evidence_outside_of_sets_answers_no_question_in_particular(transactional_db: None) -> None:
    [asked] = record(make_world(sets=False))["questions"]

    assert asked["question"] == ""
    assert [answer["source_url"] for answer in asked["answers"]] == [
        "https://example.net/report",
        "https://example.com/2",
    ]


def test_an_answer_without_a_span_stands_alone(transactional_db: None) -> None:
    cast = make_cast()
    verdict = make_verdict(cast.annotator, make_span(cast.annotator, cast.article))
    sets: Any = [
        {"question": "Why?", "answer": "No answer could be found.", "links": []},
        {"question": "When?", "answer": "Never.", "links": []},
        {"question": "Where?", "answer": None, "links": []},
    ]
    verdict.change(by=cast.annotator, from_version=1, evidence_sets=sets)

    [found] = told(cast, "averitec", state="any")

    answers = [[(one["answer"], one["answer_type"]) for one in asked["answers"]] for asked in found["questions"]]
    assert answers == [[("No answer could be found.", "Unanswerable")], [("Never.", "Abstractive")], []]


def test_who_denies_it_is_not_its_speaker(transactional_db: None) -> None:
    cast = make_cast()
    claim = make_span(cast.annotator, cast.article)
    denies = make_span(cast.annotator, cast.article, MAYOR, "attribution", fields={"stance": "denies"})
    make_link(cast.annotator, denies, claim, "attributes")
    make_verdict(cast.annotator, claim)

    assert told(cast, "averitec", state="any")[0]["speaker"] is None


def test_ratings_of_another_scale_are_labelled_by_the_evidence_they_need(transactional_db: None) -> None:
    scale = [
        {"key": "wrong", "name": "Wrong", "needs": "contradicting"},
        {"key": "satire", "name": "It's “satire” {0} %s", "needs": ""},
    ]
    cast = make_cast(scale=scale)
    for number, rating in enumerate(("satire", "wrong", None)):
        article = make_article(cast.project, f"Text {number}. Twice.")
        make_verdict(cast.annotator, make_span(cast.annotator, article, (0, 7)), rating)

    found = told(cast, "averitec", state="any")

    assert [(one["claim"], one["label"]) for one in found] == [("Text 1.", "Refuted")]
    assert [one["rating_name"] for one in told(cast, "claims", state="any")] == ["It's “satire” {0} %s", "Wrong", None]


def test_filters_and_rights_hold(world: World) -> None:
    assert [len(one["answers"]) for one in record(world, relation="contradicts")["questions"]] == [1, 1]
    assert told(world.cast, "averitec", label="fact") == []
    assert told(world.cast, "averitec", world.cast.viewer) == told(world.cast, "averitec")
    assert sent(world.cast, "averitec", state="submitted") == b"[\n]\n"


def test_several_items_are_an_array(transactional_db: None) -> None:
    cast = make_cast()
    for start in range(3):
        make_verdict(cast.annotator, make_span(cast.annotator, cast.article, (start, start + 9)))

    assert len(told(cast, "averitec", state="any")) == 3
    assert sent(cast, "averitec", state="any") == sent(cast, "averitec", state="any")

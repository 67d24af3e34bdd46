"""Claims of AVeriTeC go out as they were written, as long as what they say is still so."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.test import override_settings

from annotations.models import EvidenceSet, Link, Span, Verdict
from tests.cast import make_cast
from tests.formats.checked.test_there_and_back import came_out, exact
from tests.formats.checked.world import told

pytestmark = pytest.mark.django_db(transaction=True)

NONE: Final = {
    "answer": "No answer could be found.",
    "answer_type": "Unanswerable",
    "source_url": "",
    "source_medium": "",
}
ONE: Final = {
    "answer": "Cracks.",
    "answer_type": "Extractive",
    "source_url": "https://example.org/1",
    "source_medium": "PDF",
}
TWO: Final = {**ONE, "answer": "Rust."}
CLAIM: Final[dict[str, Any]] = {
    "claim": "The bridge is safe.", "required_reannotation": False, "label": "Refuted", "justification": "It is not.",
    "claim_date": "04-03-2026", "speaker": "The mayor", "original_claim_url": None, "fact_checking_article": None,
    "reporting_source": None, "location_ISO_code": "US", "claim_types": ["Numerical Claim"],
    "fact_checking_strategies": [], "questions": [{"question": "What was found?", "answers": [ONE]}],
    "cached_original_claim_url": None,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _storage(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def changed(*values: Any, codes: tuple[str, ...] = ()) -> list[Any]:
    """The claims that go out otherwise than they came in, of several that differ; while only this is said of them."""
    records = [{**value, "claim": f"{number} {value['claim']}"} for number, value in enumerate(values)]
    one, after = came_out(make_cast(), *records)
    assert tuple(one.reported.values_list("code", flat=True)) == codes
    return [before for before, out in zip(records, after, strict=True) if exact(before) != exact(out)]


def without(name: str, value: Any) -> Any:
    """The same without what stands under a name."""
    return {key: inner for key, inner in value.items() if key != name}


def asked(*answers: Any, **values: Any) -> dict[str, Any]:
    """The claim with one question that has these answers."""
    return {**CLAIM, "questions": [{"question": "What was found?", "answers": list(answers)}], **values}


def test_what_is_usual_is_not_kept_twice(transactional_db: None) -> None:
    assert changed(asked(ONE, TWO), asked(NONE)) == []
    assert not Span.objects.filter(fields__has_key="averitec").exists()


@pytest.mark.parametrize("label", ["Refuted", "Not Enough Evidence"])
def test_an_answer_that_is_none_stands_where_it_stood(label: str, transactional_db: None) -> None:
    orders = [[NONE, ONE], [ONE, NONE], [NONE, ONE, NONE, NONE, TWO, NONE], [NONE, NONE], [NONE]]

    assert changed(*(asked(*answers, label=label) for answers in orders)) == []


def test_an_answer_that_is_none_is_no_evidence(transactional_db: None) -> None:
    addressed = {**NONE, "source_url": "https://example.org/2", "boolean_explanation": "Nobody knows."}

    assert changed(asked(NONE, addressed, ONE, {**NONE, "answer": "Unknown."})) == []
    assert list(Span.objects.filter(label="fact").values_list("quote", flat=True)) == ["Cracks."]
    assert Link.objects.filter(relation="contradicts").count() == 1


def test_a_speaker_keeps_white_space_and_is_nobody_without_a_name(transactional_db: None) -> None:
    speakers = [" The mayor ", "Ada \u200f", "The\r\nminister", "", "  ", None]

    assert changed(*({**CLAIM, "speaker": speaker} for speaker in speakers)) == []
    named = Span.objects.filter(label="attribution").values_list("quote", flat=True)
    assert set(named) == {"Ada \u200f", "The mayor", "The\nminister"}


def test_what_is_missing_null_or_empty_stays_so(transactional_db: None) -> None:
    names = [name for name in CLAIM if name != "claim"]
    empty = [{**CLAIM, name: ""} for name in names if name != "required_reannotation"]

    assert changed(*(without(name, CLAIM) for name in names), *({**CLAIM, name: None} for name in names), *empty) == []


def test_what_an_answer_does_not_say_stays_so(transactional_db: None) -> None:
    names = ("answer_type", "source_url", "source_medium", "cached_source_url", "boolean_explanation")
    answers = [{**ONE, name: value} for name in names for value in (None, "", " ")]

    assert changed(*(asked(one, TWO) for one in [*answers, *(without(name, ONE) for name in names)])) == []


@pytest.mark.parametrize("label", ["Supported", "Conflicting Evidence/Cherrypicking"])
def test_questions_stay_as_they_were_asked(label: str, transactional_db: None) -> None:
    several: list[Any] = [
        None, "", [{"question": "", "answers": []}], [{"question": None, "answers": None}], [{"question": "Why?"}],
        [{"answers": [ONE]}], [{"question": " Why?\r\n", "answers": [ONE]}], [{}],
        [{"question": "Why?", "answers": [ONE]}, {"question": "Why?", "answers": [NONE, TWO]}],
    ]  # fmt: skip

    assert changed(*({**CLAIM, "questions": questions, "label": label} for questions in several)) == []


def test_white_space_dates_and_types_stay_as_they_are_written(transactional_db: None) -> None:
    values: list[dict[str, Any]] = [
        {"claim": " The bridge\r\nis safe. "}, {"claim_date": "4-3-2026"}, {"claim_date": " 04-03-2026"},
        {"label": " Refuted"}, {"justification": " So.\r\n"}, {"reporting_source": " The Sun "}, {"claim_types": [""]},
        {"claim_types": ["Own", "Numerical Claim"]}, {"claim_types": ["Causal Claim", "Own", "Own"]},
    ]  # fmt: skip

    assert changed(*({**CLAIM, **value} for value in values)) == []


def test_a_claim_that_nobody_has_labelled_goes_out_again(transactional_db: None) -> None:
    assert changed(without("label", CLAIM)) == []
    assert Verdict.objects.get().rating is None


def test_what_has_no_place_is_kept_and_said(transactional_db: None) -> None:
    further = {**CLAIM, "claim_id": 3, "tags": ["a", None], "by": {"name": "Ada"}}

    assert changed(further, asked({**ONE, "answer_id": "1"}), codes=("kept_in_field",) * 4) == []


def test_what_somebody_changes_goes_out_as_it_is_now(transactional_db: None) -> None:
    cast = make_cast()
    came_out(cast, asked(NONE, ONE, speaker=" The mayor ", label=" Refuted"))
    for said in Span.objects.filter(label="attribution"):
        said.change(by=cast.manager, from_version=said.version, fields={"source_name": "The minister"})
    EvidenceSet.objects.update(question="What else?")

    [after] = told(cast, "averitec", state="any")
    assert (after["speaker"], after["label"]) == ("The minister", " Refuted")
    assert after["questions"] == [{"question": "What else?", "answers": [ONE]}]


def test_a_line_that_somebody_has_broken_counts_for_nothing(transactional_db: None) -> None:
    cast = make_cast()
    came_out(cast, {**CLAIM, "claim_date": "4-3-2026"})
    claim = Span.objects.get(label="claim")
    lines = [
        "[",
        '["speaker"',
        r'["speaker", "The mayor", "\u0000"]',
        '["speaker", "The mayor", NaN]',
        "7",
        '["a/b", 1]',
    ]
    claim.change(by=cast.manager, from_version=1, fields={**claim.fields, "averitec": "\n".join(lines)})

    assert exact(told(cast, "averitec", state="any")) == exact([CLAIM])


def test_claims_of_any_shape_go_out_as_they_came_or_are_named(transactional_db: None) -> None:
    chance = random.Random(12)  # noqa: S311
    records = [by_chance(chance, number) for number in range(200)]
    one, after = came_out(make_cast(), *records)

    told_of = {place.partition("]")[0] for place in one.reported.values_list("place", flat=True)}
    sound = [record for number, record in enumerate(records) if f"[{number}" not in told_of]
    assert len(sound) > 150
    assert {exact(record) for record in sound} <= {exact(record) for record in after}


def by_chance(chance: random.Random, number: int) -> dict[str, Any]:
    """A claim of which anything may be missing, null, empty, or written in another way."""

    def text(*usual: str) -> Any:
        return chance.choice([*usual, " a\r\nb ", "Ä “x”\t\\ 👩‍👩‍👧", "", " \n", None, ...])

    def those(**values: Any) -> dict[str, Any]:
        return {name: value for name, value in values.items() if value is not ...}

    def answer() -> dict[str, Any]:
        kind, named = text("Boolean", "Unanswerable"), ("source_url", "source_medium", "cached_source_url")
        words = chance.choice(["Yes", " No ", NONE["answer"]])
        return those(answer=words, answer_type=kind, boolean_explanation=text(), **{name: text() for name in named})

    def question() -> dict[str, Any]:
        answers = chance.choice([..., None, [], *[[answer() for _ in range(count)] for count in (1, 1, 2, 3)]])
        return those(question=text("Why?", "Why?"), answers=answers)

    label = chance.choice(["Refuted", "Supported ", "Not Enough Evidence", "", None, ...])
    questions = [question() for _ in range(chance.randint(1, 4))]
    names = ("justification", "speaker", "reporting_source", "fact_checking_article", "cached_original_claim_url")
    return those(claim=f" Claim {number}\r\n", label=label, questions=questions, **{name: text() for name in names})

"""What a project may set."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.project_settings import (
    complaints_about_label_fields,
    complaints_about_scale,
    complete_scale,
    starting_label_fields,
    starting_scale,
)
from annotations.vocabulary import complaints_about_values

FIELDS: dict[str, list[dict[str, Any]]] = {
    "claim": [
        {"key": "statement", "name": "Statement", "kind": "text"},
        {"key": "sure", "name": "Sure", "kind": "flag"},
        {"key": "count", "name": "Count", "kind": "number"},
        {"key": "date", "name": "Date", "kind": "date"},
        {"key": "type", "name": "Type", "kind": "choice", "choices": [{"key": "a", "name": "A"}]},
        {"key": "part", "name": "Part", "kind": "passage"},
    ]
}


def test_what_a_project_starts_with_has_nothing_wrong() -> None:
    assert not list(complaints_about_label_fields(starting_label_fields()))
    assert not list(complaints_about_scale(starting_scale()))


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ([], ""),
        ({"rumour": []}, ""),
        ({"claim": {}}, "claim"),
        ({"claim": ["x"]}, "claim.0.key"),
        ({"claim": [{"key": "Bad Key", "name": "N", "kind": "text"}]}, "claim.0.key"),
        ({"claim": [{"key": "a", "name": "", "kind": "text"}]}, "claim.0.name"),
        ({"claim": [{"key": "a", "name": "A", "kind": "image"}]}, "claim.0.kind"),
        ({"claim": [{"key": "a", "name": "A", "kind": "text", "size": 3}]}, "claim.0"),
        ({"claim": [{"key": "a", "name": "A", "kind": "choice"}]}, "claim.0.choices"),
        ({"claim": [{"key": "a", "name": "A", "kind": "text"}] * 2}, "claim.1.key"),
        ({"claim": [{"key": "a", "name": "A", "kind": "text"}] * 51}, "claim"),
    ],
)
def test_wrong_label_fields_are_named_by_their_place(value: Any, place: str) -> None:
    assert place in [complaint[0] for complaint in complaints_about_label_fields(value)]


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({}, ""),
        ([], ""),
        (["x"], "0.key"),
        ([{"key": "a", "name": "A", "needs": "luck"}], "0.needs"),
        ([{"key": "a", "name": "A", "value": "high"}], "0.value"),
        ([{"key": "a", "name": "A", "value": True}], "0.value"),
        ([{"key": "a", "name": "A", "colour": "url(x)"}], "0.colour"),
        ([{"key": "a", "name": "A"}, {"key": "a", "name": "B"}], "1.key"),
    ],
)
def test_wrong_ratings_are_named_by_their_place(value: Any, place: str) -> None:
    assert place in [complaint[0] for complaint in complaints_about_scale(value)]


def test_a_rating_is_completed() -> None:
    assert complete_scale([{"key": "a", "name": "A"}]) == [
        {"key": "a", "name": "A", "meaning": "", "needs": "", "value": None, "colour": "grey"}
    ]


@pytest.mark.parametrize(
    "values",
    [
        {"statement": "text"},
        {"sure": False},
        {"count": 0.5},
        {"date": "2017-05-28"},
        {"type": "a"},
        {"part": {"start": 0, "end": 3}},
        {"part": {"start": 0, "end": 3, "quote": "abc"}},
        {"statement": None},
        {},
    ],
)
def test_values_that_fit(values: dict[str, Any]) -> None:
    assert not list(complaints_about_values(values, "claim", FIELDS))


@pytest.mark.parametrize(
    "values",
    [
        {"statement": 3},
        {"statement": "x" * 20_001},
        {"sure": 1},
        {"count": "3"},
        {"count": True},
        {"date": "28.5.2017"},
        {"date": "2017-02-30"},
        {"type": "b"},
        {"type": ["a"]},
        {"part": "abc"},
        {"part": {"start": 0}},
        {"part": {"start": -1, "end": 3}},
        {"part": {"start": 0, "end": 2**40}},
        {"part": {"start": True, "end": 3}},
        {"other": 1},
    ],
)
def test_values_that_do_not_fit_are_named(values: dict[str, Any]) -> None:
    assert [complaint[0] for complaint in complaints_about_values(values, "claim", FIELDS)] == list(values)

"""Reading JSON strictly: what PostgreSQL cannot keep, or readers would take differently, is refused with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rest_framework.exceptions import APIException, ParseError, ValidationError

from annotations.api.base.parser import parse_json
from annotations.strict_json import DEEPEST, unstorable
from tests.api.bad_input.corpora import json_files, naughty_strings, needs_corpora


@pytest.mark.parametrize(
    "value",
    [
        None, True, -0.0, 10**20, "", "\U0001f468\u200d\U0001f469", "\ufffe\uffff", "e\u0301", {"": [{}]},
        ["\ufeff", {"\u0623": "\u202e"}],
    ],
)  # fmt: skip
@pytest.mark.parametrize("ascii_only", [True, False])
def test_what_json_can_say_is_read_as_it_was_written(value: Any, ascii_only: bool) -> None:
    assert parse_json(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "not valid JSON"),
        (b"{", "line 1, column 2"),
        (b"[1,\n 2,]", "line 2"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"b": {"a": 1, "\\u0061": 2}}', "twice"),
        (b"NaN", "NaN"),
        (b"[-Infinity]", "-Infinity"),
        (b"[1e400]", "too large"),
        (b"9" * 5000, "not valid JSON"),
        (b'"\xff"', "byte 1"),
        ('"é"'.encode("latin-1"), "not UTF-8"),
        ('"a"'.encode("utf-16"), "not UTF-8"),
        (b"\xef\xbb\xbf1", "not valid JSON"),
        (b'"\xed\xa0\x80"', "not UTF-8"),
        (b'"a\x00b"', "not valid JSON"),
        (b"[" * (DEEPEST + 2) + b"]" * (DEEPEST + 2), "nested too deeply"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_what_is_not_json_is_refused_and_says_why(raw: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        parse_json(raw)


def test_as_many_levels_as_are_allowed_are_read() -> None:
    value = parse_json(b"[" * DEEPEST + b"]" * DEEPEST)

    assert len(json.dumps(value)) == 2 * DEEPEST


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (rb'{"note": "a\u0000"}', "note"),
        (rb'{"fields": {"source": {"quote": "\ud800"}}}', "fields.source.quote"),
        (rb'{"fragments": [1, "\udc00\ud800"]}', "fragments.1"),
        (rb'["\ud83d x"]', "0"),
    ],
)
def test_text_that_the_database_cannot_keep_is_named_by_its_place(raw: bytes, place: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_json(raw)

    assert place in str(refusal.value.detail)


def test_a_name_that_cannot_be_kept_is_shown_escaped() -> None:
    [(place, words)] = unstorable({"a": {"\ud800": 1}})

    assert place == r"a.'\ud800'"
    assert "surrogate" in words


def test_a_surrogate_pair_in_escapes_is_one_character() -> None:
    assert parse_json(rb'"\ud83d\ude00"') == "\U0001f600"


@needs_corpora
def test_naughty_strings_come_through_unharmed() -> None:
    strings = naughty_strings()

    assert parse_json(json.dumps(strings).encode()) == strings
    assert parse_json(json.dumps(strings, ensure_ascii=False).encode()) == strings


@needs_corpora
def test_every_broken_file_is_refused_and_only_with_a_refusal() -> None:
    for raw in json_files("n_*.json"):
        with pytest.raises(APIException):
            parse_json(raw)


@needs_corpora
def test_a_good_file_is_read_unless_it_holds_what_cannot_be_kept() -> None:
    refused = []
    for raw in json_files("y_*.json"):
        try:
            assert parse_json(raw) == json.loads(raw)
        except APIException:
            refused.append(raw)

    assert all(raw.count(b'"a"') == 2 or b"\\u0000" in raw for raw in refused)


@needs_corpora
def test_where_opinions_differ_a_value_or_a_refusal_comes_and_nothing_else() -> None:
    for raw in json_files("i_*.json"):
        try:
            value = parse_json(raw)
        except APIException:
            continue
        assert list(unstorable(value)) == []

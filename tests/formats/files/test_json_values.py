"""JSON of imports: lines and arrays are read a value at a time, and what is wrong is refused with its place."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from annotations.formats.reading import json_values
from annotations.formats.reading.json_values import Found, first_names, lines, looks_like_lines, records, values
from annotations.formats.reading.records import Refusal
from annotations.strict_json import DEEPEST, unstorable
from tests.formats.bounded_time import within
from tests.formats.given import file


def refused(found: list[Found]) -> list[tuple[str, str]]:
    """Places and codes of what was refused."""
    return [(one.place, one.code) for one in found if isinstance(one, Refusal)]


def sound(found: list[Found]) -> list[Any]:
    """The values with their places."""
    return [one for one in found if not isinstance(one, Refusal)]


def test_a_half_written_line_is_refused_with_its_number_and_the_others_are_read() -> None:
    found = list(lines(file('\ufeff{"a": 1}\n\n{"a": \r\n{"a": 3}\r\n')))

    assert sound(found) == [("line 1", {"a": 1}), ("line 4", {"a": 3})]
    assert refused(found) == [("line 3", "not_json")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"a": NaN}', "not_json"),
        (b'{"a": -Infinity}', "not_json"),
        (b'{"a": 1e999}', "not_json"),
        (b'{"a": 1, "a": 2}', "not_json"),
        (b"9" * 5000, "not_json"),
        (b'{"a": "\xff"}', "encoding"),
        (b'{"a": "\\u0000"}', "unstorable"),
        (b'{"a": ["\\ud800"]}', "unstorable"),
        (b"[" * 100_000, "too_deep"),
        (b"[" * (DEEPEST + 2) + b"]" * (DEEPEST + 2), "too_deep"),
    ],
)
def test_what_is_no_sound_value_is_refused_in_a_line_and_in_an_array(line: bytes, code: str) -> None:
    of_lines = list(lines(file(b'{"b": 1}\n' + line + b'\n{"c": 2}')))
    of_array = list(values(file(b'[{"b": 1}, ' + line + b', {"c": 2}]')))

    assert [one for one in of_lines if not isinstance(one, Refusal)] == [("line 1", {"b": 1}), ("line 3", {"c": 2})]
    assert [one.code for one in of_lines if isinstance(one, Refusal)] == [code]
    assert of_array[0] == ("[0]", {"b": 1})
    assert [one.code for one in of_array if isinstance(one, Refusal)] == [code]


def test_an_item_that_cannot_be_kept_does_not_keep_the_next_from_being_read() -> None:
    found = list(values(file(b'[{"a": ["\\ud800"]}, {"b": 1}]')))

    assert refused(found) == [("[0], a.0", "unstorable")]
    assert sound(found) == [("[1]", {"b": 1})]


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        ("[1, ", "[1] (line 1)", "Expecting value"),
        ("[1\n 2]", "[0] (line 2)", "missing"),
        ("[1", "[0] (line 1)", "incomplete"),
        ("[1]\n]", "line 2", "more text"),
        ('{"a": 1,\n\n "a": 2}', "line 3", "twice"),
        ('{"items": [1], "a": }', "a (line 1)", "Expecting value"),
        ("", "line 1", "Expecting value"),
    ],
)
def test_what_is_no_json_says_where(content: str, place: str, words: str) -> None:
    *_, last = list(values(file(content), ("items",)))

    assert isinstance(last, Refusal)
    assert (last.place, last.code) == (place, "not_json")
    assert words in last.detail


def test_arrays_within_an_object_come_item_by_item_and_the_object_last() -> None:
    content = json.dumps({"a": 1, "first": {"items": [{"x": 1}, 2], "b": 3}, "items": []})

    assert sound(list(values(file(content), ("first.items", "items")))) == [
        ("first.items[0]", {"x": 1}), ("first.items[1]", 2), ("", {"a": 1, "first": {"b": 3}}),
    ]  # fmt: skip


@pytest.mark.parametrize("size", [1, 7, 100])
def test_a_value_may_be_cut_anywhere_by_the_end_of_a_chunk(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    value = [{"é👩‍👩‍👧": ["\\\"'", 12.5, -3, None, True, "الجسر"]}, [], {}, "x" * 50, 1234567]
    monkeypatch.setattr(json_values, "CHUNK", size)

    found = sound(list(values(file(json.dumps(value, ensure_ascii=False, indent=2)))))

    assert [one for _, one in found] == value


@pytest.mark.parametrize(
    ("content", "is_lines"),
    [
        ('{"a": 1}\n{"a": 2}', True),
        ('{"a": \n{"a": 2}', True),
        ('\ufeff{"a": 1}', True),
        ('{"text": "' + "x" * 100_000, True),
        ('{\n  "a": {}\n}', False),
        ('[\n{"a": 1}\n]', False),
        ('[{"a": 1}]', False),
        ("", False),
    ],
)
def test_lines_are_told_from_a_document(content: str, is_lines: bool) -> None:
    assert looks_like_lines(file(content)) is is_lines


def test_a_document_is_read_whole_and_lines_by_themselves() -> None:
    assert list(records(file('{\n"a": 1\n}'))) == [("", {"a": 1})]
    assert list(records(file('{"a": 1}\n{"a": 2}'))) == [("line 1", {"a": 1}), ("line 2", {"a": 2})]


def test_what_is_too_large_is_refused_and_the_next_line_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_values, "LARGEST_VALUE", 1000)
    content = '"' + "x" * 5000 + '"'

    found = list(lines(file(f'1\n{content}\n{{"a": 2}}')))

    assert (refused(found), sound(found)[-1]) == ([("line 2", "too_large")], ("line 3", {"a": 2}))
    assert refused(list(values(file(f"[{content}]")))) == [("[0]", "too_large")]


def test_brackets_and_commas_take_no_more_memory_than_a_text() -> None:
    content = b"[" + b"[{}]," * 2_000_000 + b"[]]"
    tracemalloc.start()

    found = list(lines(file(content)))

    assert refused(found) == [("line 1", "too_large")]
    assert tracemalloc.get_traced_memory()[1] < 4 * len(content)
    tracemalloc.stop()


def test_a_long_array_is_never_held_whole() -> None:
    content = b"[" + b",".join(b'{"text": "%d"}' % number for number in range(60_000)) + b"]"
    tracemalloc.start()

    count = sum(1 for _ in values(file(content)))

    assert count == 60_000
    assert tracemalloc.get_traced_memory()[1] < 2_500_000
    tracemalloc.stop()


def test_broken_json_is_refused_and_never_raises(corpora: Path) -> None:
    for path in sorted((corpora / "nasties/JSONTestSuite/test_parsing").glob("*.json")):
        content = path.read_bytes()
        as_lines, as_values = list(lines(file(content))), list(values(file(content)))

        assert not any(list(unstorable(one[1])) for one in (*as_lines, *as_values) if not isinstance(one, Refusal))
        if path.name.startswith("n_") and content.strip(b"\xef\xbb\xbf \n"):
            assert refused(as_values), path.name
            assert refused(as_lines), path.name


def test_sound_json_is_read_as_the_standard_library_reads_it(corpora: Path) -> None:
    for path in sorted((corpora / "nasties/JSONTestSuite/test_parsing").glob("y_*.json")):
        content = path.read_bytes()
        found = list(values(file(b"[%s]" % content)))

        if refused(found):
            assert "duplicated" in path.name or b"\\u0000" in content, path.name
        else:
            assert [one for _, one in sound(found)] == [json.loads(content)]


@pytest.mark.parametrize(
    "content",
    [
        '{"a": {"x": [{"y": 1}]}, "b": "c: {\\"d\\": 1}"}\n{"e": 1}',
        '[{"a": "}", "b": []}, {"e": 1}]',
        '{"b": [1, 2], "a": "' + "long" * 50_000,
    ],
)
def test_the_names_of_the_first_object_are_known_from_the_first_bytes(content: str) -> None:
    assert first_names(file(content)) == {"a", "b"}


def test_a_text_that_does_not_end_is_looked_through_once() -> None:
    with within(1):
        assert first_names(file('{"a": 1, "' + '\\"' * 30_000)) == {"a"}

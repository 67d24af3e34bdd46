"""Fields whose values are of the wrong type or cannot be stored."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from tests.api.bad_input.writes import Write, writes
from tests.api.refusals import nothing_changed, refused
from tests.cast import Cast

OF_EACH_TYPE: Final[dict[str, list[Any]]] = {
    "text": ["", "7", "true"],
    "whole": [0, 10**40],
    "number": [0.5],
    "flag": [True],
    "list": [[], ["x"]],
    "object": [{}, {"x": 1}],
    "null": [None],
}
ALSO_TAKEN: Final = {"id": {"text"}, "number": {"whole", "number"}}


def of_other_types(kind: str) -> list[Any]:
    """Values that a field of this kind does not take."""
    plain = kind.rstrip("?")
    taken = ALSO_TAKEN.get(plain, {plain}) | ({"null"} if kind.endswith("?") else set())
    return [value for name, values in OF_EACH_TYPE.items() if name not in taken for value in values]


@pytest.fixture
def every_write(cast: Cast) -> dict[str, Write]:
    return {name: write for name, write in writes(cast).items() if write.takes}


def refused_by_name(write: Write, name: str, value: Any) -> dict[str, Any]:
    """Sends the value, written as JSON where it is not text already, which must be refused with the field's name."""
    written = value if isinstance(value, bytes) else json.dumps(value).encode()
    body = json.dumps({**write.body, name: "VALUE"}).encode().replace(b'"VALUE"', written)
    answer = write.send(body)
    problem = refused(answer, 400, "invalid-input")
    named = [error["field"] for error in problem["errors"]]
    assert any(field == name or field.startswith(f"{name}.") for field in named), (write, name, value, problem)
    return problem


def test_a_value_of_another_type_is_refused_by_name(every_write: dict[str, Write]) -> None:
    with nothing_changed():
        for write in every_write.values():
            for name, kind in write.takes.items():
                for value in of_other_types(kind):
                    refused_by_name(write, name, value)


@pytest.mark.parametrize("text", ["a\x00b", "ok 😀 \ud83d", "\udc00"])
def test_text_that_cannot_be_stored_is_refused_by_name(every_write: dict[str, Write], text: str) -> None:
    with nothing_changed():
        for write in every_write.values():
            for name, kind in write.takes.items():
                values = {"list": [text], "object": {"x": text}}
                problem = refused_by_name(write, name, values.get(kind, text))
                assert problem["errors"][0]["code"] == "unstorable"


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d"])
def test_names_that_cannot_be_stored_are_refused(every_write: dict[str, Write], text: str) -> None:
    with nothing_changed():
        for write in every_write.values():
            refused(write.send({**write.body, text: 1}), 400, "invalid-input")


def test_numbers_out_of_range_are_refused_by_name(every_write: dict[str, Write]) -> None:
    numbers = (b"-1", b"1.5", b"1e308", b"9" * 400, b"-" + b"9" * 400, b"2147483648")

    with nothing_changed():
        for write in every_write.values():
            for name, kind in write.takes.items():
                for number in numbers if kind.rstrip("?") in ("whole", "number") else ():
                    refused_by_name(write, name, number)


def test_a_field_that_is_not_there_is_refused_by_name(cast: Cast) -> None:
    every_write = writes(cast).values()

    with nothing_changed():
        for name in ("nope", "id", "version", "", " ", "__proto__", "fields.x", "a" * 5000):
            for write in every_write:
                problem = refused(write.send({**write.body, name: "x"}), 400, "invalid-input")
                assert (name, "unknown_field") in [(error["field"], error["code"]) for error in problem["errors"]]


def test_an_address_that_is_none_is_refused(every_write: dict[str, Write]) -> None:
    with nothing_changed():
        for email in ("x", "x@", "@x", "x@x", "x y@example.org", "x@example.org\nBcc: y@example.org", "x" * 300):
            refused_by_name(every_write["add a member"], "email", email)


def test_an_id_that_is_none_is_refused_by_name(every_write: dict[str, Write]) -> None:
    with nothing_changed():
        for write in every_write.values():
            for name in (name for name, kind in write.takes.items() if kind.startswith("id")):
                for key in ("x", "", "00000000", "{}", "01890a5d-ac96-774b-bcce-b302099a805", "g" * 32):
                    refused_by_name(write, name, key)

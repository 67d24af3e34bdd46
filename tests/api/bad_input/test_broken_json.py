"""Bodies that are not JSON, or not what JSON is good for."""

from __future__ import annotations

import json

import pytest

from tests.api.bad_input.writes import Write, writes
from tests.api.refusals import nothing_changed, refused
from tests.cast import Api, Cast, make_span


@pytest.fixture
def every_write(cast: Cast) -> dict[str, Write]:
    return writes(cast)


def test_every_write_works_as_it_stands(cast: Cast, every_write: dict[str, Write]) -> None:
    for name, write in every_write.items():
        answer = write.send()
        assert answer.status_code == write.expects, f"{name}: {answer.content!r}"


BROKEN = {
    "an open brace": b"{",
    "an open string": b'{"a": "',
    "a trailing comma": b'{"a": 1,}',
    "single quotes": b"{'a': 1}",
    "a bare word": b"{a: 1}",
    "a comment": b'{"a": 1 /* one */}',
    "something after it": b"{} {}",
    "undefined": b"undefined",
    "white space only": b"  \n ",
    "NaN": b'{"a": NaN}',
    "Infinity": b'{"a": [-Infinity, Infinity]}',
    "a number beyond all": b'{"a": 1e999}',
    "a whole number of 5,000 digits": b'{"a": ' + b"9" * 5000 + b"}",
    "a leading zero": b'{"a": 01}',
    "a raw NUL": b'{"a": "\x00"}',
    "a raw line end in a string": b'{"a": "\n"}',
    "a byte order mark": b'\xef\xbb\xbf{"a": 1}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "Latin-1": '{"a": "é"}'.encode("latin-1"),
    "an overlong encoding": b'{"a": "\xc0\xaf"}',
    "a surrogate in UTF-8": b'{"a": "\xed\xa0\x80"}',
    "half an escape": b'{"a": "\\u12"}',
    "two names alike": b'{"note": "a", "note": "b"}',
    "two names alike within": b'{"fields": {"a": 1, "a": 2}}',
    "100,000 open brackets": b"[" * 100_000,
    "100,000 open braces": b'{"a":' * 100_000,
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
}


def test_what_is_not_json_is_bad_input_everywhere(cast: Cast) -> None:
    every_write = writes(cast).values()

    with nothing_changed():
        for name, body in BROKEN.items():
            for write in every_write:
                problem = refused(write.send(body), 400, "invalid-input", "")
                assert problem["errors"][0]["code"] == "parse_error", name


def test_what_is_no_object_is_bad_input_everywhere(cast: Cast) -> None:
    every_write = writes(cast).values()

    with nothing_changed():
        for body in (b"null", b"[]", b"[{}]", b'"text"', b'""', b"5", b"0", b"true", b"false"):
            for write in every_write:
                refused(write.send(body), 400, "invalid-input", "")


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_bad_input_at_any_depth(cast: Cast, opening: str, closing: str) -> None:
    every_write = writes(cast).values()

    with nothing_changed():
        for depth in (30, 63, 64, 65, 450, 850, 900, 950, 1000, 3000):
            value = opening * depth + '"\\u00e9"' + closing * depth
            for write in every_write:
                body = json.dumps({**write.body, [*write.takes, "a"][-1]: "VALUE"}).replace('"VALUE"', value)
                refused(write.send(body.encode()), 400, "invalid-input")


@pytest.mark.parametrize("depth", [60, 600, 900, 1000])
def test_deep_nesting_in_an_operation_is_refused(cast: Cast, every_write: dict[str, Write], depth: int) -> None:
    path = f"spans/{make_span(cast.annotator, cast.article, (50, 60)).pk}/"
    operation = json.dumps(
        {"operations": [{"method": "PATCH", "path": path, "if_match": 1, "body": {"fields": "VALUE"}}]}
    )

    with nothing_changed():
        for opening, closing in (("[", "]"), ('{"a":', "}")):
            value = opening * depth + "1" + closing * depth
            answer = every_write["batch"].send(operation.replace('"VALUE"', value).encode())
            assert answer.status_code == 400 or answer.json()["results"][0]["status"] == 400


def test_an_empty_body_is_an_empty_object(cast: Cast, every_write: dict[str, Write]) -> None:
    for name, write in every_write.items():
        answer = write.send(b"")
        if set(write.body) and write.method != "patch":
            refused(answer, 400, "invalid-input")
        else:
            assert answer.status_code == write.expects, name


def test_a_body_may_be_spaced_and_escaped(cast: Cast) -> None:
    body = b' { "title" : "\\u00e9\\ud83d\\ude00\\/" , "body":"x" } \n'

    answer = Api(cast.manager).post(
        f"/api/v1/projects/{cast.project.slug}/articles/", data=body, content_type="application/json; charset=utf-8"
    )

    assert answer.json()["title"] == "é😀/"

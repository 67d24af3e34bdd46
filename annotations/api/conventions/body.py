"""Reading JSON bodies strictly: what JSON or PostgreSQL cannot hold is refused with its place."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from annotations.api.conventions.errors import TooLarge, invalid

DEEPEST = 64
"""Levels of objects and lists within one another that a body may have."""


class StrictJSONParser(BaseParser):
    """RFC 8259 in UTF-8: no NaN, no lone surrogates, no NUL, no duplicate names."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            raw = stream.body if hasattr(stream, "body") else stream.read()
        except RequestDataTooBig as error:
            raise TooLarge from error
        return parse_json(raw)


def parse_json(raw: bytes) -> Any:
    """The value of a JSON text. Raises ParseError, or ValidationError with the field that cannot be stored."""
    try:
        text = raw.decode("utf-8")
        value = json.loads(
            text, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_without_duplicates
        )
    except UnicodeDecodeError as error:
        raise ParseError(f"The body is not UTF-8 (byte {error.start}).") from error
    except RecursionError as error:
        raise ParseError("The body is nested too deeply.") from error
    except json.JSONDecodeError as error:
        raise ParseError(f"The body is not JSON: {error.msg} (line {error.lineno}, column {error.colno}).") from error
    except ValueError as error:
        raise ParseError(f"The body is not JSON: {error}.") from error
    if _is_deep(value):
        raise ParseError(f"The body is nested too deeply: at most {DEEPEST} levels are read.")
    if "\\u" in text:
        for place, words in unstorable(value):
            raise invalid(place, words, "unstorable")
    return value


def _is_deep(value: Any) -> bool:
    """Whether a value holds more levels than the functions that walk it should have to climb."""
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True


def unstorable(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Where a value holds text that PostgreSQL refuses: NUL and lone surrogates."""
    if isinstance(value, str):
        if "\x00" in value:
            yield place, "The text holds a NUL character."
        elif not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            yield place, "The text holds half of a surrogate pair."
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from unstorable(key, f"{place}.{key!a}".strip("."))
            yield from unstorable(inner, f"{place}.{key}".strip("."))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from unstorable(inner, f"{place}.{position}".strip("."))


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"the number {digits[:20]} is too large")
    return number


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found

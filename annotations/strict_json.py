"""JSON read strictly: what JSON or PostgreSQL cannot hold is refused, and nothing that may hold it is believed.

Bodies of requests and files of imports are read alike. The module knows nothing of either.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, Final, TypeGuard

from django.utils.translation import gettext

Complaint = tuple[str, str, str]
"""What is wrong with a value: where (a dotted path), a code, and the message."""

DEEPEST: Final = 64
"""Levels of objects and lists within one another that are read."""


class TooDeep(ValueError):
    """Raised for a value with more levels than are read."""


def value_of(text: str) -> Any:
    """The value of a JSON text (RFC 8259): no NaN, no infinite number, no name twice in one object.

    Raises json.JSONDecodeError with the place, TooDeep, or ValueError with what is wrong.
    """
    try:
        value = DECODER.decode(text)
    except RecursionError as error:
        raise TooDeep from error
    if is_deep(value):
        raise TooDeep
    return value


def is_deep(value: Any) -> bool:
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


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value is a number that 64 bits of floating point reach: whoever reads one makes that of it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


HALVES: Final = re.compile("[\ud800-\udfff]")
"""Halves of surrogate pairs, which are no characters."""


def unstorable(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Where a value holds text that PostgreSQL refuses: NUL and lone surrogates."""
    if isinstance(value, str):
        if "\x00" in value:
            yield place, gettext("The text contains a NUL character.")
        elif not value.isascii() and HALVES.search(value):
            yield place, gettext("The text contains half of a surrogate pair.")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from unstorable(key, f"{place}.{key!a}".strip("."))
            yield from unstorable(inner, f"{place}.{key}".strip("."))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from unstorable(inner, f"{place}.{position}".strip("."))


def _no_constant(name: str) -> None:
    raise ValueError(gettext("%(name)s is not a JSON number") % {"name": name})


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(gettext("the number %(digits)s is too large") % {"digits": digits[:20]})
    return number


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(gettext("an object has the same name twice"))
    return found


DECODER: Final = json.JSONDecoder(
    parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_without_duplicates
)
"""The reader itself, for what stands in a longer text. It measures no depth."""

"""How WebAnno TSV 3 writes a value into a cell."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext as _

ESCAPED: Final = re.compile(r"\\(->|.)", re.DOTALL)
LETTERS: Final = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}
UNICODE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
NUMBERED: Final = re.compile(r"(.*)\[(\d+)(?:_(\d+))?\]", re.DOTALL)
CHAINED: Final = re.compile(r"(.*)->(\d+)-(\d+)", re.DOTALL)


def split(cell: str, separator: str) -> list[str]:
    """The parts of a cell between separators that are not escaped, as they stand."""
    parts, start = [], 0
    for found in re.finditer(rf"\\.|{re.escape(separator)}", cell, re.DOTALL):
        if found.group() == separator:
            parts.append(cell[start : found.start()])
            start = found.end()
    return [*parts, cell[start:]]


def unescaped(text: str) -> str:
    """A value without its backslashes."""
    return ESCAPED.sub(lambda found: LETTERS.get(found[1], found[1]), text)


def unescaped_text(text: str, version: str) -> str:
    """A line of the text without its backslashes. Up to 3.1 they were those of Java, which writes code units too."""
    if version in ("3.0", "3.1"):
        units = UNICODE.sub(lambda found: chr(int(found[1], 16)), text)
        text = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unescaped(text)


def numbered(part: str) -> tuple[str, int, int]:
    """A value and the numbers in the brackets behind it, 0 where there are none."""
    found = NUMBERED.fullmatch(part)
    if found is None or _escapes(found[1]):
        return part, 0, 0
    return found[1], int(found[2]), int(found[3] or 0)


def chained(part: str) -> tuple[str, int, int]:
    """A value of a chain, the chain's number and the link's. Raises ValueError where it has none."""
    found = CHAINED.fullmatch(part)
    if found is None or _escapes(found[1]):
        raise ValueError(_("It doesn't name a link of a chain."))
    return found[1], int(found[2]), int(found[3])


def value(part: str) -> str | None:
    """What a part of a cell holds; None where it holds nothing."""
    return None if part in ("*", "_", "") else unescaped(part)


def _escapes(text: str) -> bool:
    """Whether what follows is escaped."""
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1

"""Line ends, which no line of a file can hold: ranges are cut around them, and notes have a sign for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from annotations.standoff.lines import Ranges

WORDS: Final = re.compile(r"[^\r\n]+")
LINE_ENDS: Final = re.compile(r"[\r\n]+")
SIGN: Final = "␤"
"""Stands in a note for a line end."""
LITERAL: Final = "␛"
"""Before the sign: the sign itself is meant."""
RUN: Final = re.compile(f"(?<!{LITERAL})({LITERAL}*+)([{SIGN}\n])")
"""Looked for once a run, so that many of them cost no more than their length."""


def without_line_ends(ranges: Sequence[Sequence[int]], text: str) -> Ranges:
    """The ranges cut at line ends, which stay out. Those of line ends alone stay: nothing would be left."""
    found = [words.span() for start, end in ranges for words in WORDS.finditer(text, start, end)]
    return found or [(start, end) for start, end in ranges]


def over_line_ends(ranges: Sequence[Sequence[int]], text: str) -> Ranges:
    """The ranges, in their order, with those joined that have nothing but line ends between them."""
    found: Ranges = []
    for start, end in ranges:
        if found and LINE_ENDS.fullmatch(text, found[-1][1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def in_one_line(text: str) -> str:
    """A note as a line holds it. `LITERAL` is doubled before a sign or line end only, and stays as it is elsewhere."""

    def write(found: re.Match[str]) -> str:
        return found[1] * 2 + (LITERAL + SIGN if found[2] == SIGN else SIGN)

    return RUN.sub(write, text.replace("\r\n", "\n").replace("\r", "\n"))


def in_own_lines(written: str) -> str:
    """What `in_one_line` was given, with each line end as \\n."""

    def read(found: re.Match[str]) -> str:
        pairs, is_sign = divmod(len(found[1]), 2)
        return LITERAL * pairs + (SIGN if is_sign else "\n")

    return RUN.sub(read, written)

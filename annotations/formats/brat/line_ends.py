"""Line ends, which no line of a file can hold: ranges are cut around them, and notes have a sign for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from annotations.formats.brat.lines import ENDING, Ranges

SIGNS: Final = {
    "\n": "␤", "\x0b": "␋", "\x0c": "␌", "\x1c": "␜", "\x1d": "␝", "\x1e": "␞",
    "\x85": "␅", "\u2028": "␊", "\u2029": "␍",
}  # fmt: skip
"""What stands in a note for each line end."""
MEANT: Final = {sign: line_end for line_end, sign in SIGNS.items()}
WORDS: Final = re.compile(f"[^{ENDING}]+")
LINE_ENDS: Final = re.compile(f"[{ENDING}]+")
LITERAL: Final = "␛"
"""Before a sign: the sign itself is meant."""
WRITING: Final = re.compile(f"(?<!{LITERAL})({LITERAL}*+)([{''.join(SIGNS)}{''.join(MEANT)}])")
READING: Final = re.compile(f"(?<!{LITERAL})({LITERAL}*+)([{''.join(MEANT)}])")
"""Both look once a run of `LITERAL`, so that many of them cost no more than their length."""


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
        return found[1] * 2 + SIGNS.get(found[2], LITERAL + found[2])

    return WRITING.sub(write, text.replace("\r\n", "\n").replace("\r", "\n"))


def in_own_lines(written: str) -> str:
    """What `in_one_line` was given, with \\n for each line end of two characters and each \\r."""

    def read(found: re.Match[str]) -> str:
        pairs, is_sign = divmod(len(found[1]), 2)
        return LITERAL * pairs + (found[2] if is_sign else MEANT[found[2]])

    return READING.sub(read, written)

"""Ranges around line ends: brat takes no file in which the words of a text-bound hold one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from annotations.standoff.lines import Ranges

WORDS: Final = re.compile(r"[^\r\n]+")
LINE_ENDS: Final = re.compile(r"[\r\n]+")


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

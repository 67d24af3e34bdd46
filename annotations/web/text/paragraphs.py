"""The body of an article as paragraphs, as js/text/paragraphs.js makes them too.

One paragraph a line, with its line end, so that the text of the element is the body, character for character. The
paragraphs of a long text stand in stretches, which the browser lays out only when they come near the screen; and a
line longer than a stretch goes on in further paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

SHORT_TEXT: Final = 30_000
STRETCH: Final = 2_500
LONGEST: Final = 4_000

LINE: Final = re.compile(r"[^\n]*\n|[^\n]+\Z")
JOINER: Final = "\u200d"
HALF_A_FLAG: Final = re.compile("[\U0001f1e6-\U0001f1ff]")
HANGING_ON: Final = (
    ("\u200c", JOINER),
    ("\u1160", "\u11ff"),  # Hangul vowels and finals
    ("\U0001f3fb", "\U0001f3ff"),  # tones of skin
)
"""Besides marks, what belongs to the character before it. js/text/clusters.js knows the same."""


def paragraphs(body: str) -> SafeString:
    """The HTML. No space stands between the paragraphs."""
    stretches = ["".join(map(_paragraph, lines)) for lines in _stretches(lines_of(body))]
    if len(body) > SHORT_TEXT:
        stretches = [f'<div class="stretch">{stretch}</div>' for stretch in stretches]
    return mark_safe("".join(stretches))  # noqa: S308 - each line is escaped


def lines_of(body: str) -> Iterator[str]:
    """A body cut after each line end, and a very long line within; nothing is lost."""
    for line in LINE.findall(body):
        rest = line
        while len(rest) > LONGEST:
            cut = _cut(rest)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _cut(line: str) -> int:
    """Where a very long line may go on in another paragraph: after a space, at least not within a character."""
    cut = line.rfind(" ", 0, LONGEST) + 1
    if cut < LONGEST / 2:
        cut = LONGEST
    while cut > 0 and (
        line[cut - 1] == JOINER
        or unicodedata.category(line[cut])[0] == "M"
        or any(first <= line[cut] <= last for first, last in HANGING_ON)
    ):
        cut -= 1
    if HALF_A_FLAG.match(line, cut):
        # The halves of flags pair up from the first of a row.
        row = sum(1 for _ in takewhile(HALF_A_FLAG.match, reversed(line[:cut])))
        cut -= row % 2
    return cut or LONGEST


def _stretches(lines: Iterable[str]) -> Iterator[list[str]]:
    stretch: list[str] = []
    length = 0
    for line in lines:
        stretch.append(line)
        length += len(line)
        if length >= STRETCH:
            yield stretch
            stretch, length = [], 0
    if stretch:
        yield stretch


def _paragraph(line: str) -> str:
    kind = "" if line.endswith("\n") else ' class="unfinished"'
    if not line.strip():
        kind = ' class="blank"'
    return f'<p dir="auto"{kind}>{escape(line)}</p>'

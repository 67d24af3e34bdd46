"""Where sentences begin and end."""

from __future__ import annotations

import re
from typing import Final

ABBREVIATIONS: Final = frozenset(
    """
    mr mrs ms dr prof sr jr st gen col lt sgt capt cmdr adm maj rep sen gov hon rev no nos vs etc e.g i.e al inc ltd
    co corp jan feb mar apr jun jul aug sep sept oct nov dec approx dept est fig
    """.split()  # noqa: SIM905 - a list to read
)
STARTERS: Final = frozenset(
    """
    the a an this that these those it he she they we i you there here in on at as by for from after before since while
    when if but and so however meanwhile still both his her its their our no not
    """.split()  # noqa: SIM905 - a list to read
)
"""Words that begin a sentence more often than they follow initials such as U.N."""
LONGEST: Final = 2_000
"""Code points after which a run without a full stop is broken at a space, so that no sentence fills a screen."""
MOST: Final = 100_000
"""Sentences of one text, after which only the length of a run counts: the longest books have no more."""

_BOUNDARY = re.compile(
    r"""
    \n+                                            # a line ends
    | (?<=[.!?…])["'’”»)\]]*\s+(?=["'‘“«(\[¿¡]*[^\W\d_a-zß-öø-ÿ]|["'‘“«(\[]*\d)   # a stop, then a capital or a number
    | (?<=[。！？｡])["'”」』）]*                      # a full-width stop needs no space
    | (?<=[؟۔।॥።։])["'”»)]*\s*                     # stops of other scripts
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"([^\s(\"'“‘]+)\.\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_NEXT_WORD = re.compile(r"[^\w]*(\w+)")


def sentence_ranges(text: str) -> list[tuple[int, int]]:
    """The sentences of `text` as (start, end) in code points, in order, without the white space around them."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        if len(ranges) >= MOST:
            break
        cut = boundary.end()
        if boundary.group() and "\n" not in boundary.group() and _is_abbreviation(text, start, boundary):
            continue
        _append(ranges, text, start, cut)
        start = cut
    _append(ranges, text, start, len(text))
    return ranges


def _is_abbreviation(text: str, start: int, boundary: re.Match[str]) -> bool:
    found = _LAST_WORD.search(text, max(start, boundary.start() - 20), boundary.start())
    if not found:
        return False
    word = found.group(1)
    if _INITIALS.fullmatch(word) and word.lower() not in ABBREVIATIONS:
        following = _NEXT_WORD.match(text, boundary.end())
        return following is None or following.group(1).lower() not in STARTERS
    return word.lower() in ABBREVIATIONS or (len(word) == 1 and word.isupper())


def _append(ranges: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        ranges.append((start, cut))
        start = cut + 1 if text[cut : cut + 1] == " " else cut
    if end > start:
        ranges.append((start, end))

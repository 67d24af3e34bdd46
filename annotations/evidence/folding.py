"""Texts as they are indexed and searched, and the way back from them to the text as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import combining, normalize

from annotations.models.columns.text_search import MARKS

_MARKS: Final = re.compile(f"[{MARKS}]")

Marks = list[tuple[int, int]]
"""Ranges of a text in code points, end exclusive."""


def searchable(text: str, *, folded: bool) -> str:
    """What `factcheck_searchable` makes of a text in the database: composed, without diacritics where `folded`."""
    return normalize("NFC", _MARKS.sub("", normalize("NFD", text)) if folded else text)


def in_original(text: str, folded: bool, marks: Sequence[tuple[int, int]]) -> Marks:
    """Marks of the searchable form of a text as ranges of the text itself; a letter has all its combining marks."""
    if searchable(text, folded=folded) == text:
        return list(marks)
    begins, ends = list[int](), list[int]()
    for start, end in _letters(text):
        length = len(searchable(text[start:end], folded=folded))
        begins += [start] * length
        ends += [end] * length
    return [(begins[start], ends[end - 1]) for start, end in marks if start < end <= len(ends)]


def _letters(text: str) -> Iterator[tuple[int, int]]:
    """The pieces of a text that are composed each by itself: a letter with its marks, or the parts of a syllable."""
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or _begins(text[position], text[start:position]):
            yield start, position
            start = position


def _begins(character: str, before: str) -> bool:
    """Whether a character starts a piece of its own after `before`."""
    if character < "\u0300":
        return True
    if combining(character):
        return False
    return normalize("NFC", before + character) == normalize("NFC", before) + normalize("NFC", character)

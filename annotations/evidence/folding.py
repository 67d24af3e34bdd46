"""Texts as they are indexed and searched, and the way back from them to the text as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import normalize

from annotations.models.base.text_search import MANY_MARKS, MARKS, NON_STARTERS

_MARKS: Final = re.compile(f"[{MARKS}]")
_MANY_MARKS: Final = re.compile(MANY_MARKS)
_NON_STARTER: Final = re.compile(f"[{NON_STARTERS}]")

Marks = list[tuple[int, int]]
"""Ranges of a text in code points, end exclusive."""


def searchable(text: str, *, folded: bool) -> str:
    """What `factcheck_searchable` makes of a text in the database.

    It is composed, without diacritics where `folded`, and of a letter with very many marks has only the first.
    """
    few = _MANY_MARKS.sub(r"\1", text)
    return normalize("NFC", _MARKS.sub("", normalize("NFD", few)) if folded else few)


def in_original(text: str, folded: bool, marks: Sequence[tuple[int, int]]) -> Marks:
    """Marks of the searchable form of a text as ranges of the text itself; a letter has all its combining marks."""
    if searchable(text, folded=folded) == text:
        return list(marks)
    begins, ends, lengths = list[int](), list[int](), dict[str, int]()
    for start, end in _letters(text):
        letter = text[start:end]
        if (length := lengths.get(letter)) is None:
            length = lengths[letter] = len(searchable(letter, folded=folded))
        begins += [start] * length
        ends += [end] * length
    return [(begins[start], ends[end - 1]) for start, end in marks if start < end <= len(ends)]


def _letters(text: str) -> Iterator[tuple[int, int]]:
    """The pieces of a text that are composed each by itself: a letter with its marks, or the parts of a syllable."""
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or _begins(text, start, position):
            yield start, position
            start = position


def _begins(text: str, start: int, position: int) -> bool:
    """Whether the character at `position` starts a piece of its own after the one that begins at `start`."""
    character = text[position]
    if character < "\u0300":
        return True
    if _NON_STARTER.match(character):
        return False
    if _NON_STARTER.match(text[position - 1]):
        # It joins no letter that has marks between them, however many.
        return True
    before = text[start:position]
    return normalize("NFC", before + character) == normalize("NFC", before) + normalize("NFC", character)

"""Texts as they are indexed and searched, and the way back from them to the text as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import normalize

MARKS: Final = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    r"\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
"""Combining marks that are diacritics, as ranges of a regular expression of Python and of PostgreSQL alike: those of
Latin, Greek and Cyrillic, Hebrew points and Arabic vowel signs. Where the vowels of a script are combining marks
(Devanagari, Thai), words without them would be other words."""

NON_STARTERS: Final = (
    r"\u0300-\u034e\u0350-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    r"\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07eb-\u07f3\u07fd"
    r"\u0816-\u0819\u081b-\u0823\u0825-\u0827\u0829-\u082d\u0859-\u085b\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff\u093c"
    r"\u094d\u0951-\u0954\u09bc\u09cd\u09fe\u0a3c\u0a4d\u0abc\u0acd\u0b3c\u0b4d\u0bcd\u0c3c\u0c4d\u0c55\u0c56\u0cbc"
    r"\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0e38-\u0e3a\u0e48-\u0e4b\u0eb8-\u0eba\u0ec8-\u0ecb\u0f18\u0f19\u0f35\u0f37"
    r"\u0f39\u0f71-\u0f75\u0f7a-\u0f7d\u0f80-\u0f84\u0f86\u0f87\u0fc6\u1037\u1039\u103a\u108d\u135d-\u135f"
    r"\u1714\u1715\u1734\u17d2\u17dd\u18a9\u1939-\u193b\u1a17\u1a18\u1a60\u1a75-\u1a7c\u1a7f\u1ab0-\u1abd"
    r"\u1abf-\u1ace\u1b34\u1b44\u1b6b-\u1b73\u1baa\u1bab\u1be6\u1bf2\u1bf3\u1c37\u1cd0-\u1cd2\u1cd4-\u1ce0"
    r"\u1ce2-\u1ce8\u1ced\u1cf4\u1cf8\u1cf9\u1dc0-\u1dff\u20d0-\u20dc\u20e1\u20e5-\u20f0\u2cef-\u2cf1\u2d7f"
    r"\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f\ua674-\ua67d\ua69e\ua69f\ua6f0\ua6f1\ua806\ua82c\ua8c4"
    r"\ua8e0-\ua8f1\ua92b-\ua92d\ua953\ua9b3\ua9c0\uaab0\uaab2-\uaab4\uaab7\uaab8\uaabe\uaabf\uaac1\uaaf6\uabed"
    r"\ufb1e\ufe20-\ufe2f\U000101fd\U000102e0\U00010376-\U0001037a\U00010a0d\U00010a0f\U00010a38-\U00010a3a"
    r"\U00010a3f\U00010ae5\U00010ae6\U00010d24-\U00010d27\U00010d69-\U00010d6d\U00010eab\U00010eac"
    r"\U00010efd-\U00010eff\U00010f46-\U00010f50\U00010f82-\U00010f85\U00011046\U00011070\U0001107f"
    r"\U000110b9\U000110ba\U00011100-\U00011102\U00011133\U00011134\U00011173\U000111c0\U000111ca"
    r"\U00011235\U00011236\U000112e9\U000112ea\U0001133b\U0001133c\U0001134d\U00011366-\U0001136c"
    r"\U00011370-\U00011374\U000113ce-\U000113d0\U00011442\U00011446\U0001145e\U000114c2\U000114c3"
    r"\U000115bf\U000115c0\U0001163f\U000116b6\U000116b7\U0001172b\U00011839\U0001183a\U0001193d\U0001193e\U00011943"
    r"\U000119e0\U00011a34\U00011a47\U00011a99\U00011c3f\U00011d42\U00011d44\U00011d45\U00011d97\U00011f41\U00011f42"
    r"\U0001612f\U00016af0-\U00016af4\U00016b30-\U00016b36\U00016ff0\U00016ff1\U0001bc9e\U0001d165-\U0001d169"
    r"\U0001d16d-\U0001d172\U0001d17b-\U0001d182\U0001d185-\U0001d18b\U0001d1aa-\U0001d1ad\U0001d242-\U0001d244"
    r"\U0001e000-\U0001e006\U0001e008-\U0001e018\U0001e01b-\U0001e021\U0001e023\U0001e024\U0001e026-\U0001e02a"
    r"\U0001e08f\U0001e130-\U0001e136\U0001e2ae\U0001e2ec-\U0001e2ef\U0001e4ec-\U0001e4ef\U0001e5ee\U0001e5ef"
    r"\U0001e8d0-\U0001e8d6\U0001e944-\U0001e94a"
)
"""Characters that normalizing puts in order after the letter before them, as of Unicode 16: those with a combining
class (https://www.unicode.org/Public/16.0.0/ucd/UnicodeData.txt), and the three without one that decompose to such."""

MOST_MARKS: Final = 100
"""Of them, how many after one letter are indexed and searched. Putting many in order takes time by their square;
Unicode's stream-safe format (UAX #15) has 30."""

MANY_MARKS: Final = f"([{NON_STARTERS}]{{{MOST_MARKS}}})[{NON_STARTERS}]+"


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

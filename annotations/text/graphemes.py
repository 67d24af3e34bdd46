"""Where graphemes begin, as the editor of doccano counts them: the npm package `grapheme-splitter` 1.0.4.

That follows UAX #29 of Unicode 10, with peculiarities that are kept here: offsets that it made have to be read as it
counts. In Devanagari a consonant with a virama is a grapheme, which newer versions join to the next consonant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from annotations.text.grapheme_classes import CLASSES

SYLLABLES: Final = range(0xAC00, 0xD7A4)
BASES: Final = ("E_BASE", "E_BASE_GAZ")
ENDS: Final = ("CR", "LF", "CONTROL")
JOINING: Final = {
    "L": {"L", "V", "LV", "LVT"}, "LV": {"V", "T"}, "V": {"V", "T"}, "LVT": {"T"}, "T": {"T"},
    "ZWJ": {"GLUE_AFTER_ZWJ", "E_BASE_GAZ"},
}  # fmt: skip
"""What stays with the code point before it, by the class of that (GB6, GB7, GB8, GB11)."""


def grapheme_starts(text: str) -> Iterator[int]:
    """Where each grapheme of the text begins, in code points."""
    if not _joined().search(text):
        yield from (at for at in range(len(text)) if text[at] != "\n" or at == 0 or text[at - 1] != "\r")
        return
    classes, cluster = _classes(), _Cluster("")
    for at, character in enumerate(text):
        following = classes.get(character, "")
        if at == 0 or cluster.ends_before(following):
            yield at
            cluster = _Cluster(following)
        else:
            cluster.add(following)


class _Cluster:
    """What of a grapheme decides whether it goes on: classes of its code points."""

    __slots__ = ("before", "extending", "first", "last", "regional", "second", "size")

    def __init__(self, first: str) -> None:
        self.first = self.last = first
        self.second = self.before = ""
        """`before` is the last but one."""
        self.size = 1
        self.extending = 0
        """How many after the first extend it."""
        self.regional = False
        """Whether one after the first is a regional indicator."""

    def add(self, following: str) -> None:
        """Takes the next code point in."""
        self.second = self.second or following
        self.before, self.last = self.last, following
        self.size += 1
        self.extending += following == "EXTEND"
        self.regional |= following == "REGIONAL_INDICATOR"

    def ends_before(self, following: str) -> bool:
        """Whether the next code point begins a grapheme of its own."""
        if self._is_complete(following):
            return True
        if self.last in ENDS or following in ENDS:
            return not (self.last == "CR" and following == "LF")
        if following in ("EXTEND", "ZWJ", "SPACING_MARK") or self.last == "PREPEND":
            return False
        if following == "E_MODIFIER":
            extends = self.extending or self.first == "EXTEND"
            return not (self.before in BASES if self.last == "EXTEND" else self.last in BASES and not extends)
        if following == "REGIONAL_INDICATOR":
            return self.regional or self.last != "REGIONAL_INDICATOR"
        return following not in JOINING.get(self.last, ())

    def _is_complete(self, following: str) -> bool:
        """What the library asks first: a flag has two letters, and a skin tone comes after an emoji."""
        if following == "E_MODIFIER":
            bases = ("EXTEND", *BASES)
            return self.size > 1 and self.extending == self.size - 1 and self.first not in bases
        if following == "REGIONAL_INDICATOR":
            return self.size == 1 and self.first not in ("PREPEND", "REGIONAL_INDICATOR")
        return self.second == "REGIONAL_INDICATOR" and self.last not in ("PREPEND", "REGIONAL_INDICATOR")


@cache
def _classes() -> dict[str, str]:
    """The class of each character that has one."""
    found = {chr(code): "LVT" if (code - SYLLABLES.start) % 28 else "LV" for code in SYLLABLES}
    for name, ranges in CLASSES.items():
        for one in ranges.split():
            first, _, last = one.partition("-")
            found.update((chr(code), name) for code in range(int(first, 16), int(last or first, 16) + 1))
    return found | {"\r": "CR", "\n": "LF"}


@cache
def _joined() -> re.Pattern[str]:
    """What makes graphemes of several code points, line ends aside."""
    ranges = [one.split("-") for name in CLASSES if name != "CONTROL" for one in CLASSES[name].split()]
    inside = "".join(f"\\U{int(one[0], 16):08x}-\\U{int(one[-1], 16):08x}" for one in ranges)
    return re.compile(f"[{inside}\uac00-\ud7a3]")

r"""Offsets that other programs made, in whatever unit they count, as offsets in code points.

What a text stores is the original with ``\n`` for every line end, or the original itself where that is known. A unit
that is a part of a character (the second half of a surrogate pair, a byte within a letter, a code point within a
grapheme) is no offset.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy

from annotations.text.graphemes import grapheme_starts

UNITS: Final = {
    "code_points": gettext_lazy("code points"),
    "utf16": gettext_lazy("UTF-16 units"),
    "graphemes": gettext_lazy("graphemes"),
    "bytes": gettext_lazy("bytes of UTF-8"),
}
"""What programs count, by the key of the option."""

LIKELY: Final = ("code_points", "utf16", "graphemes")
"""What is meant where nobody says it. Bytes are counted where somebody chooses them."""

CRLF: Final = {"two": gettext_lazy("CRLF as two"), "one": gettext_lazy("CRLF as one")}

Fragment = tuple[int, int]


class Counting(NamedTuple):
    """How offsets count: a unit, and a line end of two characters as one or as two."""

    unit: str
    crlf: str = "two"

    def name(self, *, with_crlf: bool) -> str:
        """What people read."""
        return f"{UNITS[self.unit]}, {CRLF[self.crlf]}" if with_crlf else str(UNITS[self.unit])


class Measured:
    """A text in which offsets can be looked up, however they count. `text` is what is stored of it."""

    def __init__(self, original: str, *, is_exact: bool = False) -> None:
        self.original, self.is_exact = original, is_exact
        self.text = original if is_exact else original.replace("\r\n", "\n").replace("\r", "\n")
        self.has_crlf = "\r\n" in original
        self._places: dict[Counting, Sequence[int | None]] = {}

    def countings(self, unit: str = "", crlf: str = "") -> list[Counting]:
        """Those that may be meant: what is chosen, else whatever is likely."""
        ends = [crlf] if crlf else list(CRLF) if self.has_crlf else ["two"]
        return [Counting(one, end) for one in ([unit] if unit else LIKELY) for end in ends]

    def fragment(self, start: int, end: int, counting: Counting) -> Fragment | None:
        """The same fragment in code points of `text`; None where these are no offsets of it."""
        places = self._places.get(counting)
        if places is None:
            places = self._places[counting] = self._counted(counting)
        if not 0 <= start < end < len(places):
            return None
        first, last = places[start], places[end]
        return None if first is None or last is None or first >= last else (first, last)

    def _counted(self, counting: Counting) -> Sequence[int | None]:
        """For each offset in units the one in code points of `text`."""
        if not self.has_crlf and self.original.isascii():
            return range(len(self.text) + 1)
        places: list[int | None] = []
        place = 0
        # Pieces that are not divided: line ends of two characters, and whole characters.
        pieces: Iterable[str] = (
            _whole().findall(self.original)
            if counting.unit != "graphemes"
            else (
                self.original[start:end]
                for start, end in pairwise([*grapheme_starts(self.original), len(self.original)])
            )
        )
        for character in pieces:
            if character == "\r\n":
                # Where one is stored, between the two is the same place as before them: neither is a part of the other.
                within = place + 1 if self.is_exact else place
                places += [place, within] if counting.crlf == "two" else [place]
                place = within + 1
            else:
                places += [place, *[None] * (_size(character, counting.unit) - 1)]
                place += len(character)
        return [*places, place]


@cache
def _whole() -> re.Pattern[str]:
    return re.compile("\r\n|.", re.DOTALL)


def _size(character: str, unit: str) -> int:
    if unit == "utf16":
        return 1 + (character > "\uffff")
    return len(character.encode()) if unit == "bytes" else 1

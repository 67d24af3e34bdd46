"""What changed between two wordings, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import Final, Literal, NamedTuple

WORDS: Final = re.compile(r"\s+|\w+ ?|[^\w\s] ?")
LONGEST_COMPARED: Final = 40_000
"""Beyond this many characters nothing is compared word by word."""
MOST_STEPS: Final = 1_000_000
"""Pairs of equal words that a comparison looks at, within half a second: words that repeat could take hours."""
LEAST_ALIKE: Final = 0.5
"""Below this share of common words a comparison word by word is harder to read than both wordings."""
SHORTEST_KEPT: Final = 12
"""What stayed between two changes, and is shorter than this, is told as part of the change."""


class Piece(NamedTuple):
    """A stretch of words that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(slots=True)
class Effort:
    """What the comparisons of one page have taken so far."""

    steps: int = 0


class TooLong(Exception):
    """A comparison would take more than `MOST_STEPS`."""


class Comparison(SequenceMatcher[str]):
    """A comparison that gives up. Raises TooLong."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        super().__init__(None, old, new, autojunk=False)
        self.b2j: dict[str, list[int]]
        self.steps = 0
        # How often the words up to each place of the old wording stand in the new one.
        self.met = [0, *accumulate(len(self.b2j.get(word, ())) + 1 for word in old)]

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """See SequenceMatcher, which calls this for each stretch between two matches."""
        self.steps += self.met[-1 if ahi is None else ahi] - self.met[alo]
        if self.steps > MOST_STEPS:
            raise TooLong
        return super().find_longest_match(alo, ahi, blo, bhi)


def changed_words(before: str, after: str, effort: Effort | None = None) -> list[Piece] | None:
    """The later wording with what came and what went, in reading order; None where that would say little.

    `effort`, where given, is told what the comparison took.
    """
    if before == after:
        return [Piece("same", after)] if after else []
    if len(before) + len(after) > LONGEST_COMPARED:
        return None
    old, new = WORDS.findall(before), WORDS.findall(after)
    comparison = Comparison(old, new)
    try:
        steps = comparison.get_opcodes()
    except TooLong:
        return None
    finally:
        if effort:
            effort.steps += comparison.steps + len(old) + len(new)
    if comparison.ratio() < LEAST_ALIKE:
        return None
    pieces: list[Piece] = []
    removed = added = ""
    for place, (step, old_from, old_to, new_from, new_to) in enumerate(steps):
        went, came = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        between = 0 < place < len(steps) - 1
        if step == "equal" and not (between and len(came.strip()) < SHORTEST_KEPT):
            pieces += _told(removed, added)
            pieces.append(Piece("same", came))
            removed = added = ""
        else:
            removed, added = removed + went, added + came
    return pieces + _told(removed, added)


def _told(removed: str, added: str) -> list[Piece]:
    """A change as its pieces, with a space between what went and what came."""
    pieces = [Piece("removed", removed)] if removed.strip() else []
    if removed.strip() and added.strip() and not removed[-1].isspace():
        pieces.append(Piece("same", " "))
    return [*pieces, Piece("added", added)] if added else pieces

"""What changed between two wordings, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final, Literal, NamedTuple

WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
LONGEST_COMPARED: Final = 20_000
"""Beyond this many characters a comparison word by word takes too long to wait for."""
LEAST_ALIKE: Final = 0.5
"""Below this share of common words a comparison word by word is harder to read than both wordings."""
SHORTEST_KEPT: Final = 12
"""What stayed between two changes, and is shorter than this, is told as part of the change."""


class Piece(NamedTuple):
    """A stretch of words that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


def changed_words(before: str, after: str) -> list[Piece] | None:
    """The later wording with what came and what went, in reading order; None where it was written anew."""
    if before == after:
        return [Piece("same", after)] if after else []
    if len(before) + len(after) > LONGEST_COMPARED:
        return None
    old, new = WORDS.findall(before), WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return None
    pieces: list[Piece] = []
    removed = added = ""
    steps = matcher.get_opcodes()
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

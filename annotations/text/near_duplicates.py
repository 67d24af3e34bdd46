"""Texts that are nearly the same: the same agency report in two papers, an article and its corrected copy.

Each text becomes a sketch of its runs of five words (MinHash by one permutation, after Li, Owen and Zhang 2012, with
empty places filled by rotation, after Shrivastava and Li 2014). The share of places in which two sketches agree
estimates the share of runs that the texts have in common (Jaccard). Sketches that agree in a whole band of places are
compared, so that not every pair has to be. Nothing depends on chance, on the order of a set or on the machine.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias
from zlib import crc32

RUN: Final = 5
"""Words in a run."""
PLACES: Final = 128
"""Numbers in a sketch: 512 bytes a text. The estimate's standard error is 0.045 at most."""
BAND: Final = 4
"""Neighbouring places that must agree before two sketches are compared: 32 bands find 99 in 100 pairs that share
0.65."""
ALIKE: Final = 0.5
"""The share of runs from which on two texts are nearly the same."""
COMPARED: Final = 64
"""Sketches of one bucket that a further one is compared with; a bucket that has more holds a phrase, not a text."""

_WORDS: Final = re.compile(r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+|\w")
"""Words; where a script sets no spaces between them (Thai, Lao, Burmese, Khmer, Japanese, Chinese), characters."""
_EMPTY: Final = 0xFFFFFFFF
_SPREAD: Final = 0x9E3779B1
_SHIFT: Final = PLACES.bit_length() - 1

Sketch: TypeAlias = "array[int]"


def sketch(text: str) -> Sketch:
    """What stands for a text. Two texts without any word have the same one."""
    words = [word.encode("utf-8", "surrogatepass") for word in _WORDS.findall(text.casefold())]
    places = [_EMPTY] * PLACES
    for run in {b" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))}:
        number = crc32(run) * _SPREAD & 0xFFFFFFFF
        number ^= number >> 15
        place, rest = number & (PLACES - 1), number >> _SHIFT
        places[place] = min(places[place], rest)
    return array("I", _filled(places))


def _filled(places: list[int]) -> Iterator[int]:
    """Each empty place takes over the next one that is not, and how far away that was."""
    # What follows the last places stands at the beginning.
    away, following = next((place, number) for place, number in enumerate(places) if number != _EMPTY)
    backwards = []
    for number in reversed(places):
        away, following = (0, number) if number != _EMPTY else (away + 1, following)
        backwards.append((following + away * _SPREAD) & 0xFFFFFFFF)
    return reversed(backwards)


def likeness(one: Sketch, other: Sketch) -> float:
    """The estimated share of runs that two texts have in common, from 0 to 1."""
    return sum(map(int.__eq__, one, other)) / PLACES


class Groups:
    """Things joined two by two; who is joined, also by way of others, is one group."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def of(self, member: int) -> int:
        """The smallest member of the group that this one is in."""
        above = self._above
        while above[member] != member:
            above[member] = above[above[member]]
            member = above[member]
        return member

    def join(self, one: int, other: int) -> None:
        """Makes one group of two."""
        low, high = sorted((self.of(one), self.of(other)))
        self._above[high] = low


def join_alike(sketches: Sequence[Sketch], groups: Groups) -> None:
    """Joins the texts, by their places in `sketches`, that are nearly the same."""
    for first in range(0, PLACES, BAND):
        buckets: dict[bytes, list[int]] = {}
        for place, one in enumerate(sketches):
            bucket = buckets.setdefault(one[first : first + BAND].tobytes(), [])
            if not _joined(place, bucket, sketches, groups) and len(bucket) < COMPARED:
                bucket.append(place)


def _joined(place: int, bucket: Iterable[int], sketches: Sequence[Sketch], groups: Groups) -> bool:
    """Whether the text is in the group of one in the bucket, or belongs there and is joined to it."""
    for other in bucket:
        if groups.of(other) == groups.of(place):
            return True
        if likeness(sketches[other], sketches[place]) >= ALIKE:
            groups.join(other, place)
            return True
    return False

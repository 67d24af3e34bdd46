"""Texts of three sizes with passages that overlap as they like, the same ones every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from bench.texts import SAYS, WHAT, WHEN, WHO


@dataclass(frozen=True, slots=True)
class Size:
    """So many characters with so many spans, and how many times a bare page's opening ours may take."""

    length: int
    spans: int
    opening: float

    def __str__(self) -> str:
        return f"{self.length:,} characters, {self.spans:,} spans"


SIZES: Final = (Size(3_000, 50, 2), Size(100_000, 1_000, 2), Size(1_000_000, 20_000, 3))
LABELS: Final = ("claim", "attribution", "fact")

Passage = tuple[str, int, int]
"""Label, start, end."""


def body_of(size: Size) -> str:
    """A text of exactly that length."""
    random = Random(size.length)
    parts = [f"A text of {size.length} characters."]
    total = len(parts[0])
    while total < size.length:
        parts.append("\n" if random.random() < 0.2 else " ")
        parts.append(f"{random.choice(WHO)} {random.choice(SAYS)} {random.choice(WHEN)} {random.choice(WHAT)}.")
        total += len(parts[-1]) + 1
    return "".join(parts)[: size.length - 1].rstrip().ljust(size.length, "…")


def passages_of(size: Size, body: str) -> list[Passage]:
    """Whole words of one line each, no two alike, of 15 to 250 characters: each overlaps some of its neighbours."""
    random = Random(size.spans)
    found: set[Passage] = set()
    for label, start, end in _drawn(random, body):
        if (label, start, end) not in found:
            found.add((label, start, end))
        if len(found) == size.spans:
            return sorted(found, key=lambda passage: passage[1:])
    raise AssertionError("unreachable")


def _drawn(random: Random, body: str) -> Iterator[Passage]:
    while True:
        wanted = random.randrange(len(body) - 20)
        start = max(body.rfind(" ", 0, wanted), body.rfind("\n", 0, wanted)) + 1
        line_end = body.find("\n", start)
        limit = min(start + int(15 + 235 * random.random() ** 3), len(body) if line_end < 0 else line_end)
        end = body.rfind(" ", start, limit)
        if end - start >= 10:
            yield random.choice(LABELS), start, end

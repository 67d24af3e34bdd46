"""Splits: which articles are for training, for development and for the test.

What must not be on two sides is one group: articles in which a claim is mentioned (those that a claim's restatement, or
evidence that is itself a claim, ties together) and articles whose texts are nearly the same. Whole groups are dealt
out, large ones first, each to the side that lacks most; between groups of one size the seed decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Final, Protocol
from uuid import UUID

from annotations.formats.writing import selection as narrowed
from annotations.formats.writing.format import Reader
from annotations.formats.writing.selection import Selection
from annotations.models import Link
from annotations.text.near_duplicates import Groups, join_alike, sketch

TEXTS: Final = "SELECT a.id, a.body FROM annotations_article a WHERE {articles} ORDER BY a.id"

TIED: Final = """
    SELECT DISTINCT s.article_id, e.article_id
    FROM annotations_article b JOIN annotations_span s ON s.article_id = b.id
    JOIN annotations_link t ON t.target_id = s.id JOIN annotations_span e ON e.id = t.source_id
    WHERE b.project_id = {project} AND e.article_id <> s.article_id AND s.label = 'claim' AND e.label = 'claim'
      AND {seen}
"""
"""Articles with mentions of one claim, whatever else the release leaves out."""


class Pause(Protocol):
    """Called between steps; raises where the work is to end."""

    def __call__(self) -> None: ...


def table(side: str) -> str:
    """The temporary table with the articles of a side."""
    return f"pg_temp.release_{side}"


def grouped(selection: Selection, reader: Reader, pause: Pause) -> list[list[UUID]]:
    """The articles of the selection, those of a group together; the same for the same content."""
    articles: list[UUID] = []
    sketches = []
    for article, text in reader.rows(TEXTS.format(articles=narrowed.articles(selection))):
        articles.append(article)
        sketches.append(sketch(text))
        pause()
    seen = narrowed.seen(selection, Link.objects, "t")
    tied = list(reader.rows(TIED.format(project=selection.project.pk, seen=seen)))
    numbers = {article: number for number, article in enumerate(articles)}
    for pair in tied:
        for article in pair:
            numbers.setdefault(article, len(numbers))  # it is not in the release, but may tie others together
    groups = Groups(len(numbers))
    join_alike(sketches, groups)
    for one, other in tied:
        groups.join(numbers[one], numbers[other])
    members: dict[int, list[UUID]] = {}
    for number, article in enumerate(articles):
        members.setdefault(groups.of(number), []).append(article)
    return list(members.values())


def dealt(groups: Iterable[list[UUID]], shares: Mapping[str, float], seed: int) -> dict[str, list[UUID]]:
    """The articles of each side. `shares` add up to one."""
    queue = sorted(groups, key=lambda group: (-len(group), sha256(f"{seed}:{group[0]}".encode()).digest()))
    total = sum(map(len, queue))
    sides: dict[str, list[UUID]] = {side: [] for side in shares}
    for group in queue:
        lacking = max(shares, key=lambda side: shares[side] * total - len(sides[side]))
        sides[lacking] += group
    return sides


def describe(sides: Mapping[str, list[UUID]], groups: list[list[UUID]], shares: Mapping[str, float]) -> dict[str, Any]:
    """What the manifest says of the splits, beside the seed."""
    return {
        "shares": dict(shares),
        "articles": {side: len(articles) for side, articles in sides.items()},
        "groups": len(groups),
        "largest_group": max(map(len, groups), default=0),
    }

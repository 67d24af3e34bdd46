"""Ratings of a table, of which a claim may have several: by one person who contradicts themselves, or by several.

They stand in rows anywhere in the files, so all are registered before the first verdict is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Final
from uuid import UUID

from annotations.formats.reading.records import Judgement
from annotations.imports.context import Ground, Keys, Placed, remember, remember_once, remembered

SEVERAL: Final = {
    "people": "Several people have rated this claim, and a claim has one verdict, so none came in.",
    "ratings": "One person has given this claim several ratings, so none came in.",
}
"""Why no verdict of a claim comes in, by what there are several of."""

Said = tuple[str, UUID, UUID]
"""A name, the value that is said of it, and the claim."""


def register_ratings(ground: Ground, judgements: Iterable[Placed[Judgement]], claims: Keys) -> None:
    """Notes for each claim who rated it and how, and for which of them that is not the only one."""
    people: list[Said] = []
    ratings: list[Said] = []
    for one in judgements:
        claim = claims.get(one.name(ground, one.part.claim))
        if claim is None:
            continue
        author = ground.people.get(one.part.author)
        people.append((f"{claim}", _digest(f"{author}"), claim))
        if one.part.rating is not None:
            ratings.append((f"{claim} {author}", _digest(one.part.rating), claim))
    _register(ground, "people", people)
    _register(ground, "ratings", ratings)


def _register(ground: Ground, what: str, said: Sequence[Said]) -> None:
    """Keeps the first value of each name, and the claims for which another follows."""
    first: dict[str, UUID] = {}
    for name, value, _ in said:
        first.setdefault(name, value)
    remember_once(ground, what, first)
    held = remembered(ground, what, first)
    several = {(0, str(claim)): claim for name, value, claim in said if held[0, name] != value}
    remember(ground, f"several {what}", several)


def _digest(value: str) -> UUID:
    return UUID(bytes=blake2b(value.encode(), digest_size=16).digest())


def without_conflicts(
    ground: Ground, judgements: Iterable[Placed[Judgement]], claims: Keys
) -> Iterator[Placed[Judgement]]:
    """The judgements of claims that have one; those of the others are refused."""
    listed = list(judgements)
    names = {str(claim) for one in listed if (claim := claims.get(one.name(ground, one.part.claim)))}
    several = {
        name: words for what, words in SEVERAL.items() for _, name in remembered(ground, f"several {what}", names)
    }
    for one in listed:
        claim = claims.get(one.name(ground, one.part.claim))
        if words := several.get(str(claim)):
            ground.refuse(one, "verdict_conflict", words)
        else:
            yield one

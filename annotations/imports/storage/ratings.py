"""Ratings of a table, of which a claim may have several: by one person who contradicts themselves, or by several.

They stand in rows anywhere in the files, so all are registered before the first verdict is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Final
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from annotations.formats.reading.records import VerdictRecord
from annotations.imports.context import ImportContext, Keys, Numbered, remember, remember_once, remembered

SEVERAL: Final = {
    "people": gettext_noop("Several people rated this claim, but a claim has only one verdict, so none was imported."),
    "ratings": gettext_noop("One person gave this claim several ratings, so none was imported."),
}
"""Why no verdict of a claim comes in, by what there are several of."""

NamedValue = tuple[str, UUID, UUID]
"""A name, the value that is said of it, and the claim."""


def register_ratings(context: ImportContext, verdicts: Iterable[Numbered[VerdictRecord]], claims: Keys) -> None:
    """Notes for each claim who rated it and how, and for which of them that is not the only one."""
    people: list[NamedValue] = []
    ratings: list[NamedValue] = []
    for one in verdicts:
        claim = claims.get(one.name(context, one.part.claim))
        if claim is None:
            continue
        author = context.people.get(one.part.author)
        people.append((f"{claim}", _digest(f"{author}"), claim))
        if one.part.rating is not None:
            ratings.append((f"{claim} {author}", _digest(one.part.rating), claim))
    _register(context, "people", people)
    _register(context, "ratings", ratings)


def _register(context: ImportContext, what: str, said: Sequence[NamedValue]) -> None:
    """Keeps the first value of each name, and the claims for which another follows."""
    first: dict[str, UUID] = {}
    for name, value, _ in said:
        first.setdefault(name, value)
    remember_once(context, what, first)
    held = remembered(context, what, first)
    several = {(0, str(claim)): claim for name, value, claim in said if held[0, name] != value}
    remember(context, f"several {what}", several)


def _digest(value: str) -> UUID:
    return UUID(bytes=blake2b(value.encode(), digest_size=16).digest())


def without_conflicts(
    context: ImportContext, verdicts: Iterable[Numbered[VerdictRecord]], claims: Keys
) -> Iterator[Numbered[VerdictRecord]]:
    """The verdicts of claims that have one; those of the others are refused."""
    listed = list(verdicts)
    names = {str(claim) for one in listed if (claim := claims.get(one.name(context, one.part.claim)))}
    several = {
        name: words for what, words in SEVERAL.items() for _, name in remembered(context, f"several {what}", names)
    }
    for one in listed:
        claim = claims.get(one.name(context, one.part.claim))
        if words := several.get(str(claim)):
            context.refuse(one, "verdict_conflict", gettext(words))
        else:
            yield one

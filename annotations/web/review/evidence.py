"""The evidence of one claim, side by side, with its context and its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.evidence.sources import Saying, Weight, said_by, same_source, weigh
from annotations.models import Link, Span, User
from annotations.web.text.quotes import Piece, contexts


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence as it is read; `here` says that it stands in the claim's own article."""

    link: Link
    context: list[Piece]
    said: Sequence[Saying]
    same_source: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with its context, who says it, what repeats it, and both sides of its evidence."""

    context: list[Piece]
    said: Sequence[Saying]
    mentions: list[Link]
    corroborating: list[Item]
    contradicting: list[Item]
    weight: dict[str, Weight]


def case_of(claim: Span, user: User) -> Case:
    """Everything that bears on a claim, as far as `user` may read it, in a constant number of queries."""
    links = Link.objects.visible_to(user).filter(target=claim).select_related("source__article")
    found = list(
        links.defer(*(f"source__article__{name}" for name in ("body", "source", "search"))).order_by("created_at", "id")
    )
    evidence = [link for link in found if link.relation in (Link.Relation.CORROBORATES, Link.Relation.CONTRADICTS)]
    said = said_by([claim.pk, *(link.source_id for link in evidence)], user)
    words = contexts([link.source for link in evidence])
    items = [
        Item(
            link,
            words[link.source_id],
            said[link.source_id],
            same_source(claim.pk, link.source_id, said),
            link.source.article_id == claim.article_id,
        )
        for link in evidence
    ]
    return Case(
        context=contexts([claim], neighbours=1)[claim.pk],
        said=said[claim.pk],
        mentions=[link for link in found if link.relation == Link.Relation.RESTATES],
        corroborating=[item for item in items if item.link.relation == Link.Relation.CORROBORATES],
        contradicting=[item for item in items if item.link.relation == Link.Relation.CONTRADICTS],
        weight=weigh(claim.pk, evidence, said),
    )

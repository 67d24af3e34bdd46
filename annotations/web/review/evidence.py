"""The evidence of one claim, side by side, with its context and its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from annotations.evidence.sources import Evidence, Sayings, said_by, same_source, weigh
from annotations.models import Link, Span, User
from annotations.paging import Page, page_of
from annotations.web.text.quotes import Piece, contexts

SHOWN: Final = 100
"""Pieces of evidence, and mentions, on a page."""


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence as it is read; `here` says that it stands in the claim's own article."""

    link: Link
    context: list[Piece]
    said: Sayings
    same_source: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with its context, who says it, what repeats it, and both sides of its evidence.

    Of evidence and mentions it is the page that the address asks for; `weight` and `mentioned` count all.
    """

    context: list[Piece]
    said: Sayings
    mentions: Page[Link]
    mentioned: int
    evidence: Page[Link]
    corroborating: list[Item]
    contradicting: list[Item]
    weight: Evidence

    @property
    def linked(self) -> int:
        """The links on both sides."""
        return self.weight["corroborates"]["count"] + self.weight["contradicts"]["count"]


def case_of(claim: Span, user: User, query: QueryDict) -> Case:
    """What bears on a claim, as far as `user` may read it, in a constant number of queries."""
    links = Link.objects.visible_to(user).filter(target=claim).select_related("source__article")
    links = links.defer(*(f"source__article__{name}" for name in ("body", "source", "search")))
    order = ["created_at", "id"]
    evidence: Page[Link] = page_of(links.evidence(), order, query, length=SHOWN, name="evidence")
    restating = links.filter(relation=Link.Relation.RESTATES)
    said = said_by([claim.pk, *(link.source_id for link in evidence.rows)], user)
    words = contexts([link.source for link in evidence.rows])
    items = [
        Item(
            link,
            words[link.source_id],
            said[link.source_id],
            same_source(claim.pk, link.source_id, said),
            link.source.article_id == claim.article_id,
        )
        for link in evidence.rows
    ]
    return Case(
        context=contexts([claim], neighbours=1)[claim.pk],
        said=said[claim.pk],
        mentions=page_of(restating, order, query, length=SHOWN, name="mentions"),
        mentioned=restating.count(),
        evidence=evidence,
        corroborating=[item for item in items if item.link.relation == Link.Relation.CORROBORATES],
        contradicting=[item for item in items if item.link.relation == Link.Relation.CONTRADICTS],
        weight=weigh([claim.pk], user)[claim.pk],
    )

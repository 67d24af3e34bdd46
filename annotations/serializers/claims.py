"""Claims with their sources, evidence and verdicts, and sentences that were found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, TypedDict
from uuid import UUID

from annotations.evidence.claims import statement
from annotations.evidence.search import Hit
from annotations.evidence.sources import Evidence, Said, Saying, Sayings
from annotations.models import Link, Review, Verdict
from annotations.serializers.articles import ArticleLabelAnswer, article_label
from annotations.serializers.base import Url
from annotations.serializers.links import FarLinkAnswer, far_links
from annotations.serializers.people import PersonAnswer
from annotations.serializers.spans import FIRST_SAID, HOW_MANY_SAID, FragmentAnswer, span_json
from annotations.serializers.verdicts import DecisionAnswer, VerdictAnswer, decision_json, verdict_json


class VerdictLabelAnswer(TypedDict):
    id: UUID
    rating: str | None
    state: str
    version: int


class ClaimBase(TypedDict):
    id: UUID
    article: ArticleLabelAnswer
    label: str
    quote: str
    start: int
    end: int
    statement: str
    said_by: Annotated[list[Saying], FIRST_SAID]
    said_by_count: Annotated[int, HOW_MANY_SAID]
    external_id: Annotated[str | None, "The id from an imported table."]
    restates: UUID | None
    mentions: Annotated[int, "This claim and the claims that restate it."]
    evidence: Evidence


class ClaimAnswer(ClaimBase):
    verdict: VerdictLabelAnswer | None


def claim_base(claim: Any, said: Said, weight: Evidence) -> ClaimBase:
    """A claim of `claims_of` with what is known about it, but for its verdict."""
    return {
        "id": claim.pk,
        "article": article_label(claim.article),
        "label": claim.label,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "statement": statement(claim.fields, claim.quote),
        "said_by": said.get(claim.pk, Sayings()),
        "said_by_count": said.get(claim.pk, Sayings()).total,
        "external_id": claim.external_id,
        "restates": claim.restated_id,
        "mentions": claim.mentions,
        "evidence": weight,
    }


def claim_json(claim: Any, said: Said, weight: Evidence) -> ClaimAnswer:
    """A claim of `claims_of` with which verdict it has."""
    verdict: Verdict | None = getattr(claim, "verdict", None)
    named: VerdictLabelAnswer | None = None
    if verdict is not None:
        named = {"id": verdict.pk, "rating": verdict.rating, "state": verdict.state, "version": verdict.version}
    return {**claim_base(claim, said, weight), "verdict": named}


class WholeClaimAnswer(ClaimBase):
    fragments: list[FragmentAnswer]
    note: str
    annotator: PersonAnswer
    version: int
    created_at: datetime
    updated_at: datetime
    links: Annotated[
        list[FarLinkAnswer], "The first 100 links that end at the claim: evidence, attributions, occurrences."
    ]
    links_next: Annotated[Url | None, "The page with the links after these."]
    verdict: VerdictAnswer | None
    reviews: Annotated[
        list[DecisionAnswer], "The first 100 decisions on the verdict, oldest first; viewers see approvals only."
    ]
    reviews_next: Annotated[Url | None, "The page with the decisions after these."]
    fields: dict[str, Any]


def whole_claim_json(  # noqa: PLR0913 - each is one thing that the page of a claim shows
    claim: Any,
    said: Said,
    weight: Evidence,
    *,
    links: Iterable[Link],
    links_next: str | None,
    verdict: Verdict | None,
    reviews: Iterable[Review],
    reviews_next: str | None,
) -> WholeClaimAnswer:
    """A claim of `claims_of` with the first links that end there, its verdict and the first decisions on it.

    `links_next` and `reviews_next` are the addresses of those that follow.
    """
    span = span_json(claim)
    return {
        **claim_base(claim, said, weight),
        "fragments": span["fragments"],
        "fields": span["fields"],
        "note": span["note"],
        "annotator": span["annotator"],
        "version": span["version"],
        "created_at": span["created_at"],
        "updated_at": span["updated_at"],
        "links": list(far_links(links, said)),
        "links_next": links_next,
        "verdict": verdict_json(verdict) if verdict else None,
        "reviews": [decision_json(review) for review in reviews],
        "reviews_next": reviews_next,
    }


class SentenceAnswer(TypedDict):
    article: ArticleLabelAnswer
    start: int
    end: int
    text: str
    marks: list[list[int]]
    rank: float


def sentence_json(hit: Hit) -> SentenceAnswer:
    """A sentence that was found."""
    article: ArticleLabelAnswer = {
        "id": hit.article_id,
        "title": hit.title,
        "outlet": hit.outlet,
        "published_on": hit.published_on,
    }
    return {
        "article": article,
        "start": hit.start,
        "end": hit.end,
        "text": hit.text,
        "marks": [list(pair) for pair in hit.marks],
        "rank": hit.rank,
    }

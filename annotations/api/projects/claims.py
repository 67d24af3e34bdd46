"""Claims, also one with its `links/` and `reviews/`, the verdicts of a project, and its search."""

from __future__ import annotations

import re
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import ID, PAGED, PERSON, USUAL_PAGE, Parameter, choice, limit_in, page_in
from annotations.api.base.resource import Resource, caller
from annotations.api.projects.projects import find_project
from annotations.evidence.claims import claims_of
from annotations.evidence.search import find_sentences
from annotations.evidence.sources import said_by, weigh
from annotations.models import Link, Review, Span, User, Verdict
from annotations.paging import bytes_of, stretch_of
from annotations.serializers.base import invalid
from annotations.serializers.claims import (
    ClaimAnswer,
    SentenceAnswer,
    WholeClaimAnswer,
    claim_json,
    sentence_json,
    whole_claim_json,
)
from annotations.serializers.links import FarLinkAnswer, far_links
from annotations.serializers.verdicts import DecisionAnswer, QueuedVerdictAnswer, decision_json, queued_verdict_json

LARGEST_OFFSET = 10_000
LONGEST_SEARCH = 5_000
OFFSET = re.compile(r"(?:0|[1-9][0-9]{0,5})\Z")


def key_in(request: Request, name: str) -> UUID | None:
    """A query parameter that names a thing. Raises ValidationError where it is not a UUID."""
    value = request.query_params.get(name)
    if not value:
        return None
    try:
        return UUID(value)
    except ValueError as error:
        raise invalid(name, _("This is not an id.")) from error


def person_in(request: Request, name: str) -> int | None:
    """A query parameter that names a person: their id, or `me`."""
    value = request.query_params.get(name)
    if not value:
        return None
    if value == "me":
        return int(caller(request).pk)
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise invalid(name, _("Enter a person's id, or me."))
    return int(value)


CLAIM_FILTERS = (
    Parameter("state", "The verdict's state, or none.", choice("", "none", *Verdict.State.values)),
    Parameter("rating", "The verdict's rating."),
    Parameter("article", "The article's id.", ID),
    Parameter("q", "Words in the claim."),
)


class ClaimsView(Resource):
    """Every claim with its source, evidence counts and verdict."""

    asks = (*CLAIM_FILTERS, *PAGED)

    @method("claims_list", "claims", page_of(ClaimAnswer), query=asks)
    def get(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        query = request.query_params
        state = query.get("state", "")
        if state not in ("", "none", *Verdict.State.values):
            raise invalid(
                "state",
                _("The state must be one of: none, %(states)s.") % {"states": ", ".join(Verdict.State.values)},
                "invalid_choice",
            )
        found = claims_of(
            project,
            caller(request),
            state=state,
            rating=query.get("rating", ""),
            article=key_in(request, "article"),
            words=query.get("q", ""),
        )
        # In the order in which they were made.
        page = page_in(request, found, ["listed_at", "listed_id"], bytes_of("quote", "fields"))
        keys = [claim.pk for claim in page.rows]
        said, weights = said_by(keys, caller(request)), weigh(keys, caller(request))
        return page.response(claim_json(claim, said, weights[claim.pk]) for claim in page.rows)


QUEUE_FILTERS = (
    Parameter("state", "draft, submitted, returned or approved.", choice("", *Verdict.State.values)),
    Parameter("rating", "A rating of the project's scale."),
    Parameter("author", "The author's id, or me.", PERSON),
    Parameter("holder", "The id of the person the verdict is assigned to, or me.", PERSON),
    Parameter("reviewer", "The id of the person who approved it, or me.", PERSON),
    Parameter("article", "The id of the claim's article.", ID),
)


class QueueView(Resource):
    """The verdicts of a project: with `state=submitted`, the review queue."""

    asks = (*QUEUE_FILTERS, *PAGED)

    @method("verdicts_list", "verdicts", page_of(QueuedVerdictAnswer), query=asks)
    def get(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        state = request.query_params.get("state")
        if state and state not in Verdict.State.values:
            raise invalid(
                "state",
                _("The state must be one of: %(states)s.") % {"states": ", ".join(Verdict.State.values)},
                "invalid_choice",
            )
        wanted: dict[str, Any] = {
            "state": state,
            "rating": request.query_params.get("rating"),
            "author": person_in(request, "author"),
            "holder": person_in(request, "holder"),
            "reviewer": person_in(request, "reviewer"),
            "claim__article": key_in(request, "article"),
        }
        found = Verdict.objects.visible_to(caller(request)).in_project(project).with_people()
        found = found.filter(**{name: value for name, value in wanted.items() if value})
        page = page_in(request, found.with_claims(), size=bytes_of("rationale", "claim__quote"))
        said = said_by({verdict.claim_id for verdict in page.rows}, caller(request))
        return page.response(queued_verdict_json(one, said) for one in page.rows)


class SearchView(Resource):
    """Sentences that share words with the query, ranked."""

    asks = (
        Parameter(
            "q", "The search text.", {"type": "string", "minLength": 1, "maxLength": LONGEST_SEARCH}, required=True
        ),
        Parameter("not_article", "The id of an article to leave out.", ID),
        *PAGED,
    )

    @method(
        "search",
        "search",
        page_of(SentenceAnswer),
        query=asks,
    )
    def get(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        words = request.query_params.get("q", "").strip()
        if not words:
            raise invalid("q", _("Enter a search text."), "required")
        if len(words) > LONGEST_SEARCH:
            raise invalid(
                "q",
                _("A search text can have at most %(longest_search)s characters.")
                % {"longest_search": f"{LONGEST_SEARCH:,}"},
                "max_length",
            )
        limit = limit_in(request, 20)
        cursor = request.query_params.get("cursor") or "0"
        if not OFFSET.match(cursor) or int(cursor) > LARGEST_OFFSET:
            raise invalid("cursor", _("This is not a cursor of this list."))
        offset = int(cursor)
        hits = find_sentences(
            project.pk, words, not_article=key_in(request, "not_article"), limit=limit + 1, offset=offset
        )
        more = len(hits) > limit and offset + limit <= LARGEST_OFFSET
        return Response(
            {
                "next": self._link(request, offset + limit) if more else None,
                "previous": self._link(request, max(0, offset - limit)) if offset else None,
                "results": [sentence_json(hit) for hit in hits[:limit]],
            }
        )

    def _link(self, request: Request, offset: int) -> str:
        query = request.query_params.copy()
        query["cursor"] = str(offset)
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


LINKS_IN_ORDER: Final = ("created_at", "id")
REVIEWS_IN_ORDER: Final = ("id",)
"""The orders in which links and decisions were made."""


class ClaimView(Resource):
    """A claim with the links that end there, its verdict, and the decisions on it. A restatement names its original.

    It includes the first 100 links and decisions. `links_next` and `reviews_next` lead to the others.
    """

    @method("claim_read", "claims", WholeClaimAnswer)
    def get(self, request: Request, key: UUID) -> Response:
        user = caller(request)
        span = find_claim(user, key)
        claim = claims_of(span.article.project, user).select_related("assignment__assignee").get(pk=key)
        links = stretch_of(links_to(key, user), LINKS_IN_ORDER, "", USUAL_PAGE)
        reviews = stretch_of(reviews_on(key, user), REVIEWS_IN_ORDER, "", USUAL_PAGE)
        said = said_by({key, *(link.source_id for link in links.rows)}, user)
        verdict = Verdict.objects.visible_to(user).filter(claim=key).with_people().first()
        whole = whole_claim_json(
            claim,
            said,
            weigh([key], user)[key],
            links=links.rows,
            links_next=self._address(request, "api:claim-links", key, links.next),
            verdict=verdict,
            reviews=reviews.rows,
            reviews_next=self._address(request, "api:claim-reviews", key, reviews.next),
        )
        return Response(whole)

    def _address(self, request: Request, route: str, key: UUID, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        address: str = request.build_absolute_uri(f"{reverse(route, args=[key])}?cursor={cursor}")
        return address


class ClaimLinksView(Resource):
    """The links that end at a claim: evidence, attributions and restatements, oldest first."""

    asks = PAGED

    @method("claim_links", "claims", page_of(FarLinkAnswer), query=PAGED)
    def get(self, request: Request, key: UUID) -> Response:
        user = caller(request)
        find_claim(user, key)
        page = page_in(request, links_to(key, user), LINKS_IN_ORDER)
        said = said_by({key, *(link.source_id for link in page.rows)}, user)
        return page.response(far_links(page.rows, said))


class ClaimReviewsView(Resource):
    """The decisions on the verdict of a claim, oldest first; viewers see approvals only."""

    asks = PAGED

    @method("claim_reviews", "claims", page_of(DecisionAnswer), query=PAGED)
    def get(self, request: Request, key: UUID) -> Response:
        user = caller(request)
        find_claim(user, key)
        page = page_in(request, reviews_on(key, user), REVIEWS_IN_ORDER)
        return page.response(map(decision_json, page.rows))


def find_claim(user: User, key: UUID) -> Span:
    """The claim, as far as `user` may read it. Raises Http404."""
    claims = Span.objects.visible_to(user).filter(label=Span.Label.CLAIM)
    claim: Span | None = claims.with_article().filter(pk=key).first()
    if claim is None:
        raise Http404
    return claim


def links_to(key: UUID, user: User) -> QuerySet[Link]:
    """The links that end at a claim, as far as `user` may read them."""
    links: QuerySet[Link] = Link.objects.visible_to(user).filter(target=key).with_people().with_ends()
    return links


def reviews_on(key: UUID, user: User) -> QuerySet[Review]:
    """The decisions on the verdict of a claim, as far as `user` may read them."""
    return Review.objects.visible_to(user).filter(verdict__claim=key).select_related("reviewer")

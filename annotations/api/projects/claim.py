"""`claims/{uuid}/`: one claim whole, as its own page shows it; `links/` and `reviews/` below it, a page at a time."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import USUAL_PAGE, KeyPages
from annotations.api.base.parameters import PAGED
from annotations.api.base.resource import Resource, caller
from annotations.evidence.claims import claims_of
from annotations.evidence.sources import said_by, weigh
from annotations.models import Link, Review, Span, User, Verdict
from annotations.paging import stretch_of
from annotations.serializers.claims import WholeClaimAnswer, whole_claim_json
from annotations.serializers.links import FarLinkAnswer, far_links
from annotations.serializers.verdicts import DecisionAnswer, decision_json


class ClaimView(Resource):
    """A claim with the links that end there, its verdict, and the decisions on it. A mention names what it restates.

    Of links and decisions it has the first 100. `links_next` and `reviews_next` lead to the others.
    """

    @method("claim_read", "claims", WholeClaimAnswer)
    def get(self, request: Request, key: UUID) -> Response:
        user = caller(request)
        span = find_claim(user, key)
        claim = claims_of(span.article.project, user).select_related("assignment__assignee").get(pk=key)
        links = stretch_of(links_to(key, user), KeyPages.ordering, "", USUAL_PAGE)
        reviews = stretch_of(reviews_on(key, user), ReviewPages.ordering, "", USUAL_PAGE)
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
    """The links that end at a claim: evidence, attributions and mentions, in the order in which they were made."""

    asks = PAGED

    @method("claim_links", "claims", page_of(FarLinkAnswer), query=PAGED)
    def get(self, request: Request, key: UUID) -> Response:
        user = caller(request)
        find_claim(user, key)
        pages = KeyPages()
        links = pages.paginate_queryset(links_to(key, user), request, self)
        said = said_by({key, *(link.source_id for link in links)}, user)
        return pages.get_paginated_response(list(far_links(links, said)))


class ReviewPages(KeyPages):
    """Pages of decisions in the order in which they were made."""

    ordering = ("id",)


class ClaimReviewsView(Resource):
    """The decisions on the verdict of a claim, oldest first; approvals for viewers."""

    asks = PAGED

    @method("claim_reviews", "claims", page_of(DecisionAnswer), query=PAGED)
    def get(self, request: Request, key: UUID) -> Response:
        user = caller(request)
        find_claim(user, key)
        pages = ReviewPages()
        reviews = pages.paginate_queryset(reviews_on(key, user), request, self)
        return pages.get_paginated_response([decision_json(review) for review in reviews])


def find_claim(user: User, key: UUID) -> Span:
    """The claim, as far as `user` may read it. Raises Http404."""
    span: Span | None = (
        Span.objects.visible_to(user).filter(label=Span.Label.CLAIM).with_article().filter(pk=key).first()
    )
    if span is None:
        raise Http404
    return span


def links_to(key: UUID, user: User) -> QuerySet[Link]:
    """The links that end at a claim, as far as `user` may read them."""
    links: QuerySet[Link] = Link.objects.visible_to(user).filter(target=key).with_people().with_ends()
    return links


def reviews_on(key: UUID, user: User) -> QuerySet[Review]:
    """The decisions on the verdict of a claim, as far as `user` may read them."""
    return Review.objects.visible_to(user).filter(verdict__claim=key).select_related("reviewer")

"""`claims/{uuid}/`: one claim whole, as its own page shows it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method
from annotations.api.base.permission import caller
from annotations.api.base.resource import Resource
from annotations.evidence.claims import claim_json, claims_of
from annotations.evidence.sources import said_by
from annotations.models import Link, Review, Span, User, Verdict
from annotations.serializers import answers
from annotations.serializers.shapes import far_links, person, span_json, verdict_json


class ClaimView(Resource):
    """A claim with the links that end there, its verdict, and the decisions on it. A mention names what it restates."""

    @method("claim_read", "claims", answers.WholeClaimAnswer)
    def get(self, request: Request, key: UUID) -> Response:
        return Response(whole_claim(key, caller(request)))


def whole_claim(key: UUID, user: User) -> dict[str, Any]:
    """Everything about a claim that `user` may read, in a constant number of queries. Raises Http404."""
    span = Span.objects.visible_to(user).filter(label=Span.Label.CLAIM).with_article().filter(pk=key).first()
    if span is None:
        raise Http404
    claim = claims_of(span.article.project, user).select_related("assignment__assignee").get(pk=key)
    links = list(
        Link.objects.visible_to(user).filter(target=key).with_people().with_ends().order_by("created_at", "id")
    )
    said = said_by({key, *(link.source_id for link in links)}, user)
    verdict = Verdict.objects.visible_to(user).filter(claim=key).with_people().first()
    reviews = Review.objects.visible_to(user).filter(verdict__claim=key).select_related("reviewer").order_by("id")
    whole = span_json(claim)
    more = ("fragments", "fields", "note", "annotator", "version", "created_at", "updated_at")
    return {
        **claim_json(claim, said),
        **{name: whole[name] for name in more},
        "links": list(far_links(links, said)),
        "verdict": verdict and verdict_json(verdict),
        "reviews": [decision_json(review) for review in reviews],
    }


def decision_json(review: Review) -> dict[str, Any]:
    """One decision on one version of a verdict."""
    return {
        "at": review.created_at,
        "decision": review.decision,
        "reason": review.reason,
        "reviewer": person(review.reviewer),
        "verdict_version": review.verdict_version,
        "imported": review.imported,
    }

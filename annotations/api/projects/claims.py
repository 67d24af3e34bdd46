"""`projects/{slug}/claims/`, `projects/{slug}/verdicts/` and `projects/{slug}/search/`"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import KeyPages
from annotations.api.base.parameters import ID, PAGED, PERSON, Parameter, choice
from annotations.api.base.resource import Resource, caller
from annotations.api.projects.projects import find_project
from annotations.evidence.claims import claims_of
from annotations.evidence.search import find_sentences
from annotations.evidence.sources import said_by, weigh
from annotations.models import Verdict
from annotations.paging import bytes_of
from annotations.serializers.base import invalid
from annotations.serializers.claims import ClaimAnswer, SentenceAnswer, claim_json, sentence_json
from annotations.serializers.verdicts import QueuedVerdictAnswer, queued_verdict_json

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
        raise invalid(name, "This is not an id.") from error


def person_in(request: Request, name: str) -> int | None:
    """A query parameter that names a person: their id, or `me`."""
    value = request.query_params.get(name)
    if not value:
        return None
    if value == "me":
        return int(caller(request).pk)
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise invalid(name, "Give a person's id, or me.")
    return int(value)


CLAIM_FILTERS = (
    Parameter("state", "The verdict's state, or none.", choice("", "none", *Verdict.State.values)),
    Parameter("rating", "The verdict's rating."),
    Parameter("article", "The article's id.", ID),
    Parameter("q", "Words in the claim."),
)


class ClaimPages(KeyPages):
    """Pages of claims in the order in which they were made."""

    ordering = ("listed_at", "listed_id")
    size = bytes_of("quote", "fields")


class ClaimsView(Resource):
    """Every claim with its source, evidence counts and verdict."""

    asks = (*CLAIM_FILTERS, *PAGED)

    @method("claims_list", "claims", page_of(ClaimAnswer), query=asks)
    def get(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        query = request.query_params
        state = query.get("state", "")
        if state not in ("", "none", *Verdict.State.values):
            raise invalid("state", f"A state is none, {', '.join(Verdict.State.values)}.", "invalid_choice")
        found = claims_of(
            project,
            caller(request),
            state=state,
            rating=query.get("rating", ""),
            article=key_in(request, "article"),
            words=query.get("q", ""),
        )
        pages = ClaimPages()
        claims: list[Any] = pages.paginate_queryset(found, request, self) or []
        keys = [claim.pk for claim in claims]
        said, weights = said_by(keys, caller(request)), weigh(keys, caller(request))
        return pages.get_paginated_response([claim_json(claim, said, weights[claim.pk]) for claim in claims])


class VerdictPages(KeyPages):
    """Pages of verdicts in the order in which they were made."""

    size = bytes_of("rationale", "claim__quote")


QUEUE_FILTERS = (
    Parameter("state", "draft, submitted, returned or approved.", choice("", *Verdict.State.values)),
    Parameter("rating", "A rating of the project's scale."),
    Parameter("author", "The author's id, or me.", PERSON),
    Parameter("holder", "The id of who holds it, or me.", PERSON),
    Parameter("reviewer", "The id of who approved it, or me.", PERSON),
    Parameter("article", "The claim's article.", ID),
)


class QueueView(Resource):
    """The verdicts of a project: with `state=submitted`, the review queue."""

    asks = (*QUEUE_FILTERS, *PAGED)

    @method("verdicts_list", "verdicts", page_of(QueuedVerdictAnswer), query=asks)
    def get(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        state = request.query_params.get("state")
        if state and state not in Verdict.State.values:
            raise invalid("state", f"A state is {', '.join(Verdict.State.values)}.", "invalid_choice")
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
        pages = VerdictPages()
        verdicts = pages.paginate_queryset(found.with_claims(), request, self) or []
        said = said_by({verdict.claim_id for verdict in verdicts}, caller(request))
        return pages.get_paginated_response([queued_verdict_json(one, said) for one in verdicts])


class SearchView(Resource):
    """Sentences that share words with the query, ranked."""

    asks = (
        Parameter("q", "Words.", {"type": "string", "minLength": 1, "maxLength": LONGEST_SEARCH}, required=True),
        Parameter("not_article", "An article to leave out.", ID),
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
            raise invalid("q", "Say what to look for.", "required")
        if len(words) > LONGEST_SEARCH:
            raise invalid("q", f"A search has at most {LONGEST_SEARCH:,} characters.", "max_length")
        limit = KeyPages().get_page_size(request) if "limit" in request.query_params else 20
        offset = self._offset(request)
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

    def _offset(self, request: Request) -> int:
        cursor = request.query_params.get("cursor") or "0"
        if not OFFSET.match(cursor) or int(cursor) > LARGEST_OFFSET:
            raise invalid("cursor", "This is not a cursor of this list.")
        return int(cursor)

    def _link(self, request: Request, offset: int) -> str:
        query = request.query_params.copy()
        query["cursor"] = str(offset)
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

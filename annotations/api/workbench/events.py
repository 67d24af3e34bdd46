"""`articles/{id}/events/`: what happens on an article, as it happens"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from annotations.api.base.openapi import method
from annotations.api.base.pagination import ID, Parameter
from annotations.api.base.resource import Resource, caller
from annotations.api.base.streams import AnyType, entry_of, must_accept
from annotations.api.projects.articles import find_article
from annotations.api.projects.claims import key_in
from annotations.live import snapshots
from annotations.live.hub import HUB, Full
from annotations.live.subscribers import Reader
from annotations.live.updates import tell
from annotations.models import Article
from annotations.serializers.base import invalid

MEDIA_TYPE: Final = "text/event-stream"
HEADERS: Final = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}
ASKED_AGAIN: Final = b"retry: 10000\n\n"

QUERY: Final = (
    Parameter("also", "A second article of the project, whose changes are sent in the same stream.", ID),
    Parameter(
        "after",
        (
            "Where to continue: `events_after` of annotations/, or an event's id. The Last-Event-ID "
            "header takes precedence."
        ),
    ),
)
LAST_EVENT_ID: Final = OpenApiParameter(
    "Last-Event-ID",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The id of the last event that you received.",
)
DESCRIPTION: Final = (
    "Server-sent events. `change`: `kind`, `id`, `what` (created, updated, deleted), "
    "`version`, `by`, and `object` as its own URL returns it (a link as annotations/ does), "
    "null if it was deleted. `presence`: `people` who have the article open. `reset`: fetch "
    "the article again. You can continue from any id without missing an event."
)


class EventsView(Resource):
    """Changes and presence on one article, as long as the caller is connected and has access."""

    streams = True
    asks = QUERY
    renderer_classes = (AnyType,)

    @method(
        "article_events",
        "articles",
        OpenApiResponse(OpenApiTypes.ANY, description=DESCRIPTION),
        status=(200, MEDIA_TYPE),
        query=QUERY,
        parameters=[LAST_EVENT_ID],
        refusals=(413,),
    )
    def get(self, request: Request, key: UUID) -> HttpResponseBase:
        article = find_article(caller(request), key)
        reader = _reader(request, article)
        must_accept(request, MEDIA_TYPE)
        if request.method == "HEAD":
            return HttpResponse(content_type=MEDIA_TYPE, headers=HEADERS)
        if not isinstance(request._request, ASGIRequest):
            # A server that can only answer whole: what is new until now, and the client asks again.
            told = tell(article.project_id, [reader])[reader]
            return HttpResponse(ASKED_AGAIN + told.text, content_type=MEDIA_TYPE, headers=HEADERS)
        try:
            stream = HUB.admit(reader)
        except Full as full:
            raise Throttled(10, str(full)) from full
        # The stream reads through others' connections. This request's would else be held until the last byte.
        if not connection.in_atomic_block:
            close_old_connections()
        return StreamingHttpResponse(stream, content_type=MEDIA_TYPE, headers=HEADERS)


def _reader(request: Request, article: Article) -> Reader:
    after = request.headers.get("Last-Event-ID") or request.query_params.get("after") or None
    anew = after is not None and not snapshots.is_one(after)
    return Reader(
        entry=entry_of(request),
        project_id=article.project_id,
        articles=_articles(request, article),
        position=None if anew else after,
        starts_anew=anew,
    )


def _articles(request: Request, article: Article) -> tuple[UUID, ...]:
    also = key_in(request, "also")
    if also is None or also == article.pk:
        return (article.pk,)
    if find_article(caller(request), also).project_id != article.project_id:
        raise invalid("also", _("This article is in another project."))
    return (article.pk, also)

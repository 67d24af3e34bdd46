"""`articles/{id}/annotations/`: all that the workbench needs, or what touches a window of it, in a constant number of
queries."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method
from annotations.api.base.pagination import OFFSET as OFFSETS
from annotations.api.base.pagination import Parameter, choice
from annotations.api.base.resource import Resource, caller
from annotations.api.projects.articles import find_article
from annotations.live import snapshots
from annotations.models import Span
from annotations.models.article import LONGEST_BODY
from annotations.serializers.annotations import AnnotationsAnswer, Window, annotations_json, window_of
from annotations.serializers.base import invalid
from annotations.serializers.spans import joined, span_columns, span_json

OFFSET: Final = re.compile(r"[0-9]{1,7}", re.ASCII)


ASKS: Final = (
    Parameter("from", "Only annotations that touch the text from this code point on.", OFFSETS),
    Parameter("to", "Only annotations that touch the text before this code point.", OFFSETS),
    Parameter(
        "spans",
        ("`columns`: spans as one list per property, without what follows from the text. Best for many spans."),
        choice("", "columns"),
    ),
)


class AnnotationsView(Resource):
    """An article with its sentences, spans, links and verdicts that the caller can read.

    With `from` or `to` it is a window: no body, only the sentences and spans that overlap with it, the links
    with an end at one of these spans, and the verdicts on them.
    """

    asks = ASKS

    @method("article_annotations", "articles", AnnotationsAnswer, query=asks)
    def get(self, request: Request, key: UUID) -> HttpResponseBase:
        window = window_in(request)
        columns = request.query_params.get("spans", "")
        if columns not in ("", "columns"):
            raise invalid("spans", _("Send columns, or leave this out."), "invalid_choice")
        user = caller(request)
        article = find_article(user, key, with_text=window is None)
        # Taken before anything is read: what happens from here on is news, even where the answer knows it already.
        point = snapshots.now()
        spans = window_of(Span.objects.visible_to(user).filter(article=article), window).in_reading_order()
        rest = {**annotations_json(article, user, window, brief=bool(columns)), "events_after": point}
        if columns:
            return joined(rest, span_columns(spans))
        return Response({**rest, "spans": [span_json(span) for span in spans.with_people()]})


def window_in(request: Request) -> Window | None:
    """The window that the address asks for. Raises ValidationError with the parameter."""
    query = request.query_params
    if "from" not in query and "to" not in query:
        return None
    edges = {}
    for name, otherwise in (("from", "0"), ("to", str(LONGEST_BODY))):
        value = query.get(name, otherwise)
        if not OFFSET.fullmatch(value) or int(value) > LONGEST_BODY:
            raise invalid(
                name,
                _("Enter a whole number of code points from 0 to %(longest_body)s.") % {"longest_body": LONGEST_BODY},
            )
        edges[name] = int(value)
    if edges["to"] <= edges["from"]:
        raise invalid("to", _("The end must be after the start."))
    return Window(edges["from"], edges["to"])

"""`me/inbox/` and `me/inbox/read/`"""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.conventions.access import caller
from annotations.api.conventions.pages import KeyPages
from annotations.api.conventions.resource import Resource
from annotations.api.conventions.strict import Strict, checked
from annotations.api.description import answers
from annotations.api.description.described import PAGED, method, page_of
from annotations.api.shapes import comment_json
from annotations.api.workbench.annotations import article_label
from annotations.models import Notice


class UnreadFirst(KeyPages):
    """Pages of notices: what is unread first, the newest of them first."""

    ordering = ("read", "-id")


def notice_json(notice: Notice) -> dict[str, Any]:
    """A notice with its comment and where that stands."""
    article = notice.comment.article
    return {
        "id": notice.pk,
        "why": notice.why,
        "read": notice.read,
        "project": article.project.slug,
        "article": article_label(article),
        "comment": comment_json(notice.comment),
    }


class InboxView(Resource):
    """What the caller is told of: mentions, answers in their threads, comments on their work."""

    asks = PAGED

    @method("inbox_list", "me", page_of(answers.NoticeAnswer), query=PAGED)
    def get(self, request: Request) -> Response:
        pages = UnreadFirst()
        found = Notice.objects.visible_to(caller(request)).with_comments()
        notices: list[Notice] = pages.paginate_queryset(found, request, self)
        return pages.get_paginated_response([notice_json(notice) for notice in notices])


class ReadBody(Strict):
    """Which comments were read; all where none are named."""

    comments = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=500)


class ReadView(Resource):
    """Marks notices as read. Those of comments that are not the caller's to read are left alone."""

    @method("inbox_read", "me", answers.UnreadAnswer, body=ReadBody)
    def post(self, request: Request) -> Response:
        user = caller(request)
        found = Notice.objects.visible_to(user)
        named = checked(ReadBody, request.data).get("comments")
        (found if named is None else found.filter(comment__in=named)).mark_read()
        return Response({"unread": Notice.objects.visible_to(user).unread().count()})

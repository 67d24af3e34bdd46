"""`me/inbox/` and `me/inbox/read/`"""

from __future__ import annotations

from django.db.models import Q
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import KeyPages
from annotations.api.base.parameters import PAGED
from annotations.api.base.resource import Resource, caller
from annotations.models import Notice
from annotations.serializers.base import checked
from annotations.serializers.comments import NoticeAnswer, ReadBody, notice_json
from annotations.serializers.people import UnreadAnswer


class UnreadFirst(KeyPages):
    """Pages of notices: what is unread first, the newest of them first."""

    ordering = ("read", "-id")


class InboxView(Resource):
    """What the caller is told of: mentions, answers in their threads, comments on their work, work handed to them."""

    asks = PAGED

    @method("inbox_list", "me", page_of(NoticeAnswer), query=PAGED)
    def get(self, request: Request) -> Response:
        pages = UnreadFirst()
        found = Notice.objects.visible_to(caller(request)).with_comments()
        notices: list[Notice] = pages.paginate_queryset(found, request, self)
        return pages.get_paginated_response([notice_json(notice) for notice in notices])


class ReadView(Resource):
    """Marks notices as read. Those that are not the caller's to read are left alone."""

    @method("inbox_read", "me", UnreadAnswer, body=ReadBody)
    def post(self, request: Request) -> Response:
        user = caller(request)
        found = Notice.objects.visible_to(user)
        values = checked(ReadBody, request.data)
        named = Q(comment__in=values.get("comments", [])) | Q(pk__in=values.get("notices", []))
        (found.filter(named) if values else found).mark_read()
        return Response({"unread": Notice.objects.visible_to(user).unread().count()})

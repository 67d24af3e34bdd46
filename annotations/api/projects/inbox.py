"""`me/inbox/` and `me/inbox/read/`"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import KeyPages
from annotations.api.base.parameters import PAGED
from annotations.api.base.resource import Resource, caller
from annotations.models import HandOver, Notice
from annotations.paging import LARGEST
from annotations.serializers import answers
from annotations.serializers.base import Strict, checked
from annotations.serializers.shapes import article_label, comment_json, person


class UnreadFirst(KeyPages):
    """Pages of notices: what is unread first, the newest of them first."""

    ordering = ("read", "-id")


def notice_json(notice: Notice) -> dict[str, Any]:
    """A notice with its comment and where that stands, or with its hand-over."""
    comment, handed = notice.comment, notice.hand_over
    return {
        "id": notice.pk,
        "why": notice.why,
        "read": notice.read,
        "project": notice.project.slug,
        "article": comment and article_label(comment.article),
        "comment": comment and comment_json(comment),
        "hand_over": handed and hand_over_json(handed),
    }


def hand_over_json(handed: HandOver) -> dict[str, Any]:
    """A hand-over as its receiver is told of it."""
    return {
        "from": person(handed.giver),
        "by": person(handed.by),
        "at": handed.created_at,
        "verdicts": handed.verdicts,
    }


class InboxView(Resource):
    """What the caller is told of: mentions, answers in their threads, comments on their work, work handed to them."""

    asks = PAGED

    @method("inbox_list", "me", page_of(answers.NoticeAnswer), query=PAGED)
    def get(self, request: Request) -> Response:
        pages = UnreadFirst()
        found = Notice.objects.visible_to(caller(request)).with_comments()
        notices: list[Notice] = pages.paginate_queryset(found, request, self)
        return pages.get_paginated_response([notice_json(notice) for notice in notices])


class ReadBody(Strict):
    """Which notices were read, by their comments or by their own ids; all where none are named."""

    comments = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=500)
    notices = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST - 1), required=False, max_length=500
    )


class ReadView(Resource):
    """Marks notices as read. Those that are not the caller's to read are left alone."""

    @method("inbox_read", "me", answers.UnreadAnswer, body=ReadBody)
    def post(self, request: Request) -> Response:
        user = caller(request)
        found = Notice.objects.visible_to(user)
        values = checked(ReadBody, request.data)
        named = Q(comment__in=values.get("comments", [])) | Q(pk__in=values.get("notices", []))
        (found.filter(named) if values else found).mark_read()
        return Response({"unread": Notice.objects.visible_to(user).unread().count()})

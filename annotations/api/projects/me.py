"""`me/`, `me/inbox/` and `me/inbox/read/`"""

from __future__ import annotations

from django.db.models import Q
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import PAGED, page_in
from annotations.api.base.resource import Resource, caller
from annotations.models import Notice, acting
from annotations.serializers.base import checked
from annotations.serializers.comments import NoticeAnswer, ReadBody, notice_json
from annotations.serializers.people import MeAnswer, MeChange, UnreadAnswer, me_json


class MeView(Resource):
    """The caller, their memberships and what waits for them."""

    @method("me_read", "me", MeAnswer)
    def get(self, request: Request) -> Response:
        return Response(me_json(caller(request)))

    @method("me_change", "me", MeAnswer, body=MeChange(partial=True))
    def patch(self, request: Request) -> Response:
        user = caller(request)
        if user.confined_to is not None:
            raise PermissionDenied("The token is for one project, so it changes nothing of yours beyond it.")
        values = checked(MeChange, request.data, partial=True)
        for name, value in values.items():
            setattr(user, name, value)
        if values:
            with acting(user):
                user.save(update_fields=list(values))
        return Response(me_json(user))


class InboxView(Resource):
    """What the caller is told of: mentions, answers in their threads, comments on their work, work handed to them."""

    asks = PAGED

    @method("inbox_list", "me", page_of(NoticeAnswer), query=PAGED)
    def get(self, request: Request) -> Response:
        # What is unread comes first, the newest of it first.
        page = page_in(request, Notice.objects.visible_to(caller(request)).with_comments(), ["read", "-id"])
        return page.response(map(notice_json, page.rows))


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

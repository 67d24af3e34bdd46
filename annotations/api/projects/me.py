"""`me/`, `me/inbox/` and `me/inbox/read/`"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _
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
    """The caller, their memberships and their open work."""

    @method("me_read", "me", MeAnswer)
    def get(self, request: Request) -> Response:
        return Response(me_json(caller(request)))

    @method("me_change", "me", MeAnswer, body=MeChange(partial=True))
    def patch(self, request: Request) -> Response:
        user = caller(request)
        if user.confined_to is not None:
            raise PermissionDenied(_("This token is limited to one project, so it can't change your account."))
        values = checked(MeChange, request.data, partial=True)
        for name, value in values.items():
            setattr(user, name, value)
        if values:
            with acting(user):
                user.save(update_fields=list(values))
        return Response(me_json(user))


class InboxView(Resource):
    """The caller's notices: mentions, replies in their threads, comments on their work, work handed over to them."""

    asks = PAGED

    @method("inbox_list", "me", page_of(NoticeAnswer), query=PAGED)
    def get(self, request: Request) -> Response:
        # What is unread comes first, the newest of it first.
        page = page_in(request, Notice.objects.visible_to(caller(request)).with_comments(), ["read", "-id"])
        return page.response(map(notice_json, page.rows))


class ReadView(Resource):
    """Marks the caller's notices as read. Other notices are ignored."""

    @method("inbox_read", "me", UnreadAnswer, body=ReadBody)
    def post(self, request: Request) -> Response:
        user = caller(request)
        found = Notice.objects.visible_to(user)
        values = checked(ReadBody, request.data)
        named = Q(comment__in=values.get("comments", [])) | Q(pk__in=values.get("notices", []))
        (found.filter(named) if values else found).mark_read()
        return Response({"unread": Notice.objects.visible_to(user).unread().count()})

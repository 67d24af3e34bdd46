"""`me/`"""

from __future__ import annotations

from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method
from annotations.api.base.resource import Resource, caller
from annotations.models import acting
from annotations.serializers.base import checked
from annotations.serializers.people import MeAnswer, MeChange, me_json


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

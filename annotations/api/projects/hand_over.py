"""`projects/{slug}/hand-over/`"""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method
from annotations.api.base.resource import Resource, caller
from annotations.api.projects.projects import find_project
from annotations.models import User
from annotations.operations.hand_over import hand_over, people_of
from annotations.permissions import Action, must
from annotations.serializers.base import checked, invalid
from annotations.serializers.people import HandOverAnswer, HandOverBody, hand_over_json


class HandOverView(Resource):
    """Hands somebody's drafts and returned verdicts over to another annotator.

    `from` may have left the project. What `to` may not have stays, and is named with the reason. Doing it again moves
    nothing. With `more`, others wait to be handed over: send it again.
    """

    @method("hand_over", "members", HandOverAnswer, body=HandOverBody, refusals=(409,))
    def post(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        must(caller(request), Action.MANAGE, project)
        values = checked(HandOverBody, request.data)
        giver = people_of(project).filter(pk=values["from"]).first()
        if giver is None:
            raise invalid("from", "Nobody with this id works or worked in this project.", "does_not_exist")
        receiver = User.objects.filter(memberships__project=project, pk=values["to"]).first()
        if receiver is None:
            raise invalid("to", "No member of this project has this id.", "does_not_exist")
        if giver == receiver:
            raise invalid("to", "Choose somebody other than the person who holds the work now.")
        done = hand_over(project, giver=giver, receiver=receiver, by=caller(request))
        return Response(hand_over_json(done, giver, receiver))

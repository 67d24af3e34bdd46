"""`projects/{slug}/hand-over/`"""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method
from annotations.api.base.resource import Resource, caller
from annotations.api.projects.projects import find_project
from annotations.models import User, Verdict
from annotations.operations.hand_over import Left, hand_over, people_of
from annotations.paging import LARGEST
from annotations.permissions import Action, must
from annotations.serializers import answers
from annotations.serializers.base import Strict, checked, invalid
from annotations.serializers.shapes import person


class HandOverBody(Strict):
    """Whose verdicts go to whom, by their ids."""

    def get_fields(self) -> dict[str, Any]:
        return {name: serializers.IntegerField(min_value=1, max_value=LARGEST - 1) for name in ("from", "to")}


class HandOverView(Resource):
    """Hands somebody's drafts and returned verdicts over to another annotator.

    `from` may have left the project. What `to` may not have stays, and is named with the reason. Doing it again moves
    nothing. With `more`, others wait to be handed over: send it again.
    """

    @method("hand_over", "members", answers.HandOverAnswer, body=HandOverBody, refusals=(409,))
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
        return Response(
            {
                "from": person(giver),
                "to": person(receiver),
                "handed_over": [verdict_label(verdict) for verdict in done.moved],
                "left": [left_json(left) for left in done.left],
                "left_count": done.left_count,
                "more": done.more,
            }
        )


def verdict_label(verdict: Verdict) -> dict[str, Any]:
    """Which verdict it is, and its version now."""
    return {
        "id": verdict.pk,
        "claim": verdict.claim_id,
        "article": verdict.claim.article_id,
        "state": verdict.state,
        "version": verdict.version,
    }


def left_json(left: Left) -> dict[str, Any]:
    """A verdict that stays, with the rule's name and why."""
    return {**verdict_label(left.verdict), "code": left.rule.name, "detail": left.detail}

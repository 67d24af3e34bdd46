"""`projects/{slug}/members/`, `members/{id}/` and `projects/{slug}/hand-over/`"""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import PAGED, page_in
from annotations.api.base.resource import Resource, caller
from annotations.api.projects.projects import find_project
from annotations.jobs.invitations import invite
from annotations.models import Invitation, Membership, User, acting
from annotations.operations.hand_over import hand_over, people_of
from annotations.permissions import Action, can, must
from annotations.serializers.base import checked, invalid
from annotations.serializers.people import (
    MEMBER_OR_INVITED,
    HandOverAnswer,
    HandOverBody,
    MemberAnswer,
    MemberBody,
    RolesBody,
    hand_over_json,
    member_json,
)


class MembersView(Resource):
    """The members of a project. People who share no project with the manager who adds them are invited by email."""

    asks = PAGED

    @method("members_list", "members", page_of(MemberAnswer), query=PAGED)
    def get(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        page = page_in(request, project.memberships.select_related("user"))
        managing = can(caller(request), Action.MANAGE, project)
        return page.response(member_json(one, with_address=managing) for one in page.rows)

    @method("member_add", "members", MEMBER_OR_INVITED, body=MemberBody, status=201, refusals=(409,))
    def post(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        must(caller(request), Action.MANAGE, project)
        values = checked(MemberBody, request.data)
        added = invite(project, by=caller(request), **values)
        if isinstance(added, Invitation):
            # The same for every address, so that nobody learns which ones have accounts.
            return Response({"state": "invited"}, status=201)
        return Response(member_json(added, with_address=True), status=201)


class MemberView(Resource):
    """One member."""

    @method("member_read", "members", MemberAnswer)
    def get(self, request: Request, member_id: int) -> Response:
        membership = self._find(caller(request), member_id)
        managing = can(caller(request), Action.MANAGE, membership)
        return Response(member_json(membership, with_address=managing))

    @method("member_change", "members", MemberAnswer, body=RolesBody(partial=True), refusals=(409,))
    def patch(self, request: Request, member_id: int) -> Response:
        membership = self._find(caller(request), member_id)
        must(caller(request), Action.MANAGE, membership)
        values = checked(RolesBody, request.data, partial=True)
        if values:
            membership.roles = values["roles"]
            with acting(caller(request)):
                membership.save(update_fields=["roles"])
        return Response(member_json(membership, with_address=True))

    @method("member_remove", "members", None, status=204, refusals=(409,))
    def delete(self, request: Request, member_id: int) -> Response:
        membership = self._find(caller(request), member_id)
        must(caller(request), Action.MANAGE, membership)
        with acting(caller(request)):
            membership.delete()
        return Response(status=204)

    def _find(self, user: User, member_id: int) -> Membership:
        found = Membership.objects.visible_to(user).select_related("user", "project")
        membership: Membership | None = found.filter(pk=member_id).first()
        if membership is None:
            raise Http404
        return membership


class HandOverView(Resource):
    """Hands over a person's drafts and returned verdicts to another annotator.

    `from` may have left the project. What `to` can't have stays and is listed with the reason. Repeating it moves
    nothing. If `more` is true, send it again to hand over the rest.
    """

    @method("hand_over", "members", HandOverAnswer, body=HandOverBody, refusals=(409,))
    def post(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        must(caller(request), Action.MANAGE, project)
        values = checked(HandOverBody, request.data)
        giver = people_of(project).filter(pk=values["from"]).first()
        if giver is None:
            raise invalid("from", _("Nobody with this id is or was a member of this project."), "does_not_exist")
        receiver = User.objects.filter(memberships__project=project, pk=values["to"]).first()
        if receiver is None:
            raise invalid("to", _("No member of this project has this id."), "does_not_exist")
        if giver == receiver:
            raise invalid("to", _("Choose someone other than the person who has the work now."))
        done = hand_over(project, giver=giver, receiver=receiver, by=caller(request))
        return Response(hand_over_json(done, giver, receiver))

"""Invitations: `projects/{slug}/invitations/`, `invitations/…`, and `me/invitations/…` of those who are invited."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import PAGED, page_in
from annotations.api.base.resource import Resource, caller
from annotations.api.projects.projects import find_project
from annotations.models import Invitation, User
from annotations.operations.invitations import accept_with_link, invitation_with
from annotations.permissions import Action, must
from annotations.serializers.base import NoBody, checked, invalid
from annotations.serializers.invitations import (
    InvitationAnswer,
    InvitationStateAnswer,
    OwnInvitationAnswer,
    TokenBody,
    invitation_json,
    own_invitation_json,
)
from annotations.serializers.people import MembershipAnswer, membership_json


def _refuse_confined(user: User) -> None:
    if user.confined_to is not None:
        raise PermissionDenied(_("This token is limited to one project, so it can't answer invitations."))


class InvitationsView(Resource):
    """The unanswered invitations to a project, including expired ones. For managers."""

    asks = PAGED

    @method("invitations_list", "members", page_of(InvitationAnswer), query=PAGED)
    def get(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        must(caller(request), Action.MANAGE, project)
        page = page_in(request, project.invitations.waiting())
        return page.response(map(invitation_json, page.rows))


class InvitationView(Resource):
    """One invitation. For managers."""

    @method("invitation_withdraw", "members", None, status=204, refusals=(409,))
    def delete(self, request: Request, invitation_id: int) -> Response:
        found = Invitation.objects.managed_by(caller(request)).filter(pk=invitation_id).first()
        if found is None:
            raise Http404
        found.withdraw(by=caller(request))
        return Response(status=204)


class AcceptView(Resource):
    """Accepts an invitation with the token from its email, as the person with the invited address."""

    @method("invitation_accept_with_token", "me", MembershipAnswer, body=TokenBody, refusals=(409,))
    def post(self, request: Request) -> Response:
        user = caller(request)
        _refuse_confined(user)
        found = invitation_with(checked(TokenBody, request.data)["token"])
        if found is None:
            raise invalid(
                "token", _("This is not the token of an invitation. Copy all of it from the link in the email.")
            )
        if found.email != user.email:
            raise PermissionDenied(
                _("This invitation was sent to another address. Sign in with that address to accept it.")
            )
        return Response(membership_json(accept_with_link(found, by=user)))


class OwnInvitationsView(Resource):
    """The open invitations to the caller's address."""

    asks = PAGED

    @method("own_invitations_list", "me", page_of(OwnInvitationAnswer), query=PAGED)
    def get(self, request: Request) -> Response:
        page = page_in(request, Invitation.objects.addressed_to(caller(request)).waiting())
        return page.response(map(own_invitation_json, page.rows))


class OwnInvitationView(Resource):
    """An invitation to the caller's address."""

    def find(self, request: Request, invitation_id: int) -> Invitation:
        """The open invitation with this id, or Http404."""
        _refuse_confined(caller(request))
        found = Invitation.objects.addressed_to(caller(request)).waiting().filter(pk=invitation_id).first()
        if found is None:
            raise Http404
        return found


class AcceptOwnView(OwnInvitationView):
    """Accepts an invitation."""

    @method("invitation_accept", "me", MembershipAnswer, body=NoBody, refusals=(409,))
    def post(self, request: Request, invitation_id: int) -> Response:
        found = self.find(request, invitation_id)
        checked(NoBody, request.data)
        return Response(membership_json(found.accept(by=caller(request))))


class DeclineOwnView(OwnInvitationView):
    """Declines an invitation."""

    @method("invitation_decline", "me", InvitationStateAnswer, body=NoBody, refusals=(409,))
    def post(self, request: Request, invitation_id: int) -> Response:
        found = self.find(request, invitation_id)
        checked(NoBody, request.data)
        found.decline(by=caller(request))
        return Response({"state": found.state})

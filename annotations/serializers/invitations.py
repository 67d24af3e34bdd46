"""Invitations to projects, as managers and as those who are invited see them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from rest_framework import serializers

from annotations.models import Invitation, Role
from annotations.serializers.base import Choice, Email, Slug, Strict
from annotations.serializers.people import PersonAnswer, person


class InvitationAnswer(TypedDict):
    id: int
    email: Email
    roles: list[Annotated[str, Choice(Role.choices)]]
    by: PersonAnswer
    created_at: datetime
    expires_at: datetime
    expired: bool


def invitation_json(invitation: Invitation) -> InvitationAnswer:
    """An invitation as managers of its project see it."""
    return {
        "id": invitation.pk,
        "email": invitation.email,
        "roles": invitation.roles,
        "by": person(invitation.invited_by),
        "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
        "expired": invitation.expired,
    }


class OwnInvitationAnswer(TypedDict):
    id: int
    project: Slug
    name: Annotated[str, "The project's name."]
    roles: list[Annotated[str, Choice(Role.choices)]]
    by: PersonAnswer
    created_at: datetime
    expires_at: datetime


def own_invitation_json(invitation: Invitation) -> OwnInvitationAnswer:
    """An invitation as the person who is invited sees it."""
    return {
        "id": invitation.pk,
        "project": invitation.project.slug,
        "name": invitation.project.name,
        "roles": invitation.roles,
        "by": person(invitation.invited_by),
        "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
    }


class InvitationStateAnswer(TypedDict):
    state: Annotated[str, Choice(["declined"])]


class TokenBody(Strict):
    """The token from the link in the email."""

    token = serializers.CharField(max_length=200)

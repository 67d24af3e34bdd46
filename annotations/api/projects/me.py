"""`me/`"""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method
from annotations.api.base.resource import Resource, caller
from annotations.models import Article, Invitation, Notice, Project, User, Verdict, acting
from annotations.models.base.names import be_one_line
from annotations.permissions import Action, can
from annotations.serializers import answers
from annotations.serializers.base import Strict, checked, refuse
from annotations.serializers.bodies import KEYS
from annotations.shortcuts import complaints_about_keys


@extend_schema_field(KEYS)
class OwnKeys(serializers.DictField):
    """The keys that somebody changed."""


class MeChange(Strict):
    """What people change of themselves; `keys` holds all the keys they changed, and {} none."""

    name = serializers.CharField(max_length=150, allow_blank=True, validators=[be_one_line])
    keys = OwnKeys()
    single_keys = serializers.BooleanField()

    def validate_keys(self, value: dict[str, Any]) -> dict[str, Any]:
        refuse(complaints_about_keys(value))
        return value


class MeView(Resource):
    """The caller, their memberships and what waits for them."""

    @method("me_read", "me", answers.MeAnswer)
    def get(self, request: Request) -> Response:
        return Response(me_json(caller(request)))

    @method("me_change", "me", answers.MeAnswer, body=MeChange(partial=True))
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


def me_json(user: User) -> dict[str, Any]:
    """The caller as the API shows them to themselves."""
    places = sorted(user.places.values(), key=lambda membership: membership.project.name)
    return {
        "id": user.pk,
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "keys": user.keys,
        "single_keys": user.single_keys,
        "may_start_projects": user.may_start_projects,
        "memberships": [{"project": one.project.slug, "name": one.project.name, "roles": one.roles} for one in places],
        "waiting": [
            {"project": one.project.slug, **waiting_for(user, one.project)}
            for one in places
            if not one.project.archived
        ],
        "inbox": {"unread": Notice.objects.visible_to(user).unread().count()},
        "invitations": Invitation.objects.addressed_to(user).count(),
    }


def waiting_for(user: User, project: Project) -> dict[str, int]:
    """How much waits for somebody in a project: articles to annotate, verdicts returned and verdicts to review."""
    annotates, reviews = can(user, Action.ANNOTATE, project), can(user, Action.REVIEW, project)
    verdicts = Verdict.objects.visible_to(user).in_project(project)
    return {
        "articles": Article.objects.waiting_for(user, project).count() if annotates else 0,
        "returned": verdicts.returned_to(user).count() if annotates else 0,
        "reviews": verdicts.awaiting_review().for_reviewer(user).count() if reviews else 0,
    }

"""`projects/`, `projects/{slug}/`"""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import KeyPages
from annotations.api.base.parameters import PAGED
from annotations.api.base.resource import Resource, caller
from annotations.jobs.indexing import save_settings
from annotations.models import Project, User
from annotations.models.base.names import be_one_line
from annotations.permissions import Action, may_start_projects, must
from annotations.project_settings import complaints_about_label_fields, complaints_about_scale, complete_scale
from annotations.serializers import answers
from annotations.serializers.base import Strict, checked, refuse
from annotations.serializers.bodies import LABEL_FIELDS, SCALE
from annotations.serializers.shapes import project_json

RESERVED_SLUGS: Final = {"new"}


def find_project(user: User, slug: str) -> Project:
    """The project with this address, or Http404 where the caller is not a member."""
    project: Project | None = Project.objects.visible_to(user).filter(slug=slug).first()
    if project is None:
        raise Http404
    return project


@extend_schema_field(LABEL_FIELDS)
class LabelFields(serializers.DictField):
    """The fields of each label."""


@extend_schema_field(SCALE)
class Scale(serializers.ListField):
    """The ratings that a verdict may give."""


class ProjectBody(Strict):
    """A project's settings as a manager sends them."""

    slug = serializers.RegexField(r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z", max_length=60)
    name = serializers.CharField(max_length=200, validators=[be_one_line])
    mode = serializers.ChoiceField(Project.Mode.choices, required=False)
    annotators_per_article = serializers.IntegerField(min_value=1, max_value=100, required=False)
    fold_diacritics = serializers.BooleanField(required=False, help_text="Search finds Zürich by Zurich.")
    guidelines = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False, max_length=200_000)
    label_fields = LabelFields(required=False)
    scale = Scale(child=serializers.DictField(), required=False, allow_empty=False, max_length=30)

    def validate_slug(self, value: str) -> str:
        if value in RESERVED_SLUGS:
            raise serializers.ValidationError("This address is taken.")
        return value

    def validate_label_fields(self, value: dict[str, Any]) -> dict[str, Any]:
        refuse(complaints_about_label_fields(value))
        return {label: value.get(label, []) for label in ("claim", "attribution", "fact")}

    def validate_scale(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        refuse(complaints_about_scale(value))
        return complete_scale(value)


class ProjectChange(ProjectBody):
    """What may change of a project; its address may not."""

    slug = None  # type: ignore[assignment]
    archived = serializers.BooleanField(required=False)


class ProjectsView(Resource):
    """The caller's projects."""

    asks = PAGED

    @method("projects_list", "projects", page_of(answers.ProjectAnswer), query=PAGED)
    def get(self, request: Request) -> Response:
        pages = KeyPages()
        found: list[Project] | None = pages.paginate_queryset(
            Project.objects.visible_to(caller(request)), request, self
        )
        return pages.get_paginated_response([project_json(project) for project in found or []])

    @method("project_create", "projects", answers.ProjectAnswer, body=ProjectBody, status=201, refusals=(409,))
    def post(self, request: Request) -> Response:
        user = caller(request)
        if user.confined_to is not None:
            raise PermissionDenied("The token is for one project, so it starts no other.")
        if not may_start_projects(user):
            raise PermissionDenied("You may not start projects. An operator of this site can let you.")
        project = Project.objects.start(by=user, **checked(ProjectBody, request.data))
        project.refresh_from_db()
        return Response(project_json(project), status=201)


class ProjectView(Resource):
    """One project."""

    @method("project_read", "projects", answers.ProjectAnswer)
    def get(self, request: Request, slug: str) -> Response:
        return Response(project_json(find_project(caller(request), slug)))

    @method("project_change", "projects", answers.ProjectAnswer, body=ProjectChange(partial=True), refusals=(409,))
    def patch(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        must(caller(request), Action.MANAGE, project)
        values = checked(ProjectChange, request.data, partial=True)
        for name, value in values.items():
            setattr(project, name, value)
        if values:
            save_settings(project, list(values), by=caller(request))
        return Response(project_json(project))

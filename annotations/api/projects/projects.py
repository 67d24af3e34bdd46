"""`projects/`, `projects/{slug}/`"""

from __future__ import annotations

from django.http import Http404
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import KeyPages
from annotations.api.base.parameters import PAGED
from annotations.api.base.resource import Resource, caller
from annotations.jobs.indexing import save_settings
from annotations.models import Project, User
from annotations.permissions import Action, may_start_projects, must
from annotations.serializers.base import checked
from annotations.serializers.projects import ProjectAnswer, ProjectBody, ProjectChange, project_json


def find_project(user: User, slug: str) -> Project:
    """The project with this address, or Http404 where the caller is not a member."""
    project: Project | None = Project.objects.visible_to(user).filter(slug=slug).first()
    if project is None:
        raise Http404
    return project


class ProjectsView(Resource):
    """The caller's projects."""

    asks = PAGED

    @method("projects_list", "projects", page_of(ProjectAnswer), query=PAGED)
    def get(self, request: Request) -> Response:
        pages = KeyPages()
        found: list[Project] | None = pages.paginate_queryset(
            Project.objects.visible_to(caller(request)), request, self
        )
        return pages.get_paginated_response([project_json(project) for project in found or []])

    @method("project_create", "projects", ProjectAnswer, body=ProjectBody, status=201, refusals=(409,))
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

    @method("project_read", "projects", ProjectAnswer)
    def get(self, request: Request, slug: str) -> Response:
        return Response(project_json(find_project(caller(request), slug)))

    @method("project_change", "projects", ProjectAnswer, body=ProjectChange(partial=True), refusals=(409,))
    def patch(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        must(caller(request), Action.MANAGE, project)
        values = checked(ProjectChange, request.data, partial=True)
        for name, value in values.items():
            setattr(project, name, value)
        if values:
            save_settings(project, list(values), by=caller(request))
        return Response(project_json(project))

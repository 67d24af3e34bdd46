"""`projects/`, `projects/{slug}/` and its change feed, `projects/{slug}/changes/`"""

from __future__ import annotations

from typing import Final

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import LIMIT, PAGED, Parameter, limit_in, page_in
from annotations.api.base.resource import Resource, caller
from annotations.jobs.indexing import save_settings
from annotations.live import feed
from annotations.models import Project, User
from annotations.models.visibility import sees_all_work
from annotations.permissions import Action, may_start_projects, must
from annotations.serializers.base import checked, invalid
from annotations.serializers.events import ChangesAnswer, change_json
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
        page = page_in(request, Project.objects.visible_to(caller(request)))
        return page.response(map(project_json, page.rows))

    @method("project_create", "projects", ProjectAnswer, body=ProjectBody, status=201, refusals=(409,))
    def post(self, request: Request) -> Response:
        user = caller(request)
        if user.confined_to is not None:
            raise PermissionDenied(_("This token is limited to one project, so it can't create others."))
        if not may_start_projects(user):
            raise PermissionDenied(_("You can't create projects. Ask an administrator of this site for permission."))
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


QUERY: Final = (
    Parameter(
        "after",
        ("Where to continue: `next` of the last response. Without it, the feed starts at the creation of the project."),
    ),
    Parameter("limit", "Changes per response, at most 500.", LIMIT),
)


class ChangesView(Resource):
    """All changes in a project, each exactly once and in the order in which they were committed.

    Follow `next` to continue; immediately while `more` is true. A deletion has no `after`. A legal removal empties what
    it takes, which then has no `after` either. Only for those who see all work of the project.
    """

    asks = QUERY

    @method("changes", "changes", ChangesAnswer, query=QUERY)
    def get(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        must(caller(request), Action.READ_WORK, project)
        if not sees_all_work(caller(request), project.pk):
            raise PermissionDenied(
                _("The change feed includes everybody's work, so annotators of this project can't read it.")
            )
        try:
            cursor = feed.Cursor.read(request.query_params.get("after", ""))
            stretch = feed.read(caller(request), project.pk, cursor, limit_in(request))
        except feed.NotACursor as error:
            raise invalid("after", _("This is not a cursor of this feed. Start again without one.")) from error
        results = [change_json(event) for event in stretch.events]
        return Response({"results": results, "next": str(stretch.next), "more": stretch.more})

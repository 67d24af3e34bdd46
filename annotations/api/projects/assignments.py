"""`articles/{id}/assignment/`, `assignment/submit/`, `assignment/reopen/`; `articles/{id}/assignments/`; and
`assignments/{id}/reopen/`"""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import PAGED, page_in
from annotations.api.base.resource import Resource, caller
from annotations.api.projects.articles import find_article
from annotations.models import Assignment
from annotations.permissions import Action, must
from annotations.serializers.articles import AssignmentAnswer, assignment_json
from annotations.serializers.base import NoBody, checked


class AssignmentView(Resource):
    """The caller's assignment on an article."""

    @method(
        "assignment_take_up",
        "assignments",
        AssignmentAnswer,
        body=NoBody,
        also={201: AssignmentAnswer},
        refusals=(409,),
    )
    def put(self, request: Request, key: UUID) -> Response:
        checked(NoBody, request.data)
        article = find_article(caller(request), key)
        must(caller(request), Action.ANNOTATE, article)
        assignment, made = Assignment.objects.take_up(article, by=caller(request))
        assignment.refresh_from_db()
        return Response(assignment_json(assignment), status=201 if made else 200)


class AssignmentStep(Resource):
    """Says that the caller's pass is done, or goes on with it. Saying so again changes nothing."""

    verb: ClassVar[str]

    def post(self, request: Request, key: UUID) -> Response:
        checked(NoBody, request.data)
        article = find_article(caller(request), key)
        must(caller(request), Action.READ_WORK, article)
        assignment: Any = next(iter(article.assignments_of(caller(request))), None)
        if assignment is None:
            must(caller(request), Action.ANNOTATE, article)
            raise Http404
        getattr(assignment, self.verb)(by=caller(request))
        return Response(assignment_json(assignment))


@extend_schema_view(post=method("assignment_submit", "assignments", AssignmentAnswer, body=NoBody))
class SubmitAssignment(AssignmentStep):
    """Submits the caller's assignment."""

    verb = "submit"


@extend_schema_view(post=method("assignment_reopen", "assignments", AssignmentAnswer, body=NoBody, refusals=(409,)))
class ReopenAssignment(AssignmentStep):
    """Reopens the caller's assignment."""

    verb = "reopen"


class AssignmentsView(Resource):
    """The assignments on an article that the caller can read: in an independent project annotators read their own."""

    asks = PAGED

    @method("article_assignments", "assignments", page_of(AssignmentAnswer), query=PAGED)
    def get(self, request: Request, key: UUID) -> Response:
        article = find_article(caller(request), key)
        must(caller(request), Action.READ_WORK, article)
        passes = Assignment.objects.visible_to(caller(request)).filter(article=article).select_related("assignee")
        page = page_in(request, passes, ["id"])
        return page.response(map(assignment_json, page.rows))


class ReopenAnyAssignment(Resource):
    """Reopens anybody's assignment, for managers. Repeating it changes nothing."""

    @method("assignment_reopen_any", "assignments", AssignmentAnswer, body=NoBody)
    def post(self, request: Request, assignment_id: int) -> Response:
        checked(NoBody, request.data)
        passes = Assignment.objects.visible_to(caller(request)).select_related("article__project", "assignee")
        assignment: Assignment | None = passes.filter(pk=assignment_id).first()
        if assignment is None:
            raise Http404
        must(caller(request), Action.MANAGE, assignment)
        assignment.reopen(by=caller(request))
        return Response(assignment_json(assignment))

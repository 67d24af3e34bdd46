"""`projects/{slug}/changes/`: the change feed"""

from __future__ import annotations

from typing import Final

from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method
from annotations.api.base.pagination import KeyPages
from annotations.api.base.parameters import LIMIT, Parameter
from annotations.api.base.resource import Resource, caller
from annotations.api.projects.projects import find_project
from annotations.live import feed
from annotations.models.visibility import sees_all_work
from annotations.permissions import Action, must
from annotations.serializers.base import invalid
from annotations.serializers.events import ChangesAnswer, change_json

QUERY: Final = (
    Parameter("after", "Where to go on: `next` of the last answer. Left out, the feed begins with the project."),
    Parameter("limit", "Changes at once, at most 500.", LIMIT),
)


class ChangesView(Resource):
    """What happened in a project, each change exactly once and in the order in which it was committed.

    Follow `next` for ever; while `more` is true, at once. A deletion has no `after`. A legal removal empties what it
    takes, which then has no `after` either. Only for those who see all work of the project.
    """

    asks = QUERY

    @method("changes", "changes", ChangesAnswer, query=QUERY)
    def get(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        must(caller(request), Action.READ_WORK, project)
        if not sees_all_work(caller(request), project.pk):
            raise PermissionDenied("The feed tells everybody's work, which is not open to annotators of this project.")
        try:
            cursor = feed.Cursor.read(request.query_params.get("after", ""))
            stretch = feed.read(caller(request), project.pk, cursor, KeyPages().get_page_size(request))
        except feed.NotACursor as error:
            raise invalid("after", "This is not a cursor of this feed. Begin again without one.") from error
        results = [change_json(event) for event in stretch.events]
        return Response({"results": results, "next": str(stretch.next), "more": stretch.more})

"""`{spans,links,verdicts,comments}/{uuid}/history/` and `restore/`"""

from __future__ import annotations

from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.annotation.comments import CommentView
from annotations.api.annotation.links import LinkView
from annotations.api.annotation.spans import SpanView
from annotations.api.annotation.verdicts import VerdictView
from annotations.api.base.openapi import ANSWERS, ETAG, method, page_of
from annotations.api.base.pagination import PAGED, page_in
from annotations.api.base.resource import Answer, Resource, Stated, StepResource, VersionedResource, caller
from annotations.models import Event, Span, User
from annotations.models.visibility import sees_all_work
from annotations.operations.restore import as_it_was, deleted, has_its_ends, restore
from annotations.paging import bytes_of
from annotations.permissions import Action, must, project_of
from annotations.rules import GONE, RuleBroken
from annotations.serializers.base import NoBody, checked
from annotations.serializers.events import EventAnswer, event_json

VIEWS: Final[dict[str, type[VersionedResource[Any]]]] = {
    "span": SpanView,
    "link": LinkView,
    "verdict": VerdictView,
    "comment": CommentView,
}
NEEDED: Final = {"span": Action.CHANGE_SPAN, "link": Action.LINK, "verdict": Action.JUDGE, "comment": Action.REWORD}


def events_of(user: User, kind: str, key: UUID) -> QuerySet[Event]:
    """The history of one thing, or Http404 where the caller may not read the thing."""
    try:
        thing = VIEWS[kind]().find(user, key)
    except Http404:
        gone = deleted(user.places, kind, key)
        if gone is None or gone.project_id is None or not _remembers(user, gone, kind, key):
            raise
        return Event.objects.of(gone.project_id, kind, key)
    must(user, Action.READ_WORK, thing)
    return Event.objects.of(project_of(thing).pk, kind, key)


def _remembers(user: User, gone: Event, kind: str, key: UUID) -> bool:
    made = Event.objects.creation_of(gone.project_id or 0, kind, key)
    if sees_all_work(user, gone.project_id or 0) or (made is not None and made.by_id == user.pk):
        return True
    row = gone.before or {}
    # Whoever held a verdict that was handed over to them can bring it back, while they see its claim.
    return row.get("holder_id") == user.pk and Span.objects.visible_to(user).filter(pk=row["claim_id"]).exists()


class HistoryView(Resource):
    """The history of an item, newest first."""

    asks = PAGED
    kind: ClassVar[str]

    def get(self, request: Request, key: UUID) -> Response:
        page = page_in(request, events_of(caller(request), self.kind, key), ["-id"], bytes_of("before", "after"))
        return page.response(map(event_json, page.rows))


class RestoreView(StepResource):
    """Restores a deleted item with its id and with what was deleted along with it: links, verdict, comments."""

    kind: ClassVar[str]

    def post(self, request: Request, key: UUID) -> Response:
        return self.step(caller(request), key, request.data, None).response()

    def step(self, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        """Carries out the restoration. What is there already is answered as it is."""
        checked(NoBody, body)
        view = VIEWS[self.kind]()
        events_of(user, self.kind, key)
        gone = deleted(user.places, self.kind, key)
        if gone is not None:
            if not has_its_ends(gone):
                raise RuleBroken(GONE)
            must(user, NEEDED[self.kind], as_it_was(gone))
            restore(gone, by=user)
        return view.answer(view.find(user, key), user)


def history_of(kind: str) -> type[HistoryView]:
    """The history view of one kind of thing."""
    described = method(f"{kind}_history", f"{kind}s", page_of(EventAnswer), query=PAGED)
    return type(f"{kind.title()}History", (HistoryView,), {"kind": kind, "get": described(_copy(HistoryView.get))})


def restore_of(kind: str) -> type[RestoreView]:
    """The restore view of one kind of thing."""
    described = method(f"{kind}_restore", f"{kind}s", ANSWERS[kind], body=NoBody, parameters=[ETAG], refusals=(409,))
    return type(f"{kind.title()}Restore", (RestoreView,), {"kind": kind, "post": described(_copy(RestoreView.post))})


def _copy(function: Any) -> Any:
    # A description is kept on the function, so each kind needs one of its own.
    def described(self: Any, request: Request, key: UUID) -> Response:
        response: Response = function(self, request, key)
        return response

    described.__doc__ = function.__doc__
    return described

"""Changes: the history of a thing, and the change feed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypedDict

from annotations.models import Event
from annotations.serializers.base import Choice
from annotations.serializers.people import PersonAnswer, person


class EventAnswer(TypedDict):
    id: int
    at: datetime
    by: PersonAnswer | None
    what: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def event_json(event: Event) -> EventAnswer:
    """One change, with the row's columns by the names that the API uses."""
    return {
        "id": event.pk,
        "at": event.at,
        "by": person(event.by),
        "what": event.what,
        "before": event_row(event.before),
        "after": event_row(event.after),
    }


def event_row(row: dict[str, Any] | None) -> dict[str, Any] | None:
    """A row of the history, whose keys lose the `_id` of their columns."""
    return None if row is None else {name.removesuffix("_id"): value for name, value in row.items()}


class ChangeAnswer(TypedDict):
    at: Annotated[datetime, "When it was done; it may have been committed later."]
    by: PersonAnswer | None
    what: Annotated[str, Choice(["created", "updated", "deleted"])]
    kind: Annotated[str, "span, link, verdict, article, assignment, comment, review and so on."]
    id: str
    after: Annotated[dict[str, Any] | None, "The row as it was then; null if it was deleted."]


class ChangesAnswer(TypedDict):
    results: list[ChangeAnswer]
    next: Annotated[str, "The cursor to continue from, also if there is nothing new."]
    more: Annotated[bool, "Whether there is more to fetch immediately."]


def change_json(event: Event) -> ChangeAnswer:
    """One change; `after` has the row's columns by the names that the API uses."""
    gone = event.what in (Event.What.DELETED, Event.What.REMOVED)
    return {
        "at": event.at,
        "by": person(event.by),
        "what": Event.What.DELETED if gone else event.what,
        "kind": event.kind,
        "id": event.object_id,
        "after": None if gone else event_row(event.after),
    }

"""The history of one verdict a page at a time, the latest first: a verdict may be sent back any number of times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from annotations.models import Event, Review, User, Verdict
from annotations.permissions import Action, can
from annotations.web.review.rounds import Entry, approvals, history

LENGTH: Final = 100
"""Changes on a page. Each may bring a reason of 20,000 characters."""
PARAMETER: Final = "history"
"""The parameter of an address that names the page: the id of the change before which it ends."""
CURSOR: Final = re.compile(r"[0-9]{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Lines of the history, newest first. `earlier` is the query of the page before them, None where there is none."""

    entries: list[Entry]
    earlier: str | None
    is_latest: bool


def history_page(verdict: Verdict, user: User, query: QueryDict) -> HistoryPage:
    """The page that the address asks for; who reads only what is approved reads of approvals."""
    project = verdict.claim.article.project
    asked = CURSOR.fullmatch(query.get(PARAMETER, ""))
    before = int(asked[0]) if asked else None
    reviews = Review.objects.visible_to(user).filter(verdict=verdict).select_related("reviewer").order_by("-id")
    if not can(user, Action.READ_WORK, project):
        found = list((reviews.filter(pk__lt=before) if before else reviews)[: LENGTH + 1])
        earlier = address(found[LENGTH - 1].pk) if len(found) > LENGTH else None
        return HistoryPage(approvals(found[:LENGTH]), earlier, before is None)
    events = verdict_events(verdict, project.pk, before)
    entries = history(events[:LENGTH], decisions_in(events[:LENGTH], verdict, user), user)
    earlier = address(events[LENGTH - 1].pk) if len(events) > LENGTH else None
    return HistoryPage(entries, earlier, before is None)


def verdict_events(verdict: Verdict, project_id: int, before: int | None) -> list[Event]:
    """The latest changes of the verdict before the one with this id: those of a page and one more."""
    events = Event.objects.of(project_id, "verdict", verdict.pk)
    return list((events.filter(pk__lt=before) if before else events)[: LENGTH + 1])


def decisions_in(events: list[Event], verdict: Verdict, user: User) -> list[Review]:
    """The reviews that made these changes, and the last one before them, as far as `user` may read them."""
    if not events:
        return []
    versions = [event.before["version"] for event in events if event.before]
    reviews = Review.objects.visible_to(user).filter(verdict=verdict).select_related("reviewer")
    earlier = reviews.filter(verdict_version__lt=min(versions, default=0)).order_by("-id")[:1]
    return [*earlier, *reviews.filter(verdict_version__in=versions).order_by("id")]


def address(event_id: int) -> str:
    """The query of the page that ends before this change."""
    return f"{PARAMETER}={event_id}"

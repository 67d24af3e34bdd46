"""The inbox on *my work*: who is told of what, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from annotations.models import Comment, Notice, Span, User
from annotations.web.lists.paging import Page, page_of
from annotations.web.page import PageRequest, page

LENGTH: Final = 8
"""Notices on a page: the desks below should stay in sight."""

WHY: Final = {
    Notice.Why.MENTION.value: "mentions you",
    Notice.Why.REPLY.value: "answers in a thread of yours",
    Notice.Why.WORK.value: "comments on your work",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One notice with the way to its comment; `about` says what that hangs on."""

    notice: Notice
    address: str
    about: str
    quote: str

    @property
    def why(self) -> str:
        """What the comment's author did, in words."""
        return WHY[self.notice.why]


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of notices, what is unread first; the number counts all."""

    rows: list[Told]
    unread: int
    previous: str | None
    next: str | None


def inbox_of(user: User, query: QueryDict) -> Inbox:
    """The page of somebody's inbox that the address asks for."""
    seen = Notice.objects.visible_to(user)
    found: Page[Notice] = page_of(seen.with_places(), ["read", "-id"], query, length=LENGTH)
    return Inbox([told(notice) for notice in found.rows], seen.unread().count(), found.previous, found.next)


def told(notice: Notice) -> Told:
    """Where a comment stands, and the address that opens it there."""
    comment = notice.comment
    span, about = place_of(comment)
    address = reverse("workbench", args=[comment.article_id])
    query = QueryDict(mutable=True)
    if span is not None:
        query["span"] = str(span.pk)
    query["comment"] = str(comment.pk)
    return Told(notice, f"{address}?{query.urlencode()}", about, span.quote if span else comment.article.title)


def place_of(comment: Comment) -> tuple[Span | None, str]:
    """The span that is active where the comment shows, and what the comment is on, in words."""
    if comment.span is not None:
        return comment.span, f"on the {comment.span.label}"
    if comment.verdict is not None:
        return comment.verdict.claim, "on the verdict on"
    if comment.link is not None:
        return comment.link.target, f"on a link that {comment.link.relation}"
    return None, "on the article"


@page("POST")
def read(request: PageRequest) -> HttpResponse:
    """Marks one notice as read, or all."""
    notices = Notice.objects.visible_to(request.user)
    one = request.POST.get("notice", "")
    if one:
        notices = notices.filter(pk=int(one)) if one.isdecimal() and len(one) < 19 else notices.none()
    notices.mark_read()
    return redirect("work")

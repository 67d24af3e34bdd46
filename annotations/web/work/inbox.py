"""The inbox on *my work*: who is told of what, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from annotations.models import Comment, Notice, Span, User
from annotations.paging import Page, page_of
from annotations.web.page import PageRequest, page
from annotations.web.text.isolation import isolated
from annotations.web.wording import counted

LENGTH: Final = 8
"""Notices on a page: the desks below should stay in sight."""

WHY: Final = {
    Notice.Why.MENTION.value: "mentions you",
    Notice.Why.REPLY.value: "answers in a thread of yours",
    Notice.Why.WORK.value: "comments on your work",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One notice: who did what and to which `quote`, if any, and the `text` that leads there."""

    notice: Notice
    who: User
    did: str
    quote: str
    at: datetime
    text: str
    address: str


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
    """What a notice tells, and the address that opens the comment where it stands, or the work that was handed over."""
    handed, comment = notice.hand_over, notice.comment
    if handed is not None:
        did = f"handed work of {isolated(str(handed.giver))} over to you"
        address = f"{reverse('work')}#desk-{handed.project.slug}"
        return Told(notice, handed.by, did, "", handed.created_at, counted(handed.verdicts, "verdict"), address)
    if comment is None:
        raise ValueError("A notice tells of a comment or of a hand-over.")
    span, about = place_of(comment)
    address = reverse("workbench", args=[comment.article_id])
    query = QueryDict(mutable=True)
    if span is not None:
        query["span"] = str(span.pk)
    query["comment"] = str(comment.pk)
    did, quote = f"{WHY[notice.why]}, {about}", span.quote if span else comment.article.title
    address = f"{address}?{query.urlencode()}"
    return Told(notice, comment.author, did, quote, comment.created_at, comment.text, address)


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

"""The inbox on *My work*: notices of comments and of work that was handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Comment, Notice, Span, User
from annotations.paging import Page, page_of
from annotations.web.page import PageRequest, page
from annotations.web.text.isolation import isolated
from annotations.web.wording import counted, shortened

LENGTH: Final = 8
"""Notices on a page: few, so that the desks below stay visible."""

WHY: Final = {
    Notice.Why.MENTION.value: gettext_lazy("%(person)s mentioned you"),
    Notice.Why.REPLY.value: gettext_lazy("%(person)s replied in your thread"),
    Notice.Why.WORK.value: gettext_lazy("%(person)s commented on your work"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One notice: what somebody `did`, what it is `about`, if anything, and the `text` that links there."""

    notice: Notice
    did: str
    about: str
    at: datetime
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of notices, unread ones first; the number counts all."""

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
    """What a notice says, and the address of the comment, or of the work that was handed over."""
    handed, comment = notice.hand_over, notice.comment
    if handed is not None:
        people = {"person": isolated(str(handed.by)), "giver": isolated(str(handed.giver))}
        did = _("%(person)s handed over work of %(giver)s to you") % people
        address = f"{reverse('work')}#desk-{handed.project.slug}"
        return Told(notice, did, "", handed.created_at, counted(handed.verdicts, "verdict"), address)
    if comment is None:
        raise ValueError("A notice is about a comment or a hand-over.")
    span, about = place_of(comment)
    address = reverse("workbench", args=[comment.article_id])
    query = QueryDict(mutable=True)
    if span is not None:
        query["span"] = str(span.pk)
    query["comment"] = str(comment.pk)
    did = WHY[notice.why] % {"person": isolated(str(comment.author))}
    address = f"{address}?{query.urlencode()}"
    return Told(notice, did, about, comment.created_at, comment.text, address)


def place_of(comment: Comment) -> tuple[Span | None, str]:
    """The span that is active where the comment is shown, and what the comment is about: ``Claim: “…”``."""
    if comment.span is not None:
        return comment.span, _("%(label)s: “%(quote)s”") % {
            "label": comment.span.get_label_display(), "quote": _cut(comment.span.quote),
        }  # fmt: skip
    if comment.verdict is not None:
        claim = comment.verdict.claim
        return claim, _("Verdict: “%(claim)s”") % {"claim": _cut(claim.quote)}
    if comment.link is not None:
        target = comment.link.target
        return target, _("Link: %(relation)s “%(quote)s”") % {
            "relation": comment.link.get_relation_display(), "quote": _cut(target.quote),
        }  # fmt: skip
    return None, _("Article: “%(title)s”") % {"title": _cut(comment.article.title)}


def _cut(text: str) -> str:
    return isolated(shortened(text, 80))


@page("POST")
def read(request: PageRequest) -> HttpResponse:
    """Marks one notice as read, or all."""
    notices = Notice.objects.visible_to(request.user)
    one = request.POST.get("notice", "")
    if one:
        notices = notices.filter(pk=int(one)) if one.isdecimal() and len(one) < 19 else notices.none()
    notices.mark_read()
    return redirect("work")

"""Threads of comments on the pages."""

from __future__ import annotations

from uuid import UUID

from django import template

from annotations.models import Notice, User
from annotations.web.review.comments import Talk, Thread

register = template.Library()


@register.simple_tag
def threads_on(talk: Talk, kind: str, key: UUID) -> list[Thread]:
    """The threads on one thing."""
    return talk.on(kind, key)


@register.simple_tag
def counted(talk: Talk, kind: str, key: UUID) -> int:
    """How many comments there are on one thing."""
    return talk.counts[kind, key]


@register.simple_tag
def shown(threads: list[Thread]) -> int:
    """How many comments the page shows of these threads."""
    return sum(1 + len(thread.replies) for thread in threads)


@register.simple_tag
def unread_by(user: User) -> int:
    """How much of somebody's inbox is unread."""
    count: int = Notice.objects.visible_to(user).unread().count()
    return count

"""Threads of comments on the pages."""

from __future__ import annotations

from uuid import UUID

from django import template

from annotations.web.reviewing.talk import Talk, Thread

register = template.Library()


@register.simple_tag
def threads_on(talk: Talk, kind: str, key: UUID) -> list[Thread]:
    """The threads on one thing."""
    return talk.on(kind, key)


@register.simple_tag
def counted(threads: list[Thread]) -> int:
    """How many comments there are in these threads."""
    return sum(1 + len(thread.replies) for thread in threads)

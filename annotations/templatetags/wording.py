"""How pages put things: claims, ratings, states, times, formats, and threads of comments."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.evidence.claims import statement
from annotations.formats.registry import IMPORTERS
from annotations.models import Assignment, Import, Notice, Project, Release, Span, User, Verdict
from annotations.vocabulary import role_names
from annotations.web.review.comments import Thread, Threads
from annotations.web.text import isolation
from annotations.web.wording import (
    COLUMN_NAMES,
    badge_of,
    counted,
    in_utc,
    lines,
    listed,
    shortened,
    thousands,
)

register = template.Library()
register.filter(counted)
register.filter(lines)
register.filter(listed)
register.filter(role_names)
register.filter(shortened)
register.filter(thousands)


@register.filter
def isolated(words: object) -> str:
    """Text from outside, so that it moves nothing of what stands around it."""
    return isolation.isolated("" if words is None else str(words))


@register.filter
def wording(span: Span) -> str:
    """The claim written to stand alone where somebody wrote it so, else the words of the text."""
    return statement(span.fields, span.quote)


@register.simple_tag
def catalogue() -> SafeString | str:
    """The script with what scripts say in the language of the page, before all modules. English needs none."""
    language = get_language() or settings.LANGUAGE_CODE
    if language == "en":
        return ""
    return format_html('<script id="catalogue" src="{}" defer></script>', static(f"annotations/messages/{language}.js"))


@register.simple_tag
def signup_is_open() -> bool:
    """Whether strangers may make an account."""
    return bool(settings.SIGNUP == "open")


@register.simple_tag
def badge(thing: Verdict | Assignment | Import | Release) -> SafeString:
    """The badge that tells the state of something."""
    tone, words = badge_of(thing)
    # Without the file's last line end, which would be a space before a comma.
    return SafeString(render_to_string("annotations/layout/badge.html", {"tone": tone, "words": words}).rstrip())


@register.simple_tag
def rating(project: Project, key: str | None) -> dict[str, Any]:
    """A rating of the project's scale by its key; one without a name where there is no rating yet."""
    return project.rating(key) or {"key": "", "name": _("No rating yet"), "colour": "grey", "needs": "", "meaning": ""}


@register.filter
def moment(at: datetime | None) -> SafeString | str:
    """A time that the browser turns into the reader's own; without scripts it reads in UTC."""
    if at is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), in_utc(at))


@register.filter
def stance(key: str) -> str:
    """How a source stands to what it says, by the field's key."""
    return key.replace("_", " ")


@register.filter
def unlocalized(number: float) -> str:
    """A number as SVG wants it, whatever the language of the page."""
    return f"{number:g}"


@register.filter
def plus(number: float, more: float) -> float:
    """A place a little further on."""
    return number + more


@register.filter
def minus(number: float, less: float) -> float:
    """A place a little before."""
    return number - less


@register.filter
def format_title(name: str) -> str:
    """What a format is called; its own name where it is none that comes in any more, nothing where there is none."""
    return str(IMPORTERS[name].title) if name in IMPORTERS else name


@register.filter
def column_name(name: str) -> str:
    """What a column of ours is called on the page."""
    return str(COLUMN_NAMES[name])


@register.simple_tag
def threads_on(threads: Threads, kind: str, key: UUID) -> list[Thread]:
    """The threads on one thing."""
    return threads.on(kind, key)


@register.simple_tag
def comment_count(threads: Threads, kind: str, key: UUID) -> int:
    """How many comments there are on one thing."""
    return threads.counts[kind, key]


@register.simple_tag
def shown(threads: list[Thread]) -> int:
    """How many comments the page shows of these threads."""
    return sum(1 + len(thread.replies) for thread in threads)


@register.simple_tag
def unread_by(user: User) -> int:
    """How much of somebody's inbox is unread."""
    count: int = Notice.objects.visible_to(user).unread().count()
    return count

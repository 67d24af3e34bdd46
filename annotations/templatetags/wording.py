"""How things are called on the pages: claims, ratings, states, times."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from annotations.evidence.claims import statement
from annotations.models import Project, Span
from annotations.web.text import isolation
from annotations.web.wording import lines, shortened

register = template.Library()
register.filter(shortened)
register.filter(lines)


@register.filter
def isolated(words: object) -> str:
    """Text from outside, so that it moves nothing of what stands around it."""
    return isolation.isolated("" if words is None else str(words))


@register.filter
def wording(span: Span) -> str:
    """The claim written to stand alone where somebody wrote it so, else the words of the text."""
    return statement(span.fields, span.quote)


@register.simple_tag
def signup_is_open() -> bool:
    """Whether strangers may make an account."""
    return bool(settings.SIGNUP == "open")


@register.simple_tag
def rating(project: Project, key: str | None) -> dict[str, Any]:
    """A rating of the project's scale by its key; one without a name where there is no rating yet."""
    return project.rating(key) or {"key": "", "name": "No rating yet", "colour": "grey", "needs": "", "meaning": ""}


@register.filter
def moment(at: datetime | None) -> SafeString | str:
    """A time that the browser turns into the reader's own; without scripts it reads in UTC."""
    if at is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), f"{at:%-d %b %Y, %H:%M} UTC")


@register.filter
def stance(key: str) -> str:
    """How a source stands to what it says, by the field's key."""
    return key.replace("_", " ")


@register.filter
def unlocalized(number: float) -> str:
    """A number as SVG wants it, whatever the language of the page."""
    return f"{number:g}"


@register.filter
def thousands(number: int) -> str:
    """A count with separators of thousands."""
    return f"{number:,}"


@register.filter
def plus(number: float, more: float) -> float:
    """A place a little further on."""
    return number + more


@register.filter
def minus(number: float, less: float) -> float:
    """A place a little before."""
    return number - less

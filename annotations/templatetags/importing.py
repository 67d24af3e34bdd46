"""How imports are called on the pages."""

from __future__ import annotations

from django import template

from annotations.formats.registry import IMPORTERS

register = template.Library()


@register.filter
def format_title(name: str) -> str:
    """What a format is called; its own name where it is none that comes in any more, nothing where there is none."""
    return IMPORTERS[name].title if name in IMPORTERS else name


@register.filter
def column_name(name: str) -> str:
    """What a column of ours is called on the page."""
    return name.replace("_", " ").capitalize()

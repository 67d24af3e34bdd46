"""Keyboard shortcuts on the pages, with the keys of whoever looks at one."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.models import User
from annotations.shortcuts import BY_NAME, ROWS, Row, keys_of, table_for

register = template.Library()


@register.simple_tag(takes_context=True)
def shortcuts(context: Context, screen: str) -> SafeString:
    """The keys of a screen, for its script, as data."""
    user: User = context["request"].user
    table: dict[str, Any] = table_for(screen, user.keys, single=user.single_keys)
    return json_script(table, "own-keys")


@register.simple_tag(takes_context=True)
def key(context: Context, name: str) -> SafeString:
    """The keys of an action, as written on the keyboard."""
    user: User = context["request"].user
    keys = [(one, one) for one in keys_of(BY_NAME[name], user.keys) if user.single_keys or len(one) > 1]
    return format_html_join(" ", '<kbd data-key="{}">{}</kbd>', keys) or format_html("<i>{}</i>", _("no key"))


@register.simple_tag
def shortcut_rows(screen: str) -> list[Row]:
    """The rows of a screen's list of shortcuts."""
    return [row for row in ROWS if row.screen == screen]

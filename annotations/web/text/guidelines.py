"""Guidelines: Markdown to HTML that is safe to show."""

from __future__ import annotations

import time
from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any, Final

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

MOST_SECONDS: Final = 2.0
"""Of processor time that reading a text may take. 200,000 characters of headings, paragraphs and links take 0.5."""


class TooIntricate(Exception):
    """Reading a text takes more than `MOST_SECONDS`."""


def check_time(env: MutableMapping[str, Any]) -> None:
    """Raises TooIntricate where the text has been read for too long."""
    if time.thread_time() > env["deadline"]:
        raise TooIntricate


def check_block(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A rule that is asked before all others at each line, and never applies."""
    check_time(state.env)
    return False


def check_inline(state: StateInline, silent: bool) -> bool:
    """The same at each place in a line."""
    check_time(state.env)
    return False


def one_level_down(state: StateCore) -> None:
    """The page has a heading of the first level already, under which these stand."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + 1, 6)}"


MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
MARKDOWN.core.ruler.push("one_level_down", one_level_down)
MARKDOWN.block.ruler.before("table", "check_time", check_block, {"alt": ["paragraph", "reference", "blockquote"]})
MARKDOWN.inline.ruler.before("text", "check_time", check_inline)
TAGS: Final = {
    *("h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "pre", "code", "em", "strong", "s"),
    *("ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES: Final = {"http", "https", "mailto"}


@lru_cache(maxsize=32)
def rendered(markdown: str) -> SafeString | None:
    """The HTML of a Markdown text, or None where it is too intricate to be read in time. Either is kept.

    Pictures are left out, since no page fetches from elsewhere.
    """
    try:
        html = MARKDOWN.render(markdown, {"deadline": time.thread_time() + MOST_SECONDS})
    except TooIntricate:
        return None
    safe = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES)
    return mark_safe(safe)  # noqa: S308 - nh3 has just cleaned it

"""A language that puts each text of the catalogues in brackets, and what a page shows outside of them.

The brackets are characters that nobody sees and that Playwright leaves out of names, so tests find buttons by name.

What is no data there was not marked for translation, or is put together from pieces.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any, Final
from unittest import mock

from babel.messages.pofile import read_po
from django.db.models import Model
from django.utils import translation
from django.utils.safestring import SafeData, mark_safe
from django.utils.translation.trans_real import DjangoTranslation
from lxml import etree, html

from annotations.management.commands.makemessages import SOURCE_LANGUAGE, path_of

OPEN, CLOSE = "\u200b", "\u00ad"
IN_BRACKETS: Final = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
LETTERS: Final = re.compile(r"[^\W\d_]")
NO_TEXT: Final = {"script", "style", "code", "kbd", "textarea"}
"""Elements whose content is no text of ours: names of keys stand on the keyboard, code is the same in all languages."""

BY_THE_BROWSER: Final = re.compile(
    r"(\w+day, )?\d{1,2} \w+ \d{4}(,| at|$)|\d\d:\d\d(:\d\d)?( utc)?|(?<!\w)(\.[a-z]+)+(?!\w)|(?<!\w)[caf]\d+(?!\w)"
)
"""Dates and times as the browser writes them, the ends of file names, and the short names of spans."""

UNTRANSLATED: Final = (
    "ancestor-or-self::*[@translate='no' or contains(@class, 'secret') or contains(@class, 'specimen')]"
)
QUOTED: Final = (
    "ancestor-or-self::*[@dir='auto' or self::bdi or self::mark or self::ins or self::del"
    " or contains(@class, 'comment') or self::text[not(@class)]]"
)
"""Elements that show what somebody wrote, in part or with marks in it."""

ATTRIBUTES: Final = (
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "title",
    "alt",
    "placeholder",
    "data-confirm",
    "label",
)

SCRIPT: Final = """(() => {
    const known = new Set(%s);
    const put = (text, key) => (known.has(key) ? `\\u200b${text}\\u00ad` : text);
    globalThis.django = {
        gettext: (text) => put(text, text),
        ngettext: (one, many, count) => put(count === 1 ? one : many, one),
        pgettext: (context, text) => put(text, `${context}\\u0004${text}`),
        npgettext: (context, one, many, count) => put(count === 1 ? one : many, `${context}\\u0004${one}`),
    };
})();"""


@cache
def messages(domain: str) -> frozenset[str]:
    """The texts of a catalogue, of those with a plural the singular; before a text its context, as gettext has it."""
    with path_of(SOURCE_LANGUAGE, domain).open("rb") as file:
        return frozenset(
            "\x04".join(filter(None, [one.context, one.id if isinstance(one.id, str) else one.id[0]]))
            for one in read_po(file)
            if one.id
        )


@cache
def messages_of_packages() -> frozenset[str]:
    """The texts that Django and the other packages translate into German."""
    catalogue = DjangoTranslation("de")._catalog  # type: ignore[attr-defined]
    return frozenset(key if isinstance(key, str) else key[0] for key in dict.fromkeys(catalogue.keys()))


@contextmanager
def pseudo_language() -> Iterator[None]:
    """While it lasts the server puts its texts in brackets, for all requests."""
    known = messages("django") | messages_of_packages()
    real = {name: getattr(translation._trans, name) for name in ("gettext", "ngettext", "pgettext", "npgettext")}  # type: ignore[attr-defined]

    def put(text: str, key: str) -> str:
        if not text or known.isdisjoint((key, key.replace("%%", "%"))):
            return text
        return mark_safe(f"{OPEN}{text}{CLOSE}") if isinstance(text, SafeData) else f"{OPEN}{text}{CLOSE}"  # noqa: S308

    fakes: dict[str, Callable[..., str]] = {
        "gettext": lambda text: put(real["gettext"](text), text),
        "ngettext": lambda one, many, number: put(real["ngettext"](one, many, number), one),
        "pgettext": lambda context, text: put(real["pgettext"](context, text), f"{context}\x04{text}"),
        "npgettext": lambda context, one, many, number: put(
            real["npgettext"](context, one, many, number), f"{context}\x04{one}"
        ),
    }
    with ExitStack() as stack:
        for name, fake in fakes.items():
            stack.enter_context(mock.patch.object(translation._trans, name, fake))  # type: ignore[attr-defined]
        yield


def script() -> str:
    """A script that stands in for the catalogue of a page."""
    return SCRIPT % json.dumps(sorted(messages("djangojs")))


def unmarked(page: str, data: Data) -> list[str]:
    """The texts of a page that stand outside of brackets and are no data."""
    found: list[str] = []
    while IN_BRACKETS.search(page):
        page = IN_BRACKETS.sub("\x7f", page)
    for element in html.fromstring(page).iter(etree.Element):
        texts = [element.get(name) for name in ATTRIBUTES]
        if element.tag == "input" and element.get("type") in ("submit", "button", "reset"):
            texts.append(element.get("value"))
        for text in texts:
            found += [piece for piece in (text or "").split("\x7f") if not data.has(piece)]
        if next(element.iterancestors(*NO_TEXT), element).tag in NO_TEXT or element.xpath(UNTRANSLATED):
            continue
        quoted = bool(element.xpath(QUOTED))
        for text in [element.text, *(child.tail for child in element)]:
            found += [piece for piece in (text or "").split("\x7f") if not data.has(piece, quoted=quoted)]
    return found


class Data:
    """What people and programs wrote, and names that are the same in all languages."""

    def __init__(self, models: Iterable[type[Model]], more: Iterable[str] = ()) -> None:
        written = {_plain(one) for one in more}
        for model in models:
            fields = [one for one in model._meta.concrete_fields if not one.choices and not one.is_relation]
            for row in model._base_manager.values_list(*[one.name for one in fields]):
                written |= {_plain(text) for value in row for text in _texts(value)}
        self.written = written
        short = sorted(filter(LETTERS.search, written), key=len, reverse=True)
        self.known = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, short))})(?!\w)")

    def has(self, piece: str, *, quoted: bool = False) -> bool:
        """Whether it says nothing that is not data. It may be a part of a long text; where it is quoted, any part."""
        said = BY_THE_BROWSER.sub("", _plain(piece))
        if not LETTERS.search(said) or not LETTERS.search(self.known.sub("", said)):
            return True
        part = said.strip("… “”\"'()·,:")
        return (quoted or len(part) > 10) and any(part in text for text in self.written)


def _plain(text: str) -> str:
    """A text as it is compared: without isolates, spaces and capitals as pages may change them."""
    return " ".join(re.sub("[\u2066-\u2069]", "", text).split()).casefold()


def _texts(value: Any) -> Iterator[str]:
    """The texts in a column's value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)

"""What a file says about its article besides the text, as the columns of Article take it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.formats.reading.boilerplate import proposed_title
from annotations.formats.reading.decoding import UNSTORABLE
from annotations.formats.reading.records import LONGEST_TITLE, Refusal, Refused

LONGEST: Final = {"title": LONGEST_TITLE, "url": 2000, "outlet": 200, "author": 300, "language": 35}
"""Characters that each column holds."""

LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?", re.DOTALL)


def particulars(said: Mapping[str, Any], file: str, location: str = "") -> tuple[dict[str, Any], list[Refusal]]:
    """What of it can be stored, by column, and a refusal for each that cannot: the article comes in without that.

    Empty values say nothing. `published_on` may be a date, a time or text that begins with a date as 2026-01-31.
    """
    known: dict[str, Any] = {}
    refused: list[Refusal] = []
    for column, value in said.items():
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        try:
            known[column] = _taken(column, value, file, f"{location}, {column}" if location else column)
        except Refused as error:
            refused.append(error.refusal)
    return known, refused


def storable(said: Mapping[str, Any]) -> dict[str, Any]:
    """The same for what was only found by looking, such as a page's metadata: what cannot be stored was not found."""
    kept = dict(said)
    for name in ("title", "outlet", "author"):
        value = kept.get(name)
        if isinstance(value, str) and len(value) > LONGEST[name]:
            kept[name] = value[: LONGEST[name] - 2].rstrip() + " …"
    return particulars(kept, "")[0]


def title_of(text: str, name: str) -> str:
    """A title for a text that brings none: its first sentence, else what its file is called."""
    return proposed_title(text) or name.rpartition("/")[2][: LONGEST["title"]]


def _taken(column: str, value: Any, file: str, location: str) -> Any:
    if column == "published_on":
        return _day(value, file, location)
    if column == "id":
        try:
            return value if isinstance(value, UUID) else UUID(str(value))
        except ValueError:
            raise Refused(file, location, "id", _("The id of an article must be a UUID.")) from None
    text = str(value)
    if UNSTORABLE.search(text):
        raise Refused(file, location, "unstorable", _("This contains the character NUL or half of a surrogate pair."))
    if len(text) > LONGEST.get(column, len(text)):
        raise Refused(
            file,
            location,
            "too_long",
            _("This can have at most %(longest)s characters.") % {"longest": LONGEST[column]},
        )
    problem = ""
    if column == "url" and not _is_address(text):
        problem = _("A URL must start with http:// or https:// and name a host.")
    elif column == "language" and not LANGUAGE.fullmatch(text):
        problem = _("A language must be a tag such as en or pt-BR.")
    elif column == "direction" and text not in ("ltr", "rtl", "auto"):
        problem = _("A direction must be ltr, rtl or auto.")
    if problem:
        raise Refused(file, location, column, problem)
    return text.replace("_", "-") if column == "language" else text


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"[\s<>\"]", text)


def _day(value: Any, file: str, location: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text[:10])
    except ValueError:
        pass
    raise Refused(file, location, "published_on", _("Dates must be written as 2026-01-31. Other forms are ambiguous."))

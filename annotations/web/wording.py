"""How pages put things: states, counts, dates, lists, and long texts cut to the room that there is.

Numbers, dates and sizes follow Django's formats (`annotations/locale/en/formats.py`); plurals are `ngettext`'s. In a
template:

- `{{ n|thousands }}`: ``1,200``; `{{ n|counted:"verdict" }}`: ``1,200 verdicts``.
- `{% blocktranslate trimmed count n=total with number=total|thousands %}`: a sentence that needs a plural.
- `{{ day|date }}`: ``29 Nov 2026``; `{{ time|moment }}`: with hour and minute, in the reader's own zone.
- `{{ size|filesizeformat }}`: ``1.5 MB``; `{{ roles|listed }}`: ``annotator and reviewer``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from annotations.models import Assignment, Import, Release, Verdict

BADGES: Final = {
    Verdict: {
        "draft": ("idle", gettext_lazy("Draft")),
        "submitted": ("busy", gettext_lazy("Submitted")),
        "approved": ("good", gettext_lazy("Approved")),
        "returned": ("bad", gettext_lazy("Returned")),
    },
    Assignment: {
        "open": ("busy", gettext_lazy("In progress")),
        "submitted": ("good", gettext_lazy("Submitted")),
    },
    Import: {
        "proposed": ("idle", gettext_lazy("Not started")),
        "waiting": ("busy", gettext_lazy("Queued")),
        "running": ("busy", gettext_lazy("Running")),
        "done": ("good", gettext_lazy("Done")),
        "failed": ("bad", gettext_lazy("Failed")),
        "cancelled": ("bad", gettext_lazy("Cancelled")),
    },
    Release: {
        "waiting": ("busy", gettext_lazy("Queued")),
        "running": ("busy", gettext_lazy("Running")),
        "done": ("good", gettext_lazy("Done")),
        "failed": ("bad", gettext_lazy("Failed")),
        "cancelled": ("bad", gettext_lazy("Cancelled")),
    },
}
"""For each state its tone, which the style sheet draws, and its name."""

COUNTS: Final[dict[str, Any]] = {
    "annotator": ngettext_lazy("%(number)s annotator", "%(number)s annotators", "count"),
    "article": ngettext_lazy("%(number)s article", "%(number)s articles", "count"),
    "character": ngettext_lazy("%(number)s character", "%(number)s characters", "count"),
    "claim": ngettext_lazy("%(number)s claim", "%(number)s claims", "count"),
    "comment": ngettext_lazy("%(number)s comment", "%(number)s comments", "count"),
    "draft": ngettext_lazy("%(number)s draft", "%(number)s drafts", "count"),
    "file": ngettext_lazy("%(number)s file", "%(number)s files", "count"),
    "item": ngettext_lazy("%(number)s item", "%(number)s items", "count"),
    "link": ngettext_lazy("%(number)s link", "%(number)s links", "count"),
    "name": ngettext_lazy("%(number)s name", "%(number)s names", "count"),
    "note": ngettext_lazy("%(number)s note", "%(number)s notes", "count"),
    "returned verdict": ngettext_lazy("%(number)s returned verdict", "%(number)s returned verdicts", "count"),
    "sentence": ngettext_lazy("%(number)s sentence", "%(number)s sentences", "count"),
    "source": ngettext_lazy("%(number)s source", "%(number)s sources", "count"),
    "span": ngettext_lazy("%(number)s span", "%(number)s spans", "count"),
    "verdict": ngettext_lazy("%(number)s verdict", "%(number)s verdicts", "count"),
}
"""What pages count, by the English singular."""

COLUMN_NAMES: Final = {
    "annotator": gettext_lazy("Annotator"),
    "article": gettext_lazy("Article"),
    "author": gettext_lazy("Author"),
    "body": gettext_lazy("Text"),
    "claim": gettext_lazy("Claim"),
    "confidence": gettext_lazy("Confidence"),
    "date": gettext_lazy("Date"),
    "end": gettext_lazy("End"),
    "evidence": gettext_lazy("Evidence"),
    "id": gettext_lazy("ID"),
    "label": gettext_lazy("Label"),
    "language": gettext_lazy("Language"),
    "note": gettext_lazy("Note"),
    "outlet": gettext_lazy("Outlet"),
    "published_on": gettext_lazy("Published on"),
    "quote": gettext_lazy("Quote"),
    "rating": gettext_lazy("Rating"),
    "rationale": gettext_lazy("Rationale"),
    "relation": gettext_lazy("Relation"),
    "source": gettext_lazy("Source"),
    "speaker": gettext_lazy("Speaker"),
    "start": gettext_lazy("Start"),
    "state": gettext_lazy("State"),
    "target": gettext_lazy("Target"),
    "title": gettext_lazy("Title"),
    "url": gettext_lazy("URL"),
}
"""What the columns of tables are called where somebody maps a file's columns to them."""

MOST_COUNTED: Final = 1_000
"""Up to how many rows of a kind a page counts. To count all of them takes the longer, the larger the project is."""


def badge_of(thing: Verdict | Assignment | Import | Release) -> tuple[str, str]:
    """The tone and the words of what tells the state of something; with what is counted, also how far it is."""
    tone, words = BADGES[type(thing)][thing.state]
    if isinstance(thing, Import | Release) and thing.state == "running" and thing.total:
        progress = {"done": thousands(thing.done), "total": thousands(thing.total)}
        return tone, _("Running: %(done)s of %(total)s") % progress
    return tone, str(words)


def thousands(number: int) -> str:
    """A number with thousands separators."""
    return number_format(number, force_grouping=True)


def up_to(most: int, number: int) -> str:
    """A count that ended after `most` and one more: ``1,000``, or ``over 1,000``."""
    return _("over %(number)s") % {"number": thousands(most)} if number > most else thousands(number)


def counted(number: int, thing: str) -> str:
    """So many of a thing, with thousands separators and the right plural: ``1,200 verdicts``."""
    return str(COUNTS[thing] % {"count": number, "number": thousands(number)})


def day(at: date | datetime) -> str:
    """A date, as a text: ``29 Nov 2026``."""
    return date_format(at, "DATE_FORMAT")


def in_utc(at: datetime) -> str:
    """A date and time in UTC, as a text: ``29 Nov 2026, 18:05 UTC``."""
    return _("%(time)s UTC") % {"time": date_format(at, "DATETIME_FORMAT")}


def listed(parts: Iterable[object]) -> str:
    """Several things in one sentence: ``annotator, reviewer and manager``."""
    return get_text_list([str(part) for part in parts], _("and"))


def shortened(words: str, length: int) -> str:
    """At most `length` characters, cut between words."""
    if len(words) <= length:
        return words
    whole = words[: length - 1].rpartition(" ")[0] if words[length - 2 : length - 1] != " " else words[: length - 2]
    return f"{(whole or words[: length - 2]).rstrip(' ,;:')} …"


def lines(words: str, length: int) -> list[str]:
    """The words on one line or two of at most `length` characters, cut where they do not fit."""
    if len(words) <= length:
        return [words]
    first = words[: length + 1].rpartition(" ")[0] or words[:length]
    return [first, shortened(words[len(first) :].strip(), length)]

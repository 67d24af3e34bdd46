"""How pages put things: states, counts, and long texts cut to the room that there is."""

from __future__ import annotations

from typing import Final

from annotations.models import Assignment, Import, Release, Verdict

BADGES: Final = {
    Verdict: {
        "draft": ("idle", "Draft"),
        "submitted": ("busy", "Submitted"),
        "approved": ("good", "Approved"),
        "returned": ("bad", "Returned"),
    },
    Assignment: {"open": ("busy", "In progress"), "submitted": ("good", "Submitted")},
    Import: {
        "proposed": ("idle", "Not started"),
        "waiting": ("busy", "Queued"),
        "running": ("busy", "Running"),
        "done": ("good", "Done"),
        "failed": ("bad", "Failed"),
        "cancelled": ("bad", "Cancelled"),
    },
    Release: {
        "waiting": ("busy", "Queued"),
        "running": ("busy", "Running"),
        "done": ("good", "Done"),
        "failed": ("bad", "Failed"),
        "cancelled": ("bad", "Cancelled"),
    },
}
"""For each state its tone, which the style sheet draws, and its name."""

MOST_COUNTED: Final = 1_000
"""Up to how many rows of a kind a page counts. To count all of them takes the longer, the larger the project is."""


def badge_of(thing: Verdict | Assignment | Import | Release) -> tuple[str, str]:
    """The tone and the words of what tells the state of something; with what is counted, also how far it is."""
    tone, words = BADGES[type(thing)][thing.state]
    if isinstance(thing, Import | Release) and thing.state == "running" and thing.total:
        words = f"{words}: {thing.done:,} of {thing.total:,}"
    return tone, words


def up_to(most: int, number: int) -> str:
    """A count that ended after `most` and one more: ``1,000``, or ``over 1,000``."""
    return f"over {most:,}" if number > most else f"{number:,}"


def counted(number: int, thing: str) -> str:
    """So many of a thing, with thousands separators and the right plural: ``1,200 verdicts``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


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

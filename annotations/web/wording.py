"""Long words cut to the room that a page has for them."""

from __future__ import annotations


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

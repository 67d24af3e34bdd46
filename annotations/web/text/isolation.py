"""Text from outside among words of ours, set apart so that it turns nothing of what stands around it (UAX 9).

Markup alone does not do it: a browser turns `<bdi>` into the same control characters that a text may hold, and one
that holds more of the closing ones gets out.
"""

from __future__ import annotations

import unicodedata
from typing import Final

OPENS_ISOLATE: Final = frozenset("\u2066\u2067\u2068")
CLOSES_ISOLATE: Final = "\u2069"
FIRST_STRONG: Final = "\u2068"
BREAKS: Final = frozenset("\n\r\u2029")
"""What ends a paragraph, and with it every isolate; in a line they are a space."""

TURNS: Final = frozenset({"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI", "B"})
"""The classes of characters that can move others."""


def isolated(words: str) -> str:
    """The words as they are where nothing in them could move others, else in an isolate that they cannot leave."""
    if words.isascii():
        return words
    if not any(unicodedata.bidirectional(character) in TURNS or character in "\u200e\u200f" for character in words):
        return words
    kept: list[str] = []
    open_isolates = 0
    for character in words:
        if character in OPENS_ISOLATE:
            open_isolates += 1
        elif character == CLOSES_ISOLATE:
            if not open_isolates:
                continue
            open_isolates -= 1
        kept.append(" " if character in BREAKS else character)
    return FIRST_STRONG + "".join(kept) + CLOSES_ISOLATE * (open_isolates + 1)

"""Counts in words."""

from __future__ import annotations

from typing import Final

MOST_COUNTED: Final = 1_000
"""Up to how many rows of a kind a page counts. To count all of them takes the longer, the larger the project is."""


def up_to(most: int, number: int) -> str:
    """A count that ended after `most` and one more: ``1,000``, or ``over 1,000``."""
    return f"over {most:,}" if number > most else f"{number:,}"


def counted(number: int, thing: str) -> str:
    """So many of a thing, with thousands separators and the right plural: ``1,200 verdicts``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"

"""Counts in words."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """So many of a thing, with thousands separators and the right plural: ``1,200 verdicts``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"

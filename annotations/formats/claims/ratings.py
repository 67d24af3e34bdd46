"""How a project's own scale relates to the four verdicts of the fact-verification literature. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final


class FourWay(StrEnum):
    """The four verdicts, by the keys that they have on the scale a project starts with (FEVER, AVeriTeC)."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    NOT_ENOUGH = "not_enough_evidence"
    CONFLICTING = "conflicting_evidence"


BY_NEED: Final = {
    "corroborating": FourWay.SUPPORTED,
    "contradicting": FourWay.REFUTED,
    "both": FourWay.CONFLICTING,
}


def four_way(rating: Mapping[str, Any]) -> FourWay | None:
    """The verdict that a rating amounts to: by its key, else by the evidence that it needs.

    None where it needs none: satire, out of context and the like are none of the four.
    """
    try:
        return FourWay(rating["key"])
    except ValueError:
        return BY_NEED.get(rating.get("needs", ""))


def named_by(scale: Sequence[Mapping[str, Any]], names: Mapping[FourWay, str]) -> dict[str, str]:
    """What a format calls each rating of a scale, by its key, where it has a name for it."""
    found = ((str(rating["key"]), four_way(rating)) for rating in scale)
    return {key: names[verdict] for key, verdict in found if verdict is not None and verdict in names}


def rating_for(scale: Sequence[Mapping[str, Any]], verdict: FourWay) -> str | None:
    """The key of the one rating that amounts to this verdict; None where there is none, or several and none is it."""
    keys = [str(rating["key"]) for rating in scale if four_way(rating) == verdict]
    if verdict in keys:
        return str(verdict)
    return keys[0] if len(keys) == 1 else None

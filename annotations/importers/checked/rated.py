"""A schema.org Rating, and the rating of a project's scale that it is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from annotations.evidence.ratings import FourWay, rating_for

PLAIN: Final = {"true": FourWay.SUPPORTED, "false": FourWay.REFUTED}
"""Words that mean the same on every scale."""

BEST: Final = 5.0
WORST: Final = 1.0
"""What holds where a Rating does not say (https://schema.org/bestRating)."""


class Complaint(NamedTuple):
    """Why a rating is refused."""

    code: str
    detail: str


def chosen_rating(
    name: str, usual: str | None, chosen: Mapping[str, str], scale: Sequence[Mapping[str, Any]]
) -> str | Complaint:
    """The key of the rating that a format's own one is: as chosen, else as usual; or why there is none."""
    key = chosen.get(name, usual)
    if key == "":
        return Complaint("type_left_out", f"“{name}” was left out, as chosen.")
    if key is None or all(rating["key"] != key for rating in scale):
        words = f"No one rating of this project's scale stands for “{name}”. Say which does, or add it."
        return Complaint("rating_unknown", words)
    return key


class Rated:
    """What a Rating says: `words` as it puts it, the `key` on the scale if there is one, what was `refused` of it.

    Words decide; a value alone only where it means one rating. Nothing is taken for what is merely near it.
    """

    def __init__(self, rating: object, scale: Sequence[Mapping[str, Any]], chosen: Mapping[str, str]) -> None:
        self.scale = scale
        self.refused: list[Complaint] = []
        self.key: str | None = None
        node: Mapping[str, Any] = rating if isinstance(rating, Mapping) else {}
        words = node.get("alternateName")
        name = words.strip() if isinstance(words, str) else ""
        place = self._place(node)
        self.words = " ".join(filter(None, [name, _range(node)]))
        if name or place is not None:
            called = name or self.words
            usual = self._in_words(name, place) if name else self._in_numbers(place or 0.0)
            if not isinstance(usual, Complaint):
                self._take(chosen_rating(called, usual, chosen, scale))
            else:
                self._take(chosen_rating(called, None, chosen, scale) if called in chosen else usual)

    def _take(self, found: str | Complaint) -> None:
        if isinstance(found, Complaint):
            self.refused.append(found)
        else:
            self.key = found

    def _in_words(self, name: str, place: float | None) -> str | Complaint | None:
        plain = PLAIN.get(name.lower())
        named = [str(one["key"]) for one in self.scale if name.lower() in (one["key"], str(one["name"]).lower())]
        if named or plain is None:
            return named[0] if named else None
        if place is not None and place != (1.0 if plain == FourWay.SUPPORTED else 0.0):
            words = f"The rating says “{name}”, but its value is not at that end: {self.words}."
            return Complaint("rating_contradicts_itself", words)
        return rating_for(self.scale, plain)

    def _in_numbers(self, place: float) -> str | None:
        values = [one["value"] for one in self.scale if one.get("value") is not None]
        worst, best = (min(values), max(values)) if values else (0, 0)
        if best <= worst:
            return None
        at = [str(one["key"]) for one in self.scale if one.get("value") is not None
              and math.isclose((one["value"] - worst) / (best - worst), place, abs_tol=1e-9)]  # fmt: skip
        return at[0] if len(at) == 1 else None

    def _place(self, node: Mapping[str, Any]) -> float | None:
        """Where the value lies between worst (0) and best (1)."""
        if node.get("ratingValue") is None:
            return None
        value, best, worst = (
            _number(node.get(name, usual))
            for name, usual in (("ratingValue", None), ("bestRating", BEST), ("worstRating", WORST))
        )
        if value is None or best is None or worst is None or not worst <= value <= best or worst == best:
            self.refused.append(Complaint("rating_value", f"The value is on no scale: {_range(node)}."))
            return None
        return (value - worst) / (best - worst)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _range(node: Mapping[str, Any]) -> str:
    """The value as the Rating has it, such as *(1 of 1 to 5)*."""
    value, best, worst = (node.get(name) for name in ("ratingValue", "bestRating", "worstRating"))
    if value is None:
        return ""
    ends = f" of {WORST:g} to {best}" if worst is None and best is not None else f" of {worst} to {best}"
    return f"({value}{ends})" if best is not None or worst is not None else f"({value})"

"""A schema.org Rating, and the rating of a project's scale that it is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from annotations.evidence.ratings import FourWay, rating_for

PLAIN: Final = {"true": FourWay.SUPPORTED, "false": FourWay.REFUTED}
"""Words that mean the same on every scale."""

BEST: Final = 5.0
WORST: Final = 1.0
"""What holds where a Rating does not say (https://schema.org/bestRating)."""


class Rated:
    """What a Rating says: `words` as it puts it, the `key` on the scale if there is one, what was `refused` of it.

    Words decide; a value alone only where it means one rating. Nothing is taken for what is merely near it.
    """

    def __init__(self, rating: object, scale: Sequence[Mapping[str, Any]], types: Mapping[str, str]) -> None:
        self.scale = scale
        self.refused: list[tuple[str, str]] = []
        self.key: str | None = None
        node: Mapping[str, Any] = rating if isinstance(rating, Mapping) else {}
        words = node.get("alternateName")
        name = words.strip() if isinstance(words, str) else ""
        place = self._place(node)
        self.words = " ".join(filter(None, [name, _range(node)]))
        if name in types:
            self._chosen(name, types[name])
        elif name:
            self._in_words(name, place)
        elif place is not None:
            self._in_numbers(place)

    def _chosen(self, name: str, key: str) -> None:
        if any(rating["key"] == key for rating in self.scale):
            self.key = key
        else:
            code = "rating_unknown" if key else "type_left_out"
            self.refused.append((code, f"“{name}” was left out, as chosen." if not key else self._no_rating(name)))

    def _in_words(self, name: str, place: float | None) -> None:
        plain = PLAIN.get(name.lower())
        named = [one["key"] for one in self.scale if name.lower() in (one["key"], str(one["name"]).lower())]
        key = named[0] if named else rating_for(self.scale, plain) if plain else None
        if key is None:
            self.refused.append(("rating_unknown", self._no_rating(self.words)))
        elif place is not None and not named and place != (1.0 if plain == FourWay.SUPPORTED else 0.0):
            words = f"The rating says “{name}”, but its value is not at that end: {self.words}."
            self.refused.append(("rating_contradicts_itself", words))
        else:
            self.key = str(key)

    def _in_numbers(self, place: float) -> None:
        values = [one["value"] for one in self.scale if one.get("value") is not None]
        worst, best = (min(values), max(values)) if values else (0, 0)
        if best > worst:
            at = [one["key"] for one in self.scale if one.get("value") is not None
                  and math.isclose((one["value"] - worst) / (best - worst), place, abs_tol=1e-9)]  # fmt: skip
            self.key = str(at[0]) if len(at) == 1 else None
        if self.key is None:
            self.refused.append(("rating_unknown", self._no_rating(self.words)))

    def _place(self, node: Mapping[str, Any]) -> float | None:
        """Where the value lies between worst (0) and best (1)."""
        if node.get("ratingValue") is None:
            return None
        value, best, worst = (
            _number(node.get(name, usual))
            for name, usual in (("ratingValue", None), ("bestRating", BEST), ("worstRating", WORST))
        )
        if value is None or best is None or worst is None or not worst <= value <= best or worst == best:
            self.refused.append(("rating_value", f"The value is on no scale: {_range(node)}."))
            return None
        return (value - worst) / (best - worst)

    def _no_rating(self, words: str) -> str:
        return f"No rating of this project's scale stands for “{words}”. Say which does, or add it."


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

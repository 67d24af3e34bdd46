"""A schema.org Rating, and the rating of a project's scale that it is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from annotations.evidence.sources import compared
from annotations.formats.claims.ratings import FourWay, rating_for
from annotations.formats.reading.json_ld import Node, Properties, text_of, unique

RATING: Final = "reviewRating"
"""Where a review has its rating."""

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
        return Complaint("type_left_out", _("“%(name)s” was skipped, as chosen.") % {"name": name})
    if key is None or all(rating["key"] != key for rating in scale):
        words = _(
            "No rating of this project's scale matches “%(name)s”. Choose one, or add the rating to the scale."
        ) % {"name": name}
        return Complaint("rating_unknown", words)
    return key


class Rated:
    """What a review's rating says: `words` as it puts it, and the `key` on the scale if there is one.

    Words decide; a value alone only where it means one rating. Nothing is taken for what is merely near it. What does
    not come in is refused at `reviewRating`.
    """

    def __init__(
        self, review: Node, read: Properties, scale: Sequence[Mapping[str, Any]], chosen: Mapping[str, str]
    ) -> None:
        self.read, self.scale, self.chosen = read, scale, chosen
        self.key: str | None = None
        said = [_ReviewRating(node, read) for node in read.nodes(review, RATING, RATING)]
        self.words = "; ".join(unique(one.words for one in said if one.words))
        if len(said) > 1:
            read.refuse(
                RATING,
                "several_values",
                _("The review has several ratings, so none was imported: %(words)s.") % {"words": self.words},
            )
        elif said:
            self._take(said[0])

    def _take(self, said: _ReviewRating) -> None:
        position = self._position(said)
        if said.names:
            found = [self._chosen(name, self._in_words(name, position, said.words)) for name in said.names]
        elif position is not None:
            found = [self._chosen(said.words, self._in_numbers(position))]
        else:
            found = []
        complaints = [one for one in found if isinstance(one, Complaint)]
        keys = unique(one for one in found if not isinstance(one, Complaint))
        if len(keys) > 1:
            words = _("The words for the rating match several ratings: %(words)s.") % {"words": said.words}
            complaints.append(Complaint("rating_contradicts_itself", words))
        if not found and said.value is None and said.is_readable:
            complaints.append(Complaint("rating_missing", _("The rating has neither words nor a value.")))
        for one in complaints:
            self.read.refuse(RATING, *one)
        if keys and not complaints and said.is_readable:
            self.key = keys[0]

    def _chosen(self, name: str, usual: str | Complaint | None) -> str | Complaint:
        if isinstance(usual, Complaint):
            return chosen_rating(name, None, self.chosen, self.scale) if name in self.chosen else usual
        return chosen_rating(name, usual, self.chosen, self.scale)

    def _in_words(self, name: str, position: float | None, said: str) -> str | Complaint | None:
        wanted = compared(name)
        plain = PLAIN.get(wanted)
        named = [str(one["key"]) for one in self.scale if wanted in (one["key"], compared(str(one["name"])))]
        if named or plain is None:
            return named[0] if named else None
        if position is not None and position != (1.0 if plain == FourWay.SUPPORTED else 0.0):
            words = _("The rating says “%(name)s”, but its value says otherwise: %(said)s.") % {
                "name": name,
                "said": said,
            }
            return Complaint("rating_contradicts_itself", words)
        return rating_for(self.scale, plain)

    def _in_numbers(self, position: float) -> str | None:
        values = [one["value"] for one in self.scale if one.get("value") is not None]
        worst, best = (min(values), max(values)) if values else (0, 0)
        if best <= worst:
            return None
        at = [str(one["key"]) for one in self.scale if one.get("value") is not None
              and math.isclose((one["value"] - worst) / (best - worst), position, abs_tol=1e-9)]  # fmt: skip
        return at[0] if len(at) == 1 else None

    def _position(self, said: _ReviewRating) -> float | None:
        """Where the value lies between worst (0) and best (1); None where there is none that counts."""
        if said.value is None or (not said.names and not said.is_readable):
            return None
        value = _number(said.value)
        best, worst = (
            _number(usual if one is None else one) for one, usual in ((said.best, BEST), (said.worst, WORST))
        )
        if value is None or best is None or worst is None or not worst <= value <= best or worst == best:
            self.read.refuse(
                RATING, "rating_value", _("The value is not on a scale: %(range)s.") % {"range": said.range}
            )
            return None
        return (value - worst) / (best - worst)


class _ReviewRating:
    """One Rating as it puts it. Where its words are there and no text it is not readable: no value replaces them."""

    def __init__(self, node: Node, read: Properties) -> None:
        self.names: list[str] = []
        self.is_readable = True
        for name in ("alternateName", "name"):
            self.names = [text.value.strip() for text in read.texts(node, name, f"{RATING}.{name}")]
            self.is_readable = all(text_of(one) for one in read.values(node, name))
            if self.names or not self.is_readable:
                break
        self.value, self.best, self.worst = (
            read.number(node, name) for name in ("ratingValue", "bestRating", "worstRating")
        )
        self.range = self._range()
        self.words = " ".join(filter(None, [" / ".join(self.names), self.range]))

    def _range(self) -> str:
        """The value as the Rating has it, such as *(1 of 1 to 5)*."""
        value, best, worst = (_shown(one) for one in (self.value, self.best, self.worst))
        if not value:
            return ""
        ends = f" of {WORST:g} to {best}" if not worst and best else f" of {worst or None} to {best or None}"
        return f"({value}{ends})" if best or worst else f"({value})"


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _shown(value: object) -> str:
    """A value, or several, to be read by a person."""
    return "" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)

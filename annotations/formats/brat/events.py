"""An attribution as an event: the cue is its trigger, roles name the source and what it reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from annotations.formats.brat.lines import Line, Ranges

WITHOUT_CUE: Final = "Without-cue"
"""The attribute of an event whose trigger is all of the attribution's words, of which none is marked as the cue."""

WHOLE: Final = "Whole"
"""The role of the attribution's words where they are others than those of cue and source."""

PARTS: Final = ("source", "cue", "whole")
"""Roles whose text-bounds are parts of the attribution rather than spans."""

CONTENT: Final = "content"


@dataclass(frozen=True, slots=True)
class Reported:
    """What an event says of an attribution; `source` and `cue` are None unless they are one range, as fields are."""

    fragments: Ranges
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    sources: Ranges
    cues: Ranges


def role(name: str) -> str:
    """A role without the number that tells it from others: `Content2` is `content`."""
    return name.rstrip("0123456789").casefold()


def parts(event: Line) -> list[tuple[str, str]]:
    """(role, id) of the text-bounds that an event's attribution consists of; the trigger has no role."""
    inner = ((role(name), end) for name, end in event.ends[1:] if end.startswith("T"))
    return [("", event.ends[0][1]), *((name, end) for name, end in inner if name in PARTS)]


def reported(
    event: Line, bounds: Mapping[str, Sequence[tuple[int, int]]], text: str, *, without_cue: bool
) -> Reported | None:
    """The attribution that an event stands for, or None where one of its parts is not in `bounds`."""
    ranges: dict[str, Ranges] = {"": [], "source": [], "cue": [], "whole": []}
    for name, part in parts(event):
        if part not in bounds:
            return None
        ranges[name] += bounds[part]
    cues = [] if without_cue else sorted(set(ranges["cue"] or ranges[""]))
    sources = sorted(set(ranges["source"]))
    whole = ranges["whole"] or (ranges[""] if without_cue else [])
    fragments = joined(whole) if whole else joined(ranges[""] + sources + cues, text)
    return Reported(fragments, _single(sources), _single(cues), sources, cues)


def joined(ranges: Sequence[tuple[int, int]], text: str | None = None) -> Ranges:
    """The ranges in order, those joined that overlap, or in `text` have nothing but spaces between them."""
    found: Ranges = []
    for start, end in sorted(ranges):
        if found and (
            start < found[-1][1]
            or (text is not None and not (gap := text[found[-1][1] : start]).strip() and "\n" not in gap)
        ):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _single(ranges: Ranges) -> tuple[int, int] | None:
    return ranges[0] if len(ranges) == 1 else None

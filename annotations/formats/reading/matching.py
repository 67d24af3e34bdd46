"""Which regions of a tool are which spans of our own record, where a file brings both along.

By id first, where the tool keeps ours. Then by shape (label and fragments), but within one annotator alone: two people
who work independently mark the same thing, and evidence and verdicts belong to the span of one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotations.formats.reading.records import SpanRecord

Shape = tuple[str, tuple[tuple[int, int], ...]]
Left = dict[Shape, dict[str | None, dict[str, SpanRecord]]]
"""The spans of the record that nothing is matched with yet, by shape, annotator and key."""


@dataclass(slots=True)
class Shown:
    """A span as the tool shows it. `id`, `group` and `note` are as those of a region."""

    span: SpanRecord
    note: str | None = None
    id: str = ""
    group: str = ""


@dataclass(slots=True)
class Matches:
    """The spans of the record by the keys of what the tool shows of them.

    `unclear` are keys of what the tool shows that may be one of several people's spans. Where all of those are still
    there, they are matched in their order, and `alike` says for each of their keys what they share: what joins them
    could join any of those.
    """

    own: dict[str, SpanRecord] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)
    alike: dict[str, Shape] = field(default_factory=dict)


def matches(record: Sequence[SpanRecord], shown: Mapping[str, Shown]) -> Matches:
    """Matches what a tool shows, by key, with the spans of the record."""
    found = Matches()
    left: Left = {}
    for span in record:
        left.setdefault(shape_of(span), {}).setdefault(span.annotator, {})[span.key] = span
    makers = _match_by_id(found, record, shown, left)
    people = {span.annotator for span in record}
    unnamed: dict[Shape, list[str]] = defaultdict(list)
    for key, one in shown.items():
        shape, maker = shape_of(one.span), one.span.annotator
        if key in found.own or shape not in left:
            continue
        if one.group and maker not in people and len(makers[one.group]) == 1:
            [maker] = makers[one.group]
        if maker is None:
            unnamed[shape].append(key)
        elif own := left[shape].get(maker):
            found.own[key] = own.pop(next(iter(own)))
    for shape, keys in unnamed.items():
        _match_without_people(found, shape, keys, [one for own in left[shape].values() for one in own.values()])
    return found


def _match_by_id(
    found: Matches, record: Sequence[SpanRecord], shown: Mapping[str, Shown], left: Left
) -> dict[str, set[str | None]]:
    """Matches by id, and gives the annotators whose spans each group then has."""
    by_id = {str(span.id): span for span in record if span.id is not None}
    makers: dict[str, set[str | None]] = defaultdict(set)
    for key, one in shown.items():
        own = by_id.get(one.id)
        # A span whose label was changed has other fields and other links: it is a new one.
        if own is None or own.label != one.span.label:
            continue
        if taken := left[shape_of(own)][own.annotator].pop(own.key, None):
            found.own[key] = taken
            makers[one.group].add(own.annotator)
    return makers


def _match_without_people(found: Matches, shape: Shape, keys: list[str], own: list[SpanRecord]) -> None:
    """Matches what nobody is said to have made: all spans of this shape, or where some were deleted, none."""
    if len(keys) < len(own):
        found.unclear.update(keys)
        return
    for key, span in zip(keys, own, strict=False):
        found.own[key] = span
    if len(own) > 1:
        found.alike.update((span.key, shape) for span in own)


def shape_of(span: SpanRecord) -> Shape:
    """The label and the fragments."""
    return span.label, tuple(span.fragments)

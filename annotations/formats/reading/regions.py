"""Regions and relations as annotation tools keep them, as passages and ties.

A tool that knows ranges only has a span of several fragments as several regions: each further one `continues` the one
before. Where a file brings our own record of the article along, what the tool shows decides, the record completes it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from annotations.formats.reading.matching import Matches, Shape, Shown, matches, shape_of
from annotations.formats.reading.records import Document, Options, Passage, Refusal, Tie
from annotations.vocabulary import LABELS, RELATIONS

CONTINUES: Final = "continues"
IMPORTED_TYPE: Final = {"key": "imported_type", "name": "Type as imported", "kind": "text"}
LONGEST_TYPE: Final = 200
SPAN_OF_WHOM: Final = "Several people made this span, some of theirs were deleted, and the file does not say whose."
LINK_OF_WHOM: Final = "It joins a span that several people made, and the file does not say whose."
LINK_DELETED: Final = "No relation stands here any more: it was deleted in the tool."


@dataclass(slots=True, kw_only=True)
class Region:
    """A range of the text with a type of the tool's. `key` is unique in the import.

    `id` is that of a span of ours, where the tool kept it. What has the same `group` was made by the same person, as
    far as the tool shows that. `note` is None where it shows no notes.
    """

    key: str
    type: str
    start: int
    end: int
    place: str
    quote: str | None = None
    note: str | None = None
    annotator: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    id: str = ""
    group: str = ""


@dataclass(slots=True, kw_only=True)
class Relation:
    """A relation of the tool's between two regions."""

    type: str
    source: str
    target: str
    place: str
    annotator: str | None = None


def add(document: Document, regions: list[Region], relations: list[Relation], options: Options) -> Iterator[Refusal]:
    """Puts them into the document, and yields what of them does not come in.

    What the document holds already is its own record: there ids, fields and verdicts come from. A passage of the record
    that is no region any more was taken away in the tool, and so was a tie between two passages of one group that is no
    relation any more.
    """
    by_key: dict[str, Region] = {}
    for region in regions:
        if by_key.setdefault(region.key, region) is not region:
            yield Refusal(document.file, region.place, "duplicate_id", "Another region has the same id.")
    adding = _Adding(document, options)
    yield from adding.passages(list(by_key.values()), relations)
    yield from adding.ties(relations)


class _Adding:
    """One document's regions and relations on their way in."""

    def __init__(self, document: Document, options: Options) -> None:
        self.document, self.types = document, options.types
        self.key_of: dict[str, str] = {}
        self.group_of: dict[str, str] = {}
        self.matches = Matches()

    def passages(self, regions: list[Region], relations: list[Relation]) -> Iterator[Refusal]:
        """The passages: those of the record that are still there, and new ones."""
        first, steps = _firsts(relations)
        shown: dict[str, Shown] = {}
        for region in sorted(regions, key=lambda region: steps.get(region.key, 0)):  # in the order of each chain
            key = first.get(region.key, region.key)
            if region.key != key and key in shown and shown[key].passage.label == self._label(region.type):
                _lengthen(shown[key].passage, region)
                self.key_of[region.key] = key
            elif self.types.get(region.type) == "":
                yield self._no(region.place, "type_left_out", f"The type {region.type} was left out, as chosen.")
            else:
                shown[region.key] = Shown(self._passage(region), region.note, region.id, region.group)
                self.key_of[region.key] = region.key
        self.matches = matches(self.document.passages, shown)
        unclear = {key: shown.pop(key).passage for key in self.matches.unclear}
        for passage in unclear.values():
            yield self._no(passage.place, "person_unknown", SPAN_OF_WHOM)
        for key, own in self.matches.own.items():
            _follow(own, shown[key])
        kept = {key: self.matches.own.get(key, one.passage) for key, one in shown.items()}
        self.group_of = {passage.key: shown[key].group for key, passage in kept.items()}
        gone = [passage for passage in self.document.passages if passage.key not in self.group_of]
        self.document.passages[:] = kept.values()
        yield from self._without(gone, {shape_of(passage) for passage in unclear.values()})

    def ties(self, relations: list[Relation]) -> Iterator[Refusal]:
        """The ties: those of the record that are still there, and new ones."""
        shown: dict[Hashable, list[Tie]] = {}
        for number, relation in enumerate(relations):
            if relation.type == CONTINUES:
                continue
            source, target = self._end(relation.source), self._end(relation.target)
            name = self.types.get(relation.type, relation.type)
            if reason := self._refusal_of(relation, name, source, target):
                yield reason
            elif source and target:
                tie = Tie(
                    key=f"{self.document.file}:{self.document.place}:{number}", relation=name, source=source,
                    target=target, annotator=relation.annotator, place=relation.place,
                )  # fmt: skip
                shown.setdefault(self._look(tie), []).append(tie)
        own: dict[Hashable, list[Tie]] = {}
        for tie in self.document.ties:
            own.setdefault(self._look(tie), []).append(tie)
        kept: list[Tie] = []
        for look in own | shown:
            yield from self._matched(own.get(look, []), shown.get(look, []), kept)
        self.document.ties[:] = kept

    def _matched(self, own: list[Tie], shown: list[Tie], kept: list[Tie]) -> Iterator[Refusal]:
        """Keeps of ties that look the same in the tool those that are still there, or one that is new."""
        if not shown:
            for tie in own:
                if self._would_be_shown(tie):
                    yield self._no(tie.place, "taken_away", LINK_DELETED)
                else:
                    kept.append(tie)
        elif not self._is_unclear(shown[0]):
            kept += own or shown[:1]
        elif len(shown) < len(own):  # Nobody can say which of them was deleted.
            for tie in own:
                yield self._no(tie.place, "person_unknown", LINK_OF_WHOM)
        else:
            kept += own
            for tie in shown[len(own) :]:
                yield self._no(tie.place, "person_unknown", LINK_OF_WHOM)

    def _look(self, tie: Tie) -> Hashable:
        """What a link has in common with all that the tool would show in the same way."""
        return tie.relation, *(self.matches.alike.get(end, end) for end in (tie.source, tie.target))

    def _is_unclear(self, tie: Tie) -> bool:
        """Whether the tool would show another link in the same way."""
        return tie.source in self.matches.alike or tie.target in self.matches.alike

    def _would_be_shown(self, tie: Tie) -> bool:
        """Whether a tool that has this link shows it: it has both ends, and as the work of one person."""
        source, target = self.group_of.get(tie.source), self.group_of.get(tie.target)
        return source is not None and source == target

    def _end(self, region: str) -> str | None:
        key = self.key_of.get(region)
        if key is None or key in self.matches.unclear:
            return None
        own = self.matches.own.get(key)
        return own.key if own else key

    def _label(self, kind: str) -> str:
        chosen = self.types.get(kind, kind)
        return chosen if chosen in LABELS else chosen.lower() if chosen.lower() in LABELS else "fact"

    def _passage(self, region: Region) -> Passage:
        label = self._label(region.type)
        passage = Passage(
            key=region.key, label=label, fragments=[(region.start, region.end)], quote=region.quote,
            note=region.note or "", annotator=region.annotator, place=region.place, created_at=region.created_at,
            updated_at=region.updated_at,
        )  # fmt: skip
        if region.type.lower() != label and region.type not in self.types:
            passage.fields["imported_type"] = region.type[:LONGEST_TYPE]
            declare(self.document, label)
        return passage

    def _without(self, gone: list[Passage], unclear: set[Shape]) -> Iterator[Refusal]:
        """Takes ties and judgements away whose passages were taken away, or may have been."""
        keys = {passage.key for passage in gone}
        for passage in gone:
            if shape_of(passage) in unclear:
                yield self._no(passage.place, "person_unknown", SPAN_OF_WHOM)
            else:
                words = "No region stands here any more: the span was deleted or changed in the tool."
                yield self._no(passage.place, "taken_away", words)
        lost = [tie for tie in self.document.ties if tie.source in keys or tie.target in keys]
        judged = [one.place for one in self.document.judgements if one.claim in keys]
        for place in (*(tie.place for tie in lost), *judged):
            yield self._no(place, "taken_away", "The span that this belongs to was deleted in the tool.")
        self.document.ties[:] = [tie for tie in self.document.ties if tie.source not in keys and tie.target not in keys]
        self.document.judgements[:] = [one for one in self.document.judgements if one.claim not in keys]

    def _refusal_of(self, relation: Relation, name: str, source: str | None, target: str | None) -> Refusal | None:
        if self.types.get(relation.type) == "":
            return self._no(relation.place, "type_left_out", f"The type {relation.type} was left out, as chosen.")
        if name not in RELATIONS:
            words = f"Say which relation {relation.type or 'one without a type'} is: {', '.join(RELATIONS)}."
            return self._no(relation.place, "relation_unknown", words)
        if not source or not target:
            return self._no(relation.place, "end_missing", "A region that this joins is not there, or was refused.")
        return None

    def _no(self, place: str, code: str, detail: str) -> Refusal:
        return Refusal(self.document.file, place, code, detail)


def declare(document: Document, label: str) -> None:
    """Says that spans with this label need the field for the type that they had."""
    fields = document.fields.setdefault(label, [])
    fields[:] = [field for field in fields if field["key"] != IMPORTED_TYPE["key"]] + [dict(IMPORTED_TYPE)]


def _follow(own: Passage, shown: Shown) -> None:
    """Changes a passage of the record as it was changed in the tool."""
    if own.fragments != shown.passage.fragments:
        own.fragments, own.quote = shown.passage.fragments, shown.passage.quote
        own.updated_at = shown.passage.updated_at
    if shown.note is not None:
        own.note = shown.note


def _firsts(relations: list[Relation]) -> tuple[dict[str, str], dict[str, int]]:
    """For each region that continues another the first of the chain, and how many regions are between them and it.

    A ring has no first and stays what it is.
    """
    before = {relation.source: relation.target for relation in relations if relation.type == CONTINUES}
    firsts: dict[str, str] = {}
    steps: dict[str, int] = {}
    seen: set[str] = set()
    for key in before:
        path, at = list[str](), key
        while at in before and at not in seen:
            seen.add(at)
            path.append(at)
            at = before[at]
        if at in before and at not in firsts:
            continue  # It is in a ring, or leads into one.
        for region in reversed(path):
            firsts[region], steps[region] = firsts.get(at, at), steps.get(at, 0) + 1
            at = region
    return firsts, steps


def _lengthen(passage: Passage, region: Region) -> None:
    passage.fragments.append((region.start, region.end))
    quotes = (passage.quote, region.quote)
    passage.quote = None if None in quotes else " … ".join(str(quote) for quote in quotes)

"""Regions and relations as annotation tools keep them, as passages and ties.

A tool that knows ranges only has a span of several fragments as several regions: each further one `continues` the one
before. Where a file brings our own record of the article along, what the tool shows decides, the record completes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from annotations.importers.items import Document, Options, Passage, Refusal, Tie
from annotations.importers.records import LABELS, RELATIONS

CONTINUES: Final = "continues"
IMPORTED_TYPE: Final = {"key": "imported_type", "name": "Type as imported", "kind": "text"}
LONGEST_TYPE: Final = 200

Shape = tuple[str, tuple[tuple[int, int], ...]]
"""By what a region is known to be a passage of the record: its label and its fragments."""


@dataclass(slots=True, kw_only=True)
class Region:
    """A range of the text with a type of the tool's. `key` is unique in the import."""

    key: str
    type: str
    start: int
    end: int
    place: str
    quote: str | None = None
    note: str = ""
    annotator: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Relation:
    """A relation of the tool's between two regions."""

    type: str
    source: str
    target: str
    place: str
    annotator: str | None = None


def add(
    document: Document, regions: list[Region], relations: list[Relation], options: Options, *, links_shown: bool = True
) -> Iterator[Refusal]:
    """Puts them into the document, and yields what of them does not come in.

    What the document holds already is its own record: there ids, fields, notes and verdicts come from. A passage of the
    record that is no region any more was taken away in the tool, and so, with `links_shown`, was a tie between two
    passages of the document that is no relation any more.
    """
    by_key: dict[str, Region] = {}
    for region in regions:
        if by_key.setdefault(region.key, region) is not region:
            yield Refusal(document.file, region.place, "duplicate_id", "Another region has the same id.")
    adding = _Adding(document, options)
    yield from adding.passages(list(by_key.values()), relations)
    yield from adding.ties(relations, links_shown=links_shown)


class _Adding:
    """One document's regions and relations on their way in."""

    def __init__(self, document: Document, options: Options) -> None:
        self.document, self.types = document, options.types
        self.own: dict[Shape, list[Passage]] = {}
        for passage in reversed(document.passages):
            self.own.setdefault(_shape(passage), []).append(passage)
        self.key_of: dict[str, str] = {}
        self.settled: dict[str, str] = {}

    def passages(self, regions: list[Region], relations: list[Relation]) -> Iterator[Refusal]:
        """The passages: those of the record that are still there, and new ones."""
        first = _firsts(relations)
        found: dict[str, Passage] = {}
        for region in regions:
            key = first.get(region.key, region.key)
            if region.key != key and key in found and found[key].label == self._label(region.type):
                _lengthen(found[key], region)
                self.key_of[region.key] = key
            elif self.types.get(region.type) == "":
                yield self._no(region.place, "type_left_out", f"The type {region.type} was left out, as chosen.")
            else:
                found[region.key] = self._passage(region)
                self.key_of[region.key] = region.key
        kept = [self._settled(passage) for passage in found.values()]
        still = {id(passage) for passage in kept}
        gone = [passage for passage in self.document.passages if id(passage) not in still]
        self.document.passages[:] = kept
        yield from self._without(gone)

    def ties(self, relations: list[Relation], *, links_shown: bool) -> Iterator[Refusal]:
        """The ties: those of the record that are still there, and new ones."""
        here = {passage.key for passage in self.document.passages}
        own = {(tie.relation, tie.source, tie.target): tie for tie in self.document.ties}
        shown: set[tuple[str, str, str]] = set()
        for number, relation in enumerate(relations):
            if relation.type == CONTINUES:
                continue
            source, target = self._end(relation.source), self._end(relation.target)
            name = self.types.get(relation.type, relation.type)
            if reason := self._refusal_of(relation, name, source, target):
                yield reason
            elif source and target:
                shown.add((name, source, target))
                own.setdefault(
                    (name, source, target),
                    Tie(
                        key=f"{self.document.file}:{self.document.place}:{number}", relation=name, source=source,
                        target=target, annotator=relation.annotator, place=relation.place,
                    ),
                )  # fmt: skip
        kept = {
            at: tie for at, tie in own.items()
            if at in shown or not links_shown or tie.source not in here or tie.target not in here
        }  # fmt: skip
        for tie in own.values():
            if (tie.relation, tie.source, tie.target) not in kept:
                yield self._no(tie.place, "taken_away", "No relation stands here any more: it was deleted in the tool.")
        self.document.ties[:] = kept.values()

    def _end(self, region: str) -> str | None:
        key = self.key_of.get(region)
        return self.settled.get(key, key) if key else None

    def _label(self, kind: str) -> str:
        chosen = self.types.get(kind, kind)
        return chosen if chosen in LABELS else chosen.lower() if chosen.lower() in LABELS else "fact"

    def _passage(self, region: Region) -> Passage:
        label = self._label(region.type)
        passage = Passage(
            key=region.key, label=label, fragments=[(region.start, region.end)], quote=region.quote, note=region.note,
            annotator=region.annotator, place=region.place, created_at=region.created_at, updated_at=region.updated_at,
        )  # fmt: skip
        if region.type.lower() != label and region.type not in self.types:
            passage.fields["imported_type"] = region.type[:LONGEST_TYPE]
            declare(self.document, label)
        return passage

    def _settled(self, passage: Passage) -> Passage:
        """The passage of the record that is the same one, else this one."""
        same = self.own.get(_shape(passage))
        if not same:
            return passage
        own = same.pop()
        self.settled[passage.key] = own.key
        return own

    def _without(self, gone: list[Passage]) -> Iterator[Refusal]:
        """Takes ties and judgements away whose passages were taken away."""
        keys = {passage.key for passage in gone}
        for passage in gone:
            words = "No region stands here any more: the span was deleted or changed in the tool."
            yield self._no(passage.place, "taken_away", words)
        lost = [tie for tie in self.document.ties if tie.source in keys or tie.target in keys]
        judged = [one.place for one in self.document.judgements if one.claim in keys]
        for place in (*(tie.place for tie in lost), *judged):
            yield self._no(place, "taken_away", "The span that this belongs to was deleted in the tool.")
        self.document.ties[:] = [tie for tie in self.document.ties if tie not in lost]
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


def _shape(passage: Passage) -> Shape:
    return passage.label, tuple(passage.fragments)


def _firsts(relations: list[Relation]) -> dict[str, str]:
    """For each region that continues another the first of the chain. A ring has no first and stays what it is."""
    before = {relation.source: relation.target for relation in relations if relation.type == CONTINUES}
    firsts = {}
    for key in before:
        at, steps = key, 0
        while at in before and steps <= len(before):
            at, steps = before[at], steps + 1
        if at not in before:
            firsts[key] = at
    return firsts


def _lengthen(passage: Passage, region: Region) -> None:
    passage.fragments.append((region.start, region.end))
    quotes = (passage.quote, region.quote)
    passage.quote = None if None in quotes else " … ".join(str(quote) for quote in quotes)

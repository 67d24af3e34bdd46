"""Regions and relations as annotation tools keep them, as spans and links.

A tool that knows ranges only has a span of several fragments as several regions: each further one `continues` the one
before. Where a file brings our own record of the article along, what the tool shows decides, the record completes it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annotations.formats.reading.matching import Matches, Shape, Shown, matches, shape_of
from annotations.formats.reading.records import ArticleRecord, LinkRecord, Options, Refusal, SpanRecord
from annotations.vocabulary import LABELS, RELATIONS

CONTINUES: Final = "continues"
IMPORTED_TYPE: Final = {"key": "imported_type", "name": "Type as imported", "kind": "text"}
LONGEST_TYPE: Final = 200
SPAN_OF_WHOM: Final = gettext_noop(
    "Several people created this span, some of their copies were deleted, and the file doesn't say whose."
)
LINK_OF_WHOM: Final = gettext_noop(
    "This is linked to a span that several people created, and the file doesn't say whose."
)
LINK_DELETED: Final = gettext_noop("This relation was deleted in the other tool.")


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
    location: str
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
    location: str
    annotator: str | None = None


def add(
    document: ArticleRecord, regions: list[Region], relations: list[Relation], options: Options
) -> Iterator[Refusal]:
    """Puts them into the document, and yields what of them does not come in.

    What the document holds already is its own record: there ids, fields and verdicts come from. A span of the record
    that is no region any more was taken away in the tool, and so was a link between two spans of one group that is no
    relation any more.
    """
    by_key: dict[str, Region] = {}
    for region in regions:
        if by_key.setdefault(region.key, region) is not region:
            yield Refusal(document.file, region.location, "duplicate_id", _("Another region has the same id."))
    adding = _Adding(document, options)
    yield from adding.spans(list(by_key.values()), relations)
    yield from adding.links(relations)


class _Adding:
    """One document's regions and relations on their way in."""

    def __init__(self, document: ArticleRecord, options: Options) -> None:
        self.document, self.types = document, options.types
        self.key_of: dict[str, str] = {}
        self.group_of: dict[str, str] = {}
        self.matches = Matches()

    def spans(self, regions: list[Region], relations: list[Relation]) -> Iterator[Refusal]:
        """The spans: those of the record that are still there, and new ones."""
        first, steps = _firsts(relations)
        shown: dict[str, Shown] = {}
        for region in sorted(regions, key=lambda region: steps.get(region.key, 0)):  # in the order of each chain
            key = first.get(region.key, region.key)
            if region.key != key and key in shown and shown[key].span.label == self._label(region.type):
                span = shown[key].span
                span.fragments.append((region.start, region.end))
                span.quote = None if None in (span.quote, region.quote) else f"{span.quote} … {region.quote}"
                self.key_of[region.key] = key
            elif self.types.get(region.type) == "":
                yield self._no(
                    region.location,
                    "type_left_out",
                    _("The type %(type)s was skipped, as chosen.") % {"type": region.type},
                )
            else:
                shown[region.key] = Shown(self._span(region), region.note, region.id, region.group)
                self.key_of[region.key] = region.key
        self.matches = matches(self.document.spans, shown)
        unclear = {key: shown.pop(key).span for key in self.matches.unclear}
        for span in unclear.values():
            yield self._no(span.location, "person_unknown", _(SPAN_OF_WHOM))
        for key, own in self.matches.own.items():
            # The record's own span changes as it was changed in the tool.
            span, note = shown[key].span, shown[key].note
            if own.fragments != span.fragments:
                own.fragments, own.quote, own.updated_at = span.fragments, span.quote, span.updated_at
            if note is not None:
                own.note = note
        kept = {key: self.matches.own.get(key, one.span) for key, one in shown.items()}
        self.group_of = {span.key: shown[key].group for key, span in kept.items()}
        gone = [span for span in self.document.spans if span.key not in self.group_of]
        self.document.spans[:] = kept.values()
        yield from self._without(gone, {shape_of(span) for span in unclear.values()})

    def links(self, relations: list[Relation]) -> Iterator[Refusal]:
        """The links: those of the record that are still there, and new ones."""
        shown: dict[Hashable, list[LinkRecord]] = {}
        for number, relation in enumerate(relations):
            if relation.type == CONTINUES:
                continue
            source, target = self._end(relation.source), self._end(relation.target)
            name = self.types.get(relation.type, relation.type)
            if reason := self._refusal_of(relation, name, source, target):
                yield reason
            elif source and target:
                link = LinkRecord(
                    key=f"{self.document.file}:{self.document.location}:{number}", relation=name, source=source,
                    target=target, annotator=relation.annotator, location=relation.location,
                )  # fmt: skip
                shown.setdefault(self._look(link), []).append(link)
        own: dict[Hashable, list[LinkRecord]] = {}
        for link in self.document.links:
            own.setdefault(self._look(link), []).append(link)
        kept: list[LinkRecord] = []
        for look in own | shown:
            yield from self._matched(own.get(look, []), shown.get(look, []), kept)
        self.document.links[:] = kept

    def _matched(self, own: list[LinkRecord], shown: list[LinkRecord], kept: list[LinkRecord]) -> Iterator[Refusal]:
        """Keeps of links that look the same in the tool those that are still there, or one that is new."""
        if not shown:
            for link in own:
                if self._would_be_shown(link):
                    yield self._no(link.location, "taken_away", _(LINK_DELETED))
                else:
                    kept.append(link)
        elif not (shown[0].source in self.matches.alike or shown[0].target in self.matches.alike):
            kept += own or shown[:1]
        elif len(shown) < len(own):  # Nobody can say which of them was deleted.
            for link in own:
                yield self._no(link.location, "person_unknown", _(LINK_OF_WHOM))
        else:
            kept += own
            for link in shown[len(own) :]:
                yield self._no(link.location, "person_unknown", _(LINK_OF_WHOM))

    def _look(self, link: LinkRecord) -> Hashable:
        """What a link has in common with all that the tool would show in the same way."""
        return link.relation, *(self.matches.alike.get(end, end) for end in (link.source, link.target))

    def _would_be_shown(self, link: LinkRecord) -> bool:
        """Whether a tool that has this link shows it: it has both ends, and as the work of one person."""
        source, target = self.group_of.get(link.source), self.group_of.get(link.target)
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

    def _span(self, region: Region) -> SpanRecord:
        label = self._label(region.type)
        span = SpanRecord(
            key=region.key, label=label, fragments=[(region.start, region.end)], quote=region.quote,
            note=region.note or "", annotator=region.annotator, location=region.location, created_at=region.created_at,
            updated_at=region.updated_at,
        )  # fmt: skip
        if region.type.lower() != label and region.type not in self.types:
            span.fields["imported_type"] = region.type[:LONGEST_TYPE]
            declare(self.document, label)
        return span

    def _without(self, gone: list[SpanRecord], unclear: set[Shape]) -> Iterator[Refusal]:
        """Takes links and verdicts away whose spans were taken away, or may have been."""
        keys = {span.key for span in gone}
        for span in gone:
            if shape_of(span) in unclear:
                yield self._no(span.location, "person_unknown", _(SPAN_OF_WHOM))
            else:
                words = _("This span was deleted or changed in the other tool.")
                yield self._no(span.location, "taken_away", words)
        lost = [link for link in self.document.links if link.source in keys or link.target in keys]
        judged = [one.location for one in self.document.verdicts if one.claim in keys]
        for location in (*(link.location for link in lost), *judged):
            yield self._no(location, "taken_away", _("The span that this belongs to was deleted in the other tool."))
        self.document.links[:] = [
            link for link in self.document.links if link.source not in keys and link.target not in keys
        ]
        self.document.verdicts[:] = [one for one in self.document.verdicts if one.claim not in keys]

    def _refusal_of(self, relation: Relation, name: str, source: str | None, target: str | None) -> Refusal | None:
        if self.types.get(relation.type) == "":
            return self._no(
                relation.location,
                "type_left_out",
                _("The type %(type)s was skipped, as chosen.") % {"type": relation.type},
            )
        if name not in RELATIONS:
            words = (
                _("Choose which relation %(type)s is: %(relations)s.")
                if relation.type
                else _("Choose which relation one without a type is: %(relations)s.")
            ) % {"type": relation.type, "relations": ", ".join(RELATIONS)}
            return self._no(relation.location, "relation_unknown", words)
        if not source or not target:
            return self._no(
                relation.location, "end_missing", _("A region that this relation joins is missing or was refused.")
            )
        return None

    def _no(self, location: str, code: str, detail: str) -> Refusal:
        return Refusal(self.document.file, location, code, detail)


def declare(document: ArticleRecord, label: str) -> None:
    """Says that spans with this label need the field for the type that they had."""
    fields = document.fields.setdefault(label, [])
    fields[:] = [field for field in fields if field["key"] != IMPORTED_TYPE["key"]] + [dict(IMPORTED_TYPE)]


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

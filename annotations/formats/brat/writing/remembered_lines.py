"""What spans keep of the lines that they came from, as far as it still says what they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotations.formats.brat.events import CONTENT, PARTS, WITHOUT_CUE, Reported, parts, reported, role
from annotations.formats.brat.lines import NOTE, Line
from annotations.formats.brat.names import LABELS, TYPES
from annotations.formats.brat.remembered import TYPE, Kept, kept
from annotations.formats.brat.writing.entries import Entries, Entry, Ref
from annotations.formats.writing.provenance import BRAT_LINES
from annotations.vocabulary import RELATIONS

Value = dict[str, Any]
"""A span or a link, as a record of the export has it."""


@dataclass(slots=True)
class Recalled:
    """The kept annotations of a document's spans. `main` stands for a span, as an end of relations."""

    entries: Entries
    spans: Sequence[Value]
    kept: dict[str, Kept] = field(default_factory=dict)
    namespaces: dict[str, int] = field(default_factory=dict)
    main: dict[str, Entry] = field(default_factory=dict)
    spans_of: dict[Ref, str] = field(default_factory=dict)
    bounds: dict[str, list[Ref]] = field(default_factory=lambda: defaultdict(list))
    """The kept text-bounds that are a span, by its id."""
    events: dict[str, list[Line]] = field(default_factory=dict)
    """The attributions among the kept events, by span."""
    said: dict[str, Reported] = field(default_factory=dict)
    """What they say, by span, where it is still so."""
    linked: set[tuple[str, str, str]] = field(default_factory=set)
    """(source, relation, target) of the links that kept lines stand for."""
    links_of: dict[Ref, Value] = field(default_factory=dict)
    lines_of: dict[str, Ref] = field(default_factory=dict)
    """Kept relations and the links that they stand for, and by a link's id the first of its."""
    roles: dict[tuple[str, str], str] = field(default_factory=dict)
    """The role in which an attribution has a content, by their spans."""
    noted: set[str] = field(default_factory=set)
    """Spans and links whose note a kept line has."""

    def begin(self) -> None:
        """Brings back text-bounds and attributions; then `main` has every span of which one is still true."""
        for span in self.spans:
            found = kept(span["fields"].get(BRAT_LINES["key"]))
            if found is not None:
                self.kept[span["id"]] = found
                self.namespaces.setdefault(self.namespace(span), len(self.namespaces))
        for span in self.spans:
            if span["id"] in self.kept:
                self._bounds_and_events(span)
        self._drop_stale()

    def finish(self, links: Iterable[Value]) -> None:
        """Brings back relations whose link is still there, and all that is said of what is there."""
        known = {(link["source"], link["relation"], link["target"]): link for link in links}
        remembering = [span for span in self.spans if span["id"] in self.kept]
        for span in remembering:
            self._other_events(span)
        self.entries.drop_dangling()
        for span in remembering:
            self._relations(span, known)
        for span in remembering:
            self._remarks(span)
        self._unlink(known)

    def part_ways(self) -> None:
        """Where a span is a content no longer but still a part of an event, gives the event a part of its own.

        A text-bound that is only a part of an attribution, and whose type nothing names, is read as no span.
        """
        unnamed = {span["id"] for span in self.spans if TYPE["key"] in span["fields"]}
        attributions = {span["id"] for span in self.spans if span["label"] == "attribution"}
        events = [self.entries.all[ref] for ref in self.attributions()]
        contents = {ref for event in events for name, ref in event.ends[1:] if role(name) == CONTENT}
        for event in events:
            for index, (name, ref) in enumerate(event.ends):
                if ref[1][0] != "T" or ref not in self.spans_of or ref in contents:
                    continue
                named = LABELS.get(self.entries.all[ref].type.casefold())
                is_part = self.spans_of[ref] in attributions or (named is None and self.spans_of[ref] in unnamed)
                if index == 0 or (role(name) in PARTS and is_part):
                    other, own = self.entries.all[ref], (f"{event.ref} {index}", "T")
                    self.entries.add(own, other.order, event.type if index == 0 else name, ranges=other.ranges)
                    event.ends[index], event.raw = (name, own), None

    def attributions(self) -> list[Ref]:
        """The events that are attributions."""
        refs = {entry.ref for entry in self.main.values() if entry.letter == "E"}
        refs |= {(self.namespace(span), event.id) for span in self.spans for event in self.events.get(span["id"], ())}
        return sorted(refs & self.entries.all.keys())

    def namespace(self, span: Value) -> str:
        """Where the ids of a span's kept lines hold: one file of one person."""
        return f"{span['annotator']}\n{self.kept[span['id']].origin}"

    def _order(self, span: Value, line: Line) -> tuple[int, ...]:
        return 0, self.namespaces[self.namespace(span)], line.number

    def _bounds_and_events(self, span: Value) -> None:
        """Text-bounds and attributions: of these only what the span still is, with its fragments as they now are."""
        own, namespace = self.kept[span["id"]], self.namespace(span)
        events = [line for line, became in own.lines if became == "attribution"]
        if events and span["label"] != "attribution":
            return
        self.events[span["id"]] = events
        for line, became in own.lines:
            if line.kind != "T" and became != "attribution":
                continue
            entry = self.entries.recall(line, namespace, self._order(span, line))
            if became == "part":
                continue
            self.spans_of[entry.ref] = span["id"]
            if line.kind == "T":
                self.bounds[span["id"]].append(entry.ref)
                # Ranges that the file named in another order than that of the text keep it.
                if sorted(map(list, line.ranges)) != span["fragments"]:
                    entry.ranges = span["fragments"]
                entry.type = line.type if own.label == span["label"] else TYPES[span["label"]]
            if line.kind == "E" or span["id"] not in self.main:
                self.main[span["id"]] = entry

    def _drop_stale(self) -> None:
        """Forgets events that no longer say what the attribution is, then perhaps others that shared their parts."""
        waiting = [span for span in self.spans if self.events.get(span["id"])]
        while waiting:
            stale = [span for span in waiting if not self._still_said(span)]
            for span in stale:
                namespace = self.namespace(span)
                for line, _ in self.kept[span["id"]].lines:
                    if line.kind in "TE":
                        self.entries.all.pop((namespace, line.id), None)
                self.main.pop(span["id"], None)
                self.said.pop(span["id"], None)
            gone = {span["id"] for span in stale}
            waiting = [span for span in waiting if span["id"] not in gone] if stale else []

    def _still_said(self, span: Value) -> bool:
        own, namespace = self.kept[span["id"]], self.namespace(span)
        event = self.events[span["id"]][0]
        bounds = {
            part: [(start, end) for start, end in self.entries.all[namespace, part].ranges]
            for _, part in parts(event)
            if (namespace, part) in self.entries.all
        }
        cueless = any(line.type == WITHOUT_CUE and line.ends[0][1] == event.id for line, _ in own.lines if line.ends)
        found = reported(event, bounds, self.entries.text, without_cue=cueless)
        if found is None or [list(one) for one in found.fragments] != [list(one) for one in span["fragments"]]:
            return False
        self.said[span["id"]] = found
        return found.source == passage(span, "source") and found.cue == passage(span, "cue")

    def _other_events(self, span: Value) -> None:
        """Events that are no attribution stand for the span of their trigger."""
        namespace = self.namespace(span)
        for line, became in self.kept[span["id"]].lines:
            if line.kind == "E" and became != "attribution":
                entry = self.entries.recall(line, namespace, self._order(span, line))
                if (trigger := self.spans_of.get((namespace, line.ends[0][1]))) is not None:
                    self.spans_of[entry.ref] = trigger

    def _relations(self, span: Value, known: Mapping[tuple[str, str, str], Value]) -> None:
        namespace = self.namespace(span)
        for line, became in self.kept[span["id"]].lines:
            if line.kind != "R":
                continue
            ends = [self.spans_of.get((namespace, end), "") for _, end in sorted(line.ends[:2])]
            there = all((namespace, end) in self.entries.all for _, end in line.ends)
            link = known.get((ends[0], became, ends[1])) if there else None
            if link is not None:
                self.linked.add((ends[0], became, ends[1]))
                self.links_of[namespace, line.id] = link
                self.lines_of.setdefault(link["id"], (namespace, line.id))
            if link is not None or became not in RELATIONS:
                self.entries.recall(line, namespace, self._order(span, line))

    def _remarks(self, span: Value) -> None:
        """Attributes, normalisations, equivalences and notes; a note without a text is the span's or the link's own."""
        namespace = self.namespace(span)
        for line, _ in self.kept[span["id"]].lines:
            if line.kind in "TRE" or self._tells_of_no_cue(span, line):
                continue
            if line.type != NOTE or "\t" in line.rest:
                self.entries.recall(line, namespace, self._order(span, line))
                continue
            about = self.links_of.get((namespace, line.ends[0][1]), span)
            there = (namespace, line.ends[0][1]) in self.entries.all
            if there and about["note"] and about["id"] not in self.noted:
                self.noted.add(about["id"])
                self.entries.recall(line, namespace, self._order(span, line), about["note"])

    def _tells_of_no_cue(self, span: Value, line: Line) -> bool:
        """Whether it says so of an attribution that has one by now."""
        events = self.events.get(span["id"], [])
        is_stale = bool(events) and span["id"] not in self.said and passage(span, "cue") is not None
        return is_stale and line.type == WITHOUT_CUE and line.ends[0][1] == events[0].id

    def _unlink(self, known: Mapping[tuple[str, str, str], Value]) -> None:
        """Takes from attributions the contents whose link is gone; what could be no link stays as it was."""
        spans = {span["id"]: span for span in self.spans}
        for source, main in self.main.items():
            events = {main.ref, *((self.namespace(spans[source]), line.id) for line in self.events.get(source, ()))}
            for ref in sorted(events & self.entries.all.keys()):
                entry = self.entries.all[ref]
                there = [end for end in entry.ends if self._is_linked(spans, source, end, known)]
                if len(there) < len(entry.ends):
                    entry.ends, entry.raw = there, None

    def _is_linked(
        self, spans: Mapping[str, Value], source: str, end: tuple[str, Ref], known: Mapping[tuple[str, str, str], Value]
    ) -> bool:
        target = self.spans_of.get(end[1], "")
        if role(end[0]) != CONTENT or target == source or target not in spans:
            return True
        if (source, "attributes", target) in known:
            self.linked.add((source, "attributes", target))
            self.roles.setdefault((source, target), end[0])
            return True
        return bool(spans[target]["label"] == "attribution")


def passage(span: Value, name: str) -> tuple[int, int] | None:
    """The value of a field of the kind passage."""
    value = span["fields"].get(name)
    return (value["start"], value["end"]) if isinstance(value, dict) else None

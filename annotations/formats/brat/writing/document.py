"""One document: what its spans keep of brat, and what they have of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotations.formats.brat.events import PARTS, WHOLE, WITHOUT_CUE, joined, role
from annotations.formats.brat.lines import NOTE, covered
from annotations.formats.brat.names import (
    ANNOTATOR,
    APPROVAL,
    CONTENT,
    NO_SOURCE,
    RATIONALE,
    READ_AS,
    SOURCE,
    STATE,
    TYPES,
    VERDICT,
)
from annotations.formats.brat.remembered import TYPE
from annotations.formats.brat.writing.entries import Entries, Entry, Ref
from annotations.formats.brat.writing.meanings import Meanings, unnamed
from annotations.formats.brat.writing.remembered_lines import Recalled, Value, passage
from annotations.formats.writing.provenance import BRAT_LINES

TRIGGER, PART, WORDS, SAID, RELATION = range(5)
"""The order of a span's own annotations."""

SPAN, LINK, READING = 1, 2, 3
"""Their order in the file: after those that are kept, spans before links, then how lines are read."""


@dataclass(slots=True)
class Document:
    """The annotations of an article, or of one person on it. `annotator` is whose they are unless they say so."""

    text: str
    annotator: str
    spans: Sequence[Value]
    links: Sequence[Value]
    verdicts: Sequence[Value]
    kinds: Mapping[str, Mapping[str, str]]
    """The kinds of the project's fields, by label and key."""
    meanings: Meanings = field(default_factory=Meanings)
    entries: Entries = field(init=False)
    recalled: Recalled = field(init=False)
    makers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.entries = Entries(self.text)
        self.recalled = Recalled(self.entries, self.spans)
        self.makers = {span["id"]: span["annotator"] for span in self.spans}

    def made(self) -> Entries:
        """The annotations. Raises ValueError where the quote of a span is not what its offsets select."""
        self.recalled.begin()
        for index, span in enumerate(self.spans):
            if span["quote"] != " … ".join(self.text[start:end] for start, end in span["fragments"]):
                raise ValueError(f"The span {span['id']} does not select its quote.")
            if span["id"] not in self.recalled.main:
                if span["label"] == "attribution":
                    entry = self._event(index, span)
                else:
                    ref, order = (span["id"], "T"), (SPAN, index, TRIGGER)
                    entry = self.entries.add(ref, order, TYPES[span["label"]], ranges=span["fragments"])
                self.recalled.main[span["id"]] = entry
        here = set(self.recalled.main)
        links = [link for link in self.links if link["source"] in here and link["target"] in here]
        self.recalled.finish(links)
        for index, link in enumerate(links):
            self._link(index, link)
        verdicts = {verdict["claim"]: verdict for verdict in self.verdicts}
        for index, span in enumerate(self.spans):
            self._values(index, span, verdicts.get(span["id"]))
        self.entries.drop_dangling()
        self.recalled.part_ways()
        self.entries.say_fragments(READING)
        for marked, means in self.meanings.exceptions(self.entries, self.recalled, self.spans):
            self.entries.say(self.entries.all[marked], (READING, len(self.entries.all)), READ_AS, means)
        return self.entries

    def _event(self, index: int, span: Value) -> Entry:
        """The event of an attribution; one that replaces a kept event has its id and its other roles."""
        source, cue = passage(span, "source"), passage(span, "cue")
        type_ = TYPES["attribution"] if source else NO_SOURCE
        old = next(iter(self.recalled.events.get(span["id"], ())), None)
        ref = (self.recalled.namespace(span), old.id) if old else (span["id"], "E")
        ends = [(type_, self._part(index, span, "trigger", type_, [cue] if cue else span["fragments"]))]
        if source:
            ends.append((SOURCE, self._part(index, span, "source", SOURCE, [source])))
        found = joined([one for one in (source, cue) if one], self.text) if cue else span["fragments"]
        if [list(one) for one in found] != [list(one) for one in span["fragments"]]:
            ends.append((WHOLE, self._part(index, span, "whole", WHOLE, span["fragments"])))
        if old:
            ends += [(name, (ref[0], end)) for name, end in old.ends[1:] if role(name) not in PARTS]
        event = self.entries.add(ref, (SPAN, index, WORDS), type_, ends=ends)
        self.recalled.spans_of[ref] = span["id"]
        if not cue:
            self.entries.give(event, (SPAN, index, SAID), WITHOUT_CUE)
        return event

    def _part(self, index: int, span: Value, name: str, type_: str, ranges: Sequence[Sequence[int]]) -> Ref:
        ref = (f"{span['id']} {name}", "T")
        return self.entries.add(ref, (SPAN, index, TRIGGER if name == "trigger" else PART), type_, ranges=ranges).ref

    def _link(self, index: int, link: Value) -> None:
        """A link that no kept line stands for, and what is said of one."""
        source, target = self.recalled.main[link["source"]], self.recalled.main[link["target"]]
        identity = (link["source"], link["relation"], link["target"])
        maker = self.makers[link["source"]]
        order = (LINK, index, RELATION)
        if link["relation"] == "attributes" and source.letter == "E":
            if identity not in self.recalled.linked:
                self.recalled.roles[link["source"], link["target"]] = name = _next_content(source)
                source.ends, source.raw = [*source.ends, (name, target.ref)], None
            if name := self.recalled.roles.get((link["source"], link["target"]), ""):
                self._remark(source, order, name, f"{name}-{ANNOTATOR}", link, maker)
            return
        if identity not in self.recalled.linked:
            ends = [("Arg1", source.ref), ("Arg2", target.ref)]
            entry = self.entries.add((link["id"], "R"), order, link["relation"], ends=ends)
            self._remark(entry, (LINK, index, SAID), NOTE, ANNOTATOR, link, maker)
            return
        kept = self.entries.all[self.recalled.lines_of[link["id"]]]
        self._remark(kept, order, NOTE, ANNOTATOR, link, maker)

    def _remark(self, entry: Entry, order: tuple[int, ...], note: str, who: str, about: Value, maker: str) -> None:
        """The note of a span or a link unless a kept line has it, and who made it unless that is `maker`."""
        if about["note"] and about["id"] not in self.recalled.noted:
            self.entries.say(entry, order, note, about["note"])
        if about["annotator"] != maker:
            self.entries.say(entry, order, who, about["annotator"])

    def _values(self, index: int, span: Value, verdict: Value | None) -> None:
        entry = self.recalled.main[span["id"]]
        order = (SPAN, index, SAID)
        for key, value in self._fields(span):
            if isinstance(value, bool):
                self.entries.give(entry, order, key, "true" if value else "false")
            elif self.kinds[span["label"]].get(key) == "choice":
                self.entries.give(entry, order, key, value)
            elif isinstance(value, dict):
                self.entries.say(entry, order, key, f"{value['start']} {value['end']} {value['quote']}")
            else:
                self.entries.say(entry, order, key, str(value))
        if verdict and verdict["rating"]:
            self.entries.give(entry, order, VERDICT, verdict["rating"])
        if verdict:
            self.entries.give(entry, order, STATE, verdict["state"])
        if verdict and "approval" in verdict:
            self.entries.give(entry, order, APPROVAL, verdict["approval"])
        if verdict and verdict["rationale"]:
            self.entries.say(entry, order, RATIONALE, verdict["rationale"])
        self._remark(entry, order, NOTE, ANNOTATOR, span, self.annotator)

    def _fields(self, span: Value) -> Iterable[tuple[str, Any]]:
        """The values that the lines of the span itself do not say."""
        said = self.recalled.said.get(span["id"])
        silent = {BRAT_LINES["key"]}
        bounds = [self.entries.all[ref].type for ref in self.recalled.bounds[span["id"]] if ref in self.entries.all]
        if span["fields"].get(TYPE["key"]) in [type_ for type_ in bounds if unnamed(span, type_)][:1]:
            silent.add(TYPE["key"])
        if span["label"] == "attribution" and self.recalled.main[span["id"]].letter == "E":
            silent |= {"source", "cue"}
        for key, value in span["fields"].items():
            derived = key == "source_name" and said and not said.source and value == covered(self.text, said.sources)
            if key not in silent and value not in (None, "") and not derived:
                yield key, value


def _next_content(event: Entry) -> str:
    taken = {name for name, _ in event.ends}
    number = 2
    while (name := CONTENT if CONTENT not in taken else f"{CONTENT}{number}") in taken:
        number += 1
    return name

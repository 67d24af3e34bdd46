"""The annotations of one document on their way out, each under a name that no other has until it gets its id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotations.formats.brat.lines import Line, bound, covered, in_one_line, over_line_ends, rest_of, without_line_ends
from annotations.formats.brat.names import FRAGMENTS

Ref = tuple[str, str]
"""Where an annotation comes from, and its id there."""


@dataclass(slots=True)
class Entry:
    """One annotation. `ends` are (role, ref); `tail` is the value or text that follows them; `raw` the line as kept."""

    ref: Ref
    order: tuple[int, ...]
    type: str
    ends: list[tuple[str, Ref]] = field(default_factory=list)
    ranges: Sequence[Sequence[int]] = ()
    tail: str = ""
    raw: str | None = None

    @property
    def letter(self) -> str:
        return self.ref[1][0]


@dataclass(slots=True)
class Entries:
    """The annotations of one document, by ref."""

    text: str
    all: dict[Ref, Entry] = field(default_factory=dict)

    def add(self, ref: Ref, order: tuple[int, ...], type_: str, **values: Any) -> Entry:
        """A new annotation, of the kind that its id begins with."""
        self.all[ref] = Entry(ref, order, type_, **values)
        return self.all[ref]

    def say(self, about: Entry, order: tuple[int, ...], type_: str, text: str) -> None:
        """A note on an annotation."""
        ends = [("", about.ref)]
        self.add((f"{about.ref} {type_}", "#"), order, type_, ends=ends, tail="\t" + in_one_line(text))

    def give(self, about: Entry, order: tuple[int, ...], type_: str, value: str = "") -> None:
        """An attribute of an annotation."""
        tail = f" {value}" if value else ""
        self.add((f"{about.ref} {type_}", "A"), order, type_, ends=[("", about.ref)], tail=tail)

    def recall(self, line: Line, namespace: str, order: tuple[int, ...], text: str | None = None) -> Entry:
        """An annotation that a span keeps; `text` is that of a note which the span has itself."""
        ends = [(role, (namespace, end)) for role, end in line.ends]
        id_ = f"*{line.number}" if line.id == "*" else line.id
        said = line.text if text is None else text
        tail = "" if said is None else f" {said}" if line.kind == "A" else "\t" + in_one_line(said)
        raw = line.rest if text is None else line.rest + tail
        return self.add((namespace, id_), order, line.type, ends=ends, ranges=line.ranges, tail=tail, raw=raw)

    def drop_dangling(self) -> None:
        """Takes out what is about something that is no longer there; an event loses but the role."""
        while True:
            lost = []
            for entry in self.all.values():
                there = [end for end in entry.ends if end[1] in self.all]
                if len(there) < len(entry.ends):
                    if entry.letter != "E" or entry.ends[0] not in there:
                        lost.append(entry.ref)
                    entry.ends, entry.raw = there, None
            if not lost:
                return
            for ref in lost:
                del self.all[ref]

    def say_fragments(self, order: int) -> None:
        """Notes on text-bounds whose ranges would be read as others: brat's files have none over a line end.

        That of a trigger is on its event: brat takes no file in which anything else is about a trigger.
        """
        events = {entry.ends[0][1]: entry for entry in self.all.values() if entry.letter == "E"}
        for index, entry in enumerate([entry for entry in self.all.values() if entry.letter == "T"]):
            ranges = [(start, end) for start, end in entry.ranges]
            if over_line_ends(without_line_ends(ranges, self.text), self.text) != ranges:
                self.say(events.get(entry.ref, entry), (order, index), FRAGMENTS, bound("", ranges).strip())

    def written(self) -> Iterable[str]:
        """The lines of the file."""
        ordered = sorted(self.all.values(), key=lambda entry: entry.order)
        ids = numbered(ordered)
        for entry in ordered:
            id_ = ids[entry.ref]
            if entry.letter == "T":
                ranges = without_line_ends(entry.ranges, self.text)
                yield f"{id_}\t{bound(entry.type, ranges)}\t{covered(self.text, ranges)}\n"
            elif entry.raw is not None and all(ids[ref] == ref[1] for _, ref in entry.ends):
                yield f"{id_}\t{entry.raw}\n"
            else:
                ends = [(role, ids[ref]) for role, ref in entry.ends]
                yield f"{id_}\t{rest_of(entry.type, id_, ends, entry.tail)}\n"


def numbered(ordered: Iterable[Entry]) -> Mapping[Ref, str]:
    """The ids: what had one keeps it unless it is taken, all others get the next that is free."""
    entries = list(ordered)
    ids: dict[Ref, str] = {}
    taken: set[str] = set()
    for entry in entries:
        if entry.letter == "*":
            ids[entry.ref] = "*"
        elif len(entry.ref[1]) > 1 and entry.ref[1] not in taken:
            ids[entry.ref] = entry.ref[1]
            taken.add(entry.ref[1])
    last = dict.fromkeys("TREAMN#", 0)
    for entry in entries:
        if entry.ref not in ids:
            while (id_ := f"{entry.letter}{last[entry.letter] + 1}") in taken:
                last[entry.letter] += 1
            ids[entry.ref] = id_
            taken.add(id_)
    return ids

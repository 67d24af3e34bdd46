"""What the types of brat's lines are here, for a reader that knows only what they usually are.

One type can be several things in a project, since each import has a mapping of its own. So what the first line of a
type is holds for the archive (`types.json`), and every line that is something else says so itself.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from annotations.formats.brat.names import LABELS, LINKING, NOTHING, PART
from annotations.formats.brat.remembered import TYPE
from annotations.formats.brat.writing.entries import Entries, Entry, Ref
from annotations.formats.brat.writing.remembered_lines import Recalled, Value
from annotations.vocabulary import joins

SPANS: Final = ("claim", "fact")
"""Labels that make a text-bound a span though it is a part of an attribution too."""


@dataclass(slots=True)
class Meanings:
    """What the types are that were met, by type; NOTHING where that is so."""

    labels: dict[str, str] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)

    def exceptions(self, entries: Entries, recalled: Recalled, spans: Sequence[Value]) -> list[tuple[Ref, str]]:
        """The lines of a document that are something else than the archive says of their types, with what they are."""
        return list(_Document(self, entries, recalled, spans).exceptions())

    def written(self) -> Iterator[bytes]:
        """The file: only what is not so anyway."""
        said = {
            "labels": {type_: is_ for type_, is_ in self.labels.items() if is_ not in (NOTHING, _usual_label(type_))},
            "relations": {
                type_: is_ for type_, is_ in self.relations.items() if is_ not in (NOTHING, _usual_relation(type_))
            },
        }
        yield json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _usual_label(type_: str) -> str:
    return LABELS.get(type_.casefold(), NOTHING)


def _usual_relation(type_: str) -> str:
    return LINKING.get(type_.casefold(), NOTHING)


def unnamed(span: Value, type_: str) -> bool:
    """Whether a text-bound of this type is the span because nothing names its type."""
    return span["label"] == "fact" and bool(span["fields"].get(TYPE["key"])) and _usual_label(type_) == NOTHING


@dataclass(slots=True)
class _Document:
    """The lines of one document. `owners` has the span that a line is; `events` are the attributions."""

    meanings: Meanings
    entries: Entries
    recalled: Recalled
    spans: Sequence[Value]
    owners: dict[Ref, Value] = field(init=False)
    events: list[Entry] = field(init=False)

    def __post_init__(self) -> None:
        by_id = {span["id"]: span for span in self.spans}
        self.owners = {ref: by_id[id_] for ref, id_ in self.recalled.spans_of.items()}
        self.owners.update((entry.ref, by_id[id_]) for id_, entry in self.recalled.main.items())
        self.events = [self.entries.all[ref] for ref in self.recalled.attributions()]

    def exceptions(self) -> Iterator[tuple[Ref, str]]:
        by_letter: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(self.entries.all.values(), key=lambda entry: entry.order):
            by_letter[entry.letter].append(entry)
        yield from self._bounds(by_letter["T"])
        attributions = {event.ref for event in self.events}
        for entry in by_letter["E"]:
            if entry.ref in attributions:
                if self.meanings.labels.setdefault(entry.type, "attribution") != "attribution":
                    yield entry.ref, "attribution"
            elif self._label(entry.type, ("attribution",)) == "attribution":
                yield entry.ref, NOTHING
        for entry in by_letter["R"]:
            link = self.recalled.links_of.get(entry.ref)
            is_ = link["relation"] if link else entry.type if entry.ref[1] == "R" else NOTHING
            read = self.meanings.relations.setdefault(
                entry.type, _usual_relation(entry.type) if is_ == NOTHING else is_
            )
            if read != is_ and (is_ != NOTHING or self._would_join(read, entry)):
                yield entry.ref, is_

    def _bounds(self, entries: Iterable[Entry]) -> Iterator[tuple[Ref, str]]:
        """Text-bounds. A trigger is read as a part of its attribution whatever its type is."""
        triggers = {event.ends[0][1] for event in self.events}
        for entry in entries:
            span = self.owners.get(entry.ref)
            if span is not None:
                is_ = NOTHING if unnamed(span, entry.type) else span["label"]
                if self.meanings.labels.setdefault(entry.type, is_) != is_:
                    yield entry.ref, is_
            elif entry.ref not in triggers and self._label(entry.type, SPANS) in SPANS:
                yield entry.ref, PART

    def _label(self, type_: str, unlike: Sequence[str]) -> str:
        """What the type is. A new one is what it usually is, but for what the line that brings it is not."""
        usual = _usual_label(type_)
        return (
            self.meanings.labels.get(type_, usual) if usual in unlike else self.meanings.labels.setdefault(type_, usual)
        )

    def _would_join(self, relation: str, entry: Entry) -> bool:
        """Whether a line that is no link would be read as one."""
        ends = sorted(entry.ends, key=lambda end: end[0])
        spans = [self.owners[ref] for _, ref in ends if ref in self.owners]
        if len(ends) != 2 or len(spans) != 2 or spans[0]["id"] == spans[1]["id"]:
            return False
        source, target = (span["label"] for span in spans)
        return joins(relation, source, target) or (ends[0][0] == ends[1][0] and joins(relation, target, source))

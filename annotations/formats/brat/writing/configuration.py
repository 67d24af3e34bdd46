"""`annotation.conf`: the types that brat needs to know in order to show and edit the documents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from annotations.formats.brat.writing.entries import Entry, Ref

ANYTHING: Final = "<ANY>"
"""What every version of brat takes for any type."""

SEPARATING: Final = re.compile(r"[,|<>\s]")
"""What means something in a line, so that no value that holds it can be listed."""

NAME: Final = re.compile(r"[A-Za-z0-9_-]*[A-Za-z0-9_][A-Za-z0-9_-]*")
"""Types that brat has in its settings; it shows others in documents all the same."""


@dataclass(slots=True)
class Configuration:
    """The types in use, gathered as documents are written."""

    entities: set[str] = field(default_factory=set)
    relations: set[str] = field(default_factory=set)
    events: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    attributes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def learn(self, entries: Mapping[Ref, Entry]) -> None:
        """Adds the types of a document."""
        triggers = {entry.ends[0][1] for entry in entries.values() if entry.letter == "E"}
        for ref, entry in entries.items():
            if entry.letter == "T" and ref not in triggers:
                self.entities.add(entry.type)
            elif entry.letter == "R":
                self.relations.add(entry.type)
            elif entry.letter == "E":
                self.events[entry.type] |= {name.rstrip("0123456789") for name, _ in entry.ends[1:]}
            elif entry.letter in "AM":
                self.attributes[entry.type] |= {entry.tail.strip()} - {""}

    def written(self) -> Iterator[bytes]:
        """The file."""
        ends = f"Arg1:{ANYTHING}, Arg2:{ANYTHING}"
        relations = [f"{type_}\t{ends}" for type_ in sorted(filter(NAME.fullmatch, self.relations))]
        events = [
            f"{type_}\t" + ", ".join(f"{role}*:{ANYTHING}" for role in sorted(filter(NAME.fullmatch, roles)))
            for type_, roles in sorted(self.events.items())
            if NAME.fullmatch(type_)
        ]
        attributes = []
        for type_, values in sorted(self.attributes.items()):
            if NAME.fullmatch(type_):
                listed = sorted(value for value in values if not SEPARATING.search(value))
                allowed = f", Value:{'|'.join(listed)}" if listed else ""
                attributes.append(f"{type_}\tArg:<ANY>{allowed}")
        yield "\n".join(
            [
                "[entities]", "", *sorted(filter(NAME.fullmatch, self.entities)), "",
                "[relations]", "", f"<OVERLAP>\t{ends}, <OVL-TYPE>:<ANY>", *relations, "",
                "[events]", "", *events, "",
                "[attributes]", "", *attributes, "",
            ]
        ).encode()  # fmt: skip

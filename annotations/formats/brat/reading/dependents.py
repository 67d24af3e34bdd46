"""What each line of a file depends on, so that nothing that goes with a refused span goes unreported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final

from annotations.formats.brat.events import PARTS, role
from annotations.formats.brat.lines import Line
from annotations.formats.brat.reading.spans import Passages
from annotations.formats.reading.records import Dependent, Tie

KINDS: Final = {
    "T": "The text-bound", "E": "The event", "R": "The relation", "A": "The attribute", "N": "The normalisation",
    "#": "The note", "*": "The equivalence",
}  # fmt: skip


def dependents(passages: Passages, ties: Mapping[str, Tie]) -> Mapping[str, Sequence[Dependent]]:
    """By the key of a passage, or the id of a line: the lines, and roles of events, that are nothing without it.

    What became a tie of its own is refused as that one; `ties` are by line, or by event and role.
    """
    found: dict[str, list[Dependent]] = defaultdict(list)
    events = {line.id for line in passages.events}
    for line in passages.sheet.every():
        name, place = (line.id if line.id != "*" else f"*{line.number}"), f"line {line.number}"
        is_tie = line.id in ties and ties[line.id].place == place
        own = Dependent(name, place, "" if is_tie else f"{KINDS[line.kind]} {line.id}")
        held = passages.spans.get(line.id) if line.kind == "T" or line.id in events else None
        if held is not None:
            is_told = held.passage.place == place
            found[held.passage.key].append(Dependent(name, place) if is_told else own)
        elif line.id in passages.inner:
            found[passages.inner[line.id]].append(own)
        elif line.kind == "E":
            found[line.ends[0][1]].append(own)
        if line.kind == "E":
            for end, dependent in _roles(line, place, passages.inner if line.id in events else (), ties):
                found[end].append(dependent)
        elif held is None:
            for _, end in line.ends:
                found[end].append(own)
    return found


def _roles(event: Line, place: str, inner: Container[str], ties: Mapping[str, Tie]) -> Iterator[tuple[str, Dependent]]:
    """What an event loses together with one of its roles; `inner` are parts of attributions, no loss of their own."""
    for name, end in event.ends[1:]:
        tie = ties.get(f"{event.id} {name}")
        is_part = role(name) in PARTS and end in inner
        if not is_part and (tie is None or tie.place != place):
            yield end, Dependent(f"{event.id} {name}", place, f"The role {name} of {event.id}")

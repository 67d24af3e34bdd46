"""What each line of a file depends on, so that nothing that goes with a refused span goes unreported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final

from annotations.formats.brat.events import PARTS, role
from annotations.formats.brat.lines import Line
from annotations.formats.brat.reading.spans import SpansOfFile
from annotations.formats.reading.records import Dependent, LinkRecord

KINDS: Final = {
    "T": "The text-bound", "E": "The event", "R": "The relation", "A": "The attribute", "N": "The normalisation",
    "#": "The note", "*": "The equivalence",
}  # fmt: skip


def dependents(spans: SpansOfFile, links: Mapping[str, LinkRecord]) -> Mapping[str, Sequence[Dependent]]:
    """By the key of a span, or the id of a line: the lines, and roles of events, that are nothing without it.

    What became a link of its own is refused as that one; `links` are by line, or by event and role.
    """
    found: dict[str, list[Dependent]] = defaultdict(list)
    events = {line.id for line in spans.events}
    for line in spans.ann.every():
        name, location = (line.id if line.id != "*" else f"*{line.number}"), f"line {line.number}"
        is_link = line.id in links and links[line.id].location == location
        own = Dependent(name, location, "" if is_link else f"{KINDS[line.kind]} {line.id}")
        held = spans.span_of.get(line.id) if line.kind == "T" or line.id in events else None
        if held is not None:
            is_told = held.span.location == location
            found[held.span.key].append(Dependent(name, location) if is_told else own)
        elif line.id in spans.inner:
            found[spans.inner[line.id]].append(own)
        elif line.kind == "E":
            found[line.ends[0][1]].append(own)
        if line.kind == "E":
            for end, dependent in _roles(line, location, spans.inner if line.id in events else (), links):
                found[end].append(dependent)
        elif held is None:
            for _, end in line.ends:
                found[end].append(own)
    return found


def _roles(
    event: Line, location: str, inner: Container[str], links: Mapping[str, LinkRecord]
) -> Iterator[tuple[str, Dependent]]:
    """What an event loses together with one of its roles; `inner` are parts of attributions, no loss of their own."""
    for name, end in event.ends[1:]:
        link = links.get(f"{event.id} {name}")
        is_part = role(name) in PARTS and end in inner
        if not is_part and (link is None or link.location != location):
            yield end, Dependent(f"{event.id} {name}", location, f"The role {name} of {event.id}")

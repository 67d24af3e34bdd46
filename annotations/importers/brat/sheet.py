"""One `.ann` file as a table of annotations: those that can be read, and of the others why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from annotations.importers.brat.mapping import Types
from annotations.importers.items import Refusal
from annotations.importers.texts import Text
from annotations.standoff.lines import Line, bound, parsed


@dataclass(slots=True)
class Sheet:
    """The annotations of one file, by id; `same` are the equivalences, which have none."""

    path: str
    lines: dict[str, Line] = field(default_factory=dict)
    same: list[Line] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def refuse(self, line: int, code: str, detail: str) -> None:
        self.refused.append(Refusal(self.path, f"line {line}", code, detail))

    def of_kind(self, *kinds: str) -> Iterator[Line]:
        return (line for line in self.lines.values() if line.kind in kinds)


def sheet(content: str, text: Text, path: str, types: Types) -> Sheet:
    """The annotations of a file whose offsets are those of the original of `text`."""
    found = Sheet(path)
    for number, raw in enumerate(content.split("\n"), 1):
        written = raw.removesuffix("\r")
        if not written.strip():
            continue
        try:
            line = parsed(number, written)
        except ValueError as error:
            found.refuse(number, "malformed", str(error))
            continue
        if line.id == "*":
            found.same.append(line)
        elif line.id in found.lines:
            found.refuse(number, "duplicate_id", f"There is another {line.id} above.")
        else:
            found.lines[line.id] = _placed(line, text)
    _leave_out(found, types)
    _refuse_dangling(found)
    return found


def _placed(line: Line, text: Text) -> Line:
    if not text.gone or not line.ranges:
        return line
    ranges = tuple((text.place(start), text.place(end)) for start, end in line.ranges)
    return replace(line, ranges=ranges, rest=bound(line.type, ranges))


def _leave_out(found: Sheet, types: Types) -> None:
    """Takes out what somebody chose to leave out, with all that is said of it; each type is reported once."""
    every = [*found.lines.values(), *found.same]
    gone: dict[int, str] = {line.number: line.type for line in every if types.leaves_out(line.type)}
    if not gone:
        return
    ids = {line.id for line in every if line.number in gone}
    while more := [line for line in every if line.number not in gone and any(end in ids for _, end in line.ends)]:
        for line in more:
            gone[line.number] = next(gone[found.lines[end].number] for _, end in line.ends if end in ids)
            ids.add(line.id)
    numbers: dict[str, list[int]] = defaultdict(list)
    for number in sorted(gone):
        numbers[gone[number]].append(number)
    for type_, places in numbers.items():
        found.refuse(places[0], "type_left_out", f"{type_} was left out, as chosen: {counted(places)}.")
    found.lines = {id_: line for id_, line in found.lines.items() if line.number not in gone}
    found.same = [line for line in found.same if line.number not in gone]


def counted(places: Iterable[int]) -> str:
    """How many lines these are, in words."""
    number = len(list(places))
    return "1 line" if number == 1 else f"{number} lines"


def _refuse_dangling(found: Sheet) -> None:
    """Takes out what is said of something that is not there, until all that is left holds together."""
    for line in list(found.of_kind("E")):
        if line.ends[0][1][0] != "T":
            found.refuse(line.number, "malformed", "The trigger of an event is a text-bound.")
            del found.lines[line.id]
    while lost := [line for line in _of(found) if missing(found, line)]:
        for line in lost:
            detail = f"{line.id} is about {missing(found, line)}, which is not in the file, or not readable."
            found.refuse(line.number, "missing_target", detail)
            if line.id == "*":
                found.same.remove(line)
            else:
                del found.lines[line.id]


def _of(found: Sheet) -> list[Line]:
    return [*found.lines.values(), *found.same]


def missing(found: Sheet, line: Line) -> str:
    """The first end of an annotation that is not there, or that is the annotation itself."""
    return next((end for _, end in line.ends if end not in found.lines or end == line.id), "")

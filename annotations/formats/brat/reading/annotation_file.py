"""One `.ann` file as a table of annotations: those that can be read, and of the others why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils.translation import gettext, gettext_noop, ngettext

from annotations.formats.brat.lines import Line, Ranges, bound, over_line_ends, parsed, ranges_of, without_line_ends
from annotations.formats.brat.names import FRAGMENTS, NOTHING, PART, READ_AS, TYPES, Types
from annotations.formats.reading.decoding import Text
from annotations.formats.reading.records import Refusal
from annotations.vocabulary import RELATIONS

MOST: Final = 100_000
"""Annotations of one file, which are in memory together."""

READABLE: Final = {"T": (*TYPES, NOTHING, PART), "E": ("attribution", NOTHING), "R": (*RELATIONS, NOTHING)}
"""What a note can say of a line, by its kind."""

UNCLEAR: Final = gettext_noop(
    "No quote shows whether offsets count the byte order mark, or both characters of a line end (CRLF)."
)


@dataclass(slots=True)
class AnnotationFile:
    """The annotations of one file, by id; `same` are the equivalences, which have none."""

    path: str
    text: Text
    lines: dict[str, Line] = field(default_factory=dict)
    same: list[Line] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    read_as: dict[str, str] = field(default_factory=dict)
    """What lines are that are something else than their type says, by id, in an archive of ours."""

    def refuse(self, line: int, code: str, detail: str) -> None:
        self.refused.append(Refusal(self.path, f"line {line}", code, detail))

    def located(self, ranges: Sequence[tuple[int, int]]) -> Ranges:
        """Ranges of the original in the text that is stored."""
        return [(self.text.offset_of(start), self.text.offset_of(end)) for start, end in ranges]

    def every(self) -> Iterator[Line]:
        """All annotations."""
        yield from self.lines.values()
        yield from self.same

    def about(self) -> Mapping[str, list[Line]]:
        """What is said of each annotation, by its id."""
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.every():
            for _, end in line.ends:
                found[end].append(line)
        return found

    def take_out(self, numbers: Container[int]) -> None:
        """Forgets the annotations on these lines."""
        self.lines = {id_: line for id_, line in self.lines.items() if line.number not in numbers}
        self.same = [line for line in self.same if line.number not in numbers]

    def of_kind(self, *kinds: str) -> Iterator[Line]:
        return (line for line in self.lines.values() if line.kind in kinds)


def read_annotation_file(
    content: str, text: Text, path: str, types: Types, *, others: Sequence[Text] = (), is_ours: bool = False
) -> AnnotationFile:
    """The annotations of a file whose offsets are those of the original of `text`.

    `others` have their offsets counted in other ways that may be meant: a text-bound without a text that lies elsewhere
    in one of them is refused. With `is_ours`, notes say what our archives have besides: they are followed, and are no
    annotations.
    """
    found, unclear = AnnotationFile(path, text), set[int]()
    for number, raw in enumerate(content.split("\n"), 1):
        written = raw.removesuffix("\r")
        if not written.strip():
            continue
        if len(found.lines) + len(found.same) >= MOST:
            found.refuse(
                number,
                "too_many",
                gettext("A file can have at most %(most)s annotations. The others were skipped.")
                % {"most": f"{MOST:,}"},
            )
            break
        try:
            line = parsed(number, written)
        except ValueError as error:
            found.refuse(number, "malformed", str(error))
            continue
        if line.id == "*":
            found.same.append(line)
        elif line.id in found.lines:
            found.refuse(number, "duplicate_id", gettext("The id %(id)s is already used above.") % {"id": line.id})
        else:
            found.lines[line.id] = there = located(line, text)
            # Whether it selects something else in another counting; the mark moves all that follows it.
            if not line.text and any(
                text.value != other.value or there.ranges != located(line, other).ranges for other in others
            ):
                unclear.add(number)
                found.refuse(number, "offsets_unclear", gettext(UNCLEAR))
    found.take_out(unclear)
    if is_ours:
        _follow_fragments(found)
        _take_meanings(found)
    _leave_out(found, types)
    _refuse_dangling(found)
    return found


def located(line: Line, text: Text) -> Line:
    """The line with its ranges in the text that is stored, joined where brat cut them at line ends."""
    ranges = [(text.offset_of(start), text.offset_of(end)) for start, end in line.ranges] if text.gone else line.ranges
    return _with_ranges(line, over_line_ends(ranges, text.value))


def _with_ranges(line: Line, ranges: Ranges) -> Line:
    if ranges == list(line.ranges):
        return line
    return replace(line, ranges=tuple(ranges), rest=bound(line.type, ranges))


def _follow_fragments(found: AnnotationFile) -> None:
    """Takes fragments from the notes that say them; one that speaks of other words than its text-bound is refused.

    On an event it speaks of the trigger.
    """
    notes = [line for line in found.of_kind("#") if line.type == FRAGMENTS]
    for note in notes:
        line = found.lines.get(note.ends[0][1])
        if line is not None and line.kind == "E":
            line = found.lines.get(line.ends[0][1])
        try:
            ranges = found.located(ranges_of(note.text or ""))
        except ValueError:
            ranges = []
        if line is None or over_line_ends(without_line_ends(ranges, found.text.value), found.text.value) != list(
            line.ranges
        ):
            found.refuse(
                note.number,
                "malformed",
                gettext("%(id)s has %(fragments)s fragments, which is not the number of its ranges.")
                % {"id": note.id, "fragments": note.ends[0][1]},
            )
        else:
            found.lines[line.id] = _with_ranges(line, ranges)
    found.take_out({note.number for note in notes})


def _take_meanings(found: AnnotationFile) -> None:
    """Takes what single lines are from the notes that say it; one that says nothing known is refused."""
    notes = [line for line in found.of_kind("#") if line.type == READ_AS]
    for note in notes:
        about, means = note.ends[0][1], note.text or ""
        if about in found.lines and means in READABLE.get(found.lines[about].kind, ()):
            found.read_as[about] = means
        else:
            detail = gettext("%(id)s says that %(about)s is “%(value)s”, which is not possible.") % {
                "id": note.id,
                "about": about,
                "value": means[:40],
            }
            found.refuse(note.number, "malformed", detail)
    found.take_out({note.number for note in notes})


def _leave_out(found: AnnotationFile, types: Types) -> None:
    """Takes out what somebody chose to leave out, with all that is said of it; each type is reported once."""
    gone = {line.number: line.type for line in found.every() if line.type in types.left_out}
    about = found.about()
    waiting = [line for line in found.every() if line.number in gone]
    while waiting:
        lost = waiting.pop()
        for line in about[lost.id] if lost.id != "*" else ():
            if line.number not in gone:
                gone[line.number] = gone[lost.number]
                waiting.append(line)
    numbers: dict[str, list[int]] = defaultdict(list)
    for number in sorted(gone):
        numbers[gone[number]].append(number)
    for type_, line_numbers in numbers.items():
        found.refuse(
            line_numbers[0],
            "type_left_out",
            gettext("%(type)s was skipped, as chosen, in %(lines)s.")
            % {"type": type_, "lines": in_lines(line_numbers)},
        )
    found.take_out(gone)


def in_lines(line_numbers: Iterable[int]) -> str:
    """How many lines these are, in words."""
    number = len(list(line_numbers))
    return ngettext("%(count)s line", "%(count)s lines", number) % {"count": number}


def _refuse_dangling(found: AnnotationFile) -> None:
    """Takes out what is said of something that is not there, until all that is left holds together."""
    about = found.about()
    lost: dict[int, str] = {}
    for line in found.of_kind("E"):
        if line.ends[0][1][0] != "T":
            lost[line.number] = "malformed"
            found.refuse(line.number, "malformed", gettext("The trigger of an event must be a text-bound."))
    waiting = [line for line in found.lines.values() if line.number in lost]
    for line in found.every():
        missing = next((end for _, end in line.ends if end not in found.lines or end == line.id), None)
        if missing is not None and line.number not in lost:
            _lose(found, lost, line, missing)
            waiting.append(line)
    while waiting:
        gone = waiting.pop()
        for line in about[gone.id] if gone.id != "*" else ():
            if line.number not in lost:
                _lose(found, lost, line, gone.id)
                waiting.append(line)
    found.take_out(lost)


def _lose(found: AnnotationFile, lost: dict[int, str], line: Line, missing: str) -> None:
    lost[line.number] = "missing_target"
    detail = gettext("%(id)s refers to %(missing)s, which is missing or can't be read.") % {
        "id": line.id,
        "missing": missing,
    }
    found.refuse(line.number, "missing_target", detail)

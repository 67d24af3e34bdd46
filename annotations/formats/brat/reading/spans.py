"""From the annotations of a file to spans, each with the lines that it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from annotations.formats.brat.events import CONTENT, WHOLE, WITHOUT_CUE, Reported, parts, reported, role
from annotations.formats.brat.lines import NOTE, Line, Ranges, bound, covered
from annotations.formats.brat.names import ANNOTATOR, NO_SOURCE, NOTHING, SOURCE, TYPES, UNNAMED, Types, span_key
from annotations.formats.brat.names import CONTENT as CONTENT_ROLE
from annotations.formats.brat.reading.annotation_file import AnnotationFile
from annotations.formats.brat.remembered import LONGEST, TYPE, head, remembered
from annotations.formats.reading.decoding import may_be_quoted, passage_of
from annotations.formats.reading.records import SpanRecord
from annotations.formats.writing.provenance import BRAT_LINES
from annotations.vocabulary import LONGEST_TEXT


@dataclass(slots=True)
class Held:
    """A span and what it came from: (line, relation that it became, what follows the id)."""

    span: SpanRecord
    lines: list[tuple[Line, str, str]] = field(default_factory=list)

    def keep(self, line: Line, relation: str = "", rest: str | None = None) -> None:
        self.lines.append((line, relation, line.rest if rest is None else rest))


@dataclass(slots=True)
class SpansOfFile:
    """The spans of one file. `owners` says by id in which of them an annotation is kept; `span_of` which are one."""

    ann: AnnotationFile
    types: Types
    text: str
    document: str
    annotator: str | None
    person_field: str = ""
    """The attribute or note that names whoever annotated, where somebody chose so: nothing else does then."""
    held: dict[str, Held] = field(default_factory=dict)
    owners: dict[str, Held] = field(default_factory=dict)
    span_of: dict[str, Held] = field(default_factory=dict)
    events: list[Line] = field(default_factory=list)
    """Those that are attributions."""
    inner: dict[str, str] = field(default_factory=dict)
    """The text-bounds that are a part of an attribution and no span, each with the first event that has it.

    An event that is refused for the text of another part has none that is left to a later one.
    """
    wrong: set[str] = field(default_factory=set)
    """The attributions of which the text of a part is not at its offsets."""

    def read(self) -> None:
        """Fills the above: text-bounds, attributions, then whatever is said of them."""
        named_by, kinds = (self.person_field, "#A") if self.person_field else (ANNOTATOR, "#")
        makers = {line.ends[0][1]: line.text for line in self.ann.of_kind(*kinds) if line.type == named_by}
        if self.person_field:
            self.annotator = None
        self.events = [line for line in self.ann.of_kind("E") if self.label(line) == "attribution"]
        events_of = self._parts()
        for line in self.ann.of_kind("T"):
            if line.id not in events_of:
                self._bound(line, makers.get(line.id))
        bounds = {line.id: line.ranges for line in self.ann.of_kind("T")}
        cueless = {line.ends[0][1] for line in self.ann.of_kind("A") if line.type == WITHOUT_CUE}
        for line in self.events:
            found = reported(line, bounds, self.text, without_cue=line.id in cueless)
            if found is not None:
                self._attribution(line, found, makers.get(line.id))
        self.inner = {part: min(events, key=self.wrong.__contains__) for part, events in events_of.items()}
        for part, event in self.inner.items():
            if event in self.owners:
                self.owners[part] = self.owners[event]
                self.owners[part].keep(self.ann.lines[part], "part")
        self._own_the_rest()

    def label(self, line: Line) -> str | None:
        """The label of a text-bound or an event, or None where nothing names what it is."""
        said = self.ann.read_as.get(line.id)
        if said is None or line.type in self.types.chosen:
            return self.types.label(line.type)
        return said if said in TYPES else None

    def relation(self, line: Line) -> str | None:
        """The relation that a line is, or None where it is none."""
        said = self.ann.read_as.get(line.id)
        if said is None or line.type in self.types.chosen:
            return self.types.relation(line.type)
        return said if said != NOTHING else None

    def _parts(self) -> dict[str, list[str]]:
        """The text-bounds that are a part of an attribution and no span, with the events that have it."""
        contents = {end for line in self.events for name, end in line.ends[1:] if role(name) == CONTENT}
        inner: set[str] = set()
        events: dict[str, list[str]] = defaultdict(list)
        for line in self.events:
            for name, part in parts(line):
                events[part].append(line.id)
                label = self.label(self.ann.lines[part])
                if part not in contents and (not name or label not in ("claim", "fact")):
                    inner.add(part)
        return {part: found for part, found in events.items() if part in inner}

    def _bound(self, line: Line, maker: str | None) -> None:
        label = self.label(line)
        quote = quoted(line, self.text)
        is_wrong = quote is not None and not selects(self.text, line.ranges, quote)
        held = self._hold(line, label or UNNAMED, sorted(line.ranges), maker, is_wrong=is_wrong)
        held.span.quote = held.span.quote or quote
        if label is None:
            held.span.fields.setdefault(TYPE["key"], line.type)

    def _attribution(self, line: Line, found: Reported, maker: str | None) -> None:
        quote = self._wrong_part(line)
        held = self._hold(line, "attribution", found.fragments, maker, "attribution", is_wrong=quote is not None)
        if quote is not None:
            self.wrong.add(line.id)
        held.span.quote = held.span.quote or quote
        if sum(became == "attribution" for _, became, _ in held.lines) > 1:
            return
        for name, one in (("source", found.source), ("cue", found.cue)):
            if one is not None:
                held.span.fields[name] = passage_of(self.text, *one)
        if found.source is None and found.sources:
            held.span.fields["source_name"] = covered(self.text, found.sources)[: LONGEST_TEXT + 1]

    def _wrong_part(self, event: Line) -> str | None:
        """What the file says that a part selects where the text says otherwise; of the whole it says nothing."""
        for _, part in parts(event):
            line = self.ann.lines[part]
            words = quoted(line, self.text)
            if words is not None and not selects(self.text, line.ranges, words):
                return words
        return None

    def _hold(
        self, line: Line, label: str, fragments: Ranges, maker: str | None, became: str = "", *, is_wrong: bool = False
    ) -> Held:
        """The span of these fragments, which several annotations may be: a person marks one once.

        A line whose text is not at its offsets `is_wrong`, and a span of its own: it is refused, and no other.
        """
        annotator = maker or self.annotator
        # As the tables of our archives have them: in the text as it left, whatever its line ends are.
        original = self.ann.text.original
        offsets = bound("", [(original(start), original(end)) for start, end in fragments]).strip()
        key = span_key(self.document, annotator, label, offsets) + (f"\t{line.id}" if is_wrong else "")
        if key not in self.held:
            self.held[key] = Held(
                SpanRecord(
                    key=key, label=label, fragments=fragments, annotator=annotator, location=f"line {line.number}"
                )
            )
        held = self.held[key]
        held.keep(line, became)
        self.owners[line.id] = self.span_of[line.id] = held
        return held

    def _own_the_rest(self) -> None:
        """Events belong to their trigger, whatever else to the first thing that it is about."""
        first: dict[str, list[Line]] = defaultdict(list)
        for line in self.ann.lines.values():
            if line.ends and line.id not in self.owners:
                first[line.ends[0][1]].append(line)
        waiting = list(self.owners)
        while waiting:
            owned = waiting.pop()
            for line in first.pop(owned, ()):
                self.owners[line.id] = self.owners[owned]
                if line.kind == "E" and owned in self.span_of:
                    self.span_of[line.id] = self.span_of[owned]
                waiting.append(line.id)
        for line in self.ann.lines.values():
            if line.id not in self.owners:
                self.ann.refuse(
                    line.number, "missing_target", gettext("%(id)s doesn't refer to any span.") % {"id": line.id}
                )


def quoted(line: Line, text: str) -> str | None:
    """What the file says that a text-bound selects, as a quote of ours; line ends are spaces in brat.

    brat joins the words of the ranges in the order in which it names these; others join them in the order of the text.
    """
    if not line.text:
        return None
    order = sorted(range(len(line.ranges)), key=line.ranges.__getitem__)
    lengths = [_length(text, one) for one in line.ranges]
    # A line of a few characters may name the whole of a long text, and each line of a file may.
    if may_be_quoted(sum(lengths), line.text):
        given = [text[start:end] for start, end in line.ranges]
        in_order = [given[at] for at in order]
        if line.text.split() in (" ".join(given).split(), " ".join(in_order).split()):
            return " … ".join(in_order)
    # A space joins the words of the ranges; the last has what is left over.
    words, pieces = line.text, list[str]()
    for length in lengths[:-1]:
        pieces.append(words[:length])
        words = words[length + 1 :]
    pieces.append(words)
    return " … ".join(pieces[at] for at in order)


def selects(text: str, ranges: Sequence[tuple[int, int]], quote: str) -> bool:
    """Whether these words, as a quote of ours, are what the ranges select."""
    length = sum(_length(text, one) for one in ranges) + len(" … ") * (len(ranges) - 1)
    return length == len(quote) and quote == " … ".join(text[start:end] for start, end in sorted(ranges))


def _length(text: str, selected: tuple[int, int]) -> int:
    """How much of the text a range selects, without copying it."""
    return len(range(*slice(*selected).indices(len(text))))


def is_native(held: Held) -> bool:
    """Whether our own writing would give the same lines, so that nothing of them need be kept."""
    own = [line for line, _, _ in held.lines if line.kind in "TE"]
    label = held.span.label
    if not all(
        line.kind in "TE" or (line.kind == "R" and became == line.type) or (line.type == NOTE and "\t" not in rest)
        for line, became, rest in held.lines
    ):
        return False
    events = [line for line in own if line.kind == "E"]
    if any(list(line.ranges) != sorted(line.ranges) for line in own):
        return False
    if not events:
        return [line.type for line in own] == [TYPES[label]]
    return len(events) == 1 and label == "attribution" and _is_native_event(events[0], own)


def _is_native_event(event: Line, own: Sequence[Line]) -> bool:
    roles = [name.rstrip("0123456789") for name, _ in event.ends[1:]]
    known = {event.ends[0][1], *(end for name, end in event.ends[1:] if name in (SOURCE, WHOLE))}
    return (
        event.type == (TYPES["attribution"] if SOURCE in roles else NO_SOURCE)
        and set(roles) <= {SOURCE, WHOLE, CONTENT_ROLE}
        and {line.id for line in own} == known | {event.id}
    )


def remember(held: Held, origin: str, ann: AnnotationFile) -> None:
    """Puts into the span's field what it came from, as far as the field holds it."""
    lines = [head(held.span.label, origin)]
    size = len(lines[0])
    for line, relation, rest in sorted(held.lines, key=lambda one: (one[0].kind not in "TE", one[0].number)):
        lines.append(remembered(line, relation, rest=rest))
        size += len(lines[-1]) + 1
        if size > LONGEST:
            size -= len(lines.pop()) + 1
            detail = gettext("The span on %(location)s already keeps as much as a field can hold.") % {
                "location": held.span.location
            }
            ann.refuse(line.number, "field_full", detail)
    held.span.fields[BRAT_LINES["key"]] = "\n".join(lines)

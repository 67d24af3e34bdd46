"""From a text and its annotations to a document, and what each of its lines depends on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext, gettext_noop

from annotations.formats.brat.events import CONTENT, PARTS, role
from annotations.formats.brat.lines import NOTE, Line, in_own_lines
from annotations.formats.brat.names import TYPES, Types, span_key
from annotations.formats.brat.reading.annotation_file import in_lines, read_annotation_file
from annotations.formats.brat.reading.collection import Pair
from annotations.formats.brat.reading.field_values import take_values
from annotations.formats.brat.reading.offset_units import counted_text, remarks
from annotations.formats.brat.reading.side_tables import Ours
from annotations.formats.brat.reading.spans import SpansOfFile, is_native, remember
from annotations.formats.brat.remembered import NAME, TYPE
from annotations.formats.reading.boilerplate import proposed_language
from annotations.formats.reading.decoding import decoded
from annotations.formats.reading.records import ArticleRecord, Dependent, Item, LinkRecord, Options, Pass, Refused
from annotations.formats.writing.provenance import BRAT_LINES
from annotations.vocabulary import joins


@dataclass(slots=True)
class Reading:
    """One file of annotations being read: spans, the links between them, and the lines that are neither."""

    spans: SpansOfFile
    links: dict[tuple[str, str, str], LinkRecord] = field(default_factory=dict)
    by_line: dict[str, LinkRecord] = field(default_factory=dict)
    """Links by the id of the line, or by event and role, that they were read from."""
    unlinked: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Lines that became no link, by type."""

    def link(self) -> None:
        """Relations and the contents of attributions become links; what may be none is kept and counted."""
        for line in self.spans.events:
            for name, end in line.ends[1:]:
                if role(name) == CONTENT and not self._link(f"{line.id} {name}", line, "attributes", line.id, end):
                    self.unlinked[f"{line.type} {name}"].append(line.number)
        attributions = {line.id for line in self.spans.events}
        for line in self.spans.ann.of_kind("E"):
            if line.id not in attributions and line.id in self.spans.owners:
                self.spans.owners[line.id].keep(line)
        for line in self.spans.ann.of_kind("R"):
            (_, source), (_, target) = sorted(line.ends[:2])
            relation = self.spans.relation(line)
            tied = relation and len(line.ends) == 2 and self._link(line.id, line, relation, source, target)
            if not tied:
                self.unlinked[line.type].append(line.number)
            self.spans.owners[line.ends[0][1]].keep(line, relation if tied and relation else "")

    def _link(self, name: str, line: Line, relation: str, source: str, target: str) -> bool:
        ends = [self.spans.span_of.get(id_) for id_ in (source, target)]
        if ends[0] is None or ends[1] is None or ends[0] is ends[1]:
            return False
        start, end = ends[0].span, ends[1].span
        if not joins(relation, start.label, end.label):
            return False
        identity = (relation, start.key, end.key)
        if identity not in self.links:
            self.links[identity] = LinkRecord(
                key=f"{self.spans.document}\t{name}", relation=relation, source=start.key, target=end.key,
                annotator=start.annotator, location=f"line {line.number}",
            )  # fmt: skip
        self.by_line[name] = self.links[identity]
        return True

    def note(self) -> None:
        """The first note on a span or a link is its note; whatever else is said of anything is kept with it."""
        for line in self.spans.ann.of_kind("#", "A", "N"):
            owner = self.spans.owners.get(line.id)
            if owner is None:
                continue
            about: Any = self.by_line.get(line.ends[0][1]) or (
                owner.span if self.spans.ann.lines[line.ends[0][1]].kind in "TE" else None
            )
            if line.type == NOTE and line.text and about is not None and not about.note:
                about.note = in_own_lines(line.text)
                owner.keep(line, rest=f"{NOTE} {line.ends[0][1]}")
            else:
                owner.keep(line)
        for line in self.spans.ann.same:
            self.spans.owners[line.ends[0][1]].keep(line)


def documents(pair: Pair, options: Options, types: Types, tables: Ours | None) -> Iterator[Item]:
    """The document of a text and its annotations, with the refusals of lines. Raises Refused where none can be."""
    source = pair.text.read()
    raw = decoded(source, file=pair.text.path, encoding=options.encoding, keep_bom=True)
    content = None
    if pair.annotations is not None:
        content = decoded(pair.annotations.read(), file=pair.annotations.path, encoding=options.encoding)
    counted = counted_text(raw, content or "")
    text = counted.text
    if not text.value.strip():
        raise Refused(pair.text.path, "", "no_text", gettext("This file has no text."))
    name = tables.name(pair.document) if tables else pair.document
    said, refused = tables.metadata(name, pair.document) if tables else ({}, [])
    file_title = pair.text.stem.rpartition("/")[2]
    found = {"title": file_title, "language": proposed_language(text.value)}
    metadata = {**found, **options.metadata, **said}
    document = ArticleRecord(
        file=(pair.annotations or pair.text).path, location="", text=text.value, metadata=metadata, source=source,
        file_title=file_title,
    )  # fmt: skip
    if content is None:
        yield document
        return
    document.person, document.is_further = pair.suffix, pair.is_further
    annotator = (tables.documents.get(name, {}).get("annotator") if tables else None) or pair.annotator
    spans = SpansOfFile(
        read_annotation_file(content, text, document.file, types, others=counted.others, is_ours=tables is not None),
        types,
        text.value,
        name,
        annotator,
        options.person_field,
    )
    spans.read()
    _fill(document, Reading(spans), pair.document, tables)
    # Our own archive has an empty file also for an article that nobody went through.
    if not content.strip() and (annotator or not tables):
        document.passes = [Pass(annotator=None if options.person_field else annotator)]
    yield document
    yield from remarks(counted, document.file)
    yield from refused + spans.ann.refused


def _fill(document: ArticleRecord, reading: Reading, origin: str, tables: Ours | None) -> None:
    spans, found = reading.spans, reading.spans.ann
    reading.link()
    if tables:
        document.fields = {label: list(fields) for label, fields in tables.fields.items()}
        document.verdicts = take_values(reading, tables)
    reading.note()
    for held in spans.held.values():
        if not (tables and is_native(held)):
            remember(held, origin, found)
    document.spans = [held.span for held in spans.held.values()]
    document.links = [*reading.links.values(), *(_across(spans, tables) if tables else ())]
    document.dependents = dependents(spans, reading.by_line)
    _declare(document)
    if not tables:
        _tell(reading)


def _tell(reading: Reading) -> None:
    """Says which relations are no links: of a type that nothing names once in an import, else in each file."""
    for type_, line_numbers in reading.unlinked.items():
        named = reading.spans.types.relation(type_) or " " in type_
        if type_ in reading.spans.types.told:
            continue
        about = {"type": type_, "field": BRAT_LINES["name"], "lines": in_lines(line_numbers)}
        if named:
            detail = gettext(
                "%(type)s: this relation can't join these spans (%(lines)s). Kept in the field “%(field)s” and written "
                "back by the export."
            )
        else:
            reading.spans.types.told.add(type_)
            detail = gettext(
                "%(type)s: there is no such relation here, in any file. Kept in the field “%(field)s” and written back "
                "by the export."
            )
        reading.spans.ann.refuse(line_numbers[0], "kept_in_field", detail % about)


def _across(spans: SpansOfFile, tables: Ours) -> Iterator[LinkRecord]:
    """The links from other documents that end in this one."""
    for number, row in tables.links.get(spans.document, []):
        source, target = (
            span_key(*(row[f"{end}_{part}"] for part in ("document", "annotator", "label", "offsets")))
            for end in ("source", "target")
        )
        yield LinkRecord(
            key=f"{number}", relation=row["relation"], source=source, target=target,
            annotator=row["annotator"] or None, note=row["note"], location=f"links.tsv, line {number}",
        )  # fmt: skip


def _declare(document: ArticleRecord) -> None:
    """The label fields that the spans' values need."""
    for field_ in (BRAT_LINES, TYPE, NAME):
        used = {span.label for span in document.spans if field_["key"] in span.fields}
        for label in TYPES if used and field_ is BRAT_LINES else used:
            known = document.fields.setdefault(label, [])
            if all(one.get("key") != field_["key"] for one in known):
                known.append(field_)


KINDS: Final = {
    "T": gettext_noop("The text-bound %(id)s"), "E": gettext_noop("The event %(id)s"),
    "R": gettext_noop("The relation %(id)s"), "A": gettext_noop("The attribute %(id)s"),
    "N": gettext_noop("The normalisation %(id)s"), "#": gettext_noop("The note %(id)s"),
    "*": gettext_noop("The equivalence %(id)s"),
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
        own = Dependent(name, location, "" if is_link else gettext(KINDS[line.kind]) % {"id": line.id})
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
            yield (
                end,
                Dependent(
                    f"{event.id} {name}",
                    location,
                    gettext("The role %(role)s of %(event)s") % {"role": name, "event": event.id},
                ),
            )

"""What importers read: documents with what is marked in them, and refusals. Plain values, nothing of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

LONGEST_TITLE: Final = 500
"""Characters of an article's title."""

NOTES: Final = frozenset(
    {
        "kept_in_field",
        "line_ends_counted",
        "type_left_out",
        "column_left_out",
        "metadata_left_out",
        "not_read",
        "person_missing",
        "same_text",
        "value_left_out",
        "id_left_out",
    }
)
"""Codes of what is only noted: nobody's work is lost by it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that did not come in, or is noted. `place` says where in `file`: a line, a path within it, an id."""

    file: str
    place: str
    code: str
    detail: str

    @property
    def is_note(self) -> bool:
        """Whether nothing is lost by it that was to come in."""
        return self.code in NOTES


class Refused(Exception):
    """Raised where a whole file, or a whole document, cannot come in; its importer yields or passes on the refusal."""

    def __init__(self, file: str, place: str, code: str, detail: str) -> None:
        super().__init__(detail)
        self.refusal = Refusal(file, place, code, detail)

    def __reduce__(self) -> tuple[type[Refused], tuple[str, str, str, str]]:
        """It leaves the process that raised it whole."""
        return Refused, (self.refusal.file, self.refusal.place, self.refusal.code, self.refusal.detail)


@dataclass(slots=True, kw_only=True)
class SpanRecord:
    """A span as a file has it; `fragments` are (start, end) in code points of the document's text.

    `key` names it within its document, or within the whole import where the importer `crosses` documents. A `quote`
    is what the file says the fragments select, joined by `` … ``; one that is not there is an error, never a guess.
    """

    key: str
    label: str
    fragments: list[tuple[int, int]]
    quote: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    annotator: str | None = None
    location: str = ""
    id: UUID | None = None
    external_id: str | None = None
    is_shared: bool = False
    """Whether another span of this key is the same one, and not a mistake."""
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class LinkRecord:
    """A link as a file has it; `source` and `target` are keys of spans."""

    key: str
    relation: str
    source: str
    target: str
    note: str = ""
    annotator: str | None = None
    location: str = ""
    id: UUID | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class EvidenceSetRecord:
    """One evidence set of a verdict; `links` are keys."""

    question: str | None = None
    answer: str | None = None
    links: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class VerdictRecord:
    """A verdict as a file has it. `rating` is a key of the project's scale; `state` is how far it had come."""

    claim: str
    rating: str | None
    rationale: str = ""
    confidence: float | None = None
    state: str = "draft"
    author: str | None = None
    reviewer: str | None = None
    approved_at: datetime | None = None
    evidence_sets: list[EvidenceSetRecord] = field(default_factory=list)
    location: str = ""
    id: UUID | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Pass:
    """That somebody went through a text and found nothing to mark."""

    annotator: str | None = None
    location: str = ""


@dataclass(frozen=True, slots=True)
class Readings:
    """What the offsets of a span may mean: what they select in each unit that they may count."""

    label: str
    quotes: Mapping[str, str]
    """By what is counted, in words."""


@dataclass(frozen=True, slots=True)
class Dependent:
    """Something that a file says of a span, and that has no place here without it.

    `name` is what further things depend on. `what` names it in a refusal; empty where it is refused by itself.
    """

    name: str
    location: str
    what: str = ""


@dataclass(slots=True, kw_only=True)
class ArticleRecord:
    """One article as a file has it. `metadata` has the columns of Article that are known, such as `title`.

    `file_title` is the title where that is nothing but the name of a file, unless `file` itself says so.
    Several documents with the same text are one article, on which each brings what it has marked.
    `fields` are label fields that the project needs for what is marked, by label: they are added where it lacks them.
    `readings` are of the first spans whose offsets mean different things in different units.
    `dependents` are by the key of a span or the name of a dependent, so that all is told that a refusal takes along.
    `person` is whom the name of its file names beside the text that it is about. `is_further` says that an earlier
    document of the import is about the same text by intent, as several people's files on one text are.
    """

    file: str
    location: str
    text: str
    metadata: dict[str, Any] = field(default_factory=dict)
    spans: list[SpanRecord] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)
    verdicts: list[VerdictRecord] = field(default_factory=list)
    passes: list[Pass] = field(default_factory=list)
    fields: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    dependents: Mapping[str, Sequence[Dependent]] = field(default_factory=dict)
    source: bytes | None = None
    id: UUID | None = None
    file_title: str = ""
    external_id: str | None = None
    is_shared: bool = False
    """Whether another document with this text is the same one, as a claim in many rows is."""
    readings: list[Readings] = field(default_factory=list)
    person: str = ""
    is_further: bool = False

    @property
    def parts(self) -> list[SpanRecord | LinkRecord | Pass]:
        """What somebody annotated: the spans and the links; and who went through it and found nothing."""
        return [*self.spans, *self.links, *self.passes]

    def is_name_of_file(self, title: str) -> bool:
        """Whether a title is only what the document's file is called, or a row in it."""
        name = self.file.rpartition("/")[2]
        names = (self.file_title, self.file, name, name.rpartition(".")[0], f"{name} {self.location}")
        return title in {one[:LONGEST_TITLE] for one in names if one}


@dataclass(slots=True, kw_only=True)
class RowRecord:
    """What a row of a table says about things that it names and does not hold.

    `article` is the external id, or the id, of the article that its spans are in. `offsets` are where its span
    begins and ends, counted as `offset_unit` and `crlf` say; where there are none, its quote tells.
    """

    file: str
    location: str
    article: str = ""
    offsets: tuple[int, int] | None = None
    offset_unit: str = ""
    crlf: str = ""
    spans: list[SpanRecord] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)
    verdicts: list[VerdictRecord] = field(default_factory=list)
    fields: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    dependents: Mapping[str, Sequence[Dependent]] = field(default_factory=dict)

    @property
    def parts(self) -> list[SpanRecord | LinkRecord]:
        """What somebody annotated."""
        return [*self.spans, *self.links]


def name_people(document: ArticleRecord | RowRecord, person: str | None) -> None:
    """Says that one person made all of a document, or that nobody is named."""
    for part in document.parts:
        part.annotator = person
    for verdict in document.verdicts:
        verdict.author = person


@dataclass(frozen=True, slots=True)
class Options:
    """What a person chose for an import.

    `types` says what becomes of a format's own types: a label, a relation, or nothing (``""``: left out, and said so).
    `metadata` holds for every document that does not say otherwise. `encoding` overrules what is detected. `scale` is
    the project's, for formats that rate in words of their own; `types` may name a rating for one of those. Where there
    is no scale, it is the one that a project starts with. `offset_unit` and `crlf` say what offsets count, for formats
    that do not (`annotations.text.offset_units`). `person_from` says what names whoever annotated
    (`annotations.formats.reading.people`), and `person_field` in which field of the files, where it is ``"field"``.
    `mapping` says what the columns of tables are (`annotations.formats.tables.reading.mapping`).
    """

    types: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, str | date] = field(default_factory=dict)
    encoding: str = ""
    without_boilerplate: bool = False
    scale: Sequence[Mapping[str, Any]] = ()
    offset_unit: str = ""
    crlf: str = ""
    mapping: Mapping[str, Any] = field(default_factory=dict)
    person_from: str = "auto"
    person_field: str = ""

    def person_in(self, *values: Any) -> str | None:
        """The name in `person_field` of the first of these objects that has one there. Dots lead into objects."""
        if not self.person_field:
            return None
        for value in values:
            found: Any = value
            if not (isinstance(found, Mapping) and self.person_field in found):
                for name in self.person_field.split("."):
                    found = found.get(name) if isinstance(found, Mapping) else None
            else:
                found = found[self.person_field]
            if isinstance(found, str | int) and not isinstance(found, bool) and str(found).strip():
                return str(found)
        return None


Item = ArticleRecord | RowRecord | Refusal

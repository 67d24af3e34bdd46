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
    {"kept_in_field", "line_ends_counted", "type_left_out", "column_left_out", "metadata_left_out"}
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


@dataclass(slots=True, kw_only=True)
class Passage:
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
    place: str = ""
    id: UUID | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Tie:
    """A link as a file has it; `source` and `target` are keys of passages."""

    key: str
    relation: str
    source: str
    target: str
    note: str = ""
    annotator: str | None = None
    place: str = ""
    id: UUID | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Grounds:
    """One evidence set of a judgement; `ties` are keys."""

    question: str | None = None
    answer: str | None = None
    ties: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Judgement:
    """A verdict as a file has it. `rating` is a key of the project's scale; `state` is how far it had come."""

    claim: str
    rating: str | None
    rationale: str = ""
    confidence: float | None = None
    state: str = "draft"
    author: str | None = None
    reviewer: str | None = None
    approved_at: datetime | None = None
    grounds: list[Grounds] = field(default_factory=list)
    place: str = ""
    id: UUID | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Readings:
    """What the offsets of a span may mean: what they select in each unit that they may count."""

    label: str
    quotes: Mapping[str, str]
    """By what is counted, in words."""


@dataclass(frozen=True, slots=True)
class Dependent:
    """Something that a file says of a passage, and that has no place here without it.

    `name` is what further things depend on. `what` names it in a refusal; empty where it is refused by itself.
    """

    name: str
    place: str
    what: str = ""


@dataclass(slots=True, kw_only=True)
class Document:
    """One article as a file has it. `metadata` has the columns of Article that are known, such as `title`.

    `file_title` is the title where that is nothing but the name of a file, unless `file` itself says so.
    Several documents with the same text are one article, on which each brings what it has marked.
    `fields` are label fields that the project needs for what is marked, by label: they are added where it lacks them.
    `readings` are of the first spans whose offsets mean different things in different units.
    `dependents` are by the key of a passage or the name of a dependent, so that all is told that a refusal takes along.
    """

    file: str
    place: str
    text: str
    metadata: dict[str, Any] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    fields: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    dependents: Mapping[str, Sequence[Dependent]] = field(default_factory=dict)
    source: bytes | None = None
    id: UUID | None = None
    file_title: str = ""
    readings: list[Readings] = field(default_factory=list)

    def is_name_of_file(self, title: str) -> bool:
        """Whether a title is only what the document's file is called, or a row in it."""
        name = self.file.rpartition("/")[2]
        names = (self.file_title, self.file, name, name.rpartition(".")[0], f"{name} {self.place}")
        return title in {one[:LONGEST_TITLE] for one in names if one}


@dataclass(frozen=True, slots=True)
class Options:
    """What a person chose for an import.

    `types` says what becomes of a format's own types: a label, a relation, or nothing (``""``: left out, and said so).
    `metadata` holds for every document that does not say otherwise. `encoding` overrules what is detected. `scale` is
    the project's, for formats that rate in words of their own; `types` may name a rating for one of those. Where there
    is no scale, it is the one that a project starts with. `offset_unit` and `crlf` say what offsets count, for formats
    that do not (`annotations.text.offset_units`).
    """

    types: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, str | date] = field(default_factory=dict)
    encoding: str = ""
    without_furniture: bool = False
    scale: Sequence[Mapping[str, Any]] = ()
    offset_unit: str = ""
    crlf: str = ""


Item = Document | Refusal

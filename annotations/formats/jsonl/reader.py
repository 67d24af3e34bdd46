"""`jsonl` (factcheck/1): what the export of this name sends out comes in again as the same dataset."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats.reading.importer import Importer
from annotations.formats.reading.json_values import lines
from annotations.formats.reading.records import (
    ArticleRecord,
    EvidenceSetRecord,
    Item,
    LinkRecord,
    Options,
    Refusal,
    Refused,
    SpanRecord,
    VerdictRecord,
)
from annotations.formats.reading.sources import Source
from annotations.models.base.identifiers import LONGEST_EXTERNAL_ID
from annotations.project_settings import KEY
from annotations.vocabulary import EVIDENCE

SCHEMA: Final = "factcheck/1"
METADATA: Final = ("title", "url", "outlet", "author", "published_on", "language", "direction")
NEVER: Final = datetime.max.replace(tzinfo=UTC)
Part = TypeVar("Part", SpanRecord, LinkRecord, VerdictRecord)


def read(source: Source, options: Options) -> Iterator[Item]:
    """Each line a document."""
    for file in source.files:
        for found in lines(file):
            if isinstance(found, Refusal):
                yield found
                continue
            location, value = found
            try:
                yield from Record(file.path, location, value).items(options)
            except Refused as error:
                yield error.refusal


def recognises(source: Source) -> bool:
    """Whether the first line of the first file says so."""
    if not source.files:
        return False
    first = source.files[0].head().lstrip(b"\xef\xbb\xbf \t\r\n")[:200].replace(b" ", b"")
    return first.startswith(b'{"schema":"factcheck/') or (first.startswith(b"{") and b'"schema":"factcheck/' in first)


class Record:
    """One line, or the record in a file of another format that brings it along."""

    def __init__(self, file: str, location: str, value: Any) -> None:
        self.file, self.location = file, location
        if not isinstance(value, dict) or value.get("schema") != SCHEMA:
            schema = value.get("schema") if isinstance(value, dict) else None
            words = (
                _("The schema of a line must be %(schema)s, not %(found)s.")
                if schema
                else _("A line must name its schema: %(schema)s.")
            ) % {"schema": SCHEMA, "found": f"{schema!s:.60}"}
            raise Refused(file, location, "schema_unknown", words)
        self.value: dict[str, Any] = value
        self.refused: list[Refusal] = []

    def items(self, options: Options) -> Iterator[Item]:
        article = self.value.get("article")
        if not isinstance(article, dict):
            raise Refused(self.file, self.location, "no_text", _("The line has no article."))
        text = article["text"] if isinstance(article.get("text"), str) else ""
        if (digest := article.get("sha256")) and digest != sha256(text.encode("utf-8", "replace")).hexdigest():
            words = _("The text doesn't match the SHA-256 in this line: one of them was changed.")
            raise Refused(self.file, self.location, "sha256_mismatch", words)
        if article.get("id") is not None and _id(article["id"]) is None:
            raise Refused(self.file, self.location, "id", _("The id of an article must be a UUID."))
        try:
            external_id = _external_id(article)
        except BadRecord as error:
            raise Refused(self.file, f"{self.location}, article", error.code, str(error)) from error
        spans = self._parts("spans", _span)
        links = self._parts("links", _link)
        verdicts = self._parts("verdicts", lambda value: verdict_in(value, links))
        if options.person_field:
            self._name_people([*spans, *links], verdicts, options)
        yield ArticleRecord(
            file=self.file,
            location=self.location,
            text=text,
            metadata={**options.metadata, **{name: article[name] for name in METADATA if name in article}},
            spans=spans,
            links=links,
            verdicts=verdicts,
            fields=fields_of(spans),
            id=_id(article.get("id")),
            external_id=external_id,
        )
        yield from self.refused
        if comments := self.value.get("comments"):
            words = _("Comments can't be imported. This article has %(count)s.") % {"count": len(comments)}
            yield Refusal(self.file, self.location, "comments_left_out", words)

    def _parts(self, name: str, made: Callable[[Mapping[str, Any]], Part]) -> list[Part]:
        """The spans, links or verdicts of the line; what cannot be read is refused with its place."""
        values = self.value.get(name, [])
        if not isinstance(values, list):
            self.refused.append(Refusal(self.file, f"{self.location}, {name}", "bad_record", _("This must be a list.")))
            return []
        parts: list[Part] = []
        for number, value in enumerate(values):
            location = f"{self.location}, {name}[{number}]"
            try:
                if not isinstance(value, dict):
                    raise BadRecord("bad_record", _("This must be an object."))
                part = made(value)
            except BadRecord as error:
                self.refused.append(Refusal(self.file, location, error.code, str(error)))
            else:
                part.location = location
                parts.append(part)
        return parts

    def _name_people(
        self, parts: Sequence[SpanRecord | LinkRecord], verdicts: Sequence[VerdictRecord], options: Options
    ) -> None:
        """Names who made what as the chosen field says: that of the part, of its label's fields, or of the article."""
        said = {
            f"{self.location}, {name}[{number}]": (value, value.get("fields"))
            for name in ("spans", "links", "verdicts")
            for number, value in enumerate(self.value.get(name, []))
            if isinstance(value, dict)
        }
        around = (self.value["article"], self.value)
        for part in parts:
            part.annotator = options.person_in(*said[part.location], *around)
        for verdict in verdicts:
            verdict.author = options.person_in(*said[verdict.location], *around)


class BadRecord(Exception):
    """A part of a record that cannot be read."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def _span(value: Mapping[str, Any]) -> SpanRecord:
    fields = value.get("fields") or {}
    if not isinstance(fields, dict):
        raise BadRecord("bad_record", _("fields: This must be an object."))
    return SpanRecord(
        key=_key(value, "id"),
        id=_id(value.get("id")),
        label=_words(value, "label"),
        fragments=_fragments(value),
        quote=_optional(value, "quote"),
        fields=fields,
        note=_optional(value, "note") or "",
        annotator=_optional(value, "annotator"),
        external_id=_external_id(value),
        created_at=_moment(value, "created_at"),
        updated_at=_moment(value, "updated_at"),
    )


def _fragments(value: Mapping[str, Any]) -> list[tuple[int, int]]:
    pairs = value.get("fragments", [[value.get("start"), value.get("end")]])
    if not isinstance(pairs, list):
        pairs = [None]
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 2 or not all(type(edge) is int for edge in pair):
            raise BadRecord("fragments", _("Fragments must be pairs of whole numbers."))
    return [(start, end) for start, end in pairs]


def _link(value: Mapping[str, Any]) -> LinkRecord:
    return LinkRecord(
        key=_key(value, "id"),
        id=_id(value.get("id")),
        relation=_words(value, "relation"),
        source=_key(value, "source"),
        target=_key(value, "target"),
        note=_optional(value, "note") or "",
        annotator=_optional(value, "annotator"),
        created_at=_moment(value, "created_at"),
        updated_at=_moment(value, "updated_at"),
    )


def verdict_in(value: Mapping[str, Any], links: Sequence[LinkRecord]) -> VerdictRecord:
    """The verdict of a record; `links` are the links of its article. Raises BadRecord."""
    confidence = value.get("confidence")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float | None):
        raise BadRecord("confidence_range", _("confidence: This must be a number from 0 to 1."))
    claim = _key(value, "claim")
    evidence_sets = _evidence_sets(value.get("evidence_sets") or [])
    return VerdictRecord(
        id=_id(value.get("id")),
        claim=claim,
        rating=_optional(value, "rating"),
        rationale=_optional(value, "rationale") or "",
        confidence=confidence,
        state=_optional(value, "state") or "draft",
        author=_optional(value, "author"),
        reviewer=_optional(value, "reviewer"),
        approved_at=_moment(value, "approved_at"),
        evidence_sets=[] if _are_all(evidence_sets, claim, links) else evidence_sets,
        created_at=_moment(value, "created_at"),
        updated_at=_moment(value, "updated_at"),
    )


def _evidence_sets(sets: Any) -> list[EvidenceSetRecord]:
    if not isinstance(sets, list) or not all(
        isinstance(one, dict) and isinstance(one.get("links"), list) for one in sets
    ):
        raise BadRecord("bad_record", _("evidence_sets: This must be a list of objects with links."))
    return [
        EvidenceSetRecord(
            question=_optional(one, "question"),
            answer=_optional(one, "answer"),
            links=[_key(link, "link") if isinstance(link, dict) else str(link) for link in one["links"]],
        )
        for one in sets
    ]


def _are_all(evidence_sets: Sequence[EvidenceSetRecord], claim: str, links: Sequence[LinkRecord]) -> bool:
    """Whether these are what the export writes for a verdict that its author gave no sets: each link one of its own."""
    to_claim = [link for link in links if link.target == claim and link.relation in EVIDENCE]
    oldest = sorted(to_claim, key=lambda link: (link.created_at or NEVER, link.key))
    return [(one.question, one.answer, one.links) for one in evidence_sets] == [
        (None, None, [link.key]) for link in oldest
    ]


def fields_of(spans: Sequence[SpanRecord]) -> dict[str, list[dict[str, Any]]]:
    """Label fields that a project needs for these values, where it does not have them: of the kind that they are of."""
    needed: dict[str, dict[str, dict[str, Any]]] = {}
    for span in spans:
        for key, value in span.fields.items():
            if KEY.match(key) and value is not None:
                number = "flag" if isinstance(value, bool) else "number"
                words = "passage" if isinstance(value, dict) else "text"
                kind = number if isinstance(value, int | float) else words
                named = {"key": key, "name": key.replace("_", " ").capitalize(), "kind": kind}
                needed.setdefault(span.label, {}).setdefault(key, named)
    return {label: list(fields.values()) for label, fields in needed.items()}


def _words(value: Mapping[str, Any], name: str) -> str:
    words = value.get(name)
    if not isinstance(words, str):
        raise BadRecord("bad_record", _("%(name)s: This must be text.") % {"name": name})
    return words


def _optional(value: Mapping[str, Any], name: str) -> str | None:
    return None if value.get(name) is None else _words(value, name)


def _key(value: Mapping[str, Any], name: str) -> str:
    key = _words(value, name)
    if _id(key) is None:
        raise BadRecord("id", _("%(name)s: This must be a UUID.") % {"name": name})
    return key.lower()


def _external_id(value: Mapping[str, Any]) -> str | None:
    found = _optional(value, "external_id")
    if found is not None and not 0 < len(found) <= LONGEST_EXTERNAL_ID:
        raise BadRecord(
            "external_id",
            _("external_id: This must have 1 to %(longest)s characters.") % {"longest": LONGEST_EXTERNAL_ID},
        )
    return found


def _id(value: Any) -> UUID | None:
    try:
        return UUID(value)
    except (TypeError, ValueError, AttributeError):
        return None


def _moment(value: Mapping[str, Any], name: str) -> datetime | None:
    said = _optional(value, name)
    try:
        moment = datetime.fromisoformat(said) if said else None
    except ValueError:
        moment = None
    if said and (moment is None or moment.tzinfo is None):
        raise BadRecord("time", _("%(name)s: A time must be written as 2026-01-31T12:00:00Z.") % {"name": name})
    return moment


JSONL: Final = Importer(
    name="jsonl",
    title=gettext_lazy("Factcheck’s own records, one article a line"),
    extensions=(".jsonl", ".ndjson", ".jsonl.gz"),
    takes=(
        "Articles, spans, links, verdicts with their evidence sets, people under their names in the file, "
        "ids if they are free. A label field that the project lacks is added as text, number, flag or "
        "passage. Refused, with the line: what is not JSON (`not_json`), another schema "
        "(`schema_unknown`), a text that doesn't match its SHA-256 (`sha256_mismatch`), an id that is not "
        "a UUID (`id`), an invalid time (`time`), a part of the wrong type (`bad_record`). Comments are "
        "not imported (`comments_left_out`). An approval is imported as imported: this is shown with it, "
        "and exported as `approval`."
    ),
    recognises=recognises,
    read=read,
    crosses=True,
)

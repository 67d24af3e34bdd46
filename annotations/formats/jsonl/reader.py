"""`jsonl` (factcheck/1): what the export of this name sends out comes in again as the same dataset."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, TypeVar
from uuid import UUID

from annotations.formats.reading.importer import Importer
from annotations.formats.reading.json_values import lines
from annotations.formats.reading.records import (
    Document,
    Grounds,
    Item,
    Judgement,
    Options,
    Passage,
    Refusal,
    Refused,
    Tie,
)
from annotations.formats.reading.sources import File, Source
from annotations.models.base.identifiers import LONGEST_EXTERNAL_ID
from annotations.project_settings import KEY
from annotations.vocabulary import EVIDENCE

SCHEMA: Final = "factcheck/1"
METADATA: Final = ("title", "url", "outlet", "author", "published_on", "language", "direction")
NEVER: Final = datetime.max.replace(tzinfo=UTC)
Part = TypeVar("Part", Passage, Tie, Judgement)


def read(source: Source, options: Options) -> Iterator[Item]:
    """Each line a document."""
    for file in source.files:
        for found in lines(file):
            if isinstance(found, Refusal):
                yield found
                continue
            place, value = found
            try:
                yield from Record(file.path, place, value).items(options)
            except Refused as error:
                yield error.refusal


def recognises(source: Source) -> bool:
    """Whether the first line of the first file says so."""
    return bool(source.files) and _says_so(source.files[0])


def _says_so(file: File) -> bool:
    first = file.head().lstrip(b"\xef\xbb\xbf \t\r\n")[:200].replace(b" ", b"")
    return first.startswith(b'{"schema":"factcheck/') or (first.startswith(b"{") and b'"schema":"factcheck/' in first)


class Record:
    """One line, or the record in a file of another format that brings it along."""

    def __init__(self, file: str, place: str, value: Any) -> None:
        self.file, self.place = file, place
        if not isinstance(value, dict) or value.get("schema") != SCHEMA:
            schema = value.get("schema") if isinstance(value, dict) else None
            words = f"A line says which schema it follows: {SCHEMA}" + (f", not {schema!s:.60}." if schema else ".")
            raise Refused(file, place, "schema_unknown", words)
        self.value: dict[str, Any] = value
        self.refused: list[Refusal] = []

    def items(self, options: Options) -> Iterator[Item]:
        article = self.value.get("article")
        if not isinstance(article, dict):
            raise Refused(self.file, self.place, "no_text", "The line has no article.")
        text = _text(article, "text")
        if (digest := article.get("sha256")) and digest != sha256(text.encode("utf-8", "replace")).hexdigest():
            words = "The text does not have the SHA-256 that the line gives: one of them was changed."
            raise Refused(self.file, self.place, "sha256_mismatch", words)
        if article.get("id") is not None and _id(article["id"]) is None:
            raise Refused(self.file, self.place, "id", "The id of an article is a UUID.")
        try:
            external_id = _external_id(article)
        except BadRecord as error:
            raise Refused(self.file, f"{self.place}, article", error.code, str(error)) from error
        passages = self._parts("spans", _passage)
        ties = self._parts("links", _tie)
        judgements = self._parts("verdicts", lambda value: judgement_in(value, ties))
        if options.person_field:
            self._name_people([*passages, *ties], judgements, options)
        yield Document(
            file=self.file,
            place=self.place,
            text=text,
            metadata={**options.metadata, **{name: article[name] for name in METADATA if name in article}},
            passages=passages,
            ties=ties,
            judgements=judgements,
            fields=fields_of(passages),
            id=_id(article.get("id")),
            external_id=external_id,
        )
        yield from self.refused
        if comments := self.value.get("comments"):
            words = f"Comments do not come in; this article has {len(comments)}."
            yield Refusal(self.file, self.place, "comments_left_out", words)

    def _parts(self, name: str, made: Callable[[Mapping[str, Any]], Part]) -> list[Part]:
        """The spans, links or verdicts of the line; what cannot be read is refused with its place."""
        values = self.value.get(name, [])
        if not isinstance(values, list):
            self._refuse(name, "bad_record", "This has to be a list.")
            return []
        parts: list[Part] = []
        for number, value in enumerate(values):
            place = f"{self.place}, {name}[{number}]"
            try:
                if not isinstance(value, dict):
                    raise BadRecord("bad_record", "This has to be an object.")
                part = made(value)
            except BadRecord as error:
                self.refused.append(Refusal(self.file, place, error.code, str(error)))
            else:
                part.place = place
                parts.append(part)
        return parts

    def _name_people(self, parts: Sequence[Passage | Tie], judgements: Sequence[Judgement], options: Options) -> None:
        """Names who made what as the chosen field says: that of the part, of its label's fields, or of the article."""
        said = {
            f"{self.place}, {name}[{number}]": (value, value.get("fields"))
            for name in ("spans", "links", "verdicts")
            for number, value in enumerate(self.value.get(name, []))
            if isinstance(value, dict)
        }
        around = (self.value["article"], self.value)
        for part in parts:
            part.annotator = options.person_in(*said[part.place], *around)
        for judgement in judgements:
            judgement.author = options.person_in(*said[judgement.place], *around)

    def _refuse(self, place: str, code: str, detail: str) -> None:
        self.refused.append(Refusal(self.file, f"{self.place}, {place}", code, detail))


class BadRecord(Exception):
    """A part of a record that cannot be read."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def _passage(value: Mapping[str, Any]) -> Passage:
    fields = value.get("fields") or {}
    if not isinstance(fields, dict):
        raise BadRecord("bad_record", "fields: This has to be an object.")
    return Passage(
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
            raise BadRecord("fragments", "Fragments are pairs of whole numbers.")
    return [(start, end) for start, end in pairs]


def _tie(value: Mapping[str, Any]) -> Tie:
    return Tie(
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


def judgement_in(value: Mapping[str, Any], ties: Sequence[Tie]) -> Judgement:
    """The verdict of a record; `ties` are the links of its article. Raises BadRecord."""
    confidence = value.get("confidence")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float | None):
        raise BadRecord("confidence_range", "confidence: This has to be a number from 0 to 1.")
    claim = _key(value, "claim")
    grounds = _grounds(value.get("evidence_sets") or [])
    return Judgement(
        id=_id(value.get("id")),
        claim=claim,
        rating=_optional(value, "rating"),
        rationale=_optional(value, "rationale") or "",
        confidence=confidence,
        state=_optional(value, "state") or "draft",
        author=_optional(value, "author"),
        reviewer=_optional(value, "reviewer"),
        approved_at=_moment(value, "approved_at"),
        grounds=[] if _are_all(grounds, claim, ties) else grounds,
        created_at=_moment(value, "created_at"),
        updated_at=_moment(value, "updated_at"),
    )


def _grounds(sets: Any) -> list[Grounds]:
    if not isinstance(sets, list) or not all(
        isinstance(one, dict) and isinstance(one.get("links"), list) for one in sets
    ):
        raise BadRecord("bad_record", "evidence_sets: This has to be a list of objects with links.")
    return [
        Grounds(
            question=_optional(one, "question"),
            answer=_optional(one, "answer"),
            ties=[_key(link, "link") if isinstance(link, dict) else str(link) for link in one["links"]],
        )
        for one in sets
    ]


def _are_all(grounds: Sequence[Grounds], claim: str, ties: Sequence[Tie]) -> bool:
    """Whether these are what the export writes for a verdict that its author gave no sets: each link one of its own."""
    to_claim = [tie for tie in ties if tie.target == claim and tie.relation in EVIDENCE]
    oldest = sorted(to_claim, key=lambda tie: (tie.created_at or NEVER, tie.key))
    return [(one.question, one.answer, one.ties) for one in grounds] == [(None, None, [tie.key]) for tie in oldest]


def fields_of(passages: Sequence[Passage]) -> dict[str, list[dict[str, Any]]]:
    """Label fields that a project needs for these values, where it does not have them: of the kind that they are of."""
    needed: dict[str, dict[str, dict[str, Any]]] = {}
    for passage in passages:
        for key, value in passage.fields.items():
            if KEY.match(key) and value is not None:
                named = {"key": key, "name": key.replace("_", " ").capitalize(), "kind": _kind(value)}
                needed.setdefault(passage.label, {}).setdefault(key, named)
    return {label: list(fields.values()) for label, fields in needed.items()}


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, int | float):
        return "number"
    return "passage" if isinstance(value, dict) else "text"


def _text(value: Mapping[str, Any], name: str) -> str:
    text = value.get(name)
    return text if isinstance(text, str) else ""


def _words(value: Mapping[str, Any], name: str) -> str:
    words = value.get(name)
    if not isinstance(words, str):
        raise BadRecord("bad_record", f"{name}: This has to be text.")
    return words


def _optional(value: Mapping[str, Any], name: str) -> str | None:
    return None if value.get(name) is None else _words(value, name)


def _key(value: Mapping[str, Any], name: str) -> str:
    key = _words(value, name)
    if _id(key) is None:
        raise BadRecord("id", f"{name}: This has to be a UUID.")
    return key.lower()


def _external_id(value: Mapping[str, Any]) -> str | None:
    found = _optional(value, "external_id")
    if found is not None and not 0 < len(found) <= LONGEST_EXTERNAL_ID:
        raise BadRecord("external_id", f"external_id: This has 1 to {LONGEST_EXTERNAL_ID} characters.")
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
        raise BadRecord("time", f"{name}: A time is written as 2026-01-31T12:00:00Z.")
    return moment


JSONL: Final = Importer(
    name="jsonl",
    title="Factcheck’s own records, one article a line",
    extensions=(".jsonl", ".ndjson", ".jsonl.gz"),
    takes="Articles, spans, links, verdicts with their evidence sets, people under the names that they have in the "
    "file, ids where they are free. A label field that the project lacks is added as text, number, flag or passage. "
    "Refused, with the line: what is not JSON (`not_json`), another schema (`schema_unknown`), a text that is not the "
    "one its SHA-256 was made of (`sha256_mismatch`), an id that is no UUID (`id`), a time that is none (`time`), a "
    "part of the wrong type (`bad_record`). Comments do not come in (`comments_left_out`). An "
    "approval comes in as imported: it says so wherever it is shown, and goes out with `approval`.",
    recognises=recognises,
    read=read,
    crosses=True,
)

"""A record of factcheck/1 (`annotations/exporters/dataset.py`) as a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from annotations.importers.items import Document, Grounds, Judgement, Passage, Refusal, Refused, Tie
from annotations.importers.particulars import particulars, title_of

LABELS: Final = ("claim", "attribution", "fact")
RELATIONS: Final = ("corroborates", "contradicts", "attributes", "restates")
COLUMNS: Final = ("title", "url", "outlet", "author", "published_on", "language")


class _Malformed(Exception):
    """Raised for a part of a record that is not what it has to be; says which member."""


def document_of(record: Any, file: str, place: str) -> tuple[Document, list[Refusal]]:
    """The document that a record is, and what of the record is not what it has to be.

    Raises Refused where it has no article with a text. Keys of passages, ties and judgements are their ids.
    """
    article = record.get("article") if isinstance(record, dict) else None
    if not isinstance(article, dict) or not isinstance(article.get("text"), str):
        raise Refused(file, place, "text_missing", "A record has an article with its text.")
    known, refused = particulars({name: article.get(name) for name in (*COLUMNS, "id")}, file, place)
    document = Document(file=file, place=place, text=article["text"], id=known.pop("id", None), metadata=known)
    known.setdefault("title", title_of(document.text, file))
    for name, made, into in (
        ("spans", _passage, document.passages),
        ("links", _tie, document.ties),
        ("verdicts", _judgement, document.judgements),
    ):
        refused += _read(record.get(name, []), made, into, file, f"{place}, {name}")
    return document, refused


def _read(values: Any, made: Callable[[Any], Any], into: list[Any], file: str, place: str) -> Iterator[Refusal]:
    if not isinstance(values, list):
        yield Refusal(file, place, "malformed", "This has to be a list.")
        return
    for number, value in enumerate(values):
        try:
            if not isinstance(value, dict):
                raise _Malformed("an object is needed")
            one = made(value)
            one.place = f"{place}.{number}"
            into.append(one)
        except _Malformed as error:
            yield Refusal(file, f"{place}.{number}", "malformed", f"This is left out: {error}.")


def _passage(value: dict[str, Any]) -> Passage:
    fields = value.get("fields", {})
    if not isinstance(fields, dict):
        raise _Malformed("fields has to be an object")
    return Passage(
        key=str(_id(value, "id")),
        label=_one_of(value, "label", LABELS),
        fragments=_fragments(value.get("fragments")),
        quote=_text(value, "quote"),
        fields=fields,
        note=_text(value, "note") or "",
        annotator=_text(value, "annotator"),
        id=_id(value, "id"),
        created_at=_time(value, "created_at"),
        updated_at=_time(value, "updated_at"),
    )


def _tie(value: dict[str, Any]) -> Tie:
    return Tie(
        key=str(_id(value, "id")),
        relation=_one_of(value, "relation", RELATIONS),
        source=str(_id(value, "source")),
        target=str(_id(value, "target")),
        note=_text(value, "note") or "",
        annotator=_text(value, "annotator"),
        id=_id(value, "id"),
        created_at=_time(value, "created_at"),
        updated_at=_time(value, "updated_at"),
    )


def _judgement(value: dict[str, Any]) -> Judgement:
    confidence = value.get("confidence")
    if confidence is not None and (isinstance(confidence, bool) or not isinstance(confidence, int | float)):
        raise _Malformed("confidence has to be a number")
    sets = value.get("evidence_sets", [])
    if not isinstance(sets, list) or not all(isinstance(one, dict) for one in sets):
        raise _Malformed("evidence_sets has to be a list of objects")
    return Judgement(
        claim=str(_id(value, "claim")),
        rating=_text(value, "rating"),
        rationale=_text(value, "rationale") or "",
        confidence=confidence,
        state=_one_of(value, "state", ("draft", "submitted", "returned", "approved")),
        author=_text(value, "author"),
        reviewer=_text(value, "reviewer"),
        approved_at=_time(value, "approved_at"),
        grounds=[_grounds(one) for one in sets],
        id=_id(value, "id"),
        created_at=_time(value, "created_at"),
        updated_at=_time(value, "updated_at"),
    )


def _grounds(value: dict[str, Any]) -> Grounds:
    links = value.get("links", [])
    if not isinstance(links, list) or not all(isinstance(one, dict) for one in links):
        raise _Malformed("the links of an evidence set have to be objects")
    ties = [str(_id(one, "link")) for one in links]
    return Grounds(question=_text(value, "question"), answer=_text(value, "answer"), ties=ties)


def _fragments(value: Any) -> list[tuple[int, int]]:
    """Pairs of offsets; whether they lie in the text is not looked at."""
    if not isinstance(value, list) or not value:
        raise _Malformed("fragments has to be a list of pairs")
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2 or not all(is_offset(end) for end in pair):
            raise _Malformed("fragments has to be a list of pairs of offsets")
    return [(start, end) for start, end in value]


def is_offset(value: Any) -> bool:
    """Whether a value of JSON is a whole number that may be an offset."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def _text(value: dict[str, Any], name: str) -> str | None:
    found = value.get(name)
    if found is not None and not isinstance(found, str):
        raise _Malformed(f"{name} has to be text")
    return found


def _one_of(value: dict[str, Any], name: str, known: tuple[str, ...]) -> str:
    found = value.get(name)
    if found not in known:
        raise _Malformed(f"{name} is one of {', '.join(known)}")
    return str(found)


def _id(value: dict[str, Any], name: str) -> UUID:
    try:
        return UUID(value.get(name, ""))
    except (ValueError, TypeError, AttributeError):
        raise _Malformed(f"{name} has to be a UUID") from None


def _time(value: dict[str, Any], name: str) -> datetime | None:
    found = value.get(name)
    if found is None:
        return None
    moment = time_of(found)
    if moment is None:
        raise _Malformed(f"{name} has to be a time with its offset, as in 2026-01-31T12:00:00Z")
    return moment


def time_of(value: Any) -> datetime | None:
    """A time with its offset, or None."""
    try:
        moment = datetime.fromisoformat(value)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo is not None else None

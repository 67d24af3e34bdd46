"""Our own record of an article where a file of another format brings it along, and values that many formats have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from annotations.formats.jsonl.reader import BadRecord, Record, verdict_in
from annotations.formats.reading.records import ArticleRecord, LinkRecord, Options, Refusal, Refused, VerdictRecord
from annotations.text.offset_units import Measured

NOBODY: Final = str(UUID(int=0))


def measured_with(record: Any, text: str) -> Measured:
    """A text that comes along with its record: stored exactly as it is where it is the text of that record."""
    article = record.get("article") if isinstance(record, dict) else None
    digest = article.get("sha256") if isinstance(article, dict) else None
    return Measured(text, is_exact=digest == sha256(text.encode("utf-8", "replace")).hexdigest())


def document_of(
    record: Mapping[str, Any], text: str, file: str, location: str, options: Options
) -> tuple[ArticleRecord, list[Refusal]]:
    """The document that a record without its text is, and what of it was refused.

    Raises Refused where it is no record, or not the record of this text.
    """
    article = record.get("article")
    whole = {**record, "article": {**article, "text": text} if isinstance(article, dict) else None}
    items = list(Record(file, location, whole).items(options))
    [document] = [item for item in items if isinstance(item, ArticleRecord)]
    return document, [item for item in items if isinstance(item, Refusal)]


def verdict_of(
    said: Mapping[str, Any], claim: str, links: Sequence[LinkRecord], file: str, location: str
) -> VerdictRecord:
    """A verdict whose parts are those of a record. Raises Refused."""
    try:
        verdict = verdict_in({**said, "claim": claim if is_uuid(claim) else NOBODY}, links)
    except BadRecord as error:
        raise Refused(file, location, error.code, str(error)) from error
    verdict.claim, verdict.location = claim, location
    return verdict


def is_offset(value: Any) -> bool:
    """Whether a value of JSON is a whole number that may be an offset."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def is_uuid(value: str) -> bool:
    """Whether this is a UUID as it is written."""
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False


def time_of(value: Any) -> datetime | None:
    """A time with its offset, or None."""
    try:
        moment = datetime.fromisoformat(value)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo is not None else None

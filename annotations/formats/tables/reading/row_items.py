"""What rows of articles, spans, links and verdicts are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from annotations.formats.reading.decoding import UNSTORABLE, with_line_feeds
from annotations.formats.reading.metadata import particulars
from annotations.formats.reading.records import ArticleRecord, Item, LinkRecord, RowRecord, SpanRecord, VerdictRecord
from annotations.formats.tables.reading.mapping import plain
from annotations.formats.tables.reading.row import Row

METADATA: Final = ("title", "url", "outlet", "author", "published_on", "language")
OFFSET: Final = re.compile(r"[0-9]{1,9}(?:\.0+)?")
"""Programs that know no missing whole number write a fraction."""
STATES: Final = ("draft", "submitted", "approved")


def article_items(row: Row) -> Iterator[Item]:
    """The article of a row. Raises Refused."""
    original = row.values["body"]
    if not original.strip():
        raise row.no("body", "no_text", _("This row has no text."))
    if UNSTORABLE.search(original):
        raise row.no("body", "unstorable", _("The text contains NUL or half of a surrogate pair."))
    text = with_line_feeds(original).value
    # Offsets of later tables may count the line ends of the original.
    source = original.encode() if text != original else None
    known, refused = particulars({name: row.text(name) for name in METADATA}, row.file, row.location)
    yield from refused
    yield ArticleRecord(
        file=row.file,
        location=row.location,
        text=text,
        metadata={**row.options.metadata, **known},
        source=source,
        external_id=row.id() or None,
    )


def span_items(row: Row) -> Iterator[Item]:
    """The span of a row. Raises Refused."""
    row.needed("article")
    article = row.id("article")
    label = row.mapped("label")
    if label is None:
        return
    offsets = _offsets(row)
    quote = row.text("quote")
    if offsets is None and not quote:
        raise row.no("quote", "value_missing", _("A span needs a quote, or a start and an end."))
    fields = {name.removeprefix("fields."): row.text(name) for name in row.values if name.startswith("fields.")}
    names = {plain(name): name.strip() for name in row.mapping.fields}
    id_ = row.id()
    span = SpanRecord(
        key=span_key(row, id_),
        label=label,
        fragments=[],
        quote=quote or None,
        fields={key: value for key, value in fields.items() if value},
        note=row.text("note"),
        annotator=row.word("annotator") or None,
        location=row.location,
        external_id=id_ or None,
    )
    needed = [{"key": key, "name": names.get(key, key)[:100], "kind": "text"} for key in span.fields]
    yield RowRecord(
        file=row.file,
        location=row.location,
        article=article,
        offsets=offsets,
        offset_unit=row.mapping.offset_unit,
        crlf=row.mapping.crlf,
        spans=[span],
        fields={label: needed} if needed else {},
    )


def span_key(row: Row, id_: str) -> str:
    """The key of a row's span: by its id, by which others may name it, else by where it is."""
    return f"span {id_}" if id_ else f"row {row.file} {row.location}"


def _offsets(row: Row) -> tuple[int, int] | None:
    """Where a span begins and ends, or None where the row does not say. Raises Refused."""
    found: list[int] = []
    for name in ("start", "end"):
        value = row.word(name)
        if not value:
            continue
        if not OFFSET.fullmatch(value):
            raise row.no(name, "fragments", _("An offset must be a whole number from 0."))
        found.append(int(float(value)))
    if len(found) == 1:
        raise row.no(
            "end" if row.word("start") else "start", "value_missing", _("A span must have a start and an end.")
        )
    return (found[0], found[1]) if found else None


def link_items(row: Row) -> Iterator[Item]:
    """The link of a row. Raises Refused."""
    source, target = row.reference("source"), row.reference("target")
    relation = row.mapped("relation")
    if relation is None:
        return
    id_ = row.id()
    link = LinkRecord(
        key=f"link {id_}" if id_ else f"row {row.file} {row.location}",
        relation=relation,
        source=source,
        target=target,
        annotator=row.word("annotator") or None,
        location=row.location,
    )
    yield RowRecord(file=row.file, location=row.location, links=[link])


def verdict_items(row: Row) -> Iterator[Item]:
    """The verdict of a row. Raises Refused."""
    claim = row.reference("claim")
    rating = row.mapped("rating")
    if rating is None:
        return
    confidence = row.trying(lambda: _confidence(row))
    state = row.word("state") or "draft"
    if state not in STATES:
        raise row.no(
            "state",
            "state_unknown",
            _("The state of a verdict must be one of: %(states)s.") % {"states": ", ".join(STATES)},
        )
    said = VerdictRecord(
        claim=claim,
        rating=rating,
        rationale=row.text("rationale"),
        confidence=confidence,
        author=row.word("author") or None,
        state=state,
        location=row.location,
    )
    yield RowRecord(file=row.file, location=row.location, verdicts=[said])


def _confidence(row: Row) -> float | None:
    """From 0 to 1, or None where the row does not say. Raises Refused."""
    value = row.word("confidence")
    if not value:
        return None
    try:
        found = float(value)
    except ValueError:
        found = math.nan
    if not 0 <= found <= 1:
        raise row.no("confidence", "confidence_range", _("Confidence must be a number from 0 to 1."))
    return found

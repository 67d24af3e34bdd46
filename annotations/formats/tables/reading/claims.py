"""What a row of a table of claims is: a claim, its evidence, what joins them, and a verdict.

The text of a claim is an article of its own, and so is each text of evidence. Equal texts are one article, so a claim
that stands in many rows is one claim, whoever the rows are by; evidence is one span for each of its annotators.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, Final

from django.utils.translation import gettext as _

from annotations.formats.claims.claim_article import CLAIM, ClaimArticle, Declared, declared
from annotations.formats.reading.metadata import particulars
from annotations.formats.reading.records import ArticleRecord, Item, LinkRecord, RowRecord, SpanRecord, VerdictRecord
from annotations.formats.tables.reading.row import Row
from annotations.vocabulary import new_source

FIELDS: Final[Declared] = {**declared("claim"), **declared("attribution")}


def claim_items(row: Row) -> Iterator[Item]:
    """The claim of a row, and its evidence. Raises Refused."""
    row.needed("claim")
    id_ = row.id()
    annotator = row.word("annotator") or None
    relation = row.trying(lambda: row.mapped("relation") if row.word("evidence") or row.word("article") else None)
    document, claim = _claim(row, id_, annotator)
    if (verdict := row.trying(lambda: _verdict(row, claim, annotator))) is not None:
        document.verdicts.append(verdict)
    evidence = row.trying(lambda: _evidence(row, relation or "", annotator))
    if evidence is not None and relation:
        source = evidence.spans[0].key
        key = _key("link", source, relation, claim)
        document.links.append(
            LinkRecord(
                key=key, relation=relation, source=source, target=claim, annotator=annotator, location=row.location
            )
        )
    yield document
    if evidence is not None:
        yield evidence


def _claim(row: Row, id_: str, annotator: str | None) -> tuple[ArticleRecord, str]:
    """The article of the claim, with who made it under it, and the key of the claim."""
    written = ClaimArticle(row.file, row.location, refused=row.refused)
    day = row.trying(lambda: _day(row)) or ""
    written.claim(row.text("claim"), {"date": day}, row.names["claim"])
    speaker = " ".join(row.text("speaker").split())
    links = [written.speaker(speaker, {}, row.names["speaker"])] if speaker else []
    document = written.document({}, row.options.metadata, FIELDS)
    key = _key("claim", document.text)
    for span in document.spans:
        span.annotator, span.is_shared, span.location = annotator, True, row.location
        if span.key == CLAIM:
            span.key, span.external_id = key, id_ or None
        else:
            span.key = _key("speaker", document.text)
    for link in links:
        link.key, link.source, link.target = _key("attributes", document.text), _key("speaker", document.text), key
        link.annotator, link.location = annotator, row.location
    document.links, document.is_shared = links, True
    return document, key


def _day(row: Row) -> str:
    """The day on which the claim was made, as 2026-01-31; nothing where the row does not say. Raises Refused."""
    found, refused = particulars({"published_on": row.word("date")}, row.file)
    if refused:
        raise row.no("date", "date", _("Dates must be written as 2026-01-31. Other forms are ambiguous."))
    return found["published_on"].isoformat() if found else ""


def _verdict(row: Row, claim: str, annotator: str | None) -> VerdictRecord | None:
    """The verdict; None where the row has none. Raises Refused."""
    rationale = row.text("rationale")
    rating = None
    if row.word("rating") or "" in row.mapping.values.get("rating", {}):
        rating = row.mapped("rating")
        if rating is None:
            return None
    elif not rationale.strip():
        return None
    return VerdictRecord(claim=claim, rating=rating, rationale=rationale, author=annotator, location=row.location)


def _evidence(row: Row, relation: str, annotator: str | None) -> ArticleRecord | RowRecord | None:
    """The article of a text of evidence, or the span of an article that is named; None where the row has neither."""
    label = new_source(relation).value
    if row.word("article"):
        article, quote = row.id("article"), row.text("quote")
        if not quote.strip():
            raise row.no("quote", "value_missing", _("The span of an article needs a quote."))
        key = _key("quoted", article, quote, label, annotator or "")
        span = _span(row, key, label, quote, annotator)
        return RowRecord(file=row.file, location=row.location, article=article, spans=[span])
    text = row.text("evidence")
    if not text.strip():
        return None
    span = _span(row, _key("evidence", text, label, annotator or ""), label, text, annotator)
    span.fragments = [(0, len(text))]
    metadata: dict[str, Any] = {**row.options.metadata}
    return ArticleRecord(
        file=row.file, location=row.location, text=text, metadata=metadata, spans=[span], is_shared=True
    )


def _span(row: Row, key: str, label: str, quote: str, annotator: str | None) -> SpanRecord:
    return SpanRecord(
        key=key, label=label, fragments=[], quote=quote, annotator=annotator, location=row.location, is_shared=True
    )


def _key(*parts: str) -> str:
    """A key that is the same for the same content, however long that is."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(f"{len(part)} {part}".encode("utf-8", "surrogatepass"))
    return f"{parts[0]} {digest.hexdigest()}"

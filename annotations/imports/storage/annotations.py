"""Finding the spans of rows in the articles that they name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext, gettext_noop

from annotations.formats.reading.decoding import decoded, with_line_feeds
from annotations.formats.reading.records import ArticleRecord, Readings, Refused, RowRecord, SpanRecord
from annotations.imports.context import ImportContext, Numbered, remembered
from annotations.imports.storage.references import LINE_ENDS, USED, articles_named, used_otherwise
from annotations.models import Span
from annotations.models.span_rules import MOST_SELECTED
from annotations.rules import FRAGMENTS, QUOTE_MISMATCH
from annotations.text.offset_units import CRLF, Measured

MOST_CHARACTERS: Final = 2_000_000
"""Of the articles that are held at a time; a longer one is held by itself."""

TEXTS: Final = """
    SELECT a.id, a.body, CASE WHEN i.format IN ('txt', 'csv', 'parquet', 'table')
                              AND position('\\x0d'::bytea IN a.source) > 0 THEN a.source END
    FROM annotations_article a LEFT JOIN annotations_import i ON i.id = a.imported_in_id WHERE a.id = ANY(%s)
"""
"""The source is asked for only where it is the text itself, with line ends that may be others than the text's."""

LENGTHS: Final = "SELECT a.id, a.length FROM annotations_article a WHERE a.id = ANY(%s)"

QUOTED: Final = 80
"""Characters of what offsets may select that people see."""

UNIT_UNKNOWN: Final = gettext_noop(
    "Here the offsets select different text, depending on what they count. Choose what they count"
)


class Text:
    """The text of an article, in which offsets of other programs are looked up."""

    def __init__(self, body: str, source: bytes | None, *, is_uncertain: bool = False) -> None:
        self.body = body
        found = with_line_feeds(body)
        self.text = found.value
        r"""With ``\n`` as its line ends, as quotes have them and offsets are measured; a text may have kept its own."""
        self.gone = [offset - number for number, offset in enumerate(found.gone)]
        original = _original(body, source)
        self.measured = Measured(body if original is None else original)
        self.is_uncertain = original is None or (is_uncertain and source is None)
        """Whether the original had other line ends, and is not known as it was counted."""

    def fragment(self, span: SpanRecord, row: RowRecord) -> tuple[int, int]:
        """Where a span is. Raises Refused."""
        found = self._by_quote(span, row) if row.offsets is None else self._by_offsets(span, row)
        start, end = (offset + bisect_left(self.gone, offset) for offset in found)
        return start, end

    def readings(self, span: SpanRecord, row: RowRecord) -> Readings | None:
        """What offsets without a quote may mean, where that is not the same in each unit that they may count."""
        if row.offsets is None or span.quote is not None:
            return None
        countings = self.measured.countings()
        selected = [self.measured.fragment(*row.offsets, counting) for counting in countings]
        if len(set(selected)) < 2:
            return None
        names = [one.name(with_crlf=self.measured.has_crlf) for one in countings]
        quotes = [self.text[slice(*fragment)][:QUOTED] if fragment else "" for fragment in selected]
        return Readings(label=span.label, quotes=dict(zip(names, quotes, strict=True)))

    def _by_quote(self, span: SpanRecord, row: RowRecord) -> tuple[int, int]:
        quote = span.quote or ""
        first = self.text.find(quote)
        if first < 0:
            raise _no(row, span, QUOTE_MISMATCH.name, gettext("This quote is not in the article."))
        if self.text.find(quote, first + 1) >= 0:
            words = gettext("This quote is in the article more than once. Add the offsets of the span.")
            raise _no(row, span, "ambiguous", words)
        return first, first + len(quote)

    def _by_offsets(self, span: SpanRecord, row: RowRecord) -> tuple[int, int]:
        start, end = row.offsets or (0, 0)
        countings = self.measured.countings(row.offset_unit, row.crlf)
        if self.is_uncertain and not row.crlf:
            countings = [replaced for one in countings for end in CRLF if (replaced := one._replace(crlf=end))]
        found = {counting: self.measured.fragment(start, end, counting) for counting in countings}
        if span.quote is not None:
            found = {
                one: fragment
                for one, fragment in found.items()
                if fragment and self.text[slice(*fragment)] == span.quote
            }
            if not found:
                words = gettext("The text at these offsets is not the quote.")
                raise _no(row, span, QUOTE_MISMATCH.name, words)
        selected = set(found.values())
        if selected == {None}:
            raise _no(row, span, FRAGMENTS.name, gettext("These offsets are outside the text, or inside a character."))
        unsure = self.is_uncertain and span.quote is None and row.crlf != "one"
        if len(selected) > 1 or unsure:
            names = [one.name(with_crlf=self.measured.has_crlf or self.is_uncertain) for one in countings]
            raise _no(
                row,
                span,
                "unit_unknown",
                gettext("%(question)s: %(units)s.") % {"question": gettext(UNIT_UNKNOWN), "units": "; ".join(names)},
            )
        return next(fragment for fragment in selected if fragment)


def _original(body: str, source: bytes | None) -> str | None:
    """The text as it was before its line ends were changed; None where that is not known."""
    if source is None:
        return body
    try:
        original = decoded(bytes(source), file="")
    except Refused:
        return None
    return original if with_line_feeds(original).value == body else None


def _no(row: RowRecord, span: SpanRecord, code: str, words: str) -> Refused:
    return Refused(row.file, span.location, code, words)


def in_their_articles(
    context: ImportContext, spans: Sequence[Numbered[SpanRecord]]
) -> Iterator[tuple[list[Numbered[SpanRecord]], dict[int, UUID]]]:
    """The spans where they are in the articles that their rows name, some articles at a time, with those by number.

    What names no article, or is not there, is refused.
    """
    names = {one.document.article for one in spans if isinstance(one.document, RowRecord)}
    found = articles_named(context, names)
    wanted: dict[UUID, list[Numbered[SpanRecord]]] = {}
    for one in spans:
        name = one.document.article if isinstance(one.document, RowRecord) else ""
        if (article := found.get(name)) is None:
            context.refuse(
                one,
                "article_missing",
                gettext("There is no article %(key)s in these files or in the project.") % {"key": name[:100]},
            )
        else:
            wanted.setdefault(article, []).append(one)
    for articles in _some_at_a_time(wanted):
        uncertain = set(remembered(context, LINE_ENDS, map(str, articles)).values())
        texts = texts_of(articles, uncertain)
        numbered = [one for article, text in texts for one in _located(context, wanted[article], text)]
        numbers = {one.number: article for article in articles for one in wanted[article]}
        yield _with_free_ids(context, numbered, numbers), numbers


def _some_at_a_time(wanted: Mapping[UUID, Any]) -> Iterator[list[UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(LENGTHS, [list(wanted)])
        lengths = dict(cursor.fetchall())
    taken = 0
    chunks: list[tuple[int, UUID]] = []
    for article in wanted:
        taken += lengths[article]
        chunks.append((taken // MOST_CHARACTERS, article))
    for _, chunk in groupby(chunks, key=lambda one: one[0]):
        yield [article for _, article in chunk]


def texts_of(articles: Sequence[UUID], uncertain: Container[UUID] = ()) -> Iterator[tuple[UUID, Text]]:
    """The texts of articles; `uncertain` are those whose line ends may have been others."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, [list(articles)])
        for article, body, source in cursor.fetchall():
            yield article, Text(body, source, is_uncertain=article in uncertain)


def _located(
    context: ImportContext, spans: Sequence[Numbered[SpanRecord]], text: Text
) -> Iterator[Numbered[SpanRecord]]:
    for one in spans:
        row = one.document
        if not isinstance(row, RowRecord):
            continue
        try:
            start, end = text.fragment(one.part, row)
        except Refused as error:
            context.refused.append(error.refusal)
        else:
            # Of one that is too long no quote is cut out: it is refused, and there may be many.
            quote = text.body[start:end] if end - start <= MOST_SELECTED else None
            one.part.fragments, one.part.quote = [(start, end)], quote
            yield replace(one, document=ArticleRecord(file=row.file, location=row.location, text=text.body))


def _with_free_ids(
    context: ImportContext, spans: Sequence[Numbered[SpanRecord]], articles: Mapping[int, UUID]
) -> list[Numbered[SpanRecord]]:
    """Without spans whose id is used for another one, which are refused."""
    named = [one for one in spans if one.part.external_id]
    contents = []
    for one in named:
        fragments, person = [list(pair) for pair in one.part.fragments], context.people.get(one.part.annotator)
        contents.append((str(one.part.external_id), f"{articles[one.number]} {fragments} {one.part.label} {person}"))
    used = {id(one) for one, bad in zip(named, used_otherwise(context, "span id", contents), strict=True) if bad}
    there = {
        (is_claim, name): f"{article} {fragments} {label} {person}"
        for name, article, fragments, label, person in Span.objects.filter(
            external_in=context.project, external_id__in=[name for name, _ in contents]
        ).values_list("external_id", "article_id", "fragments", "label", "assignment__assignee_id")
        for is_claim in [label == Span.Label.CLAIM]
    }
    for one, (name, content) in zip(named, contents, strict=True):
        if there.get((one.part.label == Span.Label.CLAIM, name), content) != content:
            used.add(id(one))
    for one in named:
        if id(one) in used:
            context.refuse(one, "duplicate_key", gettext(USED))
    return [one for one in spans if id(one) not in used]

"""Whether what a file marks is where the file says. Pure functions; the database checks the same again.

An offset in another unit is never converted on a guess: the quote shows which unit was meant, and the span is
refused with that reason, so that whoever made the file corrects all of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, Final

from django.utils.translation import gettext

from annotations.formats.reading.decoding import in_code_points
from annotations.formats.reading.records import ArticleRecord, Refusal, SpanRecord
from annotations.models.article import LONGEST_BODY
from annotations.models.span_rules import MOST_FRAGMENTS, MOST_SELECTED
from annotations.rules import (
    FRAGMENTS,
    LABEL_UNKNOWN,
    PASSAGE_LENGTH,
    PASSAGE_MISMATCH,
    QUOTE_MISMATCH,
    SPAN_LENGTH,
)
from annotations.strict_json import unstorable
from annotations.vocabulary import LABELS, complaints_about_values

BETWEEN: Final = " … "
"""Between the fragments of a quote."""
SHOWN: Final = 60
"""Characters of a quote that a refusal has."""
LABEL_FIELDS = Mapping[str, list[dict[str, Any]]]


class Measured:
    """A text that can be measured in other units than code points."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def utf16(self) -> Sequence[int | None]:
        """For each offset in UTF-16 units the one in code points; None within a surrogate pair."""
        return in_code_points(self.text)

    @cached_property
    def bytes(self) -> list[int]:
        """For each offset in code points the one in bytes of UTF-8."""
        return [0, *accumulate(len(character.encode("utf-8", "replace")) for character in self.text)]

    def from_utf16(self, offset: int) -> int | None:
        return self.utf16[offset] if 0 <= offset < len(self.utf16) else None

    def from_bytes(self, offset: int) -> int | None:
        index = bisect_left(self.bytes, offset)
        return index if index < len(self.bytes) and self.bytes[index] == offset else None

    def selects(self, fragments: Sequence[tuple[int, int]], quote: str) -> bool:
        """Whether a quote is what sound fragments in code points select: told without copying where it is not."""
        length = sum(end - start for start, end in fragments) + len(BETWEEN) * (len(fragments) - 1)
        return length == len(quote) and quote == self.quote(fragments)

    def quote(self, fragments: Sequence[tuple[int, int]], longest: int | None = None) -> str:
        """What fragments in code points select, of each no more than the `longest` that is of use."""
        pieces = ((start, end if longest is None else min(end, start + longest)) for start, end in fragments)
        return BETWEEN.join(self.text[start:end] for start, end in pieces)


def refusals_of_text(document: ArticleRecord) -> Iterator[Refusal]:
    """Why a text cannot be an article."""
    if not document.text.strip():
        yield Refusal(document.file, document.location, "no_text", gettext("There is no text."))
    elif len(document.text) > LONGEST_BODY:
        words = gettext("A text can have at most %(longest_body)s code points. This one has %(length)s.") % {
            "longest_body": f"{LONGEST_BODY:,}",
            "length": f"{len(document.text):,}",
        }
        yield Refusal(document.file, document.location, "too_large", words)
    else:
        for _, words in unstorable(document.text):
            yield Refusal(document.file, document.location, "unstorable", words)


def complaint_about(span: SpanRecord, measured: Measured, label_fields: LABEL_FIELDS) -> tuple[str, str] | None:
    """The code and the words for what is wrong with a span, or None."""
    if span.label not in LABELS:
        return LABEL_UNKNOWN.name, LABEL_UNKNOWN.message
    if found := _complaint_about_offsets(span, measured):
        return found
    for where, words in unstorable([span.note, span.fields]):
        return "unstorable", f"{words} ({where})"
    for key, code, words in complaints_about_values(span.fields, span.label, label_fields):
        return code, f"{key}: {words}"
    return _complaint_about_passages(span, measured.text)


def _complaint_about_offsets(span: SpanRecord, measured: Measured) -> tuple[str, str] | None:
    quote = span.quote or None
    sound = fragments_are_sound(span.fragments, len(measured.text))
    if sound and (quote is None or measured.selects(span.fragments, quote)):
        selected = sum(end - start for start, end in span.fragments)
        return (SPAN_LENGTH.name, SPAN_LENGTH.message) if selected > MOST_SELECTED else None
    if quote is not None and not measured.text.isascii():
        if _meant(span, measured, measured.from_utf16):
            return "offsets_in_utf16", gettext("The offsets count UTF-16 units. They must count code points.")
        if _meant(span, measured, measured.from_bytes):
            return "offsets_in_bytes", gettext("The offsets count bytes of UTF-8. They must count code points.")
    if not sound:
        return FRAGMENTS.name, FRAGMENTS.message
    return QUOTE_MISMATCH.name, gettext(
        "The quote in the file is %(quote)s, but the text at these offsets is %(text)s."
    ) % {"quote": _short(span.quote or ""), "text": _short(measured.quote(span.fragments, SHOWN + 2))}


def _complaint_about_passages(span: SpanRecord, text: str) -> tuple[str, str] | None:
    passages = {key: value for key, value in span.fields.items() if isinstance(value, dict)}
    if sum(value["end"] - value["start"] for value in passages.values()) > MOST_SELECTED:
        return PASSAGE_LENGTH.name, PASSAGE_LENGTH.message
    for key, value in passages.items():
        start, end = value["start"], value["end"]
        if not 0 <= start < end <= len(text) or value.get("quote", text[start:end]) != text[start:end]:
            return PASSAGE_MISMATCH.name, f"{key}: {PASSAGE_MISMATCH.message}"
    return None


def _meant(span: SpanRecord, measured: Measured, convert: Callable[[int], int | None]) -> bool:
    converted = [(convert(start), convert(end)) for start, end in span.fragments]
    known = [(start, end) for start, end in converted if start is not None and end is not None]
    return (
        len(known) == len(converted)
        and fragments_are_sound(known, len(measured.text))
        and measured.selects(known, span.quote or "")
    )


def _short(words: str) -> str:
    return f"“{words[:SHOWN]}…”" if len(words) > SHOWN + 1 else f"“{words}”"


def fragments_are_sound(fragments: Sequence[tuple[int, int]], length: int) -> bool:
    """Whether they are in order, disjoint, not empty, inside a text of that length, and not too many."""
    edge = 0
    for start, end in fragments:
        if not edge <= start < end <= length:
            return False
        edge = end
    return 0 < len(fragments) <= MOST_FRAGMENTS

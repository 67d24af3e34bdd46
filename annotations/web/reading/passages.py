"""Passages in their context: the sentences that a span touches, with its words marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Substr

from annotations.models import Sentence, Span


class Piece(NamedTuple):
    """Words of a passage; marked where they are the span's own."""

    text: str
    marked: bool


class Stretch(NamedTuple):
    """Text of an article from `start` on, in code points; `last` says that a line ends after it."""

    start: int
    text: str
    last: bool = False

    @property
    def end(self) -> int:
        """Where it stops."""
        return self.start + len(self.text)

    def between(self, start: int, stop: int) -> str:
        """Its words between two places of the article."""
        return self.text[start - self.start : stop - self.start]


NEIGHBOUR: Final = 600
"""Code points beside a span in which its neighbouring sentences are looked for."""
FARTHEST: Final = 4
"""Code points between two sentences that still follow each other: line ends and spaces."""
PARAGRAPH: Final = 1_500
"""Code points beside a span in which the rest of its paragraph is looked for."""


def contexts(spans: Iterable[Span], *, neighbours: int = 0) -> dict[UUID, list[Piece]]:
    """The context of each span by its id, in one query, with so many sentences before and after it."""
    wanted = list(spans)
    near = _sentences_near(wanted, NEIGHBOUR * neighbours)
    return {span.pk: pieces_of(span, near.get(span.article_id, []), neighbours) for span in wanted}


def paragraphs(spans: Iterable[Span]) -> dict[UUID, list[Piece]]:
    """The paragraph, or the paragraphs, in which each span stands, by its id, in one query.

    Of a very long one as much as stands near the span.
    """
    wanted = list(spans)
    near = _sentences_near(wanted, PARAGRAPH)
    return {span.pk: paragraph_of(span, near.get(span.article_id, [])) for span in wanted}


def _sentences_near(spans: Sequence[Span], reach: int) -> dict[UUID, list[Stretch]]:
    """The sentences within `reach` of the spans, in reading order, by their articles."""
    touched = Q(pk__in=[])
    for span in spans:
        for start, end in span.fragments:
            touched |= Q(article=span.article_id, start__lt=end + reach, end__gt=max(start - reach, 0))
    by_article: dict[UUID, list[Stretch]] = {}
    rows = Sentence.objects.filter(touched).annotate(
        words=Substr("article__body", F("start") + 1, F("end") - F("start")),
        after=Substr("article__body", F("end") + 1, FARTHEST),
    )
    for row in rows.order_by("article_id", "start"):
        last = "\n" in row.after[: len(row.after) - len(row.after.lstrip())]
        by_article.setdefault(row.article_id, []).append(Stretch(row.start, row.words, last))
    return by_article


def pieces_of(span: Span, sentences: Sequence[Stretch], neighbours: int = 0) -> list[Piece]:
    """The span's sentences and their neighbours, cut where its fragments begin and end; a gap is shown as one."""
    steps = range(-neighbours, neighbours + 1)
    chosen = {place + step for place in _touched(span, sentences) for step in steps}
    return _joined(span, sentences, sorted(place for place in chosen if 0 <= place < len(sentences)))


def paragraph_of(span: Span, sentences: Sequence[Stretch]) -> list[Piece]:
    """The span's sentences and those on the same lines, cut as in `pieces_of`."""
    chosen = set()
    for place in _touched(span, sentences):
        first = last = place
        while first > 0 and not sentences[first - 1].last and _adjacent(sentences, first):
            first -= 1
        while last + 1 < len(sentences) and not sentences[last].last and _adjacent(sentences, last + 1):
            last += 1
        chosen |= set(range(first, last + 1))
    return _joined(span, sentences, sorted(chosen))


def _touched(span: Span, sentences: Sequence[Stretch]) -> list[int]:
    return [
        place
        for place, sentence in enumerate(sentences)
        if any(sentence.start < stop and sentence.end > start for start, stop in span.fragments)
    ]


def _adjacent(sentences: Sequence[Stretch], place: int) -> bool:
    """Whether a sentence follows the one before it."""
    return sentences[place].start - sentences[place - 1].end <= FARTHEST


def _joined(span: Span, sentences: Sequence[Stretch], chosen: Sequence[int]) -> list[Piece]:
    pieces: list[Piece] = []
    for before, place in zip([None, *chosen], chosen, strict=False):
        if before is not None:
            follows = before == place - 1 and _adjacent(sentences, place)
            pieces.append(Piece(" " if follows else " … ", False))
        pieces.extend(_cut(sentences[place], span.fragments))
    return pieces or [Piece(span.quote, True)]


def _cut(sentence: Stretch, fragments: Sequence[Sequence[int]]) -> list[Piece]:
    pieces: list[Piece] = []
    place, end = sentence.start, sentence.end
    for fragment in fragments:
        start, stop = max(fragment[0], place), min(fragment[1], end)
        if start < stop:
            pieces.append(Piece(sentence.between(place, start), False))
            pieces.append(Piece(sentence.between(start, stop), True))
            place = stop
    pieces.append(Piece(sentence.between(place, end), False))
    return [piece for piece in pieces if piece.text]

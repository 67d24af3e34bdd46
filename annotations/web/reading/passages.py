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
    """Text of an article from `start` on, in code points."""

    start: int
    text: str

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


def contexts(spans: Iterable[Span], *, neighbours: int = 0) -> dict[UUID, list[Piece]]:
    """The context of each span by its id, in one query, with so many sentences before and after it."""
    wanted = list(spans)
    reach = NEIGHBOUR * neighbours
    touched = Q(pk__in=[])
    for span in wanted:
        for start, end in span.fragments:
            touched |= Q(article=span.article_id, start__lt=end + reach, end__gt=max(start - reach, 0))
    by_article: dict[UUID, list[Stretch]] = {}
    rows = Sentence.objects.filter(touched).annotate(
        words=Substr("article__body", F("start") + 1, F("end") - F("start"))
    )
    for row in rows.order_by("article_id", "start"):
        by_article.setdefault(row.article_id, []).append(Stretch(row.start, row.words))
    return {span.pk: pieces_of(span, by_article.get(span.article_id, []), neighbours) for span in wanted}


def pieces_of(span: Span, sentences: Sequence[Stretch], neighbours: int = 0) -> list[Piece]:
    """The span's sentences and their neighbours, cut where its fragments begin and end; a gap is shown as one."""
    chosen = sorted(
        {
            place + step
            for place, sentence in enumerate(sentences)
            if any(sentence.start < stop and sentence.end > start for start, stop in span.fragments)
            for step in range(-neighbours, neighbours + 1)
            if 0 <= place + step < len(sentences)
        }
    )
    pieces: list[Piece] = []
    for before, place in zip([None, *chosen], chosen, strict=False):
        sentence = sentences[place]
        if before is not None:
            apart = sentence.start - sentences[before].end
            pieces.append(Piece(" … " if before < place - 1 or apart > FARTHEST else " ", False))
        pieces.extend(_cut(sentence, span.fragments))
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

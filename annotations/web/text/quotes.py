"""Passages in their context: the sentences that a span touches, with its words marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy

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
LONGEST: Final = 10_000
"""Code points of a span that are shown in their context."""
MOST_FRAGMENTS: Final = 20
"""Fragments of a span that are shown in their context."""
CUT_OFF: Final = gettext_lazy("(This span is too long to show here. Open it in the workbench to read all of it.)")
PARAGRAPH: Final = 1_500
"""Code points beside a span in which the rest of its paragraph is looked for."""
MOST_CHARACTERS: Final = 4_000_000
"""Of the articles that are held at a time; a longer one is held by itself."""

TEXTS: Final = """
    SELECT a.id, wanted.first, substr(a.body, wanted.first + 1, wanted.last - wanted.first)
    FROM annotations_article a JOIN unnest(%s::uuid[], %s::int[], %s::int[]) AS wanted(article, first, last)
        ON wanted.article = a.id
"""
"""Once for each article: PostgreSQL unpacks all of a text for any part of it, and a long one may have very short
sentences.
"""


def contexts(spans: Iterable[Span], *, neighbours: int = 0) -> dict[UUID, list[Piece]]:
    """The context of each span by its id, in few queries, with so many sentences before and after it."""
    wanted = list(spans)
    near = _sentences_near(wanted, NEIGHBOUR * neighbours)
    return {span.pk: pieces_of(span, near.get(span.article_id, []), neighbours) for span in wanted}


def paragraphs(spans: Iterable[Span]) -> dict[UUID, list[Piece]]:
    """The paragraph, or the paragraphs, in which each span stands, by its id, in few queries.

    Of a very long one as much as stands near the span.
    """
    wanted = list(spans)
    near = _sentences_near(wanted, PARAGRAPH)
    return {span.pk: paragraph_of(span, near.get(span.article_id, [])) for span in wanted}


def _sentences_near(spans: Sequence[Span], reach: int) -> dict[UUID, list[Stretch]]:
    """The sentences within `reach` of the spans, in reading order, by their articles."""
    touched = Q(pk__in=[])
    for span in spans:
        for start, end in shown_fragments(span):
            touched |= Q(article=span.article_id, start__lt=end + reach, end__gt=max(start - reach, 0))
    ranges: dict[UUID, list[tuple[int, int]]] = {}
    found = Sentence.objects.filter(touched).order_by("article_id", "start")
    for article, start, end in found.values_list("article_id", "start", "end"):
        ranges.setdefault(article, []).append((start, end))
    by_article: dict[UUID, list[Stretch]] = {}
    for edges in _some_at_a_time(ranges):
        with connection.cursor() as cursor:
            cursor.execute(TEXTS, [list(column) for column in zip(*edges, strict=True)])
            for article, first, text in cursor.fetchall():
                by_article[article] = [_stretch(text, start, end, first) for start, end in ranges[article]]
    return by_article


def _some_at_a_time(ranges: Mapping[UUID, Sequence[tuple[int, int]]]) -> Iterator[list[tuple[UUID, int, int]]]:
    """Articles with the edges of what is wanted of each, so many at a time as come to `MOST_CHARACTERS`."""
    some: list[tuple[UUID, int, int]] = []
    taken = 0
    for article, wanted in ranges.items():
        first, last = wanted[0][0], wanted[-1][1] + FARTHEST
        taken += last - first
        if some and taken > MOST_CHARACTERS:
            yield some
            some, taken = [], last - first
        some.append((article, first, last))
    if some:
        yield some


def _stretch(text: str, start: int, end: int, first: int) -> Stretch:
    """A sentence out of a text from `first` on."""
    after = text[end - first : end - first + FARTHEST]
    return Stretch(start, text[start - first : end - first], "\n" in after[: len(after) - len(after.lstrip())])


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


def shown_fragments(span: Span) -> list[tuple[int, int]]:
    """The fragments that are shown in their context: all, but of what is very long the beginning."""
    shown, left = list[tuple[int, int]](), LONGEST
    for start, end in span.fragments[:MOST_FRAGMENTS]:
        if left > 0:
            shown.append((start, min(end, start + left)))
        left -= end - start
    return shown


def _touched(span: Span, sentences: Sequence[Stretch]) -> list[int]:
    """The places of the sentences that the span touches. Sentences follow one another."""
    touched: set[int] = set()
    for start, stop in shown_fragments(span):
        first = bisect_right(sentences, start, key=lambda sentence: sentence.end)
        last = bisect_left(sentences, stop, key=lambda sentence: sentence.start)
        touched.update(range(first, last))
    return sorted(touched)


def _adjacent(sentences: Sequence[Stretch], place: int) -> bool:
    """Whether a sentence follows the one before it."""
    return sentences[place].start - sentences[place - 1].end <= FARTHEST


def _joined(span: Span, sentences: Sequence[Stretch], chosen: Sequence[int]) -> list[Piece]:
    pieces: list[Piece] = []
    for before, place in zip([None, *chosen], chosen, strict=False):
        if before is not None:
            follows = before == place - 1 and _adjacent(sentences, place)
            pieces.append(Piece(" " if follows else " … ", False))
        pieces.extend(_cut(sentences[place], span.fragments[:MOST_FRAGMENTS]))
    if not pieces:
        pieces.append(Piece(span.quote[:LONGEST], True))
    if sum(end - start for start, end in span.fragments) > LONGEST or len(span.fragments) > MOST_FRAGMENTS:
        pieces.append(Piece(f" … {CUT_OFF}", False))
    return pieces


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

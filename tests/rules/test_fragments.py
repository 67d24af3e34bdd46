"""Rules 2 and 3: a span is exactly its slices of the text, and stands once in an assignment."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotations.models import Assignment, Span
from annotations.rules import (
    DUPLICATE_SPAN,
    FRAGMENTS,
    LABEL_UNKNOWN,
    PASSAGE_MISMATCH,
    QUOTE_MISMATCH,
    SPAN_MOVED,
)
from tests.api.refusals import nothing_changed, refused
from tests.cast import CRACKS, DANGER, MAYOR, SAFE, TEXT, Api, Cast, make_article, make_span
from tests.rules.attack import broken, sql, values

END = len(TEXT)
WRONG = {
    "unordered": [[35, 66], [15, 33]],
    "overlapping": [[15, 33], [32, 40]],
    "the same twice": [[15, 33], [15, 33]],
    "empty": [[15, 15]],
    "backwards": [[33, 15]],
    "before the text": [[-1, 5]],
    "behind the text": [[15, END + 1]],
    "none": [],
    "too many": [[place, place + 1] for place in range(102)],
}

MOVE = "UPDATE annotations_span SET {}, version = version + 1 WHERE id = %s"


def passes(cast: Cast) -> Assignment:
    assignment: Assignment = Assignment.objects.take_up(cast.article, by=cast.annotator)[0]
    return assignment


@pytest.mark.parametrize("fragments", [WRONG["overlapping"], WRONG["behind the text"]])
def test_the_api_refuses_wrong_fragments(cast: Cast, fragments: list[list[int]]) -> None:
    passes(cast)
    ranges = [{"start": start, "end": end} for start, end in fragments]

    with nothing_changed():
        answer = Api(cast.annotator).call(
            "put", f"spans/{uuid4()}/", {"article": str(cast.article.pk), "label": "claim", "fragments": ranges}
        )
    refused(answer, 400, "fragments", "fragments")


@pytest.mark.parametrize("fragments", WRONG.values(), ids=WRONG)
def test_the_orm_refuses_wrong_fragments(cast: Cast, fragments: list[list[int]]) -> None:
    passes(cast)

    with broken(FRAGMENTS):
        make_span(cast.annotator, cast.article, fragments=fragments)


@pytest.mark.parametrize("fragments", WRONG.values(), ids=WRONG)
def test_sql_refuses_wrong_fragments(cast: Cast, fragments: list[list[int]]) -> None:
    span = make_span(cast.annotator, cast.article)

    with broken(FRAGMENTS):
        sql(MOVE.format("fragments = %s"), fragments, span.pk)
    assert values("span", span.pk, "start", '"end"', "quote") == (*SAFE, "the bridge is safe")


@pytest.mark.parametrize(
    "array",
    ["{15,33}", "{{15,33,40}}", "{{15,NULL}}", "{{{15,33}}}", "[0:1][1:2]={{15,33},{35,66}}", "[1:1][0:1]={{15,33}}"],
)
def test_sql_refuses_arrays_of_another_shape(cast: Cast, array: str) -> None:
    span = make_span(cast.annotator, cast.article, MAYOR)

    with broken(FRAGMENTS):
        sql(MOVE.format("fragments = %s::int[]"), array, span.pk)


def test_start_and_end_are_always_those_of_the_fragments(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article, fragments=[[0, 14], [35, 66]])

    sql(MOVE.format('start = 5, "end" = 9'), span.pk)

    assert values("span", span.pk, "start", '"end"', "fragments") == (0, 66, [[0, 14], [35, 66]])


def test_the_quote_is_the_slices_joined(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article, fragments=[[0, 14], [35, 66]])

    assert span.quote == "The mayor says … Engineers found cracks in March"
    assert make_span(cast.annotator, cast.article, (END - 8, END)).quote == TEXT[END - 8 :]


@pytest.mark.parametrize("quote", ["the bridge is unsafe", "the bridge is safe ", "The bridge is safe"])
def test_a_false_quote_is_refused(cast: Cast, quote: str) -> None:
    span = make_span(cast.annotator, cast.article)

    with broken(QUOTE_MISMATCH):
        sql(MOVE.format("quote = %s"), quote, span.pk)
    with broken(QUOTE_MISMATCH):
        make_span(cast.annotator, cast.article, label="fact", quote=quote)
    with nothing_changed():
        answer = Api(cast.annotator).put_span(cast.article, SAFE, "fact", quote=quote)
    refused(answer, 400, "quote-mismatch", "quote")


@pytest.mark.parametrize("quote", ["", None])
def test_a_quote_cannot_be_blanked(cast: Cast, quote: str | None) -> None:
    span = make_span(cast.annotator, cast.article)

    sql(MOVE.format("quote = %s"), quote, span.pk)

    assert values("span", span.pk, "quote") == ("the bridge is safe",)


def test_fragments_that_move_take_the_quote_along(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article)

    sql(MOVE.format("fragments = '{{35,66}}'"), span.pk)

    assert values("span", span.pk, "quote", "start", '"end"') == ("Engineers found cracks in March", *CRACKS)


@pytest.mark.parametrize("cue", [{"start": 0, "end": END + 1}, {"start": 5, "end": 5}, {"end": 3}, {"quote": "x"}])
def test_a_passage_is_a_range_of_the_same_text(cast: Cast, cue: dict[str, Any]) -> None:
    span = make_span(cast.annotator, cast.article, MAYOR, "attribution")

    with broken(PASSAGE_MISMATCH):
        span.change(by=cast.annotator, from_version=1, fields={"cue": cue})
    with broken(PASSAGE_MISMATCH):
        make_span(cast.annotator, cast.article, CRACKS, "attribution", fields={"cue": cue})


def test_a_passage_has_its_exact_quote(cast: Cast) -> None:
    cue = {"start": 10, "end": 14, "quote": "said"}
    with broken(PASSAGE_MISMATCH):
        make_span(cast.annotator, cast.article, MAYOR, "attribution", fields={"cue": cue})

    with nothing_changed():
        answer = Api(cast.annotator).put_span(cast.article, MAYOR, "attribution", fields={"cue": cue})
    refused(answer, 400, "passage-mismatch", "fields")


def test_a_span_stays_in_its_article_and_assignment(cast: Cast) -> None:
    span, other = make_span(cast.annotator, cast.article), make_article(cast.project, "Another text, long enough.")
    theirs = Assignment.objects.take_up(cast.article, by=cast.annotator2)[0]

    with broken(SPAN_MOVED):
        sql(MOVE.format("article_id = %s"), other.pk, span.pk)
    with broken(SPAN_MOVED):
        sql(MOVE.format("assignment_id = %s"), theirs.pk, span.pk)
    with broken(SPAN_MOVED):
        Span.objects.create(article=other, assignment=theirs, fragments=[[0, 4]], label="claim")


@pytest.mark.parametrize("column", ["article_id", "assignee_id", "kind"])
def test_an_assignment_does_not_move_away_from_under_its_spans(cast: Cast, column: str) -> None:
    span, other = make_span(cast.annotator, cast.article), make_article(cast.project, "Another text, long enough.")
    moved = {"article_id": other.pk, "assignee_id": cast.annotator2.pk, "kind": "adjudicate"}

    with broken(SPAN_MOVED):
        sql(f"UPDATE annotations_assignment SET {column} = %s WHERE id = %s", moved[column], span.assignment_id)


def test_a_label_is_one_of_the_three(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article)

    with broken(LABEL_UNKNOWN):
        sql(MOVE.format("label = 'rumour'"), span.pk)


def test_the_same_passage_has_a_label_once_in_an_assignment(cast: Cast) -> None:
    make_span(cast.annotator, cast.article)
    span = make_span(cast.annotator, cast.article, DANGER)

    with broken(DUPLICATE_SPAN):
        make_span(cast.annotator, cast.article)
    with broken(DUPLICATE_SPAN):
        sql(MOVE.format("fragments = '{{15,33}}'"), span.pk)
    with nothing_changed():
        answer = Api(cast.annotator).call("patch", f"spans/{span.pk}/", {"start": 15, "end": 33}, version=1)
    refused(answer, 409, "duplicate-span", "fragments")


def test_another_annotator_may_mark_the_same_passage(cast: Cast) -> None:
    make_span(cast.annotator, cast.article)

    assert make_span(cast.annotator2, cast.article).quote == "the bridge is safe"

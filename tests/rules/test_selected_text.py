"""What a span selects, and what the many spans of a text select together, has a limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from annotations.models import Article, Assignment, Span
from annotations.models.span_rules import LONG, MOST_IMPORTED, MOST_IN_PASS, MOST_SELECTED
from annotations.rules import DUPLICATE_SPAN, PASSAGE_LENGTH, SELECTED_TEXT, SPAN_LENGTH
from tests.api.refusals import nothing_changed, refused
from tests.cast import Api, Cast, make_article, make_span
from tests.rules.attack import broken, meanwhile, sql, values
from tests.rules.test_restoring import bring_back, take_away

MOVE = "UPDATE annotations_span SET fragments = %s, version = version + 1 WHERE id = %s"
LONGEST = (0, MOST_SELECTED)
PARTS = [[0, MOST_SELECTED // 2], [MOST_SELECTED, MOST_SELECTED + MOST_SELECTED // 2]]
TOO_LONG = (0, MOST_SELECTED + 1)
FILL = """
    INSERT INTO annotations_span (id, version, assignment_id, article_id, fragments, start, "end", quote, label, fields,
                                  note)
    SELECT gen_random_uuid(), 1, %s, %s, ARRAY[ARRAY[n, n + %s]], 0, 0, '', 'fact', '{}', ''
    FROM generate_series(1, %s) n
"""


@pytest.fixture
def article(cast: Cast) -> Article:
    """A text that is longer than any span of it."""
    return make_article(cast.project, "The bridge. " * 2_500)


def fill(assignment: Assignment, text: int, each: int = MOST_SELECTED) -> None:
    """Spans of a pass that select so much text together, the longest that there may be."""
    with connection.cursor() as cursor:
        cursor.execute(FILL, [assignment.pk, assignment.article_id, each, text // each])


@pytest.fixture
def full(cast: Cast, article: Article) -> Assignment:
    """The annotator's pass over it, with as much in long spans as a pass may have, but for one of them."""
    assignment: Assignment = Assignment.objects.take_up(article, by=cast.annotator)[0]
    fill(assignment, MOST_IN_PASS - MOST_SELECTED)
    return assignment


def test_a_span_selects_at_most_10_000_characters(cast: Cast, article: Article) -> None:
    assert make_span(cast.annotator, article, LONGEST).selected == MOST_SELECTED
    assert make_span(cast.annotator, article, fragments=PARTS).selected == MOST_SELECTED

    with broken(SPAN_LENGTH):
        make_span(cast.annotator, article, TOO_LONG)
    with broken(SPAN_LENGTH):
        make_span(cast.annotator, article, fragments=[*PARTS, [MOST_SELECTED * 2, MOST_SELECTED * 2 + 1]])


def test_the_ends_of_a_span_are_not_moved_beyond_that(cast: Cast, article: Article) -> None:
    span = make_span(cast.annotator, article, (0, 11))

    with broken(SPAN_LENGTH):
        sql(MOVE, [list(TOO_LONG)], span.pk)
    with nothing_changed():
        answer = Api(cast.annotator).call("patch", f"spans/{span.pk}/", {"start": 0, "end": TOO_LONG[1]}, version=1)
    refused(answer, 400, "span-length", "fragments")


def test_the_api_names_the_fragments_of_a_span_that_is_too_long(cast: Cast, article: Article) -> None:
    with nothing_changed():
        refused(Api(cast.annotator).put_span(article, TOO_LONG), 400, "span-length", "fragments")


def test_the_passages_of_a_span_select_at_most_10_000_characters_together(cast: Cast, article: Article) -> None:
    half = {"start": 0, "end": MOST_SELECTED // 2}
    fields = {"cue": half, "source": {**half, "end": MOST_SELECTED // 2 + 1}}
    span = make_span(cast.annotator, article, (0, 11), "attribution", fields={"cue": half, "source": half})

    assert span.selected == MOST_SELECTED + 11
    with broken(PASSAGE_LENGTH):
        span.change(by=cast.annotator, from_version=1, fields=fields)
    with nothing_changed():
        answer = Api(cast.annotator).put_span(article, (0, 10), "attribution", fields=fields)
    refused(answer, 400, "passage-length", "fields")


def test_what_is_selected_is_counted_by_the_database_alone(cast: Cast, article: Article) -> None:
    span = make_span(cast.annotator, article, (0, 11))

    sql("UPDATE annotations_span SET selected = 0, version = version + 1 WHERE id = %s", span.pk)

    assert values("span", span.pk, "selected") == (11,)


def older(span: Span) -> None:
    """Makes it one from before the limits."""
    long = TOO_LONG[1] + 100
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE annotations_span DISABLE TRIGGER USER")
        cursor.execute(
            'UPDATE annotations_span SET fragments = %s, "end" = %s, selected = %s, quote = %s WHERE id = %s',
            [[[0, long]], long, long, span.article.body[:long], span.pk],
        )
        cursor.execute("ALTER TABLE annotations_span ENABLE TRIGGER USER")


def test_a_longer_span_from_before_stays_and_may_become_shorter(cast: Cast, article: Article) -> None:
    span = make_span(cast.annotator, article, (0, 11))
    older(span)
    fresh = Span.objects.get(pk=span.pk)

    fresh.change(by=cast.annotator, from_version=1, note="It is long.")
    fresh.change(by=cast.annotator, from_version=2, fragments=[[5, TOO_LONG[1] + 100]])

    with broken(SPAN_LENGTH):
        sql(MOVE, [[0, TOO_LONG[1] + 100]], span.pk)


def test_the_long_spans_of_a_pass_select_at_most_2_000_000_characters(cast: Cast, article: Article, full: Any) -> None:
    make_span(cast.annotator, article, LONGEST)

    with broken(SELECTED_TEXT):
        make_span(cast.annotator, article, (0, LONG + 1))
    with nothing_changed():
        answer = Api(cast.annotator).put_span(article, (0, LONG + 1))
    refused(answer, 409, "selected-text", "fragments")
    assert make_span(cast.annotator, article, (0, LONG)).selected == LONG
    assert make_span(cast.annotator2, article, LONGEST).selected == MOST_SELECTED


def test_a_move_that_makes_a_span_long_is_counted(cast: Cast, article: Article, full: Assignment) -> None:
    make_span(cast.annotator, article, LONGEST)
    short = make_span(cast.annotator, article, (0, LONG))

    with broken(SELECTED_TEXT):
        sql(MOVE, [[0, LONG + 1]], short.pk)
    sql(MOVE, [[0, LONG - 1]], short.pk)


def test_where_all_is_selected_that_may_be_long_spans_still_change(cast: Cast, article: Article, full: Any) -> None:
    span = make_span(cast.annotator, article, LONGEST)

    span.change(by=cast.annotator, from_version=1, note="All of it")
    span.change(by=cast.annotator, from_version=2, fragments=[[1, MOST_SELECTED]])
    span.change(by=cast.annotator, from_version=3, fragments=[[0, MOST_SELECTED]])

    with broken(DUPLICATE_SPAN):
        make_span(cast.annotator, article, LONGEST)


def test_a_deletion_makes_room_and_an_undo_needs_it(cast: Cast, article: Article, full: Assignment) -> None:
    key = take_away(cast, make_span(cast.annotator, article, LONGEST))
    other = make_span(cast.annotator, article, LONGEST, "fact")

    with broken(SELECTED_TEXT):
        bring_back(cast, "span", key)
    with nothing_changed():
        refused(Api(cast.annotator).call("post", f"spans/{key}/restore/"), 409, "selected-text", "fragments")
    take_away(cast, other)
    assert bring_back(cast, "span", key).selected == MOST_SELECTED


def test_of_a_batch_what_goes_beyond_is_refused(cast: Cast, article: Article, full: Assignment) -> None:
    operations = [
        {
            "method": "PUT",
            "path": f"spans/{uuid4()}/",
            "body": {"article": str(article.pk), "label": "claim", "start": start, "end": start + MOST_SELECTED},
        }
        for start in range(3)
    ]

    answer = Api(cast.annotator).call("post", f"projects/{cast.project.slug}/batch/", {"operations": operations})

    assert [one["status"] for one in answer.json()["results"]] == [201, 409, 409]
    assert {one["body"].get("type") for one in answer.json()["results"][1:]} == {"/problems/selected-text"}


Make = Callable[[], object]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turned", [False, True], ids=["in this order", "the other way round"])
@pytest.mark.parametrize("mode", ["shared", "independent"])
def test_of_two_long_spans_made_at_once_the_second_is_refused(
    cast: Cast, article: Article, full: Assignment, turned: bool, mode: str
) -> None:
    type(cast.project).objects.filter(pk=cast.project.pk).update(mode=mode)
    short = make_span(cast.annotator, article, (0, LONG))
    makes: list[Make] = [
        lambda: make_span(cast.annotator, article, LONGEST),
        lambda: sql(MOVE, [[1, MOST_SELECTED]], short.pk),
    ]

    assert meanwhile(*(reversed(makes) if turned else makes)) is SELECTED_TEXT


def test_the_long_spans_of_all_imported_passes_of_an_article_have_a_limit(cast: Cast, article: Article) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('factcheck.importing', 'on', true)")
    people = [cast.manager, cast.annotator, cast.annotator2, cast.reviewer, cast.viewer]
    passes = [Assignment.objects.take_up(article, by=one)[0] for one in people]
    last = Assignment.objects.take_up(article, by=cast.outsider)[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('factcheck.importing', '', true)")
    assert len(passes) * MOST_IN_PASS == MOST_IMPORTED
    for one in passes:
        fill(one, MOST_IN_PASS)

    with broken(SELECTED_TEXT):
        fill(last, LONG + 1, LONG + 1)
    fill(last, LONG, LONG)

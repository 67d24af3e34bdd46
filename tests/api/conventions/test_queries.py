"""How many statements a request takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Assignment, Link, Span, Verdict, acting
from tests.api.lists.test_pages import articles, claims, comments, history, inbox, members, projects, queue, search
from tests.cast import CRACKS, SAFE, Api, Cast, make_article, make_link, make_span, make_supported

BRACKETS = re.compile(r"BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements of the block, without the brackets of transactions; they are there after its end."""
    statements: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield statements
    statements += [query["sql"] for query in captured if not BRACKETS.match(query["sql"])]


@pytest.mark.django_db(transaction=True)
def test_making_a_span_takes_4_statements_at_most(cast: Cast) -> None:
    api = Api(cast.annotator)

    with counted() as first:
        assert api.put_span(cast.article, SAFE, note="n").status_code == 201
    with counted() as second:
        assert api.put_span(cast.article, CRACKS, "fact").status_code == 201

    assert len(first) <= 4, first
    assert len(second) <= 3, second


@pytest.mark.django_db(transaction=True)
def test_the_first_span_of_an_article_stands_in_the_history_with_its_assignment(cast: Cast) -> None:
    from annotations.models import Event

    Api(cast.annotator).put_span(cast.article)

    made = Event.objects.filter(kind__in=["assignment", "span"]).order_by("id")
    assert [(event.kind, event.by) for event in made] == [("assignment", cast.annotator), ("span", cast.annotator)]


@pytest.mark.django_db(transaction=True)
def test_what_somebody_may_do_on_an_article_takes_one_statement_for_their_assignments(cast: Cast) -> None:
    Assignment.objects.create(article=cast.article, assignee=cast.reviewer, kind=Assignment.Kind.ADJUDICATE)
    api = Api(cast.reviewer)

    with counted() as statements:
        assert api.call("get", f"articles/{cast.article.pk}/annotations/").json()["me"]["can"]["link"]

    assert len([sql for sql in statements if sql.startswith('SELECT "annotations_assignment"')]) == 1


def fill(cast: Cast, number: int) -> Any:
    """An article with so many spans, a tenth of them claims with evidence and a verdict."""
    article = make_article(cast.project, f"{number} " + "x" * 3 * number)
    with connection.cursor() as cursor:
        # The triggers' plans were made when the tables were as good as empty, and would read them whole for each row.
        cursor.execute("ANALYZE annotations_span, annotations_link, annotations_verdict, annotations_assignment")
    with acting(cast.annotator):
        assignment, _ = Assignment.objects.take_up(article, by=cast.annotator)
        spans = Span.objects.bulk_create(
            Span(
                id=uuid4(), assignment=assignment, article=article, label="claim" if at % 10 == 0 else "fact",
                fragments=[[at, at + 1]],
            )
            for at in range(number)
        )  # fmt: skip
        for at in range(0, number, 10):
            Link.objects.create(source=spans[at + 1], target=spans[at], relation="corroborates", author=cast.annotator)
        Verdict.objects.bulk_create(
            Verdict(id=uuid4(), claim=spans[at], author=cast.annotator, edited_by=cast.annotator)
            for at in range(0, number, 10)
        )
    return article


@pytest.mark.parametrize("who", ["annotator", "reviewer", "viewer"])
def test_annotations_take_the_same_statements_for_10_and_for_2000_spans(cast: Cast, who: str) -> None:
    few, many, api = fill(cast, 10), fill(cast, 2000), Api(cast.everybody[who])

    with counted() as for_few:
        few_spans = api.call("get", f"articles/{few.pk}/annotations/").json()["spans"]
    with counted() as for_many:
        many_spans = api.call("get", f"articles/{many.pk}/annotations/").json()["spans"]

    assert (len(few_spans), len(many_spans)) == ((0, 0) if who == "viewer" else (10, 2000))
    assert len(for_few) == len(for_many) <= 16, for_many


LISTS = [projects, members, articles, claims, queue, history, search, comments, inbox]


@pytest.mark.parametrize("make", LISTS)
def test_a_list_takes_the_same_statements_however_long(cast: Cast, make: Callable[[Cast], str]) -> None:
    address, api = make(cast), Api(cast.manager)
    joint = "&" if "?" in address else "?"

    with counted() as for_one:
        assert len(api.call("get", f"{address}{joint}limit=1").json()["results"]) == 1
    with counted() as for_all:
        assert len(api.call("get", address).json()["results"]) >= 7

    assert len(for_one) == len(for_all) <= 10, for_all


def test_me_takes_the_same_statements_for_each_kind_of_work(cast: Cast) -> None:
    api = Api(cast.annotator)
    with counted() as before:
        api.call("get", "me/")
    make_supported(cast)
    for number in range(5):
        make_article(cast.project, f"Text {number}.")

    with counted() as after:
        api.call("get", "me/")

    assert len(before) == len(after) <= 7


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_one_thing_takes_few_statements(cast: Cast, method: str) -> None:
    claim, fact, link, verdict = make_supported(cast)
    make_link(cast.annotator, make_span(cast.annotator, cast.article, (0, 9)), claim)
    api, body = Api(cast.annotator), dict[str, str]() if method == "patch" else None

    for path in (f"verdicts/{verdict.pk}/", f"links/{link.pk}/", f"spans/{fact.pk}/"):
        with counted() as statements:
            assert api.call(method, path, body, version=1).status_code in (200, 204)
        assert len(statements) <= 14, statements

"""In an independent project `annotators_per_article` limits how many people take up an article."""

from __future__ import annotations

from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from annotations.models import Article, Assignment, Event, Membership, Project, Role, User
from annotations.rules import ARTICLE_FULL
from tests.api.refusals import nothing_changed, refused
from tests.cast import SAFE, Api, Cast, make_article, make_span, person
from tests.formats.storing.sent import brought, line, refusals, span
from tests.rules.attack import broken, meanwhile, sql

TAKE_UP = (
    "INSERT INTO annotations_assignment (article_id, assignee_id, kind, state) VALUES (%s, %s, 'annotate', 'open')"
)


@pytest.fixture
def cast(independent_cast: Cast) -> Cast:
    """Two annotators have taken up the article, as many as the project wants; there is a third."""
    for user in (independent_cast.annotator, independent_cast.annotator2):
        Assignment.objects.take_up(independent_cast.article, by=user)
    return independent_cast


@pytest.fixture
def third(cast: Cast) -> User:
    somebody = person("third")
    Membership.objects.create(project=cast.project, user=somebody, roles=[Role.ANNOTATOR])
    return somebody


def take_up(user: User, article: Article) -> Any:
    return Api(user).call("put", f"articles/{article.pk}/assignment/")


def test_a_third_does_not_take_it_up(cast: Cast, third: User) -> None:
    with nothing_changed():
        answer = take_up(third, cast.article)
    refused(answer, 409, "article-full", "article")
    with broken(ARTICLE_FULL):
        sql(TAKE_UP, cast.article.pk, third.pk)
    with broken(ARTICLE_FULL):
        Assignment.objects.take_up(cast.article, by=third)


def test_nor_by_marking_in_it(cast: Cast, third: User) -> None:
    body = {"article": str(cast.article.pk), "label": "claim", "start": SAFE[0], "end": SAFE[1]}
    operations = [{"method": "PUT", "path": f"spans/{uuid4()}/", "body": body}] * 2

    with nothing_changed():
        refused(Api(third).put_span(cast.article), 409, "article-full", "article")
        answer = Api(third).call("post", f"projects/{cast.project.slug}/batch/", {"operations": operations})
    assert {one["body"]["type"] for one in answer.json()["results"]} == {"/problems/article-full"}


def test_nor_by_moving_a_pass_there(cast: Cast, third: User) -> None:
    elsewhere, _ = Assignment.objects.take_up(make_article(cast.project, "Another text."), by=third)

    with broken(ARTICLE_FULL):
        sql("UPDATE annotations_assignment SET article_id = %s WHERE id = %s", cast.article.pk, elsewhere.pk)


def test_who_has_taken_it_up_does_so_again(cast: Cast, third: User) -> None:
    assert take_up(cast.annotator, cast.article).status_code == 200
    assert Api(cast.annotator).put_span(cast.article).status_code == 201


def test_it_is_not_offered_to_a_third(cast: Cast, third: User) -> None:
    assert cast.article not in Article.objects.waiting_for(third, cast.project)
    assert Article.objects.first_waiting_for(third, cast.project) is None
    me = Api(third).call("get", f"articles/{cast.article.pk}/annotations/").json()["me"]
    assert (me["can"]["mark"], me["mark_refused"]) == (False, "article-full")


def test_a_third_takes_it_up_where_three_are_wanted(cast: Cast, third: User) -> None:
    Project.objects.update(annotators_per_article=3)

    assert take_up(third, cast.article).status_code == 201


def test_passes_beyond_a_lowered_limit_stay(cast: Cast, third: User) -> None:
    Api(cast.manager).call("patch", f"projects/{cast.project.slug}/", {"annotators_per_article": 1})

    assert Api(cast.annotator2).put_span(cast.article).status_code == 201
    assert cast.article in Article.objects.waiting_for(cast.annotator2, cast.project)


def test_in_a_shared_project_there_is_no_limit(cast: Cast, third: User) -> None:
    Project.objects.update(mode="shared")

    assert take_up(third, cast.article).status_code == 201


def test_passes_of_a_shared_project_stay_when_it_becomes_independent(cast: Cast, third: User) -> None:
    Project.objects.update(mode="shared")
    make_span(third, cast.article)
    Api(cast.manager).call("patch", f"projects/{cast.project.slug}/", {"mode": "independent"})

    assert Api(third).put_span(cast.article, (0, 14)).status_code == 201
    assert cast.article.assignments.count() == 3


@pytest.mark.parametrize("gone", ["removed", "deactivated", "no annotator"])
def test_the_open_pass_of_somebody_who_left_makes_room(cast: Cast, third: User, gone: str) -> None:
    membership = Membership.objects.filter(user=cast.annotator)
    if gone == "removed":
        membership.delete()
    elif gone == "no annotator":
        membership.update(roles=["viewer"])
    else:
        User.objects.filter(pk=cast.annotator.pk).update(is_active=False)

    assert cast.article in Article.objects.waiting_for(third, cast.project)
    assert Article.objects.first_waiting_for(third, cast.project) == cast.article.pk
    assert take_up(third, cast.article).status_code == 201


def test_what_somebody_who_left_has_submitted_counts(cast: Cast, third: User) -> None:
    Assignment.objects.get(assignee=cast.annotator).submit(by=cast.annotator)
    Membership.objects.filter(user=cast.annotator).delete()

    refused(take_up(third, cast.article), 409, "article-full")


def test_an_adjudication_takes_no_place(cast: Cast) -> None:
    adjudication = Assignment.objects.create(article=cast.article, assignee=cast.reviewer, kind="adjudicate")

    assert adjudication.pk


@pytest.mark.django_db(transaction=True)
def test_imported_passes_are_neither_counted_nor_refused(cast: Cast, third: User) -> None:
    lines = line(spans=[span(SAFE, annotator=name) for name in ("anna", "ben", "carl")])

    one = brought(cast.project, cast.manager, lines)

    assert [code for _, code in refusals(one) if code != "same_text"] == []
    assert set(cast.article.assignments.values_list("assignee__name", "imported")) == {
        ("annotator", False), ("annotator2", False), ("anna", True), ("ben", True), ("carl", True),
    }  # fmt: skip
    Assignment.objects.filter(assignee=cast.annotator).delete()
    assert cast.article in Article.objects.waiting_for(third, cast.project)
    assert take_up(third, cast.article).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_what_a_manager_imports_as_their_own_takes_no_place(independent_cast: Cast) -> None:
    cast = independent_cast
    brought(cast.project, cast.manager, line(spans=[span(SAFE)]))

    assert Assignment.objects.get().imported
    for user in (cast.annotator, cast.annotator2):
        assert take_up(user, cast.article).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_up_the_last_place_at_once_one_is_refused(cast: Cast, third: User) -> None:
    Assignment.objects.filter(assignee=cast.annotator2).delete()

    refusal = meanwhile(
        lambda: Assignment.objects.take_up(cast.article, by=cast.annotator2),
        lambda: Assignment.objects.take_up(cast.article, by=third),
    )

    assert (refusal, cast.article.assignments.count()) == (ARTICLE_FULL, 2)


@pytest.mark.django_db(transaction=True)
def test_one_person_takes_up_an_article_in_two_windows_at_once(cast: Cast) -> None:
    Assignment.objects.filter(assignee=cast.annotator2).delete()
    both = [lambda: make_span(cast.annotator2, cast.article), lambda: make_span(cast.annotator2, cast.article, (0, 14))]

    assert meanwhile(*both) is None
    assert Assignment.objects.get(assignee=cast.annotator2).spans.count() == 2


@pytest.mark.parametrize(("by", "imported"), [("annotator", False), ("manager", True), (None, True)])
def test_passes_from_before_are_imported_where_somebody_else_began_them(
    cast: Cast, by: str | None, imported: bool
) -> None:
    mine = Assignment.objects.filter(assignee=cast.annotator)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE annotations_event DISABLE TRIGGER USER")
        Event.objects.filter(object_id=str(mine.get().pk), kind="assignment").update(by=by and cast.everybody[by])
        cursor.execute(import_module("annotations.migrations.0022_submitted_passes").FILL)

    assert mine.get().imported is imported
    assert not Assignment.objects.get(assignee=cast.annotator2).imported

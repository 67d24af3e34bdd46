"""In an independent project only a manager reopens a pass to whose assignee others' work is open."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Assignment, Event, Project, Span
from annotations.rules import PASS_OPENED
from tests.api.refusals import nothing_changed, refused
from tests.cast import CRACKS, Api, Cast, fresh, make_span
from tests.formats.storing.sent import brought, line, span
from tests.rules.attack import broken, meanwhile, sql


@pytest.fixture
def cast(independent_cast: Cast) -> Cast:
    """Two annotators who have each marked something."""
    make_span(independent_cast.annotator, independent_cast.article)
    make_span(independent_cast.annotator2, independent_cast.article, CRACKS)
    return independent_cast


def pass_of(cast: Cast, name: str) -> Assignment:
    found: Assignment = Assignment.objects.get(article=cast.article, assignee=cast.everybody[name])
    return found


def step(cast: Cast, name: str, verb: str = "submit") -> Any:
    return Api(cast.everybody[name]).call("post", f"articles/{cast.article.pk}/assignment/{verb}/")


def reopened_by(cast: Cast, by: str, whose: str) -> Any:
    return Api(cast.everybody[by]).call("post", f"assignments/{pass_of(cast, whose).pk}/reopen/")


def test_before_another_has_submitted_one_reopens_it_oneself(cast: Cast) -> None:
    step(cast, "annotator")

    answer = step(cast, "annotator", "reopen")

    assert (answer.status_code, answer.json()["state"], answer.json()["reopened"]) == (200, "open", False)


def test_once_another_has_submitted_one_does_not(cast: Cast) -> None:
    step(cast, "annotator")
    step(cast, "annotator2")

    for name in ("annotator", "annotator2"):
        with nothing_changed():
            answer = step(cast, name, "reopen")
        refused(answer, 409, "pass-opened", "state")


def test_nobody_who_submits_nothing_reads_the_others_and_goes_on(independent_cast: Cast) -> None:
    cast = independent_cast
    make_span(cast.annotator2, cast.article, CRACKS)
    Api(cast.annotator).call("put", f"articles/{cast.article.pk}/assignment/")
    step(cast, "annotator")
    step(cast, "annotator2")

    assert Span.objects.visible_to(fresh(cast.annotator)).count() == 1
    refused(Api(cast.annotator).put_span(cast.article), 409, "pass-submitted")
    refused(step(cast, "annotator", "reopen"), 409, "pass-opened")


def test_a_manager_reopens_it_and_it_is_marked(cast: Cast) -> None:
    step(cast, "annotator")
    step(cast, "annotator2")

    answer = reopened_by(cast, "manager", "annotator")

    assert (answer.status_code, answer.json()["state"], answer.json()["reopened"]) == (200, "open", True)
    event = Event.objects.filter(kind="assignment", what="updated").latest("id")
    assert (event.by, event.after and event.after["reopened"]) == (cast.manager, True)


def test_the_mark_stays_when_it_is_submitted_again(cast: Cast) -> None:
    step(cast, "annotator")
    step(cast, "annotator2")
    reopened_by(cast, "manager", "annotator")

    assert step(cast, "annotator").json()["reopened"] is True
    sql("UPDATE annotations_assignment SET reopened = false, imported = true")
    assert pass_of(cast, "annotator").reopened
    assert not pass_of(cast, "annotator").imported


def test_nor_does_the_other_reopen_theirs_while_it_is_reopened(cast: Cast) -> None:
    step(cast, "annotator")
    step(cast, "annotator2")
    reopened_by(cast, "manager", "annotator")

    refused(step(cast, "annotator2", "reopen"), 409, "pass-opened")


def test_a_pass_that_a_manager_reopens_before_it_was_opened_is_not_marked(cast: Cast) -> None:
    step(cast, "annotator")

    assert reopened_by(cast, "manager", "annotator").json()["reopened"] is False


@pytest.mark.parametrize(("name", "status"), [("annotator", 403), ("annotator2", 404), ("reviewer", 403),
                                              ("viewer", 404), ("outsider", 404)])  # fmt: skip
def test_nobody_else_reopens_it(cast: Cast, name: str, status: int) -> None:
    step(cast, "annotator")

    with nothing_changed():
        answer = reopened_by(cast, name, "annotator")
    refused(answer, status, {403: "forbidden", 404: "not-found"}[status])


def test_no_sql_reopens_it(cast: Cast) -> None:
    step(cast, "annotator")
    step(cast, "annotator2")

    with broken(PASS_OPENED):
        sql("UPDATE annotations_assignment SET state = 'open' WHERE id = %s", pass_of(cast, "annotator").pk)


def test_work_that_an_import_brought_is_read_too(transactional_db: None, cast: Cast) -> None:
    brought(cast.project, cast.manager, line(spans=[span(CRACKS, annotator="anna")]))
    step(cast, "annotator")

    refused(step(cast, "annotator", "reopen"), 409, "pass-opened")


def test_in_a_shared_project_everybody_reopens_their_own(cast: Cast) -> None:
    Project.objects.update(mode="shared")
    step(cast, "annotator")
    step(cast, "annotator2")

    answer = step(cast, "annotator", "reopen")

    assert (answer.status_code, answer.json()["reopened"]) == (200, False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turned", [False, True], ids=["in this order", "the other way round"])
def test_a_pass_is_not_reopened_while_another_is_submitted(cast: Cast, turned: bool) -> None:
    step(cast, "annotator")
    mine, theirs = pass_of(cast, "annotator"), pass_of(cast, "annotator2")
    acts = [lambda: theirs.submit(by=cast.annotator2), lambda: mine.reopen(by=cast.annotator)]

    assert meanwhile(*(reversed(acts) if turned else acts)) is (None if turned else PASS_OPENED)
    assert pass_of(cast, "annotator").state == ("open" if turned else "submitted")


@pytest.mark.django_db(transaction=True)
def test_of_two_submitted_at_once_neither_is_reopened(cast: Cast) -> None:
    meanwhile(
        lambda: pass_of(cast, "annotator").submit(by=cast.annotator),
        lambda: pass_of(cast, "annotator2").submit(by=cast.annotator2),
    )

    for name in ("annotator", "annotator2"):
        refused(step(cast, name, "reopen"), 409, "pass-opened")


def test_the_passes_of_an_article_are_listed_for_those_who_read_them(cast: Cast) -> None:
    def listed(name: str) -> list[str]:
        answer = Api(cast.everybody[name]).call("get", f"articles/{cast.article.pk}/assignments/")
        return [one["assignee"]["name"] for one in answer.json()["results"]]

    assert listed("manager") == listed("reviewer") == ["annotator", "annotator2"]
    assert (listed("annotator"), listed("annotator2")) == (["annotator"], ["annotator2"])
    Project.objects.update(mode="shared")
    assert listed("annotator") == ["annotator", "annotator2"]

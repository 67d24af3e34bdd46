"""`articles/{id}/assignment/`, `assignment/submit/`, `assignment/reopen/`"""

from __future__ import annotations

from uuid import uuid4

import pytest

from annotations.models import Assignment
from tests.api.refusals import nothing_changed, refused
from tests.cast import Api, Cast

FIELDS = {"id", "article", "assignee", "kind", "state", "created_at", "submitted_at", "imported", "reopened"}


def test_an_annotator_takes_up_an_article(cast: Cast) -> None:
    answer = Api(cast.annotator).call("put", f"articles/{cast.article.pk}/assignment/")

    assert answer.status_code == 201
    assignment = answer.json()
    assert set(assignment) == FIELDS
    assert assignment["article"] == str(cast.article.pk)
    assert assignment["assignee"] == {"id": cast.annotator.pk, "name": "annotator"}
    assert (assignment["kind"], assignment["state"], assignment["submitted_at"]) == ("annotate", "open", None)


def test_taking_it_up_again_is_the_same_assignment(cast: Cast) -> None:
    api = Api(cast.annotator)
    first = api.call("put", f"articles/{cast.article.pk}/assignment/", {})

    with nothing_changed():
        again = api.call("put", f"articles/{cast.article.pk}/assignment/", {})

    assert again.status_code == 200
    assert again.json() == first.json()


def test_a_pass_is_submitted_and_reopened(cast: Cast) -> None:
    api = Api(cast.annotator)
    api.call("put", f"articles/{cast.article.pk}/assignment/")

    submitted = api.call("post", f"articles/{cast.article.pk}/assignment/submit/")
    reopened = api.call("post", f"articles/{cast.article.pk}/assignment/reopen/")

    assert (submitted.status_code, submitted.json()["state"]) == (200, "submitted")
    assert submitted.json()["submitted_at"].endswith("Z")
    assert (reopened.status_code, reopened.json()["state"]) == (200, "open")
    assert reopened.json()["submitted_at"] is None


def test_submitting_twice_is_submitting_once(cast: Cast) -> None:
    api = Api(cast.annotator)
    api.call("put", f"articles/{cast.article.pk}/assignment/")
    first = api.call("post", f"articles/{cast.article.pk}/assignment/submit/")

    with nothing_changed():
        again = api.call("post", f"articles/{cast.article.pk}/assignment/submit/", {})

    assert (again.status_code, again.json()) == (200, first.json())


@pytest.mark.parametrize("step", ["submit", "reopen"])
def test_only_what_was_taken_up_can_be_submitted_or_reopened(cast: Cast, step: str) -> None:
    answer = Api(cast.annotator).call("post", f"articles/{cast.article.pk}/assignment/{step}/")

    refused(answer, 404, "not-found")


@pytest.mark.parametrize("name", ["manager", "reviewer", "viewer"])
def test_only_annotators_take_up_articles(cast: Cast, name: str) -> None:
    with nothing_changed():
        answer = Api(cast.everybody[name]).call("put", f"articles/{cast.article.pk}/assignment/")

    refused(answer, 403, "forbidden")


def test_each_annotator_has_a_pass_of_their_own(cast: Cast) -> None:
    for annotator in (cast.annotator, cast.annotator2):
        assert Api(annotator).call("put", f"articles/{cast.article.pk}/assignment/").status_code == 201

    Api(cast.annotator).call("post", f"articles/{cast.article.pk}/assignment/submit/")

    assert Assignment.objects.get(assignee=cast.annotator2).state == "open"


def test_marking_a_span_takes_up_the_article(cast: Cast) -> None:
    api = Api(cast.annotator)
    span = api.put_span(cast.article).json()

    answer = api.call("put", f"articles/{cast.article.pk}/assignment/")

    assert (answer.status_code, answer.json()["id"]) == (200, span["assignment"])


def test_an_article_that_is_not_there_is_not_taken_up(cast: Cast) -> None:
    refused(Api(cast.annotator).call("put", f"articles/{uuid4()}/assignment/"), 404, "not-found")
    refused(Api(cast.outsider).call("put", f"articles/{cast.article.pk}/assignment/"), 404, "not-found")


@pytest.mark.parametrize("step", ["", "submit/", "reopen/"])
def test_an_assignment_takes_no_fields(cast: Cast, step: str) -> None:
    api, method = Api(cast.annotator), "post" if step else "put"
    api.call("put", f"articles/{cast.article.pk}/assignment/")

    with nothing_changed():
        answer = api.call(method, f"articles/{cast.article.pk}/assignment/{step}", {"assignee": 1})

    refused(answer, 400, "invalid-input", "assignee")

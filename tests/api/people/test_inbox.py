"""`me/inbox/`: who is told of what."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Membership, Notice
from tests.api.access.test_independence import submit
from tests.api.refusals import refused
from tests.cast import Api, Cast, fresh, make_cast, make_comment, make_span, make_supported


def inbox(user: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Api(user).call("get", "me/inbox/").json()["results"]
    return found


def told(user: Any) -> list[tuple[str, str]]:
    """Why and of what somebody is told, what is unread first."""
    return [(notice["why"], notice["comment"]["text"]) for notice in inbox(user)]


def test_whoever_is_mentioned_is_told(cast: Cast) -> None:
    make_comment(cast.annotator, cast.article, "Look, @reviewer.")

    [notice] = inbox(cast.reviewer)

    assert (notice["why"], notice["read"], notice["project"]) == ("mention", False, cast.project.slug)
    assert (notice["article"]["title"], notice["comment"]["author"]["name"]) == ("The bridge", "annotator")
    assert told(cast.annotator) == told(cast.manager) == []


def test_who_takes_part_in_a_thread_is_told_of_answers(cast: Cast) -> None:
    first = make_comment(cast.annotator, cast.article, "One")
    make_comment(cast.reviewer, cast.article, "Two", first)
    make_comment(cast.manager, cast.article, "Three", first)

    assert told(cast.annotator) == [("reply", "Three"), ("reply", "Two")]
    assert told(cast.reviewer) == [("reply", "Three")]
    assert told(cast.manager) == []


def test_whose_work_it_hangs_on_is_told(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)
    for thing in (claim, link, verdict):
        make_comment(cast.reviewer, thing, type(thing).__name__)

    assert told(cast.annotator) == [("work", "Verdict"), ("work", "Link"), ("work", "Span")]


def test_nobody_is_told_twice_nor_of_what_they_said(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    first = make_comment(cast.annotator, claim, "@annotator")
    make_comment(cast.reviewer, claim, "@annotator, no.", first)

    assert told(cast.annotator) == [("mention", "@annotator, no.")]


def test_viewers_are_told_nothing(cast: Cast) -> None:
    make_comment(cast.annotator, cast.article, "@viewer @outsider")

    assert not Notice.objects.exists()


def test_marking_as_read_puts_it_last(cast: Cast) -> None:
    one, two = (make_comment(cast.annotator, cast.article, f"@reviewer {number}") for number in (1, 2))
    api = Api(cast.reviewer)

    answer = api.call("post", "me/inbox/read/", {"comments": [str(two.pk)]})

    assert answer.json() == {"unread": 1}
    assert [(notice["comment"]["id"], notice["read"]) for notice in inbox(cast.reviewer)] == [
        (str(one.pk), False), (str(two.pk), True),
    ]  # fmt: skip
    assert api.call("post", "me/inbox/read/", {}).json() == {"unread": 0}


def test_nobody_reads_for_another(cast: Cast) -> None:
    comment = make_comment(cast.annotator, cast.article, "@reviewer")

    Api(cast.manager).call("post", "me/inbox/read/", {"comments": [str(comment.pk)]})

    assert not inbox(cast.reviewer)[0]["read"]


def test_who_left_the_project_finds_nothing_of_it(cast: Cast) -> None:
    make_comment(cast.annotator, cast.article, "@reviewer")
    Membership.objects.get(user=cast.reviewer).delete()

    assert told(fresh(cast.reviewer)) == []
    assert Api(cast.reviewer).call("get", "me/").json()["inbox"] == {"unread": 0}


def test_a_token_for_one_project_tells_of_that_one_alone(cast: Cast) -> None:
    make_comment(cast.annotator, cast.article, "@reviewer")
    other = make_cast()
    Membership.objects.create(project=other.project, user=cast.reviewer, roles=["reviewer"])

    assert Api(cast.reviewer, project=other.project).call("get", "me/inbox/").json()["results"] == []


def test_pages_go_on_by_key(cast: Cast) -> None:
    for number in range(5):
        make_comment(cast.annotator, cast.article, f"@reviewer {number}")
    api, seen = Api(cast.reviewer), []

    address = "me/inbox/?limit=2"
    while address:
        page = api.call("get", address).json()
        seen += [notice["comment"]["text"] for notice in page["results"]]
        address = (page["next"] or "").replace("http://testserver", "")

    assert seen == [f"@reviewer {number}" for number in (4, 3, 2, 1, 0)]
    refused(api.call("get", "me/inbox/?cursor=nonsense"), 400, "invalid-input", "cursor")


@pytest.mark.parametrize("done", [(), ("annotator",), ("annotator2",)])
def test_an_independent_annotator_is_not_told_before_both_have_submitted(
    independent_cast: Cast, done: tuple[str, ...]
) -> None:
    cast = independent_cast
    make_span(cast.annotator2, cast.article)
    make_comment(cast.annotator, cast.article, "I think it is false, @annotator2.")

    submit(cast, *done)
    assert told(cast.annotator2) == []
    submit(cast, "annotator", "annotator2")

    assert told(cast.annotator2) == [("mention", "I think it is false, @annotator2.")]


def test_an_independent_annotator_does_not_see_answers_to_what_is_hidden(independent_cast: Cast) -> None:
    cast = independent_cast
    first = make_comment(cast.annotator, cast.article, "It is false.")
    make_comment(cast.manager, cast.article, "False indeed, @annotator2?", first)
    make_comment(cast.manager, cast.article, "Dear all: @annotator2, please finish.")

    listed = Api(cast.annotator2).call("get", f"articles/{cast.article.pk}/comments/").json()["results"]

    assert [one["text"] for one in listed] == ["Dear all: @annotator2, please finish."]
    assert told(cast.annotator2) == [("mention", "Dear all: @annotator2, please finish.")]

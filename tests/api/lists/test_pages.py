"""Lists answer `{"next", "previous", "results"}` with opaque cursors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from annotations.models import Article, Assignment, Span, acting
from tests.api.refusals import refused
from tests.cast import TEXT, Api, Cast, make_article, make_comment, make_project, make_span, make_verdict, person


def projects(cast: Cast) -> str:
    for _ in range(6):
        make_project(cast.manager)
    return "projects/"


def members(cast: Cast) -> str:
    for name in "abc":
        cast.project.memberships.create(user=person(name), roles=["viewer"])
    return f"projects/{cast.project.slug}/members/"


def articles(cast: Cast) -> str:
    for number in range(6):
        make_article(cast.project, f"Text {number}.")
    return f"projects/{cast.project.slug}/articles/"


def claims(cast: Cast) -> str:
    for at in range(7):
        make_span(cast.manager, cast.article, (at, at + 3))
    return f"projects/{cast.project.slug}/claims/"


def queue(cast: Cast) -> str:
    for at in range(7):
        make_verdict(cast.manager, make_span(cast.manager, cast.article, (at, at + 3)))
    return f"projects/{cast.project.slug}/verdicts/"


def history(cast: Cast) -> str:
    span = make_span(cast.manager, cast.article)
    for version in range(1, 7):
        span.change(by=cast.manager, from_version=version, note=f"{version}")
    return f"spans/{span.pk}/history/"


def search(cast: Cast) -> str:
    for number in range(7):
        make_article(cast.project, f"The bridge number {number}.")
    return f"projects/{cast.project.slug}/search/?q=bridge"


def comments(cast: Cast) -> str:
    for number in range(7):
        make_comment(cast.annotator, cast.article, f"@manager {number}")
    return f"articles/{cast.article.pk}/comments/"


def inbox(cast: Cast) -> str:
    comments(cast)
    return "me/inbox/"


LISTS = [projects, members, articles, claims, queue, history, search, comments, inbox]


def walk(api: Api, address: str, direction: str = "next") -> list[list[dict[str, Any]]]:
    """The pages from an address on."""
    pages: list[list[dict[str, Any]]] = []
    while address:
        assert len(pages) < 20, "the pages have no end"
        answer = api.call("get", address)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        assert set(page) == {"next", "previous", "results"}
        pages.append(page["results"])
        address = (page[direction] or "").partition("http://testserver")[2]
    return pages


def limited(address: str, limit: int) -> str:
    return f"{address}{'&' if '?' in address else '?'}limit={limit}"


@pytest.mark.parametrize("make", LISTS)
def test_the_pages_together_are_the_list(cast: Cast, make: Callable[[Cast], str]) -> None:
    address, api = make(cast), Api(cast.manager)
    [whole] = walk(api, address)

    pages = walk(api, limited(address, 3))

    assert len(whole) >= 7
    assert [len(page) for page in pages[:-1]] == [3] * (len(pages) - 1)
    assert [one for page in pages for one in page] == whole


@pytest.mark.parametrize("make", LISTS)
def test_one_can_walk_back(cast: Cast, make: Callable[[Cast], str]) -> None:
    address, api = limited(make(cast), 2), Api(cast.manager)
    first = api.call("get", address).json()
    second = api.call("get", first["next"].partition("http://testserver")[2]).json()

    back = api.call("get", second["previous"].partition("http://testserver")[2]).json()

    assert first["previous"] is None
    assert back["results"] == first["results"]
    assert back["previous"] is None
    assert back["next"] is not None


@pytest.mark.parametrize("make", [articles, claims, queue, projects, members])
def test_what_is_added_meanwhile_moves_nothing(cast: Cast, make: Callable[[Cast], str]) -> None:
    address, api = make(cast), Api(cast.manager)
    [whole] = walk(api, address)
    first = api.call("get", limited(address, 3)).json()
    make_span(cast.manager, cast.article, (20, 30))
    make_article(cast.project, "Something new.")

    rest = walk(api, first["next"].partition("http://testserver")[2])

    together = first["results"] + [one for page in rest for one in page]
    assert together[: len(whole)] == whole


@pytest.mark.parametrize("make", LISTS)
def test_a_page_has_1_to_500_results(cast: Cast, make: Callable[[Cast], str]) -> None:
    address, api = make(cast), Api(cast.manager)
    joint = "&" if "?" in address else "?"

    for limit in ("0", "-1", "501", "many", "", "1.5", "0000501", "٣", "9" * 30):
        refused(api.call("get", f"{address}{joint}limit={limit}"), 400, "invalid-input", "limit")


@pytest.mark.parametrize("make", LISTS)
def test_a_page_of_500_is_answered(cast: Cast, make: Callable[[Cast], str]) -> None:
    assert len(walk(Api(cast.manager), limited(make(cast), 500))) == 1


GARBAGE = [
    "garbage", "!!!", "%00", "cD0xMjM=", "bz05OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "bz0tMQ==", "W10=", "e30=", "bnVsbA==",
    "WyIyMDI0IiwgInkiXQ", "WzFlOTk5XQ==", "9" * 40, "-1", "0000000009999999999999999999", "a" * 3000, "👩",
]  # fmt: skip


@pytest.mark.parametrize("make", LISTS)
def test_a_cursor_of_somebody_elses_making_is_bad_input(cast: Cast, make: Callable[[Cast], str]) -> None:
    address, api = make(cast), Api(cast.manager)

    for cursor in GARBAGE:
        answer = api.call("get", f"{address}{'&' if '?' in address else '?'}cursor={cursor}")
        refused(answer, 400, "invalid-input", "cursor")


@pytest.mark.parametrize("make", LISTS)
def test_a_cursor_keeps_the_filters_and_the_limit(cast: Cast, make: Callable[[Cast], str]) -> None:
    address = limited(make(cast), 3)

    following = Api(cast.manager).call("get", address).json()["next"]

    assert set(address.partition("?")[2].split("&")) <= set(following.partition("?")[2].split("&"))


def test_rows_made_in_the_same_instant_are_each_listed_once(cast: Cast) -> None:
    article = make_article(cast.project, TEXT * 20)
    with acting(cast.manager):
        assignment, _ = Assignment.objects.take_up(article, by=cast.manager)
        Span.objects.bulk_create(
            Span(id=uuid4(), assignment=assignment, article=article, label="claim", fragments=[[at, at + 1]])
            for at in range(1300)
        )

    pages = walk(Api(cast.manager), f"projects/{cast.project.slug}/claims/?limit=200")

    assert len(pages) == 7
    assert len({one["id"] for page in pages for one in page}) == 1300


def test_rows_with_the_same_time_come_in_one_order(cast: Cast) -> None:
    for number in range(9):
        make_article(cast.project, f"Text {number}.")
    Article.objects.update(created_at=datetime(2024, 5, 1, tzinfo=UTC))
    address = f"projects/{cast.project.slug}/articles/"

    pages = walk(Api(cast.viewer), f"{address}?limit=2")

    keys = [one["id"] for page in pages for one in page]
    assert keys == sorted(keys)
    assert len(keys) == 10

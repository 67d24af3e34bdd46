"""Somebody without a name is called by their id: nobody learns their address who does not manage the project."""

from __future__ import annotations

import pytest
from django.urls import reverse

from annotations.models import User
from tests.api.access.reading import all_that_is_told, approve, details, secret_work
from tests.cast import Api, Cast, make_comment, make_span
from tests.releasing import release_with
from tests.web.visit import signed_in

EVERYBODY = ("annotator2", "reviewer", "viewer")


@pytest.fixture
def nameless(cast: Cast) -> User:
    cast.annotator.name, cast.annotator.email = "", "ada.keller@example.org"
    cast.annotator.save()
    return cast.annotator


def told(cast: Cast, by: User, paths: list[str]) -> str:
    """The answers of these pages and routes together."""
    return "\n".join(signed_in(by).get(path).content.decode() for path in paths)


@pytest.mark.parametrize("name", EVERYBODY)
def test_no_page_and_no_route_tells_the_address(cast: Cast, nameless: User, name: str) -> None:
    work = secret_work(cast)
    approve(cast, work["verdicts"][0])
    make_comment(cast.reviewer, make_span(nameless, cast.article, (0, 50)), f"@{nameless} look")
    release_with(cast.project, cast.manager, "1.0")
    pages = [reverse(page, args=[cast.project.slug]) for page in ("dashboard", "articles", "claims", "map", "releases")]
    pages += [reverse("verdict", args=work["verdicts"]), reverse("workbench", args=[cast.article.pk])]
    pages += [reverse("claim", args=[key]) for key in work["spans"]] + [f"/api/v1/{path}" for path in details(work)]
    pages += [f"/api/v1/projects/{cast.project.slug}/{part}/" for part in ("changes", "members")]

    found = all_that_is_told(Api(cast.everybody[name]), cast) + told(cast, cast.everybody[name], pages)

    assert "ada.keller" not in found
    assert f"Member {nameless.pk}" in found


def test_a_manager_reads_it_among_the_members(cast: Cast, nameless: User) -> None:
    assert "ada.keller@example.org" in told(cast, cast.manager, [reverse("members", args=[cast.project.slug])])


def test_they_are_mentioned_by_what_they_are_called(cast: Cast, nameless: User) -> None:
    comment = make_comment(cast.reviewer, cast.article, f"@member {nameless.pk}, look")

    assert [notice.user for notice in comment.notices.all()] == [nameless]


def test_lists_of_people_do_not_stand_in_the_order_of_addresses(cast: Cast, nameless: User) -> None:
    cast.annotator2.name, cast.annotator2.email = "", "aaa@example.org"
    cast.annotator2.save()
    for somebody in (nameless, cast.annotator2):
        make_span(somebody, cast.article)

    page = told(cast, cast.viewer, [reverse("articles", args=[cast.project.slug])])

    assert page.index(f">Member {nameless.pk}<") < page.index(f">Member {cast.annotator2.pk}<")

"""Addresses that lack their last slash."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import Article, User
from tests.api.access.api_table import API, asked
from tests.api.access.pages_table import PAGES, places
from tests.api.access.routes import METHODS, status_of
from tests.api.refusals import refused
from tests.cast import Api, Cast
from tests.web.visit import signed_in

CHANGING = (*METHODS[1:], "OPTIONS")


def api_addresses(cast: Cast) -> Iterator[str]:
    """The address of every route of the API that ends with a slash, without it."""
    how = asked(cast)
    for name in API:
        address = reverse(name, kwargs=how[name].kwargs if name in how else {})
        if address.endswith("/"):
            yield address.removesuffix("/")


def page_addresses(cast: Cast) -> Iterator[str]:
    """The same of every page below the front page."""
    how = places(cast)
    for name in PAGES:
        yield from filter(None, [reverse(name, kwargs=how.get(name, {})).removesuffix("/")])


def test_reading_the_api_is_redirected(cast: Cast) -> None:
    for address in api_addresses(cast):
        for answer in (Api(cast.manager).get(f"{address}?limit=1"), Api(cast.manager).head(f"{address}?limit=1")):
            assert (answer.status_code, answer["Location"]) == (301, f"{address}/?limit=1")


@pytest.mark.parametrize("method", CHANGING)
def test_changing_something_through_the_api_is_never_redirected(cast: Cast, method: str) -> None:
    api = Api(cast.manager)
    for address in api_addresses(cast):
        answer = api.generic(method, address, "{}", content_type="application/json")

        assert "Location" not in answer
        assert f"{address}/" in refused(answer, 404, "not-found")["detail"]


def test_a_creation_without_the_slash_makes_nothing_and_answers_no_list(cast: Cast) -> None:
    address = f"/api/v1/projects/{cast.project.slug}/articles"

    answer = Api(cast.manager).post(address, {"title": "New", "body": "A text."}, follow=True)

    refused(answer, 404, "not-found")
    assert Article.objects.filter(title="New").count() == 0


@pytest.mark.parametrize("method", CHANGING)
def test_forms_of_pages_are_never_redirected(cast: Cast, method: str) -> None:
    client = signed_in(cast.manager)

    found = {address: status_of(client, method, address) for address in page_addresses(cast)}

    assert found == dict.fromkeys(found, 404)


def test_pages_themselves_are_redirected(cast: Cast) -> None:
    client = signed_in(cast.manager)

    assert {status_of(client, "GET", address) for address in page_addresses(cast)} == {301}


@pytest.mark.parametrize("address", ["/admin", "/admin/annotations/user", "/accounts/login", "/accounts/logout"])
def test_forms_of_sign_in_and_admin_are_never_redirected(db: None, address: str) -> None:
    client = signed_in(User.objects.create_superuser("operator@example.org", name="Operator"))

    assert (client.get(address).status_code, client.post(address).status_code) == (301, 404)


def test_an_address_that_does_not_exist_with_a_slash_either_names_none(db: None) -> None:
    answer = Client().post("/api/v1/nothing")

    assert "slash" not in refused(answer, 404, "not-found")["detail"]

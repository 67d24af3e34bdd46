"""No value of a parameter or a field breaks a page: every route, every name that its view looks for."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.api.access.others_table import KWARGS, OTHERS
from tests.api.access.pages_table import PAGES, places
from tests.cast import CRACKS, DANGER, Cast, make_comment, make_link, make_span, make_verdict
from tests.web.odd_requests import failures, names_asked, requests_of
from tests.web.visit import signed_in


@pytest.fixture
def busy_cast(cast: Cast) -> Cast:
    """A project with something on every page."""
    claim, fact = (
        make_span(cast.annotator, cast.article, DANGER),
        make_span(cast.annotator, cast.article, CRACKS, "fact"),
    )
    make_link(cast.annotator, fact, claim)
    make_comment(cast.annotator, claim, "@manager look")
    make_verdict(cast.annotator, claim, "supported").submit(by=cast.annotator, from_version=None)
    return cast


@pytest.mark.parametrize("name", PAGES)
def test_no_value_breaks_a_page(busy_cast: Cast, name: str) -> None:
    address = reverse(name, kwargs=places(busy_cast).get(name, {}))
    client = signed_in(busy_cast.manager)

    assert not failures(client, requests_of(client, address))


@pytest.mark.parametrize("name", OTHERS)
def test_no_value_breaks_a_page_of_signing_in(cast: Cast, name: str) -> None:
    cache.clear()  # where the sign-in pages count how often they were asked
    address = reverse(name, kwargs=KWARGS.get(name))
    for client in (Client(), signed_in(cast.annotator)):
        assert not failures(client, requests_of(client, address))


def test_the_names_that_a_page_looks_for_are_found(busy_cast: Cast) -> None:
    client = signed_in(busy_cast.manager)
    _, _, form = requests_of(client, reverse("settings-scale", args=[busy_cast.project.slug]))

    with names_asked() as names:
        form.sent(client)

    assert {"scale-row", "scale-0-value", "scale-3-name", "scale-remove"} <= names

"""An article by its address: fetched where the operator allows it, then looked at as a file is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.urls import reverse

from annotations.importers.fetching.page import fetch
from annotations.models import Article, Import
from annotations.web.imports.addresses import FETCHES
from tests.cast import Cast
from tests.formats.fetching.site import PAGE, SENTENCES, Site, serving
from tests.web.imports.sending import act, look
from tests.web.visit import signed_in, words

ADDRESS = "http://news.example.org"


@pytest.fixture
def site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site in a network of its own."""
    settings.FETCHING = True
    with serving() as site:
        monkeypatch.setattr("annotations.web.imports.addresses.fetch", partial(fetch, network=site.network()))
        yield site


def asked(cast: Cast, address: str) -> Any:
    """What the page answers the manager who gives this address."""
    place = reverse("import-address", args=[cast.project.slug])
    return signed_in(cast.manager).post(place, {"address": address})


def test_the_way_is_only_shown_where_fetching_is_on(cast: Cast, settings: Any) -> None:
    manager, place = signed_in(cast.manager), reverse("import", args=[cast.project.slug])
    assert "An address" not in words(manager.get(place))
    settings.FETCHING = True
    assert "An address" in words(manager.get(place))


def test_a_fetched_page_is_stored_with_when_and_from_where(cast: Cast, site: Site) -> None:
    assert asked(cast, f"{ADDRESS}/moved").status_code == 302
    one = Import.objects.get()
    page = look(cast, one)
    assert f"{ADDRESS}/page was fetched and read as Pages of the web" in words(page)
    shown = re.search(r'name="shown" value="(\w+)"', page.content.decode())
    assert shown
    act(cast, one, "store", shown=shown[1], body=SENTENCES, title="Die Brücke", direction="auto", url=f"{ADDRESS}/page")
    article = Article.objects.get(title="Die Brücke")
    assert (article.fetched_from, bytes(article.source or b"")) == (f"{ADDRESS}/page", PAGE.encode())
    assert article.fetched_at is not None


@pytest.mark.parametrize("path", ["/latin", "/text"])
def test_the_encoding_of_the_header_holds(cast: Cast, site: Site, path: str) -> None:
    asked(cast, f"{ADDRESS}{path}")
    assert "Der Bürgermeister sagt" in words(look(cast, Import.objects.get()))


def test_the_address_stays_with_the_article_when_it_is_read_otherwise(cast: Cast, site: Site) -> None:
    asked(cast, f"{ADDRESS}/page")
    answer = act(cast, Import.objects.get(), "look", format="html", encoding="utf-8")
    assert f'value="{ADDRESS}/page"' in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        ("", "Give the address of a page"),
        ("x" * 3_000, "at most"),
        ("ftp://news.example.org/", "begins with http:// or https://"),
        (f"{ADDRESS}/missing", "404"),
        (f"{ADDRESS}/loopback", "port"),
    ],
)
def test_what_cannot_be_fetched_is_said_at_the_field(cast: Cast, site: Site, address: str, complaint: str) -> None:
    answer = asked(cast, address)
    assert answer.status_code == 400
    assert complaint in words(answer)
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Import.objects.exists()


def test_pages_are_fetched_a_few_at_a_time_so_that_slow_ones_hold_few_threads(cast: Cast, site: Site) -> None:
    with FETCHES, FETCHES:
        answer = asked(cast, f"{ADDRESS}/page")
    assert answer.status_code == 400
    assert "Other pages are being fetched. Try again in a few seconds." in words(answer)
    assert asked(cast, f"{ADDRESS}/page").status_code == 302

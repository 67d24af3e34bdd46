"""An article by its address: fetched by a worker where the operator allows it, then looked at as a file is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.bounded import OutOfMemory, OutOfTime, Process
from annotations.formats.fetching.page import fetch
from annotations.jobs.addresses import KEPT, fetch_and_keep
from annotations.models import AddressFetch, Article, Import, Membership, Project
from annotations.models.transfer.addresses import MOST_WAITING
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
        monkeypatch.setattr("annotations.formats.fetching.page.Network", site.network)
        yield site


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch, _previews_at_once: None) -> None:
    """Jobs wait."""
    monkeypatch.undo()


def give(cast: Cast, address: str) -> Any:
    """What the page answers the manager who gives this address."""
    place = reverse("import-address", args=[cast.project.slug])
    return signed_in(cast.manager).post(place, {"address": address})


def asked(cast: Cast, address: str) -> Any:
    """What the manager sees who gave this address, once it was fetched."""
    answer = give(cast, address)
    return signed_in(cast.manager).get(answer.url) if answer.status_code == 302 else answer


def waiting_for(cast: Cast, address: str, **more: Any) -> AddressFetch:
    """An address that waits to be fetched."""
    return AddressFetch.objects.create(**{"project": cast.project, "by": cast.manager, "address": address, **more})


def place_of(one: AddressFetch) -> str:
    return reverse("import-fetch", args=[one.project.slug, one.pk])


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="fetch_address").count()


def test_the_way_is_only_shown_where_fetching_is_on(cast: Cast, settings: Any) -> None:
    manager, place = signed_in(cast.manager), reverse("import", args=[cast.project.slug])
    assert "Fetch page" not in words(manager.get(place))
    settings.FETCHING = True
    assert "Fetch page" in words(manager.get(place))


def test_a_fetched_page_is_stored_with_when_and_from_where(cast: Cast, site: Site) -> None:
    assert asked(cast, f"{ADDRESS}/moved").status_code == 302
    one = Import.objects.get()
    page = look(cast, one)
    assert f"Fetched from {ADDRESS}/page. Format: Web pages (HTML)" in words(page)
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
    [("", "Enter the URL of a page"), ("x" * 3_000, "at most"), ("ftp://news.example.org/", "start with http://")],
)
def test_what_is_no_address_is_said_at_the_field_at_once(cast: Cast, site: Site, address: str, complaint: str) -> None:
    answer = give(cast, address)
    assert answer.status_code == 400
    assert complaint in words(answer)
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not AddressFetch.objects.exists()


@pytest.mark.parametrize(
    ("path", "complaint"),
    [("/missing", "404"), ("/loopback", "port"), ("/large", "at most 10 MB"), ("/picture", "This is image")],
)
def test_what_cannot_be_fetched_is_said_at_the_field_with_the_address(
    cast: Cast, site: Site, path: str, complaint: str
) -> None:
    answer = asked(cast, f"{ADDRESS}{path}")
    assert complaint in words(answer)
    assert f'value="{ADDRESS}{path}"' in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Import.objects.exists()


@pytest.mark.parametrize(("ends", "complaint"), [(OutOfTime, "didn't answer in time"), (OutOfMemory, "at most 10 MB")])
def test_a_fetch_whose_process_was_killed_is_refused(
    cast: Cast, site: Site, monkeypatch: pytest.MonkeyPatch, ends: type[Exception], complaint: str
) -> None:
    def killed(*_: object) -> None:
        raise ends

    monkeypatch.setattr(Process, "call", killed)
    assert complaint in words(asked(cast, f"{ADDRESS}/page"))


@pytest.mark.usefixtures("no_worker")
def test_who_gives_an_address_waits_for_a_worker(cast: Cast, settings: Any) -> None:
    settings.FETCHING = True
    page = asked(cast, f"{ADDRESS}/page")
    assert f"Fetching page {ADDRESS}/page. Nothing is imported yet." in words(page)
    one = AddressFetch.objects.get()
    waited = signed_in(cast.manager).get(f"{place_of(one)}ready/")
    assert (waited.content, waited["Cache-Control"]) == (b"waiting\n", "no-store, no-transform")
    AddressFetch.objects.update(refused="No.")
    assert signed_in(cast.manager).get(f"{place_of(one)}ready/").content == b"ready\n"


@pytest.mark.usefixtures("no_worker")
def test_an_address_that_is_given_twice_is_fetched_once(cast: Cast, settings: Any) -> None:
    settings.FETCHING = True
    assert give(cast, f"{ADDRESS}/page").url == give(cast, f"{ADDRESS}/page").url
    assert (AddressFetch.objects.count(), jobs()) == (1, 1)


@pytest.mark.usefixtures("no_worker")
def test_an_address_that_waits_long_says_that_no_worker_may_run(cast: Cast) -> None:
    one = waiting_for(cast, f"{ADDRESS}/page", asked_at=timezone.now() - timedelta(minutes=2))
    page = words(signed_in(cast.manager).get(place_of(one)))
    assert "This takes longer than usual. If it continues, ask an administrator whether a worker is running." in page


def test_a_discarded_address_is_not_fetched(cast: Cast, site: Site) -> None:
    one = waiting_for(cast, f"{ADDRESS}/page")
    answer = signed_in(cast.manager).post(place_of(one), follow=True)
    assert "The URL was discarded. Nothing was kept." in words(answer)
    fetch_and_keep(one.pk)
    assert site.asked == []


def test_a_page_that_is_discarded_while_it_is_fetched_is_not_kept(
    cast: Cast, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def discarded_meanwhile(*arguments: Any, **more: Any) -> Any:
        AddressFetch.objects.all().delete()
        return fetch(f"{ADDRESS}/page")

    monkeypatch.setattr("annotations.formats.fetching.page.fetch", discarded_meanwhile)
    fetch_and_keep(waiting_for(cast, f"{ADDRESS}/page").pk)
    assert not Import.objects.exists()


def test_a_job_that_is_done_again_makes_no_second_import(cast: Cast, site: Site) -> None:
    one = waiting_for(cast, f"{ADDRESS}/page")
    fetch_and_keep(one.pk)
    fetch_and_keep(one.pk)
    assert (Import.objects.count(), len(site.asked)) == (1, 1)


def test_nobody_else_sees_the_address(cast: Cast) -> None:
    one = waiting_for(cast, f"{ADDRESS}/page")
    Membership.objects.filter(user=cast.reviewer).update(roles=["manager"])
    assert signed_in(cast.reviewer).get(place_of(one)).status_code == 404
    assert signed_in(cast.reviewer).get(f"{place_of(one)}ready/").status_code == 404


@pytest.mark.usefixtures("no_worker")
def test_a_person_has_a_few_addresses_that_wait_and_is_told_so_at_the_field(cast: Cast, settings: Any) -> None:
    settings.FETCHING = True
    for number in range(MOST_WAITING):
        waiting_for(cast, f"{ADDRESS}/{number}")
    answer = give(cast, f"{ADDRESS}/page")
    assert answer.status_code == 400
    assert "You have 20 addresses that are not fetched yet. Wait until some are." in words(answer)
    assert f'value="{ADDRESS}/page"' in answer.content.decode()


@pytest.mark.usefixtures("no_worker")
def test_addresses_that_are_over_are_forgotten_but_for_the_latest(cast: Cast, settings: Any) -> None:
    settings.FETCHING = True
    for number in range(KEPT + 5):
        waiting_for(cast, f"{ADDRESS}/{number}", refused="No.")
    give(cast, f"{ADDRESS}/page")
    assert AddressFetch.objects.count() == KEPT + 1


def test_too_many_imports_are_said_at_the_field(cast: Cast, site: Site) -> None:
    Import.objects.bulk_create(Import(project=cast.project, by=cast.manager, state="proposed") for _ in range(50))
    assert "You have 50 unfinished imports." in words(asked(cast, f"{ADDRESS}/page"))


def test_nothing_is_fetched_for_an_archived_project(cast: Cast, site: Site) -> None:
    one = waiting_for(cast, f"{ADDRESS}/page")
    Project.objects.update(archived=True)
    fetch_and_keep(one.pk)
    assert "archived" in AddressFetch.objects.get().refused

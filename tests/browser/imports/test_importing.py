"""An import from the first look to the report, in a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from annotations.bounded import Process
from annotations.imports.proposal import make_preview
from annotations.imports.run import run
from annotations.jobs.addresses import fetch_and_keep
from annotations.models import AddressFetch, Article, Import, ImportPreview, Link, Span
from tests.browser.imports.conftest import OpenImport
from tests.cast import Cast
from tests.formats.fetching.site import serving
from tests.previewing import made_at_once


def looked_at(page: Page, corpus: Path) -> Import:
    """The import of the corpus, shown before it begins."""
    page.get_by_label("Choose a folder").set_input_files(corpus)
    page.get_by_role("button", name="Preview files").click()
    expect(page.locator(".glimpse")).to_have_count(2)
    return Import.objects.get()


def begin(page: Page) -> None:
    """Says go, and leaves a mark that a reload would wipe away."""
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("heading", name="Import queued").wait_for()
    page.evaluate("document.body.dataset.same = 'yes'")


def work(import_id: UUID) -> None:
    """Does what a worker does."""
    assert run(import_id, stopping=lambda: False)


def test_a_folder_comes_in_from_the_look_at_it_to_the_report_without_reloading(
    entrance: OpenImport, cast: Cast, corpus: Path
) -> None:
    page = entrance()
    one = looked_at(page, corpus)
    expect(page.locator("mark[data-label=claim]").first).to_be_visible()
    begin(page)
    Import.objects.filter(pk=one.pk).update(state="running", done=1, total=2)
    expect(page.locator("#progress")).to_contain_text("1 of 2")
    Import.objects.filter(pk=one.pk).update(state="waiting", done=0, total=None)
    work(one.pk)
    expect(page.get_by_role("heading", name="Import finished")).to_be_visible()
    expect(page.locator(".made")).to_contain_text(re.compile(r"New articles\s*2"))
    expect(page.get_by_role("row", name="quote_mismatch")).to_contain_text("harbour")
    expect(page.locator("#import-said")).to_have_text("Import finished. New: 2 articles. Skipped: 1.")
    assert page.evaluate("document.body.dataset.same") == "yes"
    page.get_by_role("link", name="Go to articles").click()
    expect(page.locator("#listing")).to_contain_text("dam")


def test_types_and_people_are_as_somebody_chose(entrance: OpenImport, cast: Cast, corpus: Path) -> None:
    page = entrance()
    one = looked_at(page, corpus)
    page.get_by_label("Premise").select_option("attribution")
    page.get_by_label("Support").select_option("attributes")
    page.get_by_role("button", name="Update preview").click()
    expect(page.locator("mark[data-label=attribution]")).to_have_text("Engineers had warned of it")
    begin(page)
    work(one.pk)
    expect(page.get_by_role("heading", name="Import finished")).to_be_visible()
    assert Span.objects.get(label="attribution").quote == "Engineers had warned of it"
    assert Link.objects.get().relation == "attributes"
    assert {span.assignment.assignee for span in Span.objects.all()} == {cast.manager}


def test_an_import_is_cancelled_and_says_so(entrance: OpenImport, cast: Cast, corpus: Path) -> None:
    page = entrance()
    one = looked_at(page, corpus)
    begin(page)
    page.get_by_role("button", name="Cancel import").click()
    expect(page.get_by_role("heading", name="Import cancelled")).to_be_visible()
    work(one.pk)
    assert Article.objects.filter(project=cast.project).count() == 1


def test_everything_goes_by_keyboard(entrance: OpenImport, cast: Cast, corpus: Path) -> None:
    page = entrance()
    # Asked for early: the browser has to know that nobody is to see its own dialog.
    page.on("filechooser", lambda chooser: chooser.set_files([corpus / "dam.txt", corpus / "dam.ann"]))
    page.reload()
    page.get_by_label("Choose files or an archive").focus()
    page.keyboard.press("Space")
    expect(page.locator(".chosen-files")).to_contain_text("2 files")
    press_on(page, "Preview files")
    expect(page.locator(".glimpse")).to_have_count(1)
    press_on(page, "Import")
    expect(page.get_by_role("heading", name="Import queued")).to_be_visible()
    press_on(page, "Cancel import")
    expect(page.get_by_role("heading", name="Import cancelled")).to_be_visible()


def press_on(page: Page, button: str) -> None:
    """Goes on with Tab until the button has the focus, and presses it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.matches('button') && document.activeElement.textContent") == button:
            page.keyboard.press("Enter")
            return
    pytest.fail(f"Tab does not reach {button}.")


def test_a_single_page_is_corrected_and_stored(entrance: OpenImport, cast: Cast, tmp_path: Path) -> None:
    page = entrance()
    (tmp_path / "ferry.txt").write_bytes(b"A ferry sank\r\nIt sank at noon, they said.\r\nNo comments:\r\n")
    page.get_by_label("Choose files or an archive").set_input_files(tmp_path / "ferry.txt")
    page.get_by_role("button", name="Preview files").click()
    page.get_by_label("Outlet").fill("The Port Post")
    page.get_by_role("button", name="Save article").click()
    expect(page.locator(".messages")).to_contain_text("“A ferry sank” was saved with 2 sentences.")
    article = Article.objects.get(project=cast.project, outlet="The Port Post")
    assert bytes(article.source or b"").endswith(b"No comments:\r\n")


@pytest.mark.parametrize("read_later", [True])
def test_the_preview_opens_by_itself_when_a_worker_has_made_it(
    entrance: OpenImport, cast: Cast, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = entrance()
    page.get_by_label("Choose a folder").set_input_files(corpus)
    page.get_by_role("button", name="Preview files").click()
    expect(page.get_by_role("heading", name="Reading files")).to_be_visible()
    monkeypatch.setattr(Process, "is_within", True)
    asked = ImportPreview.objects.get()
    make_preview(asked.of_id, asked.key)
    expect(page.locator(".glimpse")).to_have_count(2)


@pytest.mark.parametrize("read_later", [True])
def test_an_address_is_given_by_keyboard_and_its_page_opens_when_a_worker_has_fetched_it(
    entrance: OpenImport, cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FETCHING = True
    page = entrance()
    page.get_by_label("URL").press_sequentially("news.example.org/page")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Fetching page")).to_be_visible()
    with serving() as site:
        made_at_once(monkeypatch)
        monkeypatch.setattr("annotations.formats.fetching.page.Network", site.network)
        fetch_and_keep(AddressFetch.objects.get(address="https://news.example.org/page", by=cast.manager).pk)
    expect(page.get_by_label("URL")).to_have_value("https://news.example.org/page")
    expect(page.get_by_label("URL")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("news.example.org doesn't have a valid certificate.")).to_be_visible()


@pytest.mark.parametrize("java_script_enabled", [True, False])
@pytest.mark.parametrize("read_later", [True])
def test_a_fetched_page_opens_by_itself_or_with_a_link_where_there_is_no_script(
    entrance: OpenImport, settings: Any, monkeypatch: pytest.MonkeyPatch, java_script_enabled: bool
) -> None:
    settings.FETCHING = True
    page = entrance(java_script_enabled=java_script_enabled)
    page.get_by_label("URL").fill("http://news.example.org/page")
    page.get_by_role("button", name="Fetch page").click()
    expect(page.get_by_role("heading", name="Fetching page")).to_be_visible()
    with serving() as site:
        made_at_once(monkeypatch)
        monkeypatch.setattr("annotations.formats.fetching.page.Network", site.network)
        fetch_and_keep(AddressFetch.objects.get().pk)
    if not java_script_enabled:
        page.get_by_role("link", name="Show the preview").click()
    expect(page.get_by_role("heading", name="Check the article")).to_be_visible()

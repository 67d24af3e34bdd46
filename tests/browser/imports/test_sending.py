"""Files on their way to the import page: chosen, dropped, sent, stopped."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Page, Route, expect

from annotations.models import Import
from tests.browser.imports.conftest import OpenImport
from tests.cast import Cast

DROPPED = """(names) => {
  const carried = new DataTransfer();
  for (const name of names) carried.items.add(new File([`The text of ${name}.`], name, { type: "text/plain" }));
  return carried;
}"""


def drop(page: Page, *names: str) -> None:
    """Lets texts of these names go over the page."""
    carried = page.evaluate_handle(DROPPED, list(names))
    page.dispatch_event("main", "dragover", {"dataTransfer": carried})
    page.dispatch_event("main", "drop", {"dataTransfer": carried})


def look(page: Page) -> None:
    """Sends what is chosen."""
    page.get_by_role("button", name="Preview files").click()


def test_dropped_and_chosen_files_are_sent_together(entrance: OpenImport, tmp_path: Path) -> None:
    page = entrance()
    drop(page, "a.txt", "b.txt")
    expect(page.locator(".chosen-files")).to_contain_text("2 files")
    (tmp_path / "c.txt").write_text("The third.")
    page.get_by_label("Choose files or an archive").set_input_files(tmp_path / "c.txt")
    expect(page.locator(".chosen-files")).to_contain_text("3 files")
    look(page)
    expect(page.get_by_role("heading", name="Check the import")).to_be_visible()
    assert [file.name for file in Import.objects.get().files.all()] == ["a.txt", "b.txt", "c.txt"]


def test_a_folder_is_sent_with_the_paths_in_it(entrance: OpenImport, corpus: Path) -> None:
    page = entrance()
    page.get_by_label("Choose a folder").set_input_files(corpus)
    expect(page.locator(".chosen-files")).to_contain_text("4 files")
    look(page)
    expect(page.locator(".lede")).to_contain_text("4 files")
    names = {file.name for file in Import.objects.get().files.all()}
    assert names == {"corpus/dam.txt", "corpus/dam.ann", "corpus/ann/ferry.txt", "corpus/ann/ferry.ann"}


def test_what_was_chosen_can_be_let_go(entrance: OpenImport) -> None:
    page = entrance()
    drop(page, "a.txt")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_label("Choose files or an archive")).to_be_focused()
    look(page)
    expect(page.locator(".field-error")).to_have_text("Choose a file, a folder or an archive.")
    assert not Import.objects.exists()


def test_a_refusal_is_said_at_the_field_and_what_was_chosen_stays(entrance: OpenImport) -> None:
    page = entrance()
    too_large = {"title": "Too large", "status": 413, "detail": "An import may have up to 2048 MB."}

    def refuse(route: Route) -> None:
        route.fulfill(status=413, body=json.dumps(too_large), content_type="application/problem+json")

    page.route("**/import/upload/", refuse)
    drop(page, "a.txt")
    look(page)
    expect(page.locator(".field-error")).to_have_text("An import may have up to 2048 MB.")
    expect(page.get_by_label("Choose files or an archive")).to_be_focused()
    expect(page.locator(".chosen-files")).to_contain_text("a.txt")


def test_sending_shows_how_far_it_is_and_can_be_stopped(entrance: OpenImport) -> None:
    page = entrance()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/import/upload/", hold)
    drop(page, "a.txt")
    look(page)
    expect(page.get_by_role("progressbar", name="Uploading")).to_be_visible()
    page.get_by_role("button", name="Cancel upload").click()
    expect(page.locator(".chosen-files")).to_have_text("Upload cancelled. Nothing was saved.")
    expect(page.get_by_role("button", name="Preview files")).to_be_visible()


@override_settings(IMPORT_MAX_SIZE=20)
def test_more_than_an_import_may_have_is_not_sent_at_all(entrance: OpenImport) -> None:
    page = entrance()
    drop(page, "a.txt", "b.txt")
    look(page)
    expect(page.locator(".field-error")).to_have_text(
        "These files are 36 bytes together. An import can have up to 20 bytes: split them up."
    )
    assert not Import.objects.exists()


def test_who_is_signed_out_meanwhile_is_told_so_and_keeps_what_was_chosen(entrance: OpenImport) -> None:
    page = entrance()
    drop(page, "a.txt")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    look(page)
    expect(page.locator(".field-error")).to_contain_text("You're signed out.")
    expect(page.locator(".chosen-files")).to_contain_text("a.txt")


def test_without_scripts_the_form_sends_what_its_field_holds(entrance: OpenImport, cast: Cast, corpus: Path) -> None:
    page = entrance(java_script_enabled=False)
    page.get_by_label("Choose files or an archive").set_input_files([corpus / "dam.txt", corpus / "dam.ann"])
    look(page)
    expect(page.locator("mark[data-label=claim]")).to_have_text("The dam broke")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="Import queued")).to_be_visible()
    page.get_by_role("link", name="Show progress").click()
    page.get_by_role("button", name="Cancel import").click()
    expect(page.get_by_role("heading", name="Import cancelled")).to_be_visible()

"""The server is killed while one works, and comes back: everything arrives, once and in its order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.whole_site import ALONE, ask, data_dir, port, serving

__all__ = ["data_dir", "port"]

MARKS = 12
MADE = "SELECT count(*), count(DISTINCT object_id) FROM annotations_event WHERE kind = 'span' AND what = 'created'"


@pytest.fixture
def page(browser: Browser, port: int) -> Iterator[Page]:  # the fixture of that name
    """A window on the server of this test."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{port}")
    window = context.new_page()
    window.set_default_timeout(20_000)
    yield window
    context.close()


def open_article(page: Page) -> None:
    """Signs in as the demo's annotator and opens the first article that waits."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill("annotator@example.org")
    page.get_by_label("Password").fill("factcheck")
    page.get_by_label("Password").press("Enter")
    page.locator(".pile a.work-title").first.click()
    page.wait_for_selector("html[data-ready]")


def mark_sentences(page: Page, count: int) -> None:
    """Marks one word after another as attributions, as fast as keys go."""
    page.locator("article-pane .text").first.focus()
    for _ in range(count):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("2")


def test_spans_made_while_the_server_is_killed_arrive_once(
    data_dir: Path,
    port: int,
    page: Page,
) -> None:
    with serving(data_dir, port, **ALONE) as process:
        open_article(page)
        [(before, _)] = ask(data_dir, MADE)
        expect(page.locator(".counts")).to_contain_text("spans")
        spans = int(str(page.locator(".counts").text_content()).split()[0])
        mark_sentences(page, MARKS // 2)
        process.kill()
    mark_sentences(page, MARKS // 2)
    expect(page.locator("save-state")).to_contain_text("unsent")
    shown = f"{spans + MARKS} spans"
    expect(page.locator(".counts")).to_contain_text(shown)
    with serving(data_dir, port, **ALONE):
        expect(page.locator("save-state")).to_have_text("Saved", timeout=30_000)
        expect(page.locator(".counts")).to_contain_text(shown)
        [(made, different)] = ask(data_dir, MADE)
    assert (made - before, different - before) == (MARKS, MARKS)

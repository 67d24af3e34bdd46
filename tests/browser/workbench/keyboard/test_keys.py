"""The keyboard is true: what the footer says works, and nothing fires while one types."""

from __future__ import annotations

from playwright.sync_api import expect

from annotations.models import Article, Span
from tests.browser.workbench.conftest import OpenDesk
from tests.cast import SAFE, Cast, make_span, make_supported


def test_the_footer_names_the_keys_of_the_moment(desk: OpenDesk, cast: Cast) -> None:
    make_span(cast.annotator, cast.article, SAFE)
    window = desk()
    keys = window.page.get_by_role("toolbar", name="Keyboard shortcuts")
    expect(keys).not_to_contain_text("Claim")
    window.press("j")
    expect(keys).to_contain_text("Claim")
    window.press("Escape", "n")
    expect(keys).to_contain_text("Corroborates")
    window.press("c")
    expect(keys).to_contain_text("Select")
    window.press("Escape", "v")
    expect(keys).to_contain_text("Rate")


def test_a_key_of_the_footer_can_be_clicked(desk: OpenDesk) -> None:
    window = desk()
    window.drag("the bridge is safe")
    window.page.locator("key-bar").get_by_role("button", name="claim").click()
    window.is_about("c1", "the bridge is safe")


def test_the_footer_counts(desk: OpenDesk, cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    window = desk()
    expect(window.page.locator("key-bar .counts")).to_have_text("2 spans · 1 link · 1 of 1 claim decided")


def test_the_sheet_of_keys_opens_and_closes(desk: OpenDesk) -> None:
    window = desk()
    window.press("?")
    sheet = window.page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_contain_text("Add text to the active span")
    window.press("1", "Escape")
    expect(sheet).to_be_hidden()


def test_no_key_fires_while_one_types(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    window = desk(query=f"?span={claim.pk}")
    window.page.get_by_label("Statement", exact=True).click()
    window.page.keyboard.type("j k n p 1 2 3 c x v ? /")
    window.press("Backspace", "Tab")
    window.is_saved()
    assert Span.objects.get().fields == {"statement": "j k n p 1 2 3 c x v ?"}


def test_keys_work_where_the_keyboard_is_set_to_another_script(desk: OpenDesk) -> None:
    window = desk()
    window.page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'о', code: 'KeyJ', bubbles: true }))"
    )
    assert window.selected() == "The mayor says the bridge is safe."


def test_f6_carries_the_focus_from_pane_to_pane(desk: OpenDesk, other: Article) -> None:
    window = desk()
    focus = "document.activeElement.closest('article-pane, evidence-pane, span-panel')?.localName"
    window.press("F6")
    assert window.page.evaluate(focus) == "article-pane"
    window.press("F6")
    assert window.page.evaluate(focus) == "evidence-pane"
    window.press("F6")
    assert window.page.evaluate(focus) == "span-panel"
    window.press("Shift+F6", "Shift+F6")
    assert window.page.evaluate(focus) == "article-pane"


def test_a_reload_comes_back_to_span_and_article_beside(desk: OpenDesk, cast: Cast, other: Article) -> None:
    make_span(cast.annotator, cast.article, SAFE)
    window = desk(query=f"?evidence={other.pk}")
    window.press("n")
    window.page.reload()
    window.is_about("c1", "the bridge is safe")
    expect(window.page.get_by_role("heading", name="Bridge closed")).to_be_visible()

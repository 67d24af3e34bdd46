"""Keys are each person's own: changed on one page, true on every screen."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from annotations.models import User
from tests.browser.conftest import Visit
from tests.browser.workbench.conftest import OpenDesk
from tests.cast import SAFE, Cast, make_span, make_supported


def keys_page(visit: Visit, user: User) -> Page:
    """The page on which one changes them."""
    page = visit(user)
    page.goto(reverse("keys"))
    return page


def row(page: Page, action: str) -> Locator:
    """What the page says of an action."""
    return page.locator(f"[data-action={action}]")


def change(page: Page, action: str, key: str) -> None:
    """Presses another key for an action."""
    row(page, action).get_by_role("button", name="Change").click()
    page.keyboard.press(key)


def set_keys(user: User, *, single: bool = True, **keys: str | None) -> None:
    """Gives somebody keys of their own."""
    user.keys, user.single_keys = keys, single
    user.save()


def test_a_key_is_changed_by_pressing_it_and_is_true_everywhere(desk: OpenDesk, visit: Visit, cast: Cast) -> None:
    page = keys_page(visit, cast.annotator)
    change(page, "markClaim", "q")
    expect(row(page, "markClaim").locator("kbd")).to_have_text("q")
    window = desk()
    window.drag("the bridge is safe")
    expect(window.page.locator("key-bar").get_by_role("button", name="Claim")).to_contain_text("q")
    expect(window.page.locator(".label-bar")).to_contain_text("Claimq")
    window.press("1", "q")
    window.is_about("c1", "the bridge is safe")
    window.press("?")
    expect(window.page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("qClaim")


def test_a_key_that_does_something_else_is_refused_with_what_it_does(visit: Visit, cast: Cast) -> None:
    page = keys_page(visit, cast.annotator)
    change(page, "markClaim", "j")
    expect(row(page, "markClaim").locator(".field-error")).to_have_text(
        "j is already used for “Next sentence” (Workbench, Navigation)."
    )
    expect(row(page, "markClaim").locator("kbd")).to_have_text("1")


def test_one_key_or_all_become_what_they_were(visit: Visit, cast: Cast) -> None:
    set_keys(cast.annotator, markClaim="q", undo=None, nextMark="m")
    page = keys_page(visit, cast.annotator)
    expect(row(page, "undo").locator(".key-caps kbd")).to_have_count(0)
    row(page, "undo").get_by_role("button", name="Reset", exact=True).click()
    expect(row(page, "undo").locator("kbd")).to_have_text("Ctrl z")
    page.get_by_role("button", name="Reset all").click()
    expect(row(page, "nextMark").locator("kbd")).to_have_text("n")
    cast.annotator.refresh_from_db()
    assert cast.annotator.keys == {}


def test_keys_are_changed_by_keyboard_alone(visit: Visit, cast: Cast) -> None:
    page = keys_page(visit, cast.annotator)
    row(page, "markClaim").get_by_role("button", name="Change").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("status").first).to_have_text("Nothing was changed.")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Shift+F2")
    expect(row(page, "markClaim").locator("kbd")).to_have_text("Ctrl Shift F2")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(row(page, "markClaim").locator(".key-caps")).to_have_text("None")


def test_keys_of_one_character_can_be_switched_off(desk: OpenDesk, visit: Visit, cast: Cast) -> None:
    page = keys_page(visit, cast.annotator)
    page.get_by_role("checkbox", name="Enable single-key shortcuts").click()
    expect(page.get_by_role("status").first).to_have_text("Single-key shortcuts are disabled.")
    set_keys(User.objects.get(pk=cast.annotator.pk), single=False, markClaim="Alt+c")
    window = desk()
    window.press("j")
    assert window.selected() == ""
    window.drag("the bridge is safe")
    window.press("1", "Alt+c")
    window.is_about("c1", "the bridge is safe")


def test_a_letter_never_fires_while_one_types_whatever_it_is_the_key_of(desk: OpenDesk, cast: Cast) -> None:
    set_keys(cast.annotator, nextPane="q", submitVerdict="Enter", confirmPick="Alt+Enter", letGo="z")
    claim = make_span(cast.annotator, cast.article, SAFE)
    window = desk(query=f"?span={claim.pk}")
    window.page.get_by_label("Statement", exact=True).click()
    window.page.keyboard.type("qzq")
    window.press("Enter")
    expect(window.page.get_by_label("Statement", exact=True)).to_have_value("qzq\n")
    expect(window.page.get_by_label("Statement", exact=True)).to_be_focused()


def test_what_an_input_method_puts_together_is_no_key(desk: OpenDesk) -> None:
    window = desk()
    fire = "(more) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, ...more }))"
    window.page.evaluate(fire, {"isComposing": True})
    window.page.evaluate(fire, {"keyCode": 229})
    assert window.selected() == ""


def test_altgr_makes_a_character_and_no_shortcut(desk: OpenDesk, cast: Cast) -> None:
    set_keys(cast.annotator, nextSentence="{")
    window = desk()
    held: dict[str, Any] = {"key": "{", "code": "Digit7", "ctrlKey": True, "altKey": True, "modifierAltGraph": True}
    window.page.evaluate(
        "(how) => document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...how }))", held
    )
    assert window.selected() == "The mayor says the bridge is safe."


def test_on_a_mac_cmd_is_ctrl_and_stands_so_on_the_keys(visit: Visit, cast: Cast) -> None:
    page = visit(cast.annotator)
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'platform', { get: () => 'MacIntel' })")
    page.goto(reverse("keys"))
    expect(row(page, "redo").locator("kbd").first).to_have_text("⌘ ⇧ z")
    change(page, "markClaim", "Meta+Shift+k")
    expect(row(page, "markClaim").locator("kbd")).to_have_text("⌘ ⇧ k")
    cast.annotator.refresh_from_db()
    assert cast.annotator.keys == {"markClaim": "Ctrl+Shift+k"}


def test_the_review_screen_has_ones_own_keys(visit: Visit, cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    set_keys(cast.reviewer, approve="Shift+y", giveReason="g")
    page = visit(cast.reviewer)
    page.goto(reverse("verdict", args=[verdict.pk]))
    expect(page.get_by_role("button", name="Approve")).to_have_text("Approve Shift y")
    page.keyboard.press("r")
    page.keyboard.press("g")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+y")
    page.wait_for_url("**/review/**")
    verdict.refresh_from_db()
    assert verdict.state == "approved"


def test_the_map_has_ones_own_keys(visit: Visit, cast: Cast) -> None:
    make_supported(cast)
    set_keys(cast.annotator, nextMark="m")
    page = visit(cast.annotator)
    page.goto(reverse("map", args=[cast.project.slug]))
    expect(page.locator(".map-keys")).to_contain_text("m p")
    page.keyboard.press("m")
    assert page.evaluate("document.activeElement.hasAttribute('data-span')")

"""Twice as large, by the browser's zoom or by the letters alone: nothing cut off, nothing out of reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.workbench.desk import Desk
from tests.cast import Cast, make_supported

LARGE = "document.addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%'; });"

OUT_OF_REACH = """() => {
    const controls = [...document.querySelectorAll("a, button, input, select, textarea, summary")];
    const elsewhere = ".key-row, dialog, .menu-sheet, .skip, .grip";
    const shown = controls.filter((one) =>
        one.checkVisibility({ visibilityProperty: true }) && !one.closest(elsewhere));
    // A radio button is its label to the eye and to the hand.
    return shown.map((one) => (one.type === "radio" ? one.closest("label") : one)).filter((one) => {
        one.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
        const { left, right, top, bottom, width } = one.getBoundingClientRect();
        if (!width || one.matches(".visually-hidden, .skip")) return false;
        const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        const covered = !hit || !(one.contains(hit) || hit.contains(one) || one.labels?.[0]?.contains(hit));
        return covered || left < -1 || right > innerWidth + 1;
    }).map((one) => one.outerHTML.slice(0, 120));
}"""
"""What one cannot see whole or hit, once it was scrolled to."""


@pytest.fixture(params=["zoom", "letters"])
def large(request: pytest.FixtureRequest, visit: Visit, cast: Cast) -> Page:
    """A window of 1280 by 800 with everything, or the letters, twice as large."""
    if request.param == "zoom":
        return visit(cast.annotator, 640, 400, device_scale_factor=2)
    page = visit(cast.annotator)
    page.add_init_script(LARGE)
    return page


def test_everything_on_the_workbench_can_be_reached_and_seen_whole(large: Page, cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    window = Desk(large, cast.article).open(f"?span={claim.pk}")
    expect(window.verdict).to_be_visible()
    assert large.evaluate(OUT_OF_REACH) == []
    assert large.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_work_can_be_done(large: Page, cast: Cast) -> None:
    window = Desk(large, cast.article).open()
    window.mark("Engineers found cracks", "3")
    window.is_about("f1", "Engineers found cracks")
    window.press("j", "j", "1")
    window.is_about("c1", "Repairs began on Monday, the contractor said.")
    window.press("x")
    window.page.keyboard.type("f1")
    window.press("Enter")
    expect(window.page.locator("evidence-list")).to_contain_text("Engineers found cracks")
    expect(window.page.locator("evidence-list .piece")).to_have_count(1)


def test_what_is_chosen_comes_into_sight(large: Page, cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    window = Desk(large, cast.article).open(f"?span={claim.pk}")
    window.press("v")
    window.press("Escape", "n")
    expect(large.locator("article-pane").first).to_be_in_viewport(ratio=0.8)

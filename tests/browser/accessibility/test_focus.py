"""By keyboard alone one comes everywhere, sees where one is, and comes out again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility.conftest import PageView
from tests.browser.accessibility.states.pages_table import ROUTES
from tests.browser.accessibility.text_style import set_text_style
from tests.machine import NARROW, WIDE

pytestmark = pytest.mark.django_db

LONGEST_WALK = 250

STOP = """async () => {
    // What scrolls into sight by itself has done so by the next frame.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const name = at.outerHTML.slice(0, 120);
    const seen = window.seenStops ??= new Set();
    const faults = [];
    // A field of a date has a stop for each of its parts.
    if (at === window.lastStop) return { again: false, name, faults };
    window.lastStop = at;
    if (seen.has(at)) return { again: true, name, faults };
    seen.add(at);
    // A ring round the element or what frames it, or the thick outline of a shape in a picture.
    const ring = (one) => {
        const style = getComputedStyle(one);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
            || style.boxShadow.includes("inset") || one.tagName === "iframe";
    };
    const shapes = [...at.querySelectorAll("circle, rect, path")];
    const thick = shapes.some((shape) => parseFloat(getComputedStyle(shape).strokeWidth) >= 4);
    const frames = [at, at.parentElement, at.closest(".pane")].filter(Boolean);
    if (!frames.some(ring) && !thick) faults.push(`no visible focus: ${name}`);
    // A link that wraps has a box a line, and the box around them has its middle elsewhere.
    const places = [...at.getClientRects()].flatMap((box) =>
        [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.2], [0.5, 0.8]].map(([across, down]) =>
            document.elementFromPoint(box.left + box.width * across, box.top + box.height * down)));
    const whole = [at, ...(at.labels ?? [])];
    if (!places.some((place) => whole.some((one) => one.contains(place)))) faults.push(`out of sight: ${name}`);
    return { again: false, name, faults };
}"""
"""What is wrong with where the focus is now; null once it has left the page."""

STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && !one.matches("[type=hidden], [type=radio]"))
    .filter((one) => one.checkVisibility({ visibilityProperty: true })).length"""
"""How many there should be at least."""


def walk(page: Page) -> tuple[list[str], int]:
    """Goes through the page with Tab: what is wrong, and at how many stops one was."""
    faults: list[str] = []
    for stops in range(LONGEST_WALK):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["again"]:
            return faults, stops
        faults += stop["faults"]
    return [*faults, "no end"], LONGEST_WALK


@pytest.mark.parametrize("font", [NARROW, WIDE])
@pytest.mark.parametrize("opened_page", ROUTES, ids=str, indirect=True)
def test_each_stop_of_a_page_shows_where_one_is(view: PageView, font: str) -> None:
    set_text_style(view.page, font)
    expected = view.page.evaluate(STOPS)
    faults, stops = walk(view.page)
    assert not faults, "\n".join(faults)
    assert stops >= expected

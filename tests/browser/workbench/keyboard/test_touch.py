"""On a tablet, with fingers alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from annotations.models import Span
from tests.browser.conftest import Visit
from tests.browser.workbench.desk import Desk
from tests.cast import SAFE, Cast, make_span

SELECT = """(words) => {
    const walker = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
        const at = node.data.indexOf(words);
        if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
    }
}"""
"""What the browser does with a long press and its own handles."""


@pytest.fixture(params=[(1024, 768), (768, 1024)], ids=["wide", "high"])
def tablet(request: pytest.FixtureRequest, visit: Visit, cast: Cast) -> Desk:
    """The cast's article on a tablet, held either way."""
    make_span(cast.annotator, cast.article, SAFE)
    width, height = request.param
    return Desk(visit(cast.annotator, width, height, has_touch=True, is_mobile=True), cast.article).open()


def tap(window: Desk, words: str) -> None:
    """Taps in the middle of words."""
    x1, y1, x2, y2 = window.place(words, 0)
    window.page.touchscreen.tap((x1 + x2) / 2, (y1 + y2) / 2)


def slide(window: Desk, start: tuple[float, float], to: tuple[float, float]) -> None:
    """Draws a finger over the screen."""
    session = window.page.context.new_cdp_session(window.page)
    steps = [(start[0] + (to[0] - start[0]) * n / 4, start[1] + (to[1] - start[1]) * n / 4) for n in range(5)]
    for number, (x, y) in enumerate(steps):
        kind = "touchMove" if number else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_tap_chooses_a_span_and_one_beside_it_lets_go(tablet: Desk) -> None:
    tap(tablet, "bridge is")
    tablet.is_about("c1", "the bridge is safe")
    tap(tablet, "Nobody was hurt")
    expect(tablet.page.locator("span-list")).to_be_visible()


def test_what_a_finger_selects_is_marked_from_the_bar_beside_it(tablet: Desk) -> None:
    tablet.page.evaluate(SELECT, "ngineers foun")
    tablet.page.get_by_role("toolbar", name="Label the selection").get_by_role("button", name="Fact").tap()
    tablet.is_about("f1", "Engineers found")
    tablet.is_saved()
    assert Span.objects.get(label="fact").quote == "Engineers found"


def test_what_a_finger_selects_is_joined_from_the_bar(tablet: Desk) -> None:
    tap(tablet, "bridge is")
    tablet.page.evaluate(SELECT, "Nobody was")
    tablet.button("Add to c1").tap()
    tablet.is_about("c1", "the bridge is safe … Nobody was")


def test_an_end_is_dragged_with_a_finger(tablet: Desk) -> None:
    tap(tablet, "bridge is")
    box: Any = tablet.page.locator(".grip.end:not([hidden]) .knob").bounding_box()
    assert min(box["width"], box["height"]) >= 24
    _, _, x, y = tablet.place("safe. Engineers", 0)
    slide(tablet, (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2), (x, y))
    tablet.is_about("c1", "the bridge is safe. Engineers")


def test_the_panel_moves_ends_by_characters(tablet: Desk) -> None:
    tap(tablet, "bridge is")
    tablet.button("Move the end left by a character").tap()
    tablet.is_about("c1", "the bridge is saf")


def test_a_link_is_made_with_fingers(tablet: Desk) -> None:
    tap(tablet, "bridge is")
    tablet.button("contradicts").first.tap()
    tablet.page.evaluate(SELECT, "Engineers found cracks")
    tablet.page.locator("pick-prompt").get_by_role("button", name="Select").tap()
    expect(tablet.page.locator("evidence-list")).to_contain_text("Engineers found cracks")


def test_nothing_sticks_out_of_the_screen(tablet: Desk) -> None:
    tap(tablet, "bridge is")
    width = tablet.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]

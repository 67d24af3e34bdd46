"""Small windows, large letters, wide spacing: nothing is cut off, and nobody scrolls sideways to read."""

from __future__ import annotations

import pytest
from django.test import override_settings

from tests.browser.accessibility.conftest import Sit
from tests.browser.accessibility.states.pages_table import ROUTES, Shown
from tests.browser.accessibility.states.world import World

pytestmark = pytest.mark.django_db

SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
"""WCAG 1.4.12."""

WIDER = """() => [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && one.checkVisibility())
    .filter((one) => !one.closest(".scrolls, .map-frame, .visually-hidden, .skip, [popover]"))
    .map((one) => one.outerHTML.slice(0, 90))"""

CUT = """() => [...document.querySelectorAll("body *")]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((one) => {
        const style = getComputedStyle(one);
        const cuts = style.overflowX !== "visible" && !["auto", "scroll"].includes(style.overflowX);
        return cuts && style.textOverflow !== "ellipsis" && style.webkitLineClamp === "none"
            && !one.closest(".visually-hidden, select, textarea, input")
            && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
    }).map((one) => one.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("shown", ROUTES, ids=str)
def test_a_page_fits_a_window_of_320_pixels(shown: Shown, world: World, sit: Sit) -> None:
    page = sit(shown.who)
    page.set_viewport_size({"width": 320, "height": 640})
    with override_settings(**shown.settings):
        shown.show(page, world)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, "\n".join([str(width), *page.evaluate(WIDER)[:12]])


@pytest.mark.parametrize("shown", ROUTES, ids=str)
def test_wide_spacing_of_letters_cuts_nothing_off(shown: Shown, world: World, sit: Sit) -> None:
    page = sit(shown.who)
    with override_settings(**shown.settings):
        shown.show(page, world)
        page.evaluate(SPACED)
        assert page.evaluate(CUT) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, page.evaluate(WIDER)[:12]

"""Small windows, large letters, wide spacing: nothing is cut off, and nobody scrolls sideways to read."""

from __future__ import annotations

import pytest

from tests.browser.accessibility.conftest import PageView
from tests.browser.accessibility.states.pages_table import ROUTES
from tests.browser.accessibility.text_style import LARGE, SPACED, set_text_style
from tests.browser.profiles import SIZE
from tests.machine import NARROW, WIDE

pytestmark = pytest.mark.django_db

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


FONTS = pytest.mark.parametrize("font", [NARROW, WIDE])


@FONTS
@pytest.mark.parametrize("opened_page", ROUTES, ids=str, indirect=True)
def test_a_page_fits_a_window_of_320_pixels(view: PageView, font: str) -> None:
    view.page.set_viewport_size({"width": 320, "height": 640})
    set_text_style(view.page, font)
    width = view.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320, "\n".join([str(width), *view.page.evaluate(WIDER)[:12]])


@FONTS
@pytest.mark.parametrize("style", [SPACED, LARGE], ids=["wide spacing", "twice as large"])
@pytest.mark.parametrize("opened_page", ROUTES, ids=str, indirect=True)
def test_letters_are_not_cut_off(view: PageView, font: str, style: str) -> None:
    set_text_style(view.page, font, style)
    assert view.page.evaluate(CUT) == []
    assert view.page.evaluate("document.documentElement.scrollWidth") <= SIZE["width"], view.page.evaluate(WIDER)[:12]

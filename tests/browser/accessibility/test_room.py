"""Small windows, large letters, wide spacing: nothing is cut off, and nobody scrolls sideways to read."""

from __future__ import annotations

import pytest

from tests.browser.accessibility.conftest import WIDTH, Look
from tests.browser.accessibility.dress import LARGE, SPACED, dress
from tests.browser.accessibility.states.pages_table import ROUTES
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


FACES = pytest.mark.parametrize("face", [NARROW, WIDE])


@FACES
@pytest.mark.parametrize("shown_page", ROUTES, ids=str, indirect=True)
def test_a_page_fits_a_window_of_320_pixels(look: Look, face: str) -> None:
    look.page.set_viewport_size({"width": 320, "height": 640})
    dress(look.page, face)
    width = look.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320, "\n".join([str(width), *look.page.evaluate(WIDER)[:12]])


@FACES
@pytest.mark.parametrize("style", [SPACED, LARGE], ids=["wide spacing", "twice as large"])
@pytest.mark.parametrize("shown_page", ROUTES, ids=str, indirect=True)
def test_letters_are_not_cut_off(look: Look, face: str, style: str) -> None:
    dress(look.page, face, style)
    assert look.page.evaluate(CUT) == []
    assert look.page.evaluate("document.documentElement.scrollWidth") <= WIDTH, look.page.evaluate(WIDER)[:12]

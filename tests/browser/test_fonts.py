"""The browser of the tests has the fonts that the tests bring, and no others."""

from __future__ import annotations

import sys

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.machine import NARROW, WIDE

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes its fonts from fontconfig"),
]

WIDTH = """(font) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `16px ${font}`;
    return pen.measureText("The mayor says the bridge is safe").width;
}"""


def width(page: Page, font: str) -> float:
    """The width in pixels of some words in a CSS font family."""
    found: float = page.evaluate(WIDTH, font)
    return found


@pytest.mark.parametrize("asked", ["system-ui", "sans-serif", "serif", "monospace", "'Liberation Sans'", "none"])
def test_whatever_a_page_asks_for_it_gets_the_narrow_font(visit: Visit, asked: str) -> None:
    page = visit()
    assert width(page, asked) == width(page, NARROW)


def test_the_wide_font_is_wider_by_a_tenth(visit: Visit) -> None:
    page = visit()
    assert width(page, WIDE) > 1.1 * width(page, NARROW)

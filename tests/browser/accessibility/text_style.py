"""The text of a page in another font, with wider spacing or larger."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.waiting import paint

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
"""WCAG 1.4.12."""

LARGE = ":root { font-size: 200% !important; }"
"""WCAG 1.4.4."""

SET_STYLE = """async (style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets = [sheet];
    await document.fonts.ready;
}"""


def set_text_style(page: Page, font: str, style: str = "") -> None:
    """Sets the font of all text and a style sheet, and waits until the page shows both."""
    page.evaluate(SET_STYLE, f':root {{ --sans: "{font}" !important; --serif: "{font}" !important; }} {style}')
    paint(page)

"""How somebody may have a page shown: in another face, with wider spacing, in larger letters."""

from __future__ import annotations

from playwright.sync_api import Page

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
"""WCAG 1.4.12."""

LARGE = ":root { font-size: 200% !important; }"
"""WCAG 1.4.4."""

PUT_ON = """async (style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets = [sheet];
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def dress(page: Page, face: str, style: str = "") -> None:
    """Shows the page like this from now on, and waits until it is."""
    page.evaluate(PUT_ON, f':root {{ --sans: "{face}" !important; --serif: "{face}" !important; }} {style}')

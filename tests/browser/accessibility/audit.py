"""axe-core on what a window shows, in both schemes."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {
    "light": {"type": "tag", "values": TAGS},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
"""The schemes differ in their colours alone, so that all that is not about colour is asked once."""

RUN = """async (rules) => {
    // Until the colours of the scheme are there.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const { violations } = await axe.run({ runOnly: rules, resultTypes: ["violations"], preload: false });
    return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${help}. ${failureSummary}`));
}"""


def complaints(page: Page) -> list[str]:
    """What axe-core has against the page as it stands, in the light scheme and in the dark one."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = []
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        said: Any = page.evaluate(RUN, rules)
        found += [f"{scheme}: {words}" for words in said]
    return found

"""The four figures of one size: opening, marking, scrolling, memory; ours and the page beside by turns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Final

from playwright.sync_api import Page

from bench.browser.project import Pair
from bench.browser.window import Windows

ROUNDS: Final = 7
SCROLLS: Final = 5
STEP: Final = 1000
"""Pixels a frame: more than a screen, so that every frame shows new lines."""

PLACES: Final = (0.02, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95)
"""Where in the text a passage is marked, as shares of its length; the first one is not counted."""

Figures = tuple[float, float]
"""Ours and the one beside it, in milliseconds."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians of the rounds, and bytes."""

    opening: Figures
    ready: float
    marking: Figures
    scrolling: Figures
    heap: int


def measure(windows: Windows, pair: Pair, say: Callable[[str], None]) -> Measured:
    """All four, one after the other."""
    say("  opening …")
    opening, ready = _opening(windows, pair)
    say("  marking …")
    marking = _marking(windows, pair)
    say("  scrolling …")
    scrolling, heap = _scrolling(windows, pair)
    return Measured(opening, ready, marking, scrolling, heap)


def _opening(windows: Windows, pair: Pair) -> tuple[Figures, float]:
    ours, bare, ready = [], [], []
    for _ in range(ROUNDS + 1):  # the first one fills the caches
        page = windows.open(f"/bare/{pair.marked.pk}/")
        bare.append(page.evaluate("opening"))
        page.close()
        page = windows.open(f"/articles/{pair.marked.pk}/")
        ours.append(page.evaluate("opening"))
        page.wait_for_selector("html[data-ready]", state="attached")
        ready.append(page.evaluate("readyAt"))
        page.close()
    return (median(ours[1:]), median(bare[1:])), median(ready[1:])


def _marking(windows: Windows, pair: Pair) -> Figures:
    pages = [windows.open(f"/articles/{article.pk}/") for article in (pair.marked, pair.unmarked)]
    for page in pages:
        page.wait_for_selector("html[data-ready]", state="attached")
        page.wait_for_timeout(1500)
    times: list[list[float]] = [[], []]
    for place in PLACES:
        for page, found in zip(pages, times, strict=True):
            page.bring_to_front()
            found.append(_mark_a_word(page, place))
    for page in pages:
        page.close()
    ours, beside = (median(found[1:]) for found in times)
    return ours, beside


def _mark_a_word(page: Page, place: float) -> float:
    """Double-clicks a word, presses 1, and takes it back afterwards."""
    x, y = page.evaluate(
        """async (place) => {
            const paragraphs = [...document.querySelectorAll(".text p")].filter((one) => one.textContent.length > 60);
            const paragraph = paragraphs[Math.floor(place * paragraphs.length)];
            for (let turn = 0; turn < 3; turn += 1) {
                paragraph.scrollIntoView({ block: "center", behavior: "instant" });
                await new Promise(requestAnimationFrame);
            }
            const node = paragraph.firstChild;
            const start = /\\p{L}{6,}/u.exec(node.data.slice(12)).index + 12;
            const range = document.createRange();
            range.setStart(node, start);
            range.setEnd(node, start + 5);
            const box = range.getClientRects()[0];
            return [box.left + box.width / 2, box.top + box.height / 2];
        }""",
        place,
    )
    page.wait_for_timeout(400)
    page.mouse.dblclick(x, y)
    page.evaluate("selected()")
    page.wait_for_timeout(200)
    page.evaluate("() => { window.outcome = marked(); }")
    page.keyboard.press("1")
    took = float(page.evaluate("() => window.outcome"))
    page.locator("save-state[data-state=saved]").wait_for()
    page.wait_for_timeout(200)
    page.keyboard.press("Control+z")
    page.wait_for_timeout(200)
    page.locator("save-state[data-state=saved]").wait_for()
    page.wait_for_timeout(800)
    page.keyboard.press("Escape")
    return took


def _scrolling(windows: Windows, pair: Pair) -> tuple[Figures, int]:
    bare, ours = windows.open(f"/bare/{pair.marked.pk}/"), windows.open(f"/articles/{pair.marked.pk}/")
    ours.wait_for_selector("html[data-ready]", state="attached")
    ours.wait_for_timeout(1500)
    longest: tuple[list[float], list[float]] = ([], [])
    for _ in range(SCROLLS + 1):
        for page, found in zip((ours, bare), longest, strict=True):
            page.bring_to_front()
            found.append(page.evaluate(f"scrolled({STEP})"))
    heap = windows.heap(ours)
    bare.close()
    ours.close()
    return (median(longest[0][1:]), median(longest[1][1:])), heap

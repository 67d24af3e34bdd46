"""The workbench as a hand and an eye meet it: drag over words, click words, press keys, read the panel."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from annotations.models import Article
from tests.browser.waiting import paint

PLACES = """([pane, words]) => {
    const text = document.querySelectorAll("article-pane .text")[pane];
    const start = text.textContent.indexOf(words);
    if (start < 0) throw new Error(`not in the text: ${words}`);
    const range = document.createRange();
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node, at = 0; (node = walker.nextNode()); at += node.length) {
        if (at <= start && start < at + node.length) range.setStart(node, start - at);
        const end = start + words.length;
        if (at < end && end <= at + node.length) range.setEnd(node, end - at);
    }
    range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
    // A paragraph may be higher than the window.
    const { top, bottom } = range.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight)
        text.closest("article-pane").scrollBy({ top: (top + bottom - innerHeight) / 2, behavior: "instant" });
    const lines = [...range.getClientRects()].filter((line) => line.width > 0);
    const [first, last] = [lines[0], lines.at(-1)];
    const rightToLeft = getComputedStyle(range.startContainer.parentElement).direction === "rtl";
    const from = rightToLeft ? first.right - 1 : first.left + 1;
    const to = rightToLeft ? last.left + 1 : last.right - 1;
    const ends = [from, first.top + first.height / 2, to, last.top + last.height / 2];
    // Between the ends of words that wrap there may be other words.
    return { ends, middle: [first.left + first.width / 2, first.top + first.height / 2] };
}"""
"""Where words begin and end on the screen, scrolled into view, and the middle of their first line."""


class Desk:
    """One window with an article open in it. Pane 0 is the article, pane 1 the one beside."""

    def __init__(self, page: Page, article: Article) -> None:
        self.page = page
        self.article = article

    def open(self, query: str = "") -> Desk:
        """Goes to the article and waits until it can be worked on."""
        self.page.goto(reverse("workbench", args=[self.article.pk]) + query)
        self.page.wait_for_selector("html[data-ready]")
        return self

    def place(self, words: str, pane: int) -> tuple[float, float, float, float]:
        """Where words begin and end on the screen."""
        x1, y1, x2, y2 = self._places(words, pane)["ends"]
        return x1, y1, x2, y2

    def _places(self, words: str, pane: int) -> dict[str, list[float]]:
        self.page.locator("article-pane .text").nth(pane).wait_for()
        places: dict[str, list[float]] = self.page.evaluate(PLACES, [pane, words])
        return places

    def drag(self, words: str, *held: str, pane: int = 0) -> None:
        """Drags from the first to the last letter of these words, with keys held down."""
        x1, y1, x2, y2 = self.place(words, pane)
        for key in held:
            self.page.keyboard.down(key)
        self.page.mouse.move(x1, y1)
        self.page.mouse.down()
        self.page.mouse.move((x1 + x2) / 2, (y1 + y2) / 2)
        self.page.mouse.move(x2, y2)
        self.page.mouse.up()
        for key in held:
            self.page.keyboard.up(key)
        # What a drag does, it does in the next task.
        self.page.evaluate("() => new Promise((done) => setTimeout(done))")

    def click(self, words: str, *, pane: int = 0, times: int = 1) -> None:
        """Clicks in the middle of these words."""
        x, y = self._places(words, pane)["middle"]
        self.page.mouse.click(x, y, click_count=times)
        self.page.evaluate("() => new Promise((done) => setTimeout(done))")

    def press(self, *keys: str) -> None:
        """Presses keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def mark(self, words: str, key: str, *, pane: int = 0) -> None:
        """Selects words with the mouse and labels them with a key."""
        self.drag(words, pane=pane)
        self.press(key)

    def selected(self) -> str:
        """The words that are selected."""
        return str(self.page.evaluate("getSelection().toString()"))

    def wait_for_selection(self) -> None:
        """Waits until text is selected."""
        self.page.evaluate("""() => new Promise((done) => {
            const look = () => (CSS.highlights.get("fc-selection")?.size ? done() : requestAnimationFrame(look));
            look();
        })""")

    def painted(self, name: str) -> list[str]:
        """The words under one of the page's highlights, in reading order."""
        words: list[str] = self.page.evaluate(
            """(name) => [...(CSS.highlights.get("fc-" + name) ?? [])].map((still) => {
                const range = document.createRange();
                range.setStart(still.startContainer, still.startOffset);
                range.setEnd(still.endContainer, still.endOffset);
                return range;
            }).sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b)).map(String)""",
            name,
        )
        return words

    @property
    def panel(self) -> Locator:
        """The pane on the right."""
        return self.page.locator("span-panel")

    @property
    def verdict(self) -> Locator:
        """The verdict's part of the panel."""
        return self.page.locator("verdict-form")

    def button(self, name: str, **options: Any) -> Locator:
        """A button of the page by its name."""
        return self.page.get_by_role("button", name=name, **options)

    def is_about(self, name: str, quote: str) -> None:
        """Waits until the panel shows this span."""
        expect(self.page.locator("span-head .span-name")).to_have_text(name)
        expect(self.page.locator("span-head .quote")).to_have_text(quote)

    def is_saved(self) -> None:
        """Waits until the server has everything, also what was done just now and does not show yet."""
        paint(self.page)
        expect(self.page.locator("save-state")).to_have_text("Saved")

    def says(self, words: str) -> None:
        """Waits for a message."""
        expect(self.page.locator(".toast", has_text=words).last).to_be_visible()

"""Waiting for what a page does next, never for a length of time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Page

from tests.browser.conftest import PATIENCE

Found = TypeVar("Found")

FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


def until(page: Page, condition: Callable[[], Found]) -> Found:
    """Asks the condition again and again until its value is true, and returns that value.

    The browser's messages are handled between two askings.
    """
    deadline = time.monotonic() + PATIENCE / 1000
    while not (found := condition()):
        assert time.monotonic() < deadline, "It did not come to that in time."
        page.wait_for_timeout(20)
    return found


def paint(page: Page) -> None:
    """Waits until the page has laid out and painted what it knows."""
    page.evaluate(FRAMES)

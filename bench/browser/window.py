"""Windows of one Chromium, and the probes that measure in them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PROBES: Final = Path(__file__).with_name("probes.js").read_text()


@dataclass(frozen=True, slots=True)
class Windows:
    """Where windows are opened, all with the same session."""

    context: BrowserContext
    address: str

    def open(self, path: str) -> Page:
        """A new window at that path; it has the probes, and has not waited for anything."""
        page = self.context.new_page()
        page.goto(f"{self.address}{path}", wait_until="commit")
        return page

    def heap(self, page: Page) -> int:
        """Bytes of the JavaScript heap in use after a collection."""
        session = self.context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        return int(session.send("Runtime.getHeapUsage")["usedSize"])


@contextmanager
def windows(address: str, cookie: tuple[str, str], on_top: Mapping[str, list[tuple[int, int]]]) -> Iterator[Windows]:
    """Have one Chromium with one session for the length of the block. `on_top` is for the probe of opening."""
    from tests import chromium

    arguments = ["--enable-precise-memory-info", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path=chromium.find(), args=arguments)
        context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": address}])
        context.add_init_script(f"const ON_TOP = {json.dumps(on_top)};\n{PROBES}")
        context.set_default_timeout(120_000)
        yield Windows(context, address)
        browser.close()

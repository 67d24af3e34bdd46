"""Browser profiles that one test takes after another: what they have cached stays, everything else is cleared."""

from __future__ import annotations

from django.templatetags.static import static
from playwright.sync_api import Browser, BrowserContext, CDPSession, ViewportSize

SIZE: ViewportSize = {"width": 1280, "height": 800}
"""Of a window, where a test asks for no other."""

STORED = "local_storage,indexeddb,cache_storage,service_workers,file_systems"
"""What sites keep in a profile, besides its cookies and its cache."""

KEPT_OPEN = "annotations/js/uuid.js"
"""A small file of the site, shown as text: it runs nothing and stores nothing."""


class Profiles:
    """The profiles for the site at one address."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self._free: list[BrowserContext] = []
        self._sessions: dict[BrowserContext, CDPSession] = {}

    def take(self) -> BrowserContext:
        """A profile in which nobody is signed in and nothing is stored."""
        if self._free:
            return self._free.pop()
        context = self.browser.new_context(base_url=self.url, viewport=SIZE)
        # A page of the site that stays open: through it the profile is cleared, and the process that shows the site
        # stays, so that later windows neither start one nor compile the same scripts anew.
        page = context.new_page()
        page.goto(static(KEPT_OPEN))
        self._sessions[context] = context.new_cdp_session(page)
        return context

    def give_back(self, context: BrowserContext) -> None:
        """Closes its windows and clears it. What a closing page still sends comes from nobody and is refused."""
        context.clear_cookies()
        context.set_offline(True)
        for page in context.pages[1:]:
            page.close()
        context.unroute_all(behavior="ignoreErrors")
        self._sessions[context].send("Storage.clearDataForOrigin", {"origin": self.url, "storageTypes": STORED})
        context.set_offline(False)
        self._free.append(context)

    def close(self) -> None:
        """Closes all of them."""
        for context in self._sessions:
            context.close()

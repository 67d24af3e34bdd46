"""One world, one window for each person in it, for all tests of this folder that change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from unittest import mock

import pytest
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, Response, ViewportSize
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.browser.accessibility.states import sending
from tests.browser.accessibility.states.pages_table import Shown
from tests.browser.accessibility.states.world import World, make_world
from tests.browser.conftest import PATIENCE
from tests.databases import empty_tables

Sit = Callable[..., Page]

WIDTH, HEIGHT = 1280, 800

UNDRESSED = """() => {
    document.adoptedStyleSheets = [];
    delete window.seenStops;
    delete window.lastStop;
    // Where the next Tab goes on from.
    document.activeElement?.blur();
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
}"""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts these tests last, with the others that keep a browser's loop running in this thread."""
    items.sort(key=lambda item: "world" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """What there is to see. It stays from test to test, so tests only look."""
    with django_db_blocker.unblock():
        yield make_world()
        empty_tables()
        # The browser's loop has a connection of its own, which nobody else closes.
        connections.close_all()


@pytest.fixture(scope="package")
def site(world: World) -> Iterator[str]:
    """The address of a server that shows it."""
    server = LiveServer("localhost")
    # However long the tests take, nobody is asked for their password again in the midst of them.
    with override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=86_400):
        yield server.url
    server.stop()


@dataclass
class Windows:
    """A browser profile for each person, filled as they come; nothing in it moves."""

    browser: Browser
    site: str
    world: World
    profiles: dict[str | None, BrowserContext] = field(default_factory=dict)

    def profile(self, role: str | None) -> BrowserContext:
        """A new one, in which the person with this role, or nobody, is signed in."""
        size: ViewportSize = {"width": WIDTH, "height": HEIGHT}
        context = self.browser.new_context(base_url=self.site, viewport=size, reduced_motion="reduce")
        if role:
            context.add_cookies([{**self.world.sessions[role], "url": self.site}])  # type: ignore[typeddict-item]
        return context

    @contextmanager
    def open(self, role: str | None, *, alone: bool = False) -> Iterator[Page]:
        """A window in the person's profile; alone: in one of its own.

        Nobody has one of their own, for somebody may have begun to sign in there.
        """
        alone = alone or role is None
        if not alone and role not in self.profiles:
            self.profiles[role] = self.profile(role)
        context = self.profile(role) if alone else self.profiles[role]
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        yield page
        if alone:
            # What a closing page still sends comes from nobody, and is refused.
            context.clear_cookies()
            context.set_offline(True)
        sending.let_go()
        page.close()
        if alone:
            context.close()


@pytest.fixture(scope="package")
def windows(browser: Browser, site: str, world: World) -> Iterator[Windows]:
    """The profiles of everybody."""
    windows = Windows(browser, site, world)
    yield windows
    for context in windows.profiles.values():
        context.close()


@pytest.fixture
def sit(windows: Windows) -> Iterator[Sit]:
    """Opens a window in which the person with this role, or nobody, is signed in; alone: in a profile of its own."""
    with ExitStack() as opened:
        yield lambda role, *, alone=False: opened.enter_context(windows.open(role, alone=alone))


@dataclass
class Look:
    """A page of the table as it is shown, and the answer that brought it."""

    shown: Shown
    page: Page
    answer: Response | None


@pytest.fixture(scope="package")
def shown_page(request: pytest.FixtureRequest, windows: Windows) -> Iterator[Look]:
    """A page of the table, shown once for all tests that look at it."""
    shown: Shown = request.param
    with ExitStack() as stack:
        page = stack.enter_context(windows.open(shown.who))
        stack.enter_context(override_settings(**shown.settings))
        if shown.fails:
            stack.enter_context(mock.patch("annotations.web.dashboard.show", side_effect=shown.fails))
        yield Look(shown, page, shown.show(page, windows.world))


@pytest.fixture
def look(shown_page: Look) -> Look:
    """The same as no test has looked at it yet: in its first size and dress, with the focus nowhere."""
    shown_page.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    shown_page.page.emulate_media(color_scheme="light")
    shown_page.page.evaluate(UNDRESSED)
    return shown_page

"""One world, one window for each person in it, for all tests of this folder that change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from unittest import mock

import pytest
from django.db import connections
from django.test import override_settings
from playwright.sync_api import BrowserContext, Page, Response
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.browser.accessibility.states import sending
from tests.browser.accessibility.states.pages_table import Shown
from tests.browser.accessibility.states.world import World, make_world
from tests.browser.conftest import PATIENCE
from tests.browser.profiles import SIZE, Profiles
from tests.databases import empty_tables

Sit = Callable[..., Page]

RESET = """() => {
    document.adoptedStyleSheets = [];
    delete window.seenStops;
    delete window.lastStop;
    // The next Tab starts from here.
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
    """Opens windows: those of a person share a browser profile, in which nothing is animated."""

    free: Profiles
    world: World
    profiles: dict[str, BrowserContext] = field(default_factory=dict)

    def profile(self, role: str | None) -> BrowserContext:
        """An empty profile, in which the person with this role is signed in, or nobody."""
        context = self.free.take()
        if role:
            context.add_cookies([{**self.world.sessions[role], "url": self.free.url}])  # type: ignore[typeddict-item]
        return context

    @contextmanager
    def open(self, role: str | None, *, alone: bool = False) -> Iterator[Page]:
        """A window in the person's profile, or alone in one of its own.

        A window in which nobody is signed in is always alone, because a test may begin to sign in there.
        """
        own = self.profile(role) if alone or role is None else None
        if own is None and role not in self.profiles:
            self.profiles[str(role)] = self.profile(role)
        page = (own or self.profiles[str(role)]).new_page()
        page.emulate_media(reduced_motion="reduce")
        page.set_default_timeout(PATIENCE)
        try:
            yield page
        finally:
            if own:
                # A request that is still open would go on to the server when its window closes.
                own.clear_cookies()
            sending.let_go()
            page.close()
            if own:
                self.free.give_back(own)


@pytest.fixture(scope="package")
def windows(profiles: Callable[[str], Profiles], site: str, world: World) -> Iterator[Windows]:
    """The windows of everybody."""
    windows = Windows(profiles(site), world)
    yield windows
    for context in windows.profiles.values():
        windows.free.give_back(context)


@pytest.fixture
def sit(windows: Windows) -> Iterator[Sit]:
    """Opens a window in which the person with this role, or nobody, is signed in; alone: in a profile of its own."""
    with ExitStack() as opened:
        yield lambda role, *, alone=False: opened.enter_context(windows.open(role, alone=alone))


@dataclass
class PageView:
    """A page of the table that is open in a window, and the response that it came with."""

    shown: Shown
    page: Page
    response: Response | None
    tested: bool = False


@pytest.fixture(scope="package")
def opened_page(request: pytest.FixtureRequest, windows: Windows) -> Iterator[PageView]:
    """A page of the table, opened once for all tests of it."""
    shown: Shown = request.param
    with ExitStack() as stack:
        page = stack.enter_context(windows.open(shown.who))
        stack.enter_context(override_settings(**shown.settings))
        if shown.fails:
            stack.enter_context(mock.patch("annotations.web.dashboard.views.show", side_effect=shown.fails))
        yield PageView(shown, page, shown.show(page, windows.world))


@pytest.fixture
def view(opened_page: PageView) -> PageView:
    """The page as it was opened. After another test its size, style, colours and focus are set back.

    The first test gets it untouched: taking the focus away would end states such as waiting for a key.
    """
    if opened_page.tested:
        opened_page.page.set_viewport_size(SIZE)
        opened_page.page.emulate_media(color_scheme="light")
        opened_page.page.evaluate(RESET)
    opened_page.tested = True
    return opened_page

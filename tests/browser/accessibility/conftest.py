"""One world, one window for each person in it, for all tests of this folder that change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.browser.accessibility.states import sending
from tests.browser.accessibility.states.world import World, make_world
from tests.browser.conftest import PATIENCE

Sit = Callable[..., Page]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts these tests last, with the others that keep a browser's loop running in this thread."""
    items.sort(key=lambda item: "world" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """What there is to see. It stays from test to test, so tests only look."""
    with django_db_blocker.unblock():
        yield make_world()
        call_command("flush", verbosity=0, interactive=False)
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


@pytest.fixture(scope="package")
def windows(browser: Browser, site: str) -> Iterator[dict[str | None, BrowserContext]]:
    """A browser profile for each person, filled as they come; nothing in it moves."""
    opened: dict[str | None, BrowserContext] = {}
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture
def sit(browser: Browser, site: str, world: World, windows: dict[str | None, BrowserContext]) -> Iterator[Sit]:
    """Opens a window in which the person with this role, or nobody, is signed in; alone: in a profile of its own.

    Nobody has one of their own, for somebody may have begun to sign in there.
    """
    pages: list[Page] = []
    contexts: list[BrowserContext] = []

    def profile(role: str | None) -> BrowserContext:
        context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        if role:
            context.add_cookies([{**world.sessions[role], "url": site}])  # type: ignore[typeddict-item]
        return context

    def open_window(role: str | None, *, alone: bool = False) -> Page:
        alone = alone or role is None
        if alone:
            contexts.append(profile(role))
        elif role not in windows:
            windows[role] = profile(role)
        page = (contexts[-1] if alone else windows[role]).new_page()
        page.set_default_timeout(PATIENCE)
        pages.append(page)
        return page

    yield open_window
    for context in contexts:
        context.set_offline(True)
    sending.let_go()
    for opened in [*pages, *contexts]:
        opened.close()

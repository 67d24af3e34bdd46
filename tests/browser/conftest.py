"""A real browser on a real server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.staticfiles import handlers
from django.core.servers.basehttp import WSGIRequestHandler
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from annotations.models import User
from tests import chromium
from tests.browser.profiles import Profiles
from tests.browser.shelf import Shelf

Visit = Callable[..., Page]

PATIENCE = 60_000
"""Milliseconds that a page may take: what is waited for comes, but other work on the machine may hold it up."""

SWITCHES = ["--process-per-site", "--disable-gpu"]
"""The windows of a profile share one process, which stays from test to test; nothing tries to draw with a GPU."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests. Root may not sandbox it."""
    path = chromium.find()
    if path is None:
        pytest.fail("The browser tests need a Chromium: `python -m tests.chromium` installs one.")
    # Playwright's loop runs in this thread, which Django would otherwise take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE / 2)
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        started = playwright.chromium.launch(executable_path=path, args=[*SWITCHES, *sandbox])
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session", autouse=True)
def files_at_hand() -> Iterator[None]:
    """The tests' own server answers static files from memory, and sends every answer at once."""
    with (
        mock.patch.object(handlers, "StaticFilesHandler", Shelf),
        # Headers and body are two packets, and without this the second waits 40 ms for the first to be confirmed.
        mock.patch.object(WSGIRequestHandler, "disable_nagle_algorithm", new=True),
    ):
        yield


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Iterator[Callable[[str], Profiles]]:
    """The profiles for the site at an address."""
    by_url: dict[str, Profiles] = {}

    def at(url: str) -> Profiles:
        return by_url.setdefault(url, Profiles(browser, url))

    yield at
    for opened in by_url.values():
        opened.close()


@pytest.fixture
def visit(browser: Browser, profiles: Callable[[str], Profiles], live_server: LiveServer) -> Iterator[Visit]:
    """Opens windows in which somebody, or nobody, is signed in. What a page's own code complains of fails the test.

    Options for the browser's profile, even none of any effect, give the window a profile that no other test had.
    """
    shared, own = list[BrowserContext](), list[BrowserContext]()
    complaints: list[str] = []

    def open_window(user: User | None = None, width: int = 1280, height: int = 800, **options: Any) -> Page:
        size: ViewportSize = {"width": width, "height": height}
        if options:
            context = browser.new_context(base_url=live_server.url, viewport=size, **options)
            own.append(context)
        else:
            context = profiles(live_server.url).take()
            shared.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        page.set_viewport_size(size)
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                complaints.append(f"{page.url}: {message.text}")
                if message.type == "error" and "Failed to load resource" not in message.text
                else None
            ),
        )
        return page

    yield open_window
    found = list(complaints)  # before the pages notice that they are closed
    for context in own:
        context.clear_cookies()  # What a closing page still sends comes from nobody and is refused.
        context.close()
    for context in shared:
        profiles(live_server.url).give_back(context)
    assert found == []

"""Ways to take the network from a workbench, and a second tab of the same browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from annotations.models import Article
from tests.browser.conftest import PATIENCE
from tests.browser.waiting import until
from tests.browser.workbench.desk import Desk

WRITING = "**/api/v1/*s/*-*-*-*-*/**"
"""The addresses of spans, links, verdicts and what is done with them, but not of an article's annotations."""

Tab = Callable[..., Desk]


@pytest.fixture
def tab() -> Tab:
    """Opens another tab of the browser that a window is in."""

    def open_tab(window: Desk, article: Article | None = None, query: str = "") -> Desk:
        page = window.page.context.new_page()
        page.set_default_timeout(PATIENCE)
        return Desk(page, article or window.article).open(query)

    return open_tab


def refuse_writing(window: Desk) -> None:
    """Cuts off everything that would be stored, in every tab of the browser. Reading still works."""

    def cut(route: Route) -> None:
        if route.request.method == "GET":
            route.fallback()
        else:
            route.abort("connectionfailed")

    window.page.context.route(WRITING, cut)


def allow_writing(window: Desk) -> None:
    """Ends it."""
    window.page.context.unroute(WRITING)


def lose_answers(window: Desk, times: int = 1) -> list[str]:
    """Lets the next requests that store something arrive, and cuts off their first answers. Tells which they were."""
    lost: list[str] = []
    seen: set[tuple[str, str]] = set()

    def cut(route: Route) -> None:
        request = (route.request.method, route.request.url)
        if request[0] == "GET" or request in seen or len(lost) >= times:
            route.fallback()
            return
        seen.add(request)
        lost.append(f"{route.request.method} {route.fetch().status}")
        route.abort("connectionreset")

    window.page.context.route(WRITING, cut)
    return lost


def go_on(window: Desk) -> None:
    """The browser notices that the network is back."""
    window.page.evaluate("dispatchEvent(new Event('online'))")


def is_held(page: Page) -> bool:
    """Whether the page asks before it is closed."""
    asks = """() => {
        const unload = new Event("beforeunload", { cancelable: true });
        dispatchEvent(unload);
        return unload.defaultPrevented;
    }"""
    return bool(page.evaluate(asks))


def reload(window: Desk) -> None:
    """Loads the page anew once it no longer asks before that. A person would answer that they stay."""
    until(window.page, lambda: not is_held(window.page))
    window.page.reload()

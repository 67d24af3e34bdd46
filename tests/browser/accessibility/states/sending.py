"""What becomes of a change on its way to a server that is only played: nothing here reaches the world."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from playwright.sync_api import Route

from tests.browser.workbench.desk import Desk

CHANGES = re.compile(r"/api/v1/(spans|links|verdicts)/")
WORDS = "The US said"


def meeting(answer: Callable[[Route], None]) -> Callable[[Desk], None]:
    """Marks something, and has its way to the server end like this."""

    def act(desk: Desk) -> None:
        _intercept(desk, answer)
        desk.drag(WORDS)
        desk.wait_for_selection()
        desk.press("3")

    return act


def _intercept(desk: Desk, answer: Callable[[Route], None]) -> None:
    # On the whole profile: what a page sends to outlive it is not the page's own traffic any more.
    desk.page.context.route(
        CHANGES, lambda route: answer(route) if route.request.method != "GET" else route.continue_()
    )


def _problem(status: int, title: str, detail: str) -> Callable[[Route], None]:
    body = {"type": "/problems/played", "title": title, "status": status, "detail": detail}
    return lambda route: route.fulfill(status=status, body=json.dumps(body), content_type="application/problem+json")


held: list[Route] = []
"""What no answer has come to yet."""

hold = meeting(held.append)
"""No answer comes."""

cut = meeting(lambda route: route.abort())
"""There is no network."""

sign_out = meeting(_problem(401, "Sign in first", "The session has ended."))
"""The session has ended."""

refuse = meeting(_problem(409, "Not like this", "The article is archived."))
"""The server refuses for good."""


def let_go() -> None:
    """Cuts off what is held, for a request that is still open would go on to the server when its window closes."""
    while held:
        held.pop().abort()


def delete(desk: Desk) -> None:
    """Deletes the active span."""
    _intercept(desk, lambda route: route.fulfill(status=204))
    desk.page.locator("span-foot").get_by_role("button", name="Delete").click()


def conflict(desk: Desk) -> None:
    """Changes a rating that somebody else has changed."""

    def answer(route: Route) -> None:
        fetched = desk.page.evaluate(
            """async (article) => (await (await fetch(`/api/v1/articles/${article}/annotations/`)).json()).verdicts""",
            str(desk.article.pk),
        )
        path = route.request.url.rstrip("/").rsplit("/", 1)[-1]
        [current] = [verdict for verdict in fetched if verdict["id"] == path]
        theirs = {**current, "version": current["version"] + 1, "rating": "refuted", "rationale": "No drone was seen."}
        body = {"type": "/problems/stale", "title": "Stale", "status": 412, "detail": "Stale", "current": theirs}
        route.fulfill(status=412, body=json.dumps(body), content_type="application/problem+json")

    _intercept(desk, answer)
    desk.press("v", "1")

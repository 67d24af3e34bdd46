"""The real server, which can stream, and desks at it for two. It tells only what the database notifies it of."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import override_settings

from tests.browser.workbench.conftest import cast, desk, other
from tests.browser.workbench.desk import Desk
from tests.serving import serving

__all__ = ["cast", "desk", "other"]


@pytest.fixture(scope="session")
def streaming(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """The server's port."""
    with django_db_blocker.unblock(), serving("tests.api.live.notified:application") as port:
        yield port


@pytest.fixture
def live_server(streaming: int) -> Any:
    """In the place of the tests' own server, which only answers whole."""
    return SimpleNamespace(url=f"http://localhost:{streaming}", _live_server_modified_settings=override_settings())


def cut(window: Desk) -> None:
    """Takes the network from a window. Chromium leaves it an open stream, so the page has to connect anew, in vain."""
    window.page.context.set_offline(True)
    window.page.evaluate("dispatchEvent(new Event('online'))")


def restore(window: Desk) -> None:
    """Gives it back."""
    window.page.context.set_offline(False)

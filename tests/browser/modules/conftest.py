"""The site's own JavaScript modules, imported and called in the browser they run in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.templatetags.static import static

from tests.browser.conftest import Visit

Run = Callable[..., Any]


@pytest.fixture
def run(visit: Visit, transactional_db: None) -> Run:
    """Answers what a body of JavaScript returns, with a module as `m`, its address as `address` and values as `v`."""
    page = visit()
    page.goto("/accounts/login/")

    def run_in_browser(module: str, body: str, *values: Any) -> Any:
        address = static(f"annotations/js/{module}")
        script = f"async ([address, v]) => {{ const m = await import(address); {body} }}"
        return page.evaluate(script, [address, list(values)])

    return run_in_browser

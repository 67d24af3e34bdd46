"""axe-core finds nothing on any page, in either scheme."""

from __future__ import annotations

from contextlib import ExitStack
from unittest import mock

import pytest
from django.test import override_settings

from tests.api.access.routes import routes
from tests.browser.accessibility.audit import complaints
from tests.browser.accessibility.conftest import Sit
from tests.browser.accessibility.states.pages_table import NO_PAGES, PAGES, Shown
from tests.browser.accessibility.states.world import World

pytestmark = pytest.mark.django_db


def test_every_route_is_looked_at_or_said_to_show_no_page() -> None:
    ours = {name for name in routes() if not name.startswith(("admin", "api:"))} | {"api:docs", "api:schema"}

    assert ours == {shown.route for shown in PAGES} | set(NO_PAGES)


@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_a_page_is_without_a_fault(shown: Shown, world: World, sit: Sit) -> None:
    page = sit(shown.who)
    with ExitStack() as stack:
        stack.enter_context(override_settings(**shown.settings))
        if shown.fails:
            stack.enter_context(mock.patch("annotations.web.dashboard.show", side_effect=shown.fails))
        answer = shown.show(page, world)
        if not shown.do:
            assert answer is not None
            assert answer.status == shown.status
            assert answer.request.redirected_from is None or shown.status != 200
        found = complaints(page)
        assert not found, "\n".join(found)

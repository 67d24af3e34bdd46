"""axe-core finds nothing on any page, in either scheme, and every page says where one is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.api.access.routes import routes
from tests.browser.accessibility.audit import complaints
from tests.browser.accessibility.conftest import PageView
from tests.browser.accessibility.states.pages_table import NO_PAGES, PAGES, ROUTES, SHOWN

pytestmark = pytest.mark.django_db

SIGNED_IN = [shown for shown in ROUTES if shown.who and not shown.route.startswith("mfa_reauth")]


def test_every_route_is_looked_at_or_said_to_show_no_page() -> None:
    ours = {name for name in routes() if not name.startswith(("admin", "api:"))} | {"api:docs", "api:schema"}

    assert ours == {shown.route for shown in PAGES} | set(NO_PAGES)


@pytest.mark.parametrize("opened_page", SHOWN, ids=str, indirect=True)
def test_a_page_is_without_a_fault(view: PageView) -> None:
    if not view.shown.do:
        assert view.response is not None
        assert view.response.status == view.shown.status
        assert view.response.request.redirected_from is None or view.shown.status != 200
    found = complaints(view.page)
    assert not found, "\n".join(found)
    if view.shown.shows:
        expect(view.page.locator(view.shown.shows).first).to_be_attached()


@pytest.mark.parametrize("opened_page", SIGNED_IN, ids=str, indirect=True)
def test_a_page_says_where_one_is(view: PageView) -> None:
    expect(view.page).to_have_title(re.compile(r"\S+ · "))
    expect(view.page.get_by_role("heading", level=1)).to_have_count(1)
    expect(view.page.get_by_role("main")).to_have_count(1)
    view.page.keyboard.press("Tab")
    expect(view.page.get_by_role("link", name="Skip to main content")).to_be_focused()
    view.page.keyboard.press("Enter")
    assert view.page.evaluate("document.activeElement.id") == "main"

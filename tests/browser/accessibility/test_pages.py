"""axe-core finds nothing on any page, in either scheme, and every page says where one is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.api.access.routes import routes
from tests.browser.accessibility.audit import complaints
from tests.browser.accessibility.conftest import Look
from tests.browser.accessibility.states.pages_table import NO_PAGES, PAGES, ROUTES, SHOWN

pytestmark = pytest.mark.django_db

SIGNED_IN = [shown for shown in ROUTES if shown.who and not shown.route.startswith("mfa_reauth")]


def test_every_route_is_looked_at_or_said_to_show_no_page() -> None:
    ours = {name for name in routes() if not name.startswith(("admin", "api:"))} | {"api:docs", "api:schema"}

    assert ours == {shown.route for shown in PAGES} | set(NO_PAGES)


@pytest.mark.parametrize("shown_page", SHOWN, ids=str, indirect=True)
def test_a_page_is_without_a_fault(look: Look) -> None:
    if not look.shown.do:
        assert look.answer is not None
        assert look.answer.status == look.shown.status
        assert look.answer.request.redirected_from is None or look.shown.status != 200
    found = complaints(look.page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("shown_page", SIGNED_IN, ids=str, indirect=True)
def test_a_page_says_where_one_is(look: Look) -> None:
    expect(look.page).to_have_title(re.compile(r"\S+ · "))
    expect(look.page.get_by_role("heading", level=1)).to_have_count(1)
    expect(look.page.get_by_role("main")).to_have_count(1)
    look.page.keyboard.press("Tab")
    expect(look.page.get_by_role("link", name="Skip to the page")).to_be_focused()
    look.page.keyboard.press("Enter")
    assert look.page.evaluate("document.activeElement.id") == "main"

"""What waits in the browser is sent from any page of the site, and my work says what waits."""

from __future__ import annotations

from playwright.sync_api import expect

from annotations.models import Span
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.faults.conftest import allow_writing, go_on, refuse_writing
from tests.cast import SAFE, Cast, make_span


def test_my_work_says_what_waits_and_sends_it(desk: OpenDesk, cast: Cast) -> None:
    window = desk()
    refuse_writing(window)
    window.mark("the bridge is safe", "1")
    window.mark("Engineers found cracks", "3")
    expect(window.page.locator("save-state")).to_contain_text("2 unsent changes")
    window.page.goto("/")
    notice = window.page.locator("waiting-changes")
    expect(notice).to_have_text("2 changes are saved in this browser and not sent yet. The server can't be reached.")
    allow_writing(window)
    go_on(window)
    expect(notice).to_be_hidden()
    assert Span.objects.count() == 2


def test_any_other_page_sends_it_too(desk: OpenDesk, cast: Cast) -> None:
    window = desk()
    window.page.context.set_offline(True)
    window.mark("the bridge is safe", "1")
    expect(window.page.locator("save-state")).to_contain_text("1 unsent change")
    window.page.context.set_offline(False)
    with window.page.expect_response(lambda answer: "/spans/" in answer.url):
        window.page.goto("/account/")
    assert Span.objects.count() == 1


def test_what_is_refused_meanwhile_leads_to_its_article(desk: OpenDesk, cast: Cast) -> None:
    window = desk()
    refuse_writing(window)
    window.mark("the bridge is safe", "1")
    expect(window.page.locator("save-state")).to_contain_text("1 unsent change")
    make_span(cast.annotator, cast.article, SAFE)
    allow_writing(window)
    window.page.goto("/")
    notice = window.page.locator("waiting-changes")
    expect(notice).to_contain_text("1 rejected change is kept in this browser.")
    notice.get_by_role("link", name="Open article").click()
    expect(window.page.locator("save-state")).to_contain_text("1 rejected change")

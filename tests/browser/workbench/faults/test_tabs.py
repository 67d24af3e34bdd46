"""Two tabs of one person: one sends at a time, and both show the truth."""

from __future__ import annotations

from playwright.sync_api import expect

from annotations.models import Article, Event, Link, Span
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.faults.conftest import Tab, allow_writing, go_on, refuse_writing
from tests.cast import Cast


def test_what_one_tab_does_shows_in_the_other_before_and_after_it_is_stored(
    desk: OpenDesk, tab: Tab, cast: Cast
) -> None:
    first = desk()
    second = tab(first)
    refuse_writing(first)
    first.mark("the bridge is safe", "1")
    second.page.wait_for_function("() => CSS.highlights.get('fc-claim-0')?.size")
    expect(second.page.locator("save-state")).to_have_text("Offline, 1 unsent change")
    allow_writing(first)
    go_on(second)
    first.is_saved()
    second.is_saved()
    assert [span.quote for span in Span.objects.all()] == ["the bridge is safe"]


def test_changes_of_both_tabs_arrive_once_and_in_the_order_in_which_they_were_made(
    desk: OpenDesk, tab: Tab, cast: Cast
) -> None:
    first = desk()
    second = tab(first)
    refuse_writing(first)
    first.mark("the bridge is safe", "1")
    second.page.wait_for_function("() => CSS.highlights.get('fc-claim-0')?.size")
    second.click("the bridge is safe")
    second.press("c")
    second.drag("Engineers found cracks")
    first.page.wait_for_function("() => CSS.highlights.get('fc-fact-0')?.size")
    first.press("n", "1")
    allow_writing(first)
    go_on(first)
    first.is_saved()
    second.is_saved()
    assert (Span.objects.filter(label="claim").count(), Link.objects.count()) == (2, 1)
    assert Event.objects.filter(kind="span", what="created").count() == 2


def test_a_tab_that_closes_while_it_sends_hands_over_to_the_other(
    desk: OpenDesk, tab: Tab, cast: Cast, other: Article
) -> None:
    first = desk()
    second = tab(first, other)
    refuse_writing(first)
    first.mark("the bridge is safe", "1")
    first.mark("Engineers found cracks", "3")
    expect(second.page.locator("save-state")).to_have_text("Offline, 2 unsent changes")
    allow_writing(first)
    first.page.close()
    second.is_saved()
    assert Span.objects.count() == 2

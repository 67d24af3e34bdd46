"""What waits in the browser outlives the page, and is sent by the next one."""

from __future__ import annotations

from playwright.sync_api import expect

from annotations.models import Article, Link, Span, Verdict
from tests.browser.waiting import paint
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.desk import Desk
from tests.browser.workbench.faults.conftest import Tab, allow_writing, go_on, refuse_writing, reload
from tests.cast import Cast, make_span

HOLD_THE_STORE = """() => new Promise((held) => {
    indexedDB.open("factcheck").onsuccess = ({ target }) => {
        const store = target.result.transaction("changes", "readwrite").objectStore("changes");
        let released = false;
        window.releaseTheStore = () => { released = true; };
        const goOn = () => {
            held();
            if (released) target.result.close();
            else store.count().onsuccess = goOn;
        };
        goOn();
    };
})"""
"""Keeps a transaction of the browser's store open, so that nothing else is stored until it is released."""


def waits(window: Desk, changes: int) -> None:
    """Waits until the page says that so many changes wait in it."""
    many = "1 unsent change" if changes == 1 else f"{changes} unsent changes"
    expect(window.page.locator("save-state")).to_have_text(f"Offline, {many}")


def test_after_a_reload_what_waited_is_shown_and_sent_in_its_order(desk: OpenDesk, cast: Cast) -> None:
    window = desk()
    refuse_writing(window)
    window.mark("the bridge is safe", "1")
    window.press("c")
    window.drag("Engineers found cracks")
    window.press("v", "1")
    waits(window, 4)
    reload(window)
    waits(window, 4)
    assert window.painted("fact-0") == ["Engineers found cracks"]
    window.click("the bridge is safe")
    expect(window.verdict.get_by_role("radio", name="Supported")).to_be_checked()
    allow_writing(window)
    go_on(window)
    window.is_saved()
    assert (Span.objects.count(), Link.objects.count(), Verdict.objects.get().rating) == (2, 1, "supported")


def test_a_change_counts_as_saved_only_once_the_browser_has_stored_it(desk: OpenDesk, cast: Cast) -> None:
    window = desk()
    refuse_writing(window)
    window.mark("the bridge is safe", "1")
    waits(window, 1)
    window.page.evaluate(HOLD_THE_STORE)
    window.press("2")
    window.is_about("a1", "the bridge is safe")
    paint(window.page)
    waits(window, 1)
    window.page.evaluate("releaseTheStore()")
    waits(window, 2)


def test_what_a_closed_tab_left_is_sent_by_the_next_one_on_any_article(
    desk: OpenDesk, tab: Tab, cast: Cast, other: Article
) -> None:
    window = desk()
    window.page.context.set_offline(True)
    window.mark("the bridge is safe", "1")
    window.press("2")
    waits(window, 2)
    second = window.page.context.new_page()
    window.page.close()
    window.page.context.set_offline(False)
    Desk(second, other).open().is_saved()
    assert Span.objects.get().label == "attribution"


def test_changes_of_what_the_server_has_go_on_from_its_version(desk: OpenDesk, cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article)
    window = desk(query=f"?span={span.pk}")
    refuse_writing(window)
    window.press("3", "Alt+ArrowRight", "1", "Delete", "Control+z")
    expect(window.page.locator("save-state")).to_contain_text("unsent")
    reload(window)
    window.is_about("c1", "the bridge is safe. Engineers")
    allow_writing(window)
    go_on(window)
    window.is_saved()
    assert Span.objects.get().quote == "the bridge is safe. Engineers"


def test_somebody_else_on_the_same_browser_neither_sees_nor_sends_it(desk: OpenDesk, cast: Cast) -> None:
    window = desk()
    refuse_writing(window)
    window.mark("the bridge is safe", "1")
    waits(window, 1)
    theirs = desk(cast.annotator2)
    window.page.context.add_cookies(theirs.page.context.cookies())  # type: ignore[arg-type]
    allow_writing(window)
    go_on(window)
    expect(window.page.locator("save-state")).to_contain_text("Signed out, 1 unsent change")
    window.open()
    window.is_saved()
    assert window.painted("claim-0") == []
    assert Span.objects.count() == 0


def test_a_choice_that_was_put_off_is_asked_for_again(desk: OpenDesk, cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article)
    window = desk(query=f"?span={span.pk}")
    refuse_writing(window)
    window.page.get_by_label("Note", exact=True).fill("mine")
    window.page.get_by_label("Note", exact=True).blur()
    waits(window, 1)
    span.change(by=cast.annotator, from_version=1, note="theirs")
    allow_writing(window)
    go_on(window)
    window.page.locator("dialog.conflict[open]").wait_for()
    reload(window)
    window.button("Keep mine").click()
    window.is_saved()
    assert Span.objects.get().note == "mine"

"""Words that were typed and are in no change yet come back, whatever closed the form they were typed in."""

from __future__ import annotations

from playwright.sync_api import expect

from annotations.models import Span, Verdict
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.desk import Desk
from tests.browser.workbench.faults.conftest import Tab
from tests.cast import Cast, make_span, make_supported, make_verdict

CRASH = """() => {
    window.setTimeout = () => 0;
    const { dispatchEvent } = EventTarget.prototype;
    EventTarget.prototype.dispatchEvent = function (event) {
        return event.type === "keep-now" || dispatchEvent.call(this, event);
    };
    for (const name of ["blur", "change"])
        window.addEventListener(name, (event) => event.stopImmediatePropagation(), true);
}"""
"""From now on no pause is long enough for the page to store what is typed, and nothing tells it that it is left."""


KEPT = """(words) => new Promise((done, fail) => {
    const open = indexedDB.open("factcheck");
    open.onerror = fail;
    open.onsuccess = () => {
        const drafts = open.result.transaction("drafts").objectStore("drafts").getAll();
        drafts.onsuccess = () => {
            open.result.close();
            done(drafts.result.some(({ value }) => value === words || value?.includes?.(words)));
        };
    };
})"""


def wait_until_kept(window: Desk, words: str) -> None:
    """Waits until the browser has written down what was typed."""
    window.page.wait_for_function(KEPT, arg=words)


def type_and_crash(window: Desk, label: str, words: str) -> None:
    """Types into a field, and takes the page away before the pause after which it would be stored."""
    window.page.evaluate(CRASH)
    window.page.get_by_label(label, exact=True).press_sequentially(words)
    wait_until_kept(window, words)
    window.page.reload()
    window.page.wait_for_selector("html[data-ready]")


def test_what_was_typed_before_a_crash_is_in_its_field_again_and_stored(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    window = desk(query=f"?span={claim.pk}")
    type_and_crash(window, "Rationale", "Because")
    expect(window.page.get_by_label("Rationale")).to_have_value("Because")
    window.is_saved()
    assert Verdict.objects.get().rationale == "Because"
    window.page.reload()
    window.is_saved()
    assert Verdict.objects.get().version == 1


def test_what_was_typed_over_something_that_changed_meanwhile_is_offered(desk: OpenDesk, cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article)
    window = desk(query=f"?span={span.pk}")
    window.page.evaluate(CRASH)
    window.page.get_by_label("Note", exact=True).press_sequentially("mine")
    wait_until_kept(window, "mine")
    span.change(by=cast.annotator, from_version=1, note="theirs")
    window.page.goto("about:blank")
    window.open(f"?span={span.pk}")
    expect(window.page.get_by_label("Note", exact=True)).to_have_value("theirs")
    expect(window.page.locator(".draft-offer")).to_contain_text("mine")
    window.button("Use").click()
    window.is_saved()
    assert Span.objects.get().note == "mine"


def test_words_on_a_verdict_that_went_under_review_are_offered_beside_it(desk: OpenDesk, cast: Cast) -> None:
    claim, _, _, verdict = make_supported(cast)
    window = desk(query=f"?span={claim.pk}")
    window.page.evaluate(CRASH)
    window.page.get_by_label("Rationale").press_sequentially("One more thing")
    verdict.submit(by=cast.annotator, from_version=1)
    wait_until_kept(window, "One more thing")
    window.page.goto("about:blank")
    window.open(f"?span={claim.pk}")
    kept = window.verdict.locator(".draft-offer")
    expect(kept).to_contain_text("One more thing")
    expect(kept.get_by_role("button", name="Copy")).to_be_visible()
    window.button("Withdraw").click()
    window.verdict.get_by_role("button", name="Submit verdict").wait_for()
    window.is_saved()
    assert Verdict.objects.get().rationale == "One more thing"


def test_what_another_tab_is_just_typing_stays_there(desk: OpenDesk, tab: Tab, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    make_verdict(cast.annotator, claim)
    first = desk(query=f"?span={claim.pk}")
    first.page.evaluate(CRASH)
    first.page.get_by_label("Rationale").press_sequentially("half a sen")
    second = tab(first, query=f"?span={claim.pk}")
    expect(second.page.get_by_label("Rationale")).to_have_value("")
    second.is_saved()


def test_somebody_else_on_the_same_browser_is_not_shown_them(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    make_verdict(cast.annotator, claim)
    window = desk(query=f"?span={claim.pk}")
    window.page.evaluate(CRASH)
    window.page.get_by_label("Rationale").press_sequentially("mine")
    window.page.goto("about:blank")
    theirs = desk(cast.annotator2)
    window.page.context.add_cookies(theirs.page.context.cookies())  # type: ignore[arg-type]
    window.open(f"?span={claim.pk}")
    expect(window.page.get_by_label("Rationale")).to_have_value("")
    expect(window.page.locator(".draft-offer")).to_have_count(0)

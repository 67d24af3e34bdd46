"""What the server refuses for good is kept with its reason, holds up nothing, and is corrected or dropped."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from annotations.models import Link, Span, Verdict
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.desk import Desk
from tests.browser.workbench.faults.conftest import allow_writing, go_on, refuse_writing
from tests.cast import SAFE, Cast, make_span, make_supported


def a_mark_made_twice(desk: OpenDesk, cast: Cast) -> Desk:
    """Marks a claim with evidence where, unseen by the page, the same mark stands already; and another one."""
    window = desk()
    refuse_writing(window)
    window.mark("the bridge is safe", "1")
    window.press("c")
    window.drag("Engineers found cracks")
    window.mark("Repairs began on Monday", "3")
    make_span(cast.annotator, cast.article, SAFE)
    allow_writing(window)
    go_on(window)
    expect(window.page.locator("save-state[data-state=refused]")).to_contain_text("1 rejected change")
    return window


def open_list(window: Desk) -> Locator:
    """The list of refused changes."""
    window.page.locator("save-state").get_by_role("button", name="Review").click()
    return window.page.locator("dialog.rejected")


def test_it_holds_up_nothing_and_says_why_also_after_a_reload(desk: OpenDesk, cast: Cast) -> None:
    window = a_mark_made_twice(desk, cast)
    assert set(Span.objects.values_list("label", "quote")) == {
        ("claim", "the bridge is safe"),
        ("fact", "Engineers found cracks"),
        ("fact", "Repairs began on Monday"),
    }
    window.page.reload()
    entry = open_list(window).locator("li")
    expect(entry).to_contain_text("You have already given this text this label.")
    expect(entry).to_contain_text("Depends on this: a link (corroborates).")


def test_corrected_it_is_sent_again_with_what_hangs_on_it(desk: OpenDesk, cast: Cast) -> None:
    window = a_mark_made_twice(desk, cast)
    dialog = open_list(window)
    Span.objects.filter(quote="the bridge is safe").get().remove(by=cast.annotator, from_version=1)
    dialog.get_by_role("button", name="Send again").click()
    window.is_saved()
    expect(dialog).to_be_hidden()
    assert Link.objects.get().target.quote == "the bridge is safe"


def test_another_label_corrects_a_mark_made_twice(desk: OpenDesk, cast: Cast) -> None:
    window = desk()
    refuse_writing(window)
    window.mark("the bridge is safe", "1")
    make_span(cast.annotator, cast.article, SAFE)
    allow_writing(window)
    go_on(window)
    dialog = open_list(window)
    dialog.get_by_label("label").select_option("attribution")
    dialog.get_by_role("button", name="Send again").click()
    window.is_saved()
    assert set(Span.objects.values_list("label", flat=True)) == {"claim", "attribution"}


def test_dropped_it_is_gone_for_good_with_what_hangs_on_it(desk: OpenDesk, cast: Cast) -> None:
    window = a_mark_made_twice(desk, cast)
    open_list(window).get_by_role("button", name="Discard, with 1 more").click()
    window.is_saved()
    window.page.reload()
    window.is_saved()
    assert Link.objects.count() == 0


def test_words_written_on_a_verdict_that_went_under_review_meanwhile_are_not_lost(desk: OpenDesk, cast: Cast) -> None:
    claim, _, _, verdict = make_supported(cast)
    window = desk(query=f"?span={claim.pk}")
    refuse_writing(window)
    window.page.get_by_label("Rationale").fill("What the evidence shows.")
    window.page.get_by_label("Rationale").blur()
    expect(window.page.locator("save-state")).to_contain_text("1 unsent change")
    verdict.submit(by=cast.annotator, from_version=1)
    allow_writing(window)
    go_on(window)
    window.button("Keep mine").click()
    dialog = open_list(window)
    expect(dialog.locator(".complaint")).to_contain_text("Withdraw or reopen it to make changes.")
    expect(dialog.get_by_label("rationale")).to_have_value("What the evidence shows.")
    verdict.withdraw(by=cast.annotator, from_version=2)
    dialog.get_by_label("rationale").fill("What all of the evidence shows.")
    dialog.get_by_role("button", name="Send again").click()
    window.button("Keep mine").click()
    window.is_saved()
    assert Verdict.objects.get().rationale == "What all of the evidence shows."

"""Two windows on one claim: the later save is told, and neither is lost."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from annotations.models import Span, Verdict
from tests.browser.waiting import paint, until
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.desk import Desk
from tests.cast import SAFE, Cast, make_span, make_supported


def two_verdicts(desk: OpenDesk, cast: Cast) -> tuple[Desk, Desk]:
    """Both annotators before the same draft; the first has stored another rating."""
    claim, *_ = make_supported(cast)
    first, second = desk(query=f"?span={claim.pk}"), desk(cast.annotator2, query=f"?span={claim.pk}")
    first.press("v", "2")
    first.is_saved()
    second.press("v", "4")
    expect(second.page.locator("dialog.conflict")).to_contain_text("This was changed by someone else")
    return first, second


def test_the_later_save_sees_both_and_may_keep_its_own(desk: OpenDesk, cast: Cast) -> None:
    _, second = two_verdicts(desk, cast)
    row = second.page.locator("dialog.conflict tbody tr")
    expect(row).to_have_text("ratingRefutedConflicting evidence")
    assert Verdict.objects.get().rating == "refuted"
    second.button("Keep mine").click()
    second.is_saved()
    assert Verdict.objects.get().rating == "conflicting_evidence"


def test_the_later_save_may_take_what_came_first(desk: OpenDesk, cast: Cast) -> None:
    _, second = two_verdicts(desk, cast)
    second.button("Keep theirs").click()
    expect(second.verdict.get_by_role("radio", name="Refuted")).to_be_checked()
    second.is_saved()
    assert Verdict.objects.get().rating == "refuted"


def test_putting_the_choice_off_loses_nothing_and_says_so(desk: OpenDesk, cast: Cast) -> None:
    _, second = two_verdicts(desk, cast)
    second.press("Escape")
    expect(second.page.locator("save-state")).to_contain_text("1 conflict")
    second.mark("Repairs began on Monday", "3")
    expect(second.page.locator("save-state")).to_contain_text("1 conflict")
    second.page.locator("save-state").get_by_role("button", name="Review").click()
    second.button("Keep mine").click()
    second.is_saved()
    assert Verdict.objects.get().rating == "conflicting_evidence"
    assert Span.objects.filter(quote="Repairs began on Monday").exists()


def test_different_fields_of_one_span_are_joined(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    first, second = desk(query=f"?span={claim.pk}"), desk(query=f"?span={claim.pk}")
    first.page.get_by_label("Type").select_option("event")
    first.is_saved()
    second.page.get_by_label("Statement", exact=True).fill("The bridge in Span is safe.")
    second.press("Tab")
    second.button("Keep mine").click()
    second.is_saved()
    assert Span.objects.get().fields == {"claim_type": "event", "statement": "The bridge in Span is safe."}


def test_a_slow_answer_takes_nothing_away_that_was_done_meanwhile(desk: OpenDesk, cast: Cast) -> None:
    make_span(cast.annotator, cast.article, SAFE)
    window = desk()
    held: list[Route] = []
    asked = "**/api/v1/articles/*/annotations/*"
    window.page.route(asked, lambda route: route.continue_() if held else held.append(route))
    window.press("n", "Delete")
    window.is_saved()
    until(window.page, lambda: held)
    stale = held[0].fetch()
    window.mark("Engineers found cracks", "3")
    window.is_saved()
    with window.page.expect_response(asked) as answer:
        held[0].fulfill(response=stale)
    answer.value.finished()
    paint(window.page)
    assert window.painted("fact-0") == ["Engineers found cracks"]


def test_without_a_network_changes_wait_here_and_arrive_afterwards(desk: OpenDesk, cast: Cast) -> None:
    window = desk()
    window.page.context.set_offline(True)
    window.mark("the bridge is safe", "1")
    window.mark("Engineers found cracks", "3")
    expect(window.page.locator("save-state")).to_have_text("Offline, 2 unsent changes")
    assert Span.objects.count() == 0
    window.page.context.set_offline(False)
    window.is_saved()
    assert Span.objects.count() == 2

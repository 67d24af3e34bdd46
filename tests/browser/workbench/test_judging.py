"""The verdict: kept as it is written, submitted, withdrawn, returned, corrected."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import expect

from annotations.models import Verdict
from tests.browser.workbench.conftest import OpenDesk
from tests.cast import SAFE, Cast, make_span, make_supported
from tests.rules.verdicts.test_imported_reviews import forged


def test_a_verdict_is_stored_as_it_is_written(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    window = desk(query=f"?span={claim.pk}")
    window.press("v", "3", "Tab")
    window.page.keyboard.type("Nobody has measured it. 1 2 3 j k c x")
    window.is_saved()
    verdict = Verdict.objects.get()
    assert (verdict.rating, verdict.rationale) == ("not_enough_evidence", "Nobody has measured it. 1 2 3 j k c x")
    assert window.page.evaluate("document.activeElement.className") == "rationale"


def test_control_and_enter_submit_what_was_typed_a_moment_before(desk: OpenDesk, cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    window = desk(query=f"?span={claim.pk}")
    window.page.get_by_label("Rationale").fill("Cracks were found.")
    window.press("Control+Enter")
    expect(window.verdict).to_contain_text("Submitted")
    window.is_saved()
    verdict = Verdict.objects.get()
    assert (verdict.state, verdict.rationale) == ("submitted", "Cracks were found.")


def test_what_a_rating_still_needs_is_said_where_one_decides(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    window = desk(query=f"?span={claim.pk}")
    window.page.get_by_text("Supported", exact=True).click()
    expect(window.verdict).to_contain_text("To submit this rating, link corroborating evidence (c).")
    window.button("Submit verdict").click()
    window.says("Link the evidence that this rating needs")
    expect(window.verdict.locator(".verdict-state")).to_have_text("Draft")


def test_a_submitted_verdict_is_withdrawn(desk: OpenDesk, cast: Cast) -> None:
    claim, _, _, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    window = desk(query=f"?span={claim.pk}")
    expect(window.page.get_by_role("link", name="Open review")).to_have_attribute(
        "href", reverse("verdict", args=[verdict.pk])
    )
    window.button("Withdraw").click()
    expect(window.verdict.locator(".verdict-state")).to_have_text("Draft")
    window.is_saved()
    assert Verdict.objects.get().state == "draft"


def test_a_returned_verdict_shows_the_reason_and_can_be_corrected(desk: OpenDesk, cast: Cast) -> None:
    claim, _, _, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.send_back(by=cast.reviewer, from_version=2, reason="Which March?")
    window = desk(query=f"?span={claim.pk}")
    expect(window.verdict).to_contain_text("Returned: Which March?")
    window.page.get_by_label("Rationale").fill("March of this year.")
    window.press("Control+Enter")
    window.is_saved()
    assert Verdict.objects.get().state == "submitted"


def test_evidence_is_grouped_into_sets_with_a_question(desk: OpenDesk, cast: Cast) -> None:
    claim, _, link, _ = make_supported(cast)
    window = desk(query=f"?span={claim.pk}")
    window.page.get_by_text("Questions and evidence sets").click()
    window.button("Add set").click()
    window.page.get_by_label("Question of set 1").fill("Did anybody look?")
    window.press("Tab")
    window.is_saved()
    made = Verdict.objects.get().evidence_sets.get()
    assert made.question == "Did anybody look?"
    assert [one.link_id for one in made.evidence_links.all()] == [link.pk]


def test_the_history_of_a_verdict_is_told_in_words(desk: OpenDesk, cast: Cast) -> None:
    claim, _, _, verdict = make_supported(cast)
    verdict.change(by=cast.annotator, from_version=1, rationale="Cracks.")
    verdict.submit(by=cast.annotator, from_version=2)
    window = desk(query=f"?span={claim.pk}")
    window.verdict.get_by_role("button", name="History").click()
    events = window.page.locator("dialog.history li")
    expect(events).to_have_count(3)
    expect(events.nth(0)).to_contain_text("submitted · you")
    expect(events.nth(1)).to_contain_text("rationale")
    expect(events.nth(2)).to_contain_text("created")


def test_an_approval_that_an_import_brought_says_so(desk: OpenDesk, cast: Cast) -> None:
    verdict = forged(cast)
    window = desk(query=f"?span={verdict.claim_id}")

    expect(window.verdict).to_contain_text("Approved by reviewer (imported).")
    window.verdict.get_by_role("button", name="History").click()
    expect(window.page.locator("history-dialog")).to_contain_text("approved by reviewer (imported)")

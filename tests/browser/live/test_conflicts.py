"""Two people change the same thing: the later one chooses, field by field."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from annotations.models import Link, Span, Verdict
from tests.browser.live.conftest import cut, restore
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.desk import Desk
from tests.cast import SAFE, Cast, make_link, make_span, make_supported


def clash(desk: OpenDesk, cast: Cast) -> Desk:
    """A verdict of which both have changed rating and rationale; the dialog is open."""
    claim, *_ = make_supported(cast)
    window = desk(cast.annotator2, query=f"?span={claim.pk}")
    cut(window)
    window.press("v", "4")
    window.page.get_by_label("Rationale").fill("What I found")
    Verdict.objects.get().change(by=cast.annotator, from_version=1, rating="refuted", rationale="What they found")
    save_again_online(window)
    expect(dialog(window)).to_be_visible()
    return window


def save_again_online(window: Desk) -> None:
    """Leaves the field, which saves it, and gives the network back."""
    window.press("Tab")
    restore(window)


def dialog(window: Desk) -> Locator:
    return window.page.get_by_role("dialog", name="This was changed by someone else")


def test_each_field_is_chosen_by_itself(desk: OpenDesk, cast: Cast) -> None:
    window = clash(desk, cast)
    rows = dialog(window).locator("tbody tr")
    expect(rows).to_have_text(["ratingRefutedConflicting evidence", "rationaleWhat they foundWhat I found", "Edit"])
    dialog(window).get_by_role("radio", name="rating, theirs: Refuted").check()
    window.button("Save choices").click()
    window.is_saved()
    verdict = Verdict.objects.get()
    assert (verdict.rating, verdict.rationale) == ("refuted", "What I found")


def test_a_text_is_put_together_from_both_by_the_keyboard_alone(desk: OpenDesk, cast: Cast) -> None:
    window = clash(desk, cast)
    dialog(window).get_by_role("radio", name="rationale, theirs: What they found").focus()
    window.press("ArrowDown", "ArrowDown")
    expect(dialog(window).get_by_role("textbox", name="rationale, edited")).to_be_focused()
    window.page.keyboard.press("End")
    window.page.keyboard.type(" and what they found")
    window.press("Tab", "Tab", "Tab", "Enter")
    expect(dialog(window)).to_be_hidden()
    window.is_saved()
    verdict = Verdict.objects.get()
    assert (verdict.rating, verdict.rationale) == ("conflicting_evidence", "What I found and what they found")


def test_one_clash_after_the_other_is_survived(desk: OpenDesk, cast: Cast) -> None:
    window = clash(desk, cast)
    for version in range(2, 5):
        Verdict.objects.get().change(by=cast.annotator, from_version=version, rationale=f"Found {version}")
        window.button("Keep mine").click()
        expect(dialog(window)).to_contain_text(f"Found {version}")
    window.button("Keep mine").click()
    window.is_saved()
    assert Verdict.objects.get().rationale == "What I found"


def test_a_choice_put_off_is_still_there_after_a_reload(desk: OpenDesk, cast: Cast) -> None:
    window = clash(desk, cast)
    window.press("Escape")
    window.open(f"?span={Verdict.objects.get().claim_id}")
    expect(dialog(window)).to_contain_text("What they found")
    window.button("Keep mine").click()
    window.is_saved()
    assert Verdict.objects.get().rationale == "What I found"


def test_fields_of_a_span_clash_one_by_one_and_the_others_stay(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE, fields={"statement": "It is safe."})
    window = desk(query=f"?span={claim.pk}")
    cut(window)
    window.page.get_by_label("Statement", exact=True).fill("The bridge is safe.")
    claim.change(
        by=cast.annotator, from_version=1, fields={"statement": "It stands.", "claim_type": "event"}, note="theirs"
    )
    save_again_online(window)
    expect(dialog(window).locator("tbody tr").first).to_contain_text("It stands.The bridge is safe.")
    expect(dialog(window).locator("tbody tr")).to_have_count(2)
    window.button("Keep mine").click()
    window.is_saved()
    span = Span.objects.get()
    assert span.fields == {"statement": "The bridge is safe.", "claim_type": "event"}
    assert span.note == "theirs"


def test_a_link_that_both_turned_round_clashes_in_nothing(desk: OpenDesk, cast: Cast) -> None:
    claim, _, link, _ = make_supported(cast)
    window = desk(cast.annotator2, query=f"?span={claim.pk}")
    cut(window)
    window.page.locator("evidence-list").get_by_role("button", name="Change to contradicts").click()
    link.change(by=cast.annotator, from_version=1, relation="contradicts")
    save_again_online(window)
    window.is_saved()
    expect(dialog(window)).to_be_hidden()
    assert Link.objects.get().relation == "contradicts"


def test_a_deletion_of_what_somebody_changed_is_asked_about(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    link = make_link(cast.annotator, make_span(cast.annotator, cast.article, (35, 66), "fact"), claim)
    window = desk(cast.annotator2, query=f"?span={claim.pk}")
    cut(window)
    window.page.locator("evidence-list").get_by_role("button", name="Remove").click()
    link.change(by=cast.annotator, from_version=1, relation="contradicts")
    save_again_online(window)
    expect(dialog(window)).to_contain_text("You deleted this link, but it was changed by someone else.")
    window.button("Delete anyway").click()
    window.is_saved()
    assert not Link.objects.exists()


def test_a_submission_of_what_somebody_changed_is_asked_about(desk: OpenDesk, cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    window = desk(query=f"?span={claim.pk}")
    cut(window)
    window.button("Submit verdict").click()
    Verdict.objects.get().change(by=cast.annotator2, from_version=1, rationale="On second thoughts")
    save_again_online(window)
    expect(dialog(window)).to_contain_text("You submitted this verdict")
    expect(dialog(window)).to_contain_text("On second thoughts")
    window.button("Submit anyway").click()
    window.is_saved()
    assert Verdict.objects.get().state == "submitted"

"""Taking back and doing again, across both panes."""

from __future__ import annotations

from playwright.sync_api import expect

from annotations.models import Article, Link, Span, Verdict
from tests.browser.workbench.conftest import OpenDesk
from tests.cast import Cast, make_supported


def quotes() -> set[str]:
    """The words of every span there is."""
    return set(Span.objects.values_list("quote", flat=True))


def test_what_was_done_in_both_panes_is_undone_and_done_again(desk: OpenDesk, cast: Cast, other: Article) -> None:
    window = desk(query=f"?evidence={other.pk}")
    window.mark("the bridge is safe", "1")
    window.mark("Inspectors closed the bridge", "3", pane=1)
    window.is_saved()
    assert quotes() == {"the bridge is safe", "Inspectors closed the bridge"}
    window.press("Control+z")
    window.is_saved()
    assert quotes() == {"the bridge is safe"}
    window.press("Control+z")
    window.is_saved()
    assert quotes() == set()
    window.press("Control+Shift+z", "Control+Shift+z")
    window.is_saved()
    assert quotes() == {"the bridge is safe", "Inspectors closed the bridge"}


def test_a_deleted_span_comes_back_with_its_links_and_its_verdict(desk: OpenDesk, cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)
    window = desk(query=f"?span={claim.pk}")
    window.press("Delete")
    window.is_saved()
    assert (Link.objects.count(), Verdict.objects.count()) == (0, 0)
    window.page.locator(".toast").get_by_role("button", name="Undo").click()
    window.is_about("c1", "the bridge is safe")
    window.is_saved()
    assert (Link.objects.get().pk, Verdict.objects.get().pk) == (link.pk, verdict.pk)
    expect(window.verdict.get_by_role("radio", name="Supported")).to_be_checked()


def test_labels_ends_and_ratings_are_undone_one_by_one(desk: OpenDesk, cast: Cast) -> None:
    window = desk()
    window.mark("The council", "3")
    window.press("1", "Alt+ArrowRight", "Alt+ArrowRight")
    window.is_about("c1", "The council denies any")
    window.press("v", "2")
    window.is_saved()
    window.press("Control+z")
    expect(window.verdict.get_by_role("radio", name="Refuted")).not_to_be_checked()
    window.press("Control+z")
    window.is_about("c1", "The council")
    window.press("Control+z")
    window.is_about("f1", "The council")
    window.is_saved()
    assert (Span.objects.get().label, Verdict.objects.count()) == ("fact", 0)


def test_nothing_to_undo_is_no_failure(desk: OpenDesk) -> None:
    window = desk()
    window.press("Control+z", "Control+Shift+z")
    expect(window.page.locator("toast-shelf")).to_contain_text("Nothing to redo.")
    window.is_saved()

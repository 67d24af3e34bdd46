"""A sitting outlives the page: what was done in it is undone after a reload, and without a network."""

from __future__ import annotations

from playwright.sync_api import expect

from annotations.models import Article, EvidenceSet, Link, Span, Verdict
from annotations.models.evidence_set import EvidenceSetValue
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.faults.conftest import Tab, allow_writing, go_on, refuse_writing, reload
from tests.cast import Cast, make_supported


def test_a_deletion_is_undone_after_a_reload_with_its_links_its_verdict_and_its_evidence(
    desk: OpenDesk, cast: Cast
) -> None:
    claim, _, link, verdict = make_supported(cast)
    sets: list[EvidenceSetValue] = [{"question": "Safe?", "answer": None, "links": [link.pk]}]
    verdict.change(by=cast.annotator, from_version=1, evidence_sets=sets)
    window = desk(query=f"?span={claim.pk}")
    window.press("Delete")
    window.is_saved()
    reload(window)
    window.is_saved()
    assert (Link.objects.count(), Verdict.objects.count()) == (0, 0)
    window.press("Control+z")
    window.is_about("c1", "the bridge is safe")
    window.is_saved()
    assert (Link.objects.get().pk, Verdict.objects.get().pk) == (link.pk, verdict.pk)
    assert EvidenceSet.objects.get().question == "Safe?"
    expect(window.verdict.get_by_role("radio", name="Supported")).to_be_checked()


def test_what_was_done_in_both_panes_is_undone_and_done_again_over_reloads(
    desk: OpenDesk, cast: Cast, other: Article
) -> None:
    window = desk(query=f"?evidence={other.pk}")
    window.mark("the bridge is safe", "1")
    window.mark("Inspectors closed the bridge", "3", pane=1)
    window.is_saved()
    reload(window)
    window.is_saved()
    window.press("Control+z", "Control+z")
    window.is_saved()
    assert Span.objects.count() == 0
    reload(window)
    window.is_saved()
    window.press("Control+Shift+z")
    window.is_saved()
    assert Span.objects.get().quote == "the bridge is safe"


def test_what_is_not_sent_yet_is_undone_without_a_network_too(desk: OpenDesk, cast: Cast) -> None:
    window = desk()
    refuse_writing(window)
    window.mark("the bridge is safe", "1")
    window.mark("Engineers found cracks", "3")
    window.press("2")
    expect(window.page.locator("save-state")).to_contain_text("3 unsent changes")
    reload(window)
    window.page.wait_for_selector("html[data-ready]")
    window.press("Control+z", "Control+z")
    assert window.painted("claim-0") == ["the bridge is safe"]
    assert window.painted("fact-0") == window.painted("attribution-0") == []
    allow_writing(window)
    go_on(window)
    window.is_saved()
    assert Span.objects.get().quote == "the bridge is safe"


def test_another_tab_has_a_sitting_of_its_own(desk: OpenDesk, tab: Tab, cast: Cast) -> None:
    first = desk()
    first.mark("the bridge is safe", "1")
    first.is_saved()
    second = tab(first)
    second.press("Control+z")
    expect(second.page.locator("toast-shelf")).to_contain_text("Nothing to undo.")
    assert Span.objects.count() == 1

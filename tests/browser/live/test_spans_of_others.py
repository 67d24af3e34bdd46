"""Two people at one article: each sees what the other does, and who is there."""

from __future__ import annotations

from playwright.sync_api import expect

from annotations.models import Article, Span, Verdict, acting
from annotations.operations.hand_over import hand_over
from tests.browser.accessibility.audit import complaints
from tests.browser.live.conftest import cut, restore
from tests.browser.waiting import until
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.desk import Desk
from tests.cast import CRACKS, SAFE, Cast, fresh, make_comment, make_link, make_span, make_supported, make_verdict


def sees(window: Desk, words: str, label: str = "claim", *, still: bool = True) -> None:
    """Waits until a passage is painted, or no longer."""

    def painted() -> list[str]:
        return [one for depth in range(3) for one in window.painted(f"{label}-{depth}")]

    until(window.page, lambda: (words in painted()) is still)


def listens(window: Desk, people: int = 2) -> Desk:
    """Waits until the window hears of others."""
    expect(window.page.locator("who-is-here summary")).to_have_text(f"{people} here")
    return window


def test_spans_of_others_appear(desk: OpenDesk, cast: Cast) -> None:
    first, second = desk(), desk(cast.annotator2)
    listens(first)
    listens(second)
    first.mark("the bridge is safe", "1")
    first.is_saved()
    sees(second, "the bridge is safe")
    second.mark("Engineers found cracks", "3")
    second.is_saved()
    sees(first, "Engineers found cracks", "fact")
    Span.objects.get(label="claim").remove(by=cast.annotator, from_version=1)
    sees(second, "the bridge is safe", still=False)
    assert second.painted("fact-0") == ["Engineers found cracks"]


def test_links_and_verdicts_of_others_appear_in_the_panel(desk: OpenDesk, cast: Cast, other: Article) -> None:
    claim = make_span(cast.annotator, cast.article)
    window = desk(cast.annotator2, query=f"?span={claim.pk}")
    desk(cast.reviewer)
    listens(window)
    make_link(cast.annotator, make_span(cast.annotator, other, (0, 8), "fact"), claim, "contradicts")
    make_verdict(cast.annotator, claim, "refuted")
    expect(window.page.locator("evidence-list")).to_contain_text("The Daily Span")
    expect(window.verdict.get_by_role("radio", name="Refuted")).to_be_checked()


def test_comments_of_others_appear(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    window = desk(query=f"?span={claim.pk}")
    desk(cast.reviewer)
    listens(window)
    comment = make_comment(cast.reviewer, claim, "Who says so?")
    toggle = window.page.locator("comment-threads[kind=span] .comments-toggle")
    expect(toggle).to_contain_text("1 comment on the claim")
    comment.remove(by=cast.reviewer, from_version=1)
    expect(toggle).to_contain_text("Comment on the claim")


def test_the_article_beside_is_heard_too(desk: OpenDesk, cast: Cast, other: Article) -> None:
    window = desk(query=f"?evidence={other.pk}")
    desk(cast.reviewer)
    listens(window)
    make_span(cast.annotator2, other, (25, 35), "fact")
    sees(window, "Inspectors", "fact")


def test_who_is_here_has_names_counts_people_and_leaves_one_alone(desk: OpenDesk, cast: Cast) -> None:
    first, _ = desk(), desk()
    expect(first.page.locator("who-is-here")).to_be_hidden()
    second = desk(cast.reviewer)
    listens(first)
    first.page.locator("who-is-here summary").focus()
    first.press("Enter")
    expect(first.page.locator("who-is-here li")).to_have_text(["You", "reviewer"])
    first.press("Escape")
    expect(first.page.locator("who-is-here li").first).to_be_hidden()
    second.page.close()
    expect(first.page.locator("who-is-here")).to_be_hidden()


def test_axe_finds_no_fault_with_who_is_here(desk: OpenDesk, cast: Cast) -> None:
    first, _ = desk(), desk(cast.reviewer)
    listens(first).page.locator("who-is-here summary").click()
    expect(first.page.locator("who-is-here li")).to_have_count(2)
    first.page.emulate_media(reduced_motion="reduce")
    assert complaints(first.page) == []


def test_what_happened_while_the_line_was_cut_is_there_afterwards(desk: OpenDesk, cast: Cast) -> None:
    window, connected = desk(), desk(cast.reviewer)
    listens(window)
    gone = make_span(cast.annotator2, cast.article, CRACKS, "fact")
    sees(window, "Engineers found cracks in March", "fact")
    cut(window)
    make_span(cast.annotator2, cast.article, SAFE)
    gone.remove(by=cast.annotator2, from_version=1)
    sees(connected, "the bridge is safe")
    sees(connected, "Engineers found cracks in March", "fact", still=False)
    assert (window.painted("claim-0"), window.painted("fact-0")) == ([], ["Engineers found cracks in March"])
    restore(window)
    sees(window, "the bridge is safe")
    assert window.painted("fact-0") == []


def test_what_one_types_is_never_replaced_and_the_clash_is_shown(desk: OpenDesk, cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    window = desk(cast.annotator2, query=f"?span={claim.pk}")
    desk(cast.reviewer)
    listens(window)
    rationale = window.page.get_by_label("Rationale")
    rationale.press_sequentially("Mine, ")
    Verdict.objects.get().change(by=cast.annotator, from_version=1, rationale="Theirs")
    rationale.press_sequentially("still being written", delay=20)
    expect(rationale).to_have_value("Mine, still being written")
    window.press("Tab")
    expect(window.page.locator("dialog.conflict")).to_contain_text("This was changed by someone else")
    expect(window.page.locator("dialog.conflict")).to_contain_text("Theirs")
    assert Verdict.objects.get().rationale == "Theirs"


def test_a_field_one_only_looks_into_shows_what_others_wrote_once_it_is_left(desk: OpenDesk, cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    window = desk(cast.annotator2, query=f"?span={claim.pk}")
    desk(cast.reviewer)
    listens(window)
    rationale = window.page.get_by_label("Rationale")
    rationale.focus()
    Verdict.objects.get().change(by=cast.annotator, from_version=1, rationale="Theirs")
    make_span(cast.annotator, cast.article, (68, 97))
    sees(window, "The council denies any danger")  # and so has heard of the verdict, which was before
    expect(rationale).to_have_value("")
    rationale.blur()
    expect(rationale).to_have_value("Theirs")


def test_a_deletion_of_what_one_works_on_is_told_and_what_was_written_is_kept(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    verdict = make_verdict(cast.annotator, claim)
    window = desk(cast.annotator2, query=f"?span={claim.pk}")
    desk(cast.reviewer)
    listens(window)
    window.page.get_by_label("Rationale").press_sequentially("What I found")
    verdict.remove(by=cast.annotator, from_version=1)
    window.says("annotator deleted the verdict you were working on. Your text is kept.")
    expect(window.page.locator("save-state")).to_contain_text("rejected")
    assert not Verdict.objects.exists()


def test_what_is_heard_of_something_gone_breaks_nothing(desk: OpenDesk, cast: Cast) -> None:
    window = desk()
    desk(cast.reviewer)
    listens(window)
    for at in (SAFE, CRACKS):
        with acting(cast.annotator2):
            make_span(cast.annotator2, cast.article, at).remove(by=cast.annotator2, from_version=1)
    make_span(cast.annotator2, cast.article, (68, 97))
    sees(window, "The council denies any danger")
    assert Span.objects.count() == 1


def test_a_hand_over_shows_on_the_pages_that_are_open(desk: OpenDesk, cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    former, new = desk(query=f"?span={claim.pk}"), desk(cast.annotator2, query=f"?span={claim.pk}")
    listens(former)
    listens(new)
    expect(former.verdict.get_by_role("button", name="Submit verdict")).to_be_visible()
    hand_over(cast.project, giver=cast.annotator, receiver=fresh(cast.annotator2), by=cast.manager)
    expect(former.verdict).to_contain_text("Your verdict was handed over to annotator2.")
    expect(former.verdict.get_by_role("button", name="Submit verdict")).to_have_count(0)
    new.verdict.get_by_role("button", name="Submit verdict").click()
    expect(former.verdict).to_contain_text("Submitted")

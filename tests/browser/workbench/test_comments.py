"""Comments in the workbench: written, answered, resolved, taken back, by keyboard and without a network."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from annotations.models import Comment, Notice
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.desk import Desk
from tests.cast import CRACKS, Cast, make_comment, make_link, make_span, make_verdict

pytestmark = pytest.mark.django_db(transaction=True)


def threads(desk: Desk, kind: str) -> Locator:
    """What is said about the span, the verdict, a link or the article."""
    return desk.page.locator(f"comment-threads[kind={kind}]")


def test_a_comment_is_written_with_the_keyboard_alone_and_mentions_a_member(cast: Cast, desk: OpenDesk) -> None:
    claim = make_span(cast.annotator2, cast.article)
    at = desk(query=f"?span={claim.pk}")

    at.press("m")
    at.page.keyboard.type("Is it, @rev")
    expect(at.page.get_by_role("option", name="reviewer")).to_have_attribute("aria-selected", "true")
    at.press("Enter")
    at.page.keyboard.type("and @annotator2?\nNo <b>haste</b>.")
    at.press("Escape", "m")
    expect(at.page.locator("comment-threads[kind=span] textarea")).to_have_value(
        "Is it, @reviewer and @annotator2?\nNo <b>haste</b>."
    )
    at.press("Control+Enter")
    at.is_saved()

    expect(threads(at, "span").locator(".comment-words")).to_have_text(
        "Is it, @reviewer and @annotator2?\nNo <b>haste</b>.", use_inner_text=True
    )
    expect(threads(at, "span").locator(".mention")).to_have_text(["@reviewer", "@annotator2"])
    assert Comment.objects.get().on == ("span", claim.pk)
    assert set(Notice.objects.values_list("user__name", flat=True)) == {"reviewer", "annotator2"}


def test_an_answer_joins_the_thread_and_the_thread_is_resolved_and_reopened(cast: Cast, desk: OpenDesk) -> None:
    claim = make_span(cast.annotator, cast.article)
    first = make_comment(cast.reviewer, claim, "Who says so?")
    at = desk(query=f"?span={claim.pk}")

    at.button("1 comment on the claim").click()
    at.button("Reply").click()
    at.page.keyboard.type("The mayor.")
    at.press("Control+Enter")
    expect(at.button("2 comments on the claim")).to_be_visible()
    at.button("Resolve").click()
    expect(threads(at, "span").locator("summary")).to_have_text("Resolved by annotator: Who says so?")
    at.is_saved()

    assert Comment.objects.get(text="The mayor.").thread == first
    first.refresh_from_db()
    assert first.resolved_by == cast.annotator
    threads(at, "span").locator("summary").click()
    at.button("Reopen").click()
    expect(at.button("Resolve")).to_be_visible()


def test_a_deletion_says_what_goes_with_it_and_is_undone(cast: Cast, desk: OpenDesk) -> None:
    claim = make_span(cast.annotator, cast.article)
    first = make_comment(cast.annotator, claim, "Who says so?")
    make_comment(cast.reviewer, claim, "The mayor.", first)
    at = desk(query=f"?span={claim.pk}")

    at.button("2 comments on the claim").click()
    at.button("Delete with 1 reply").click()
    at.says("Comment and 1 reply deleted.")
    at.is_saved()
    assert not Comment.objects.exists()
    at.button("Undo").last.click()
    expect(at.button("2 comments on the claim")).to_be_visible()
    at.is_saved()

    assert Comment.objects.count() == 2


def test_ones_own_words_are_changed_and_others_are_not(cast: Cast, desk: OpenDesk) -> None:
    claim = make_span(cast.annotator, cast.article)
    mine, _ = make_comment(cast.annotator, claim, "Who sais so?"), make_comment(cast.reviewer, claim, "The mayor.")
    at = desk(query=f"?span={claim.pk}")

    at.button("2 comments on the claim").click()
    expect(at.button("Edit")).to_have_count(1)
    at.button("Edit").click()
    expect(at.page.get_by_label("Edit comment")).to_have_value("Who sais so?")
    at.page.get_by_label("Edit comment").fill("Who says so?")
    at.press("Control+Enter")
    expect(threads(at, "span").locator(".comment-words").first).to_have_text("Who says so?")
    at.is_saved()

    mine.refresh_from_db()
    assert (mine.text, mine.version) == ("Who says so?", 2)


def test_verdict_evidence_and_article_have_their_own_threads_and_counts(cast: Cast, desk: OpenDesk) -> None:
    claim, fact = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, CRACKS, "fact")
    make_verdict(cast.annotator, claim)
    make_link(cast.annotator, fact, claim)
    at = desk(query=f"?span={claim.pk}")

    at.page.locator("evidence-list .piece").hover()
    at.page.locator("evidence-list").get_by_role("button", name="Comment").click()
    at.page.keyboard.type("On the link")
    at.press("Control+Enter")
    at.page.locator("verdict-form").get_by_role("button", name="Comment").click()
    at.page.keyboard.type("On the verdict")
    at.press("Control+Enter")
    at.page.locator("article-comments button").click()
    at.page.keyboard.type("On the article")
    at.press("Control+Enter")
    at.is_saved()

    expect(at.page.locator("article-comments")).to_have_text("1 comment")
    expect(at.page.locator("span-list .listed-more").first).to_contain_text("1 comment")
    assert {comment.text: comment.on[0] for comment in Comment.objects.all()} == {
        "On the link": "link", "On the verdict": "verdict", "On the article": "article",
    }  # fmt: skip


def test_a_comment_made_without_a_network_arrives_once_it_is_back(cast: Cast, desk: OpenDesk) -> None:
    claim = make_span(cast.annotator, cast.article)
    at = desk(query=f"?span={claim.pk}")

    at.page.context.set_offline(True)
    at.press("m")
    at.page.keyboard.type("Kept here")
    at.press("Control+Enter")
    expect(at.button("1 comment on the claim")).to_be_visible()
    at.button("Reply").click()
    at.page.keyboard.type("And this")
    at.press("Control+Enter")
    expect(at.page.locator("save-state")).to_contain_text("Offline")
    at.page.context.set_offline(False)
    at.is_saved()

    first = Comment.objects.get(text="Kept here")
    assert Comment.objects.get(text="And this").thread == first


def test_who_is_told_of_a_comment_lands_on_it_and_has_read_it(cast: Cast, desk: OpenDesk) -> None:
    claim = make_span(cast.annotator, cast.article)
    comment = make_comment(cast.annotator2, claim, "Look, @annotator.")

    at = desk(query=f"?span={claim.pk}&comment={comment.pk}")

    expect(at.page.locator(f'[data-comment="{comment.pk}"]')).to_be_focused()
    at.page.wait_for_load_state("networkidle")
    assert Notice.objects.get(user=cast.annotator).read


def test_text_that_was_not_sent_is_there_again_also_after_a_reload(cast: Cast, desk: OpenDesk) -> None:
    claim = make_span(cast.annotator, cast.article)
    at = desk(query=f"?span={claim.pk}")

    at.press("m")
    at.page.keyboard.type("Half a tho")
    expect(at.page.locator("save-state")).not_to_have_text("Saved")
    at.press("Escape", "l")
    at.page.locator("button.listed").click()
    at.press("m")
    expect(threads(at, "span").locator("textarea")).to_have_value("Half a tho")
    at.page.reload()
    at.page.wait_for_selector("html[data-ready]")
    at.press("m")
    expect(threads(at, "span").locator("textarea")).to_have_value("Half a tho")
    at.press("Control+Enter")
    at.is_saved()

    assert Comment.objects.get().text == "Half a tho"


def test_viewers_see_no_comments_and_none_to_write(cast: Cast, desk: OpenDesk) -> None:
    make_comment(cast.annotator, cast.article, "Between us")

    at = desk(cast.viewer)

    expect(at.page.locator("span-list")).to_be_visible()
    expect(at.page.locator("comment-threads")).to_have_count(0)
    expect(at.page.locator("article-comments button")).to_have_count(0)

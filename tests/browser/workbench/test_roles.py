"""Who may only read finds no dead buttons, and is told why a key does nothing."""

from __future__ import annotations

import re

from django.urls import reverse
from playwright.sync_api import expect

from annotations.models import Article, Span
from tests.browser.workbench.conftest import OpenDesk
from tests.cast import CRACKS, SAFE, Cast, make_cast, make_link, make_span, make_supported


def test_a_viewer_reads_what_is_approved_and_changes_nothing(desk: OpenDesk, cast: Cast) -> None:
    claim, *_, verdict = make_supported(cast)
    make_span(cast.annotator, cast.article, (99, 122), "fact")
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    window = desk(cast.viewer, query=f"?span={claim.pk}")
    assert window.painted("fact-0") == ["Engineers found cracks in March"]
    expect(window.verdict).to_contain_text("Supported")
    buttons = set(window.panel.get_by_role("button").all_inner_texts())
    assert not {name for name in buttons if "Delete" in name or "Submit" in name or name == "corroborates"}
    expect(window.button("Submit article")).to_have_count(0)
    window.press("j", "1")
    window.says("Only annotators can add or change spans.")


def test_a_reviewer_sees_the_state_and_the_way_to_the_review_screen(desk: OpenDesk, cast: Cast) -> None:
    claim, *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    window = desk(cast.reviewer, query=f"?span={claim.pk}")
    expect(window.verdict).to_contain_text("Submitted")
    expect(window.verdict.get_by_role("radio")).to_have_count(0)
    window.verdict.get_by_role("link", name="Open review").click()
    expect(window.page).to_have_url(re.compile(reverse("verdict", args=[verdict.pk])))


def test_in_a_shared_project_another_annotators_span_is_read_but_not_changed(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    window = desk(cast.annotator2, query=f"?span={claim.pk}")
    expect(window.panel).to_contain_text("by annotator")
    window.press("Delete")
    window.says("can change it.")
    window.press("c")
    window.drag("Engineers found cracks")
    window.is_saved()
    assert claim.links_in.get().author == cast.annotator2


def test_in_an_independent_project_one_sees_ones_own_spans(desk: OpenDesk, cast: Cast) -> None:
    alone = make_cast(mode="independent", annotators_per_article=2)
    make_span(alone.annotator, alone.article, SAFE)
    make_span(alone.annotator2, alone.article, CRACKS)
    window = desk(alone.annotator, alone.article)
    assert window.painted("claim-0") == ["the bridge is safe"]


def test_an_article_is_submitted_and_the_next_one_opens(desk: OpenDesk, cast: Cast, other: Article) -> None:
    window = desk()
    window.mark("the bridge is safe", "1")
    window.button("Submit article").click()
    expect(window.page.get_by_role("heading", name="Bridge closed")).to_be_visible()
    assert Span.objects.get().assignment.state == "submitted"


def test_the_last_article_says_that_all_is_done_and_can_be_taken_up_again(desk: OpenDesk, cast: Cast) -> None:
    window = desk()
    window.button("Submit article").click()
    window.says("No more articles to annotate.")
    window.button("Reopen").click()
    expect(window.button("Submit article")).to_be_visible()
    assert cast.article.assignments.get().state == "open"


def test_links_to_a_span_of_another_article_lead_there(desk: OpenDesk, cast: Cast, other: Article) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    make_link(cast.annotator, make_span(cast.annotator, other, (25, 62), "fact"), claim, "contradicts")
    window = desk(query=f"?span={claim.pk}")
    window.page.locator(".piece-body").click()
    expect(window.page.get_by_role("heading", name="Bridge closed")).to_be_visible()
    expect(window.page.locator("link-curves path[data-relation=contradicts]")).to_have_count(1)


def test_an_archived_article_is_read_only_and_says_why(desk: OpenDesk, cast: Cast) -> None:
    claim, fact = make_span(cast.annotator, cast.article, SAFE), make_span(cast.annotator, cast.article, CRACKS, "fact")
    cast.article.describe(by=cast.manager, archived=True)
    window = desk(query=f"?span={claim.pk}")

    expect(window.panel).to_contain_text("The article or its project is archived")
    window.mark("Repairs began on Monday", "1")
    window.says("A manager can restore it.")
    window.page.goto(f"{reverse('workbench', args=[cast.article.pk])}?span={fact.pk}")
    window.page.wait_for_selector("html[data-ready]")
    window.press("c")
    window.click("the bridge is safe")
    window.says("A manager can restore it.")
    assert Span.objects.count() == 2

"""Tying spans to one another: by clicking, by selecting, by number, in one article and across two."""

from __future__ import annotations

from playwright.sync_api import expect

from annotations.models import Article, Link, Span
from tests.browser.workbench.conftest import OpenDesk
from tests.cast import CRACKS, DANGER, MAYOR, SAFE, Cast, make_link, make_span, make_supported


def links() -> list[tuple[str, str, str]]:
    """Every link as source, relation, target, oldest first."""
    return [(link.source.quote, link.relation, link.target.quote) for link in Link.objects.order_by("pk")]


def test_a_claim_is_linked_to_a_span_that_is_clicked(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    make_span(cast.annotator, cast.article, CRACKS, "fact")
    window = desk(query=f"?span={claim.pk}")
    window.press("x")
    expect(window.page.locator("pick-prompt")).to_contain_text("Select the evidence that contradicts the claim.")
    window.click("Engineers found cracks")
    expect(window.panel).to_contain_text("Contradicted by 1, from 1 source, 1 independent")
    window.is_saved()
    assert links() == [("Engineers found cracks in March", "contradicts", "the bridge is safe")]


def test_text_that_is_picked_becomes_a_fact_and_a_link_in_one_step(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    window = desk(query=f"?span={claim.pk}")
    window.press("c")
    window.drag("Repairs began on Monday")
    window.is_saved()
    assert links() == [("Repairs began on Monday", "corroborates", "the bridge is safe")]
    assert Span.objects.get(label="fact").quote == "Repairs began on Monday"
    window.is_about("c1", "the bridge is safe")
    window.press("Control+z")
    window.is_saved()
    assert (Link.objects.count(), Span.objects.count()) == (0, 1)


def test_text_that_is_selected_already_is_linked_at_once(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    window = desk(query=f"?span={claim.pk}")
    window.drag("The council denies any danger")
    window.press("c")
    window.is_saved()
    assert links() == [("The council denies any danger", "corroborates", "the bridge is safe")]


def test_a_span_is_picked_by_its_number(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    make_span(cast.annotator, cast.article, CRACKS, "fact")
    make_span(cast.annotator, cast.article, DANGER, "fact")
    window = desk(query=f"?span={claim.pk}")
    window.press("c")
    expect(window.page.locator(".hint")).to_have_text(["f1", "f2"])
    window.press("f", "2", "Enter")
    window.is_saved()
    assert links() == [("The council denies any danger", "corroborates", "the bridge is safe")]


def test_an_attribution_is_linked_to_what_it_sources_and_names_who_says_it(desk: OpenDesk, cast: Cast) -> None:
    make_span(cast.annotator, cast.article, SAFE)
    attribution = make_span(cast.annotator, cast.article, MAYOR, "attribution", fields={"source_name": "The mayor"})
    window = desk(query=f"?span={attribution.pk}")
    window.press("a", "c", "1", "Enter")
    window.is_saved()
    assert links() == [("The mayor says", "attributes", "the bridge is safe")]
    window.press("n")
    expect(window.page.locator("said-by")).to_contain_text("The mayor")


def test_a_claim_restates_another_and_then_has_no_verdict_of_its_own(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    make_span(cast.annotator, cast.article, DANGER)
    window = desk(query=f"?span={claim.pk}")
    window.press("r", "c", "2", "Enter")
    window.is_saved()
    assert links() == [("the bridge is safe", "restates", "The council denies any danger")]
    expect(window.verdict).to_contain_text("restates another claim")


def test_what_cannot_be_picked_is_said_and_the_link_still_waits(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    make_span(cast.annotator, cast.article, CRACKS, "fact")
    window = desk(query=f"?span={claim.pk}")
    window.press("r")
    window.click("Engineers found cracks")
    window.says("The label of f1 is fact.")
    expect(window.page.locator("pick-prompt")).to_be_visible()
    window.press("Escape")
    expect(window.page.locator("pick-prompt")).to_be_hidden()
    assert Link.objects.count() == 0


def test_evidence_is_found_in_another_article_and_linked_across(desk: OpenDesk, cast: Cast, other: Article) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    window = desk(query=f"?span={claim.pk}")
    expect(window.page.get_by_label("Search the other articles")).to_have_value("bridge safe")
    window.press("x")
    window.page.locator(".result", has_text="Inspectors closed the bridge").click()
    window.wait_for_selection()
    window.drag("seven cracks in its northern pier", pane=1)
    window.is_saved()
    assert links() == [("seven cracks in its northern pier", "contradicts", "the bridge is safe")]
    expect(window.page.locator(".piece")).to_contain_text("The Daily Span")
    assert Span.objects.get(label="fact").article == other


def test_evidence_from_the_same_source_is_called_so_and_counts_for_nothing(desk: OpenDesk, cast: Cast) -> None:
    claim, fact, *_ = make_supported(cast)
    mayor = make_span(cast.annotator, cast.article, MAYOR, "attribution", fields={"source_name": "The mayor"})
    make_link(cast.annotator, mayor, claim, "attributes")
    make_link(cast.annotator, mayor, fact, "attributes")
    window = desk(query=f"?span={claim.pk}")
    expect(window.panel).to_contain_text("Corroborated by 1, from 1 source, not independent")
    expect(window.page.locator(".piece .piece-not-independent")).to_have_text(
        "same source as the claim: not independent"
    )


def test_curves_run_from_the_active_span_to_its_far_ends(desk: OpenDesk, cast: Cast, other: Article) -> None:
    claim, *_ = make_supported(cast)
    far = make_span(cast.annotator, other, (25, 62), "fact")
    make_link(cast.annotator, far, claim, "contradicts")
    window = desk(query=f"?span={claim.pk}&evidence={other.pk}")
    expect(window.page.locator("link-curves path[data-relation=corroborates]")).to_have_count(1)
    expect(window.page.locator("link-curves path[data-relation=contradicts]")).to_have_count(1)
    window.press("Escape")
    expect(window.page.locator("link-curves path")).to_have_count(0)


def test_resting_on_evidence_in_the_panel_scrolls_its_passage_into_view(desk: OpenDesk, cast: Cast) -> None:
    body = "The bridge is safe.\n" + "Nothing happens here.\n" * 120 + "Engineers found cracks."
    article = Article.objects.add(cast.project, body, by=None, title="Long")
    claim = make_span(cast.annotator, article, (0, 18))
    fact = make_span(cast.annotator, article, (len(body) - 23, len(body) - 1), "fact")
    make_link(cast.annotator, fact, claim)
    window = desk(article=article, query=f"?span={claim.pk}")
    last = window.page.locator("article-pane .text p").last
    expect(last).not_to_be_in_viewport()
    window.page.locator(".piece-body").hover()
    expect(last).to_be_in_viewport()


def test_a_link_is_turned_and_removed_in_the_panel(desk: OpenDesk, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    make_link(cast.annotator, make_span(cast.annotator, cast.article, CRACKS, "fact"), claim)
    window = desk(query=f"?span={claim.pk}")
    window.page.locator(".piece").hover()
    window.button("Change to contradicts").click()
    expect(window.panel).to_contain_text("Contradicted by 1")
    window.page.locator(".piece").hover()
    window.button("Remove", exact=True).click()
    window.says("Link removed: contradicts.")
    window.is_saved()
    assert Link.objects.count() == 0

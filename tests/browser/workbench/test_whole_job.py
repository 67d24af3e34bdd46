"""The annotator's whole job on two articles: by mouse, and again by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import expect

from annotations.models import Article, Link, Span, Verdict
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.desk import Desk
from tests.cast import Cast


def the_job_is_done(cast: Cast, window: Desk) -> None:
    """What has to stand in the database afterwards, and on the screen."""
    expect(window.page.get_by_role("heading", level=1, name="Bridge closed")).to_be_visible()
    spans = {(span.label, span.quote) for span in Span.objects.all()}
    assert spans == {
        ("claim", "the bridge is safe"),
        ("attribution", "The mayor says"),
        ("fact", "Engineers found cracks in March"),
        ("fact", "Inspectors closed the bridge on Friday."),
    }
    links = {(link.source.quote, link.relation, link.target.quote) for link in Link.objects.all()}
    assert links == {
        ("The mayor says", "attributes", "the bridge is safe"),
        ("Engineers found cracks in March", "contradicts", "the bridge is safe"),
        ("Inspectors closed the bridge on Friday.", "contradicts", "the bridge is safe"),
    }
    verdict = Verdict.objects.get()
    assert (verdict.rating, verdict.state, verdict.rationale) == ("refuted", "submitted", "Cracks, and a closure.")
    assert cast.article.assignments.get().state == "submitted"


def test_the_whole_job_by_mouse(desk: OpenDesk, cast: Cast, other: Article) -> None:
    window = desk()
    bar = window.page.locator(".label-bar:visible")
    window.drag("The mayor says")
    bar.get_by_role("button", name="Attribution").click()
    window.drag("Engineers found cracks in March")
    bar.get_by_role("button", name="Fact").click()
    window.drag("the bridge is safe")
    bar.get_by_role("button", name="Claim").click()

    window.panel.get_by_role("button", name="Add source").click()
    window.click("The mayor says")
    window.panel.get_by_role("button", name="contradicts").click()
    window.click("Engineers found cracks in March")
    window.page.locator(".result", has_text="Inspectors closed the bridge").click()
    window.wait_for_selection()
    window.panel.get_by_role("button", name="contradicts", exact=True).click()
    window.drag("Inspectors closed the bridge on Friday.", pane=1)

    window.verdict.get_by_text("Refuted", exact=True).click()
    window.page.get_by_label("Rationale").click()
    window.page.keyboard.insert_text("Cracks, and a closure.")
    window.button("Submit verdict").click()
    expect(window.verdict).to_contain_text("Submitted")
    window.button("Submit article").click()
    the_job_is_done(cast, window)


def test_the_whole_job_by_keyboard_alone(desk: OpenDesk, cast: Cast, other: Article) -> None:
    window = desk()
    window.press("j", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    assert window.selected() == "The mayor says"
    window.press("2", "j", "Shift+ArrowLeft", "3")
    window.is_about("f1", "Engineers found cracks in March")
    window.press("k", "k", "Shift+ArrowLeft", *["Alt+Shift+ArrowRight"] * 3, "1")
    window.is_about("c1", "the bridge is safe")

    window.press("a", "a", "1", "Enter", "x", "f", "1", "Enter")
    expect(window.page.locator(".piece")).to_have_count(1)
    window.press("x", "/")
    window.page.keyboard.type("closed Friday")
    window.press("Enter")
    expect(window.page.locator(".result mark").first).to_be_visible()
    window.press("ArrowDown", "Enter")
    window.wait_for_selection()
    window.press("Enter")
    expect(window.page.locator(".piece")).to_have_count(2)

    window.press("v", "2", "Tab")
    window.page.keyboard.type("Cracks, and a closure.")
    window.press("Control+Enter")
    expect(window.verdict).to_contain_text("Submitted")
    window.button("Submit article").focus()
    window.press("Enter")
    the_job_is_done(cast, window)

"""The evidence map and a claim's own page in a real browser: by keyboard, by mouse, on paper, and with much on them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from annotations.models import Article, Span
from tests.browser.accessibility.text_style import set_text_style
from tests.browser.conftest import Visit
from tests.cast import CRACKS, DANGER, Cast, make_article, make_link, make_span, make_supported
from tests.crowd import crowd
from tests.machine import NARROW, WIDE


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast, where the server can see it."""
    from tests.cast import make_cast

    return make_cast()


def across(cast: Cast) -> tuple[Article, Span, Span, Span]:
    """Another article, a claim in the first, a fact there that corroborates it, and one elsewhere that contradicts."""
    other = make_article(cast.project, "The ferry is safer. It runs.", title="The ferry", outlet="Port Post")
    claim, fact, *_ = make_supported(cast)
    far = make_span(cast.annotator, other, (0, 18), "fact")
    make_link(cast.annotator, far, claim, "contradicts")
    return other, claim, fact, far


def opened(page: Page, cast: Cast, query: str = "") -> Page:
    """The map, once its program is at work."""
    page.goto(reverse("map", args=[cast.project.slug]) + query)
    page.wait_for_selector(".map.looked")
    return page


def focused(page: Page) -> str | None:
    """The span on the map that has the focus."""
    found: str | None = page.evaluate("document.activeElement.dataset?.span ?? null")
    return found


def test_spans_are_walked_by_keyboard_and_enter_opens_both_articles(visit: Visit, cast: Cast) -> None:
    other, claim, fact, far = across(cast)
    page = opened(visit(cast.annotator), cast, f"?article={cast.article.pk}&article={other.pk}")
    walked = []
    for key in ("n", "n", "n", "n", "p", "p", "p", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        walked.append(focused(page))
    names = {str(claim.pk): "claim", str(fact.pk): "fact", str(far.pk): "far"}
    assert [names[str(one)] for one in walked] == [
        "claim", "fact", "far", "claim", "far", "fact", "claim", "fact", "claim",
    ]  # fmt: skip
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/articles/{cast.article.pk}/\?.*span={claim.pk}"))
    expect(page.locator("evidence-pane")).to_contain_text("The ferry is safer.")


def test_arrows_lead_along_a_link_to_its_far_end_and_back(visit: Visit, cast: Cast) -> None:
    other, claim, _, far = across(cast)
    page = opened(visit(cast.annotator), cast, f"?article={cast.article.pk}&article={other.pk}")
    page.keyboard.press("n")
    page.keyboard.press("ArrowRight")
    assert focused(page) == str(far.pk)
    page.keyboard.press("ArrowLeft")
    assert focused(page) == str(claim.pk)


def test_a_thousand_spans_are_one_stop_of_the_tab_key(visit: Visit, cast: Cast) -> None:
    across(cast)
    page = opened(visit(cast.annotator), cast)
    assert page.locator('.map-span[tabindex="0"]').count() == 1
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.locator('.map-span[tabindex="0"]').get_attribute("data-span") == focused(page)


def test_a_selected_mark_is_read_below_with_its_links_and_the_rest_steps_back(visit: Visit, cast: Cast) -> None:
    other, claim, fact, far = across(cast)
    page = opened(visit(cast.annotator), cast, f"?article={cast.article.pk}&article={other.pk}")
    page.locator(f'[data-span="{fact.pk}"] .ground').click()
    strip = page.get_by_role("region", name="Selected span")
    expect(strip).to_contain_text("“Engineers found cracks in March”")
    expect(strip).to_contain_text("+ Corroborates · 1")
    strip.get_by_role("button", name="“the bridge is safe”").click()
    assert focused(page) == str(claim.pk)
    expect(strip).to_contain_text("Port Post")
    expect(page.locator(".curve.chosen")).to_have_count(2)
    expect(page.locator(f'[data-span="{far.pk}"]')).to_have_class(re.compile("far"))
    expect(strip.get_by_role("link", name="open both")).to_have_attribute(
        "href", f"/articles/{cast.article.pk}/?span={claim.pk}&evidence={other.pk}"
    )
    expect(strip.get_by_role("link", name="View claim page")).to_have_attribute("href", f"/claims/{claim.pk}/")
    page.keyboard.press("Escape")
    expect(strip).to_be_hidden()
    expect(page.locator(".curve.chosen")).to_have_count(0)


def test_pointing_at_a_mark_shows_its_links_for_the_moment(visit: Visit, cast: Cast) -> None:
    _, claim, *_ = across(cast)
    page = opened(visit(cast.annotator), cast)
    page.locator(f'[data-span="{claim.pk}"] .ground').hover()
    expect(page.locator(".curve.chosen")).to_have_count(2)
    page.get_by_role("heading", name="Evidence map").hover()
    expect(page.locator(".curve.chosen")).to_have_count(0)


def test_a_double_click_opens_the_workbench(visit: Visit, cast: Cast) -> None:
    _, claim, *_ = across(cast)
    page = opened(visit(cast.annotator), cast)
    page.locator(f'[data-span="{claim.pk}"] .ground').dblclick()
    expect(page).to_have_url(re.compile(rf"/articles/{cast.article.pk}/"))


def test_the_selection_stays_in_the_address(visit: Visit, cast: Cast) -> None:
    _, claim, *_ = across(cast)
    page = opened(visit(cast.annotator), cast)
    page.locator(f'[data-span="{claim.pk}"] .ground').click()
    expect(page).to_have_url(re.compile(f"#span-{claim.pk}"))
    page.reload()
    expect(page.get_by_role("region", name="Selected span")).to_contain_text("the bridge is safe")


def test_columns_are_chosen_and_ordered_and_filters_stay_in_the_address(visit: Visit, cast: Cast) -> None:
    across(cast)
    page = opened(visit(cast.annotator), cast)
    titles = page.locator(".map-title")
    first, second = titles.all_text_contents()
    page.locator("summary", has_text="Choose articles").click()
    page.get_by_role("button", name="Move right").first.click()
    expect(titles.first).to_have_text(second)
    expect(titles.last).to_have_text(first)
    page.get_by_role("checkbox", name="The ferry").uncheck()
    expect(titles).to_have_count(1)
    page.keyboard.press("Escape")
    page.get_by_label("Labels").select_option("Claims only")
    expect(page.locator(".map-span")).to_have_count(1)
    expect(page.locator("#map-counts")).to_contain_text("1 span")
    page.reload()
    expect(page.locator(".map-span")).to_have_count(1)
    expect(page.get_by_label("Labels")).to_have_value("claim")


def test_what_is_in_sight_is_drawn_in_full_and_the_rest_faintly(visit: Visit, cast: Cast) -> None:
    crowd(cast.project, cast.annotator)
    page = opened(visit(cast.annotator), cast)
    assert page.locator(".map-span").count() == 1100
    seen = "Array.from(document.querySelectorAll('.curve:is(.near, .half)'), (one) => one.dataset.from).join()"
    before = page.evaluate(seen)
    assert 0 < page.locator(".curve:is(.near, .half)").count() < 200
    page.locator(".map-frame").evaluate("frame => frame.scrollTo(frame.scrollWidth, frame.scrollHeight)")
    page.wait_for_function(f"before => {seen} !== before", arg=before)
    heads = page.locator(".map-top").bounding_box()
    frame = page.locator(".map-frame").bounding_box()
    assert heads
    assert frame
    assert abs(heads["y"] - frame["y"]) < 2
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


@pytest.mark.parametrize("font", [NARROW, WIDE])
def test_keys_on_a_crowded_map_bring_the_mark_into_sight(visit: Visit, cast: Cast, font: str) -> None:
    crowd(cast.project, cast.annotator)
    page = opened(visit(cast.annotator), cast)
    set_text_style(page, font)
    page.keyboard.press("p")
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    seen: Any = page.evaluate(
        """() => {
            const mark = document.activeElement.getBoundingClientRect();
            const frame = document.querySelector(".map-frame").getBoundingClientRect();
            const heads = document.querySelector(".map-top").getBoundingClientRect();
            return mark.top >= heads.bottom - 1 && mark.bottom <= frame.bottom + 1 && mark.right <= frame.right + 1;
        }"""
    )
    assert seen


def test_the_map_is_printed_in_ink_on_sheets_with_headings_and_nothing_to_click(visit: Visit, cast: Cast) -> None:
    crowd(cast.project, cast.annotator, articles=4, spans=40, links=60)
    page = opened(visit(cast.annotator), cast)
    page.keyboard.press("n")
    page.emulate_media(media="print")
    sheets = page.locator(".map-slice")
    expect(sheets.first).to_be_visible()
    assert page.locator(".map-slice .map-span").count() == 160
    assert all(sheets.nth(number).locator(".map-title").count() >= 1 for number in range(sheets.count()))
    assert page.locator(".map-slice .curve").first.evaluate("curve => getComputedStyle(curve).strokeOpacity") == "1"
    for hidden in ("nav.sections", ".map-strip", "#map-filters", ".map-frame", ".keys"):
        expect(page.locator(hidden)).to_be_hidden()
    page.emulate_media(media="screen")
    expect(sheets).to_have_count(0)


def test_without_a_program_every_mark_is_a_link_and_every_curve_is_drawn(visit: Visit, cast: Cast) -> None:
    _, claim, *_ = across(cast)
    page = visit(cast.annotator, java_script_enabled=False)
    page.goto(reverse("map", args=[cast.project.slug]))
    expect(page.locator(".curve")).to_have_count(2)
    page.locator(f'[data-span="{claim.pk}"] .ground').click()
    page.wait_for_url(re.compile(f"/articles/{cast.article.pk}/"))


def test_without_colours_relations_differ_by_their_strokes_and_signs(visit: Visit, cast: Cast) -> None:
    across(cast)
    page = opened(visit(cast.annotator, forced_colors="active"), cast)
    strokes = {
        relation: page.locator(f".curve[data-relation={relation}] path").first.evaluate(
            "path => getComputedStyle(path).strokeDasharray"
        )
        for relation in ("corroborates", "contradicts")
    }
    assert strokes["corroborates"] == "none" != strokes["contradicts"]
    assert sorted(page.locator(".curve text").all_text_contents()) == ["+", "−"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_map_table_and_claim_page_are_accessible(visit: Visit, cast: Cast, scheme: str) -> None:
    _, claim, *_ = across(cast)
    make_link(cast.annotator, make_span(cast.annotator, cast.article, DANGER), claim, "restates")
    page = visit(cast.annotator, color_scheme=scheme)
    opened(page, cast)
    page.keyboard.press("n")
    complaints = Axe().run(page).generate_report() if Axe().run(page).violations_count else ""
    for address in (reverse("map", args=[cast.project.slug]) + "?view=table", reverse("claim", args=[claim.pk])):
        page.goto(address)
        found = Axe().run(page)
        complaints += found.generate_report() if found.violations_count else ""
    assert complaints == ""


def test_the_citation_is_copied_and_the_claim_is_reached_from_the_workbench(visit: Visit, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, CRACKS)
    page = visit(cast.annotator, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/articles/{cast.article.pk}/?span={claim.pk}")
    page.get_by_role("link", name="View claim page").click()
    expect(page).to_have_url(re.compile(f"/claims/{claim.pk}/"))
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert f"/claims/{claim.pk}/" in page.evaluate("navigator.clipboard.readText()")


def test_a_claims_page_is_printed_without_what_one_would_click(visit: Visit, cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    page = visit(cast.annotator)
    page.goto(reverse("claim", args=[claim.pk]))
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="the bridge is safe")).to_be_visible()
    expect(page.locator(".citation")).to_be_visible()
    for name in ("Print", "Copy"):
        expect(page.get_by_role("button", name=name)).to_be_hidden()
    expect(page.get_by_text("Open in the workbench").first).to_be_hidden()

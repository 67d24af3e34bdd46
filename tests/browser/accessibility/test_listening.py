"""What one hears who does not see the page: names, the list of spans, what is announced, where the focus goes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Span
from tests.browser.accessibility.conftest import Sit
from tests.browser.accessibility.states import sending
from tests.browser.accessibility.states.workbench_table import Open, on_label, plain
from tests.browser.accessibility.states.world import World
from tests.browser.workbench.desk import Desk

pytestmark = pytest.mark.django_db


def sat_down(world: World, sit: Sit, open_at: Open = plain, *, alone: bool = False) -> Desk:
    """The annotator at the workbench."""
    article, query = open_at(world)
    return Desk(sit("annotator", alone=alone), article).open(query)


def focused(page: Page) -> str:
    """The tag and class of what has the focus."""
    return str(page.evaluate("`${document.activeElement.localName} ${document.activeElement.className}`.trim()"))


def voice(desk: Desk, words: str | re.Pattern[str]) -> None:
    """Waits until this is said, politely and once."""
    expect(desk.page.locator("toast-shelf [aria-live=polite]")).to_have_text(words)


def test_every_span_is_in_the_list_with_number_label_and_words(world: World, sit: Sit) -> None:
    desk = sat_down(world, sit)
    items = desk.page.locator("span-list button.listed")
    count = Span.objects.filter(article=desk.article).count()
    expect(items).to_have_count(count)
    names = items.evaluate_all("all => all.map((one) => one.textContent)")
    assert all(re.match(r"[caf]\d+(claim|attribution|fact): ", name) for name in names)


def test_the_list_tells_links_and_verdict(world: World, sit: Sit) -> None:
    desk = sat_down(world, sit)
    approved = desk.page.get_by_role("button", name=re.compile("^c2 claim: Abu Bakr al Baghdadi was killed"))
    expect(approved).to_have_accessible_name(re.compile(r"5 links . Not enough evidence, approved$"))


def test_choosing_in_the_list_goes_to_the_span_and_says_so(world: World, sit: Sit) -> None:
    desk = sat_down(world, sit)
    desk.press("l", "ArrowDown", "Enter")
    expect(desk.page.locator("span-head h2")).to_be_focused()
    voice(desk, re.compile(r"^c1, claim: it has killed the leader"))
    expect(desk.page).to_have_title(re.compile(r"^c1 · The Russian military claims"))


def test_the_title_is_the_article_s_alone_once_nothing_is_active(world: World, sit: Sit) -> None:
    desk = sat_down(world, sit, on_label("claim"))
    expect(desk.page).to_have_title(re.compile(r"^c1 · "))
    desk.press("Escape")
    expect(desk.page).to_have_title(re.compile(r"^The Russian military claims"))


def test_marking_is_announced_once(world: World, sit: Sit) -> None:
    desk = sat_down(world, sit, alone=True)
    desk.page.evaluate("""() => {
        window.said = [];
        const look = new MutationObserver((changes) => window.said.push(
            ...changes.flatMap((change) => [...change.addedNodes].map((node) => node.textContent))));
        const voice = document.querySelector("toast-shelf [aria-live=polite]");
        look.observe(voice, { childList: true, characterData: true, subtree: true });
    }""")
    sending.hold(desk)
    expect(desk.page.locator("save-state")).to_have_attribute("data-state", "saving")
    said = desk.page.evaluate("window.said.filter((words) => words.startsWith('Labelled'))")
    assert said == ["Labelled as fact: The US said"]


def test_a_refusal_interrupts(world: World, sit: Sit) -> None:
    desk = sat_down(world, sit, alone=True)
    sending.refuse(desk)
    expect(desk.page.locator("toast-shelf [role=alert]")).to_contain_text("The article is archived.")


@pytest.mark.parametrize("key", ["?", "l"])
def test_a_dialog_gives_the_focus_back(world: World, sit: Sit, key: str) -> None:
    desk = sat_down(world, sit, on_label("claim"))
    opener = desk.page.locator("span-foot").get_by_role("button", name="History")
    if key == "?":
        desk.page.locator("article-pane .text").focus()
        desk.press("?")
    else:
        opener.focus()
        desk.press("Enter")
    before = "div text" if key == "?" else "button quiet small"
    expect(desk.page.get_by_role("dialog")).to_be_visible()
    desk.press("Escape")
    expect(desk.page.get_by_role("dialog")).to_have_count(0)
    assert focused(desk.page).startswith(before)


def test_after_a_deletion_the_focus_is_in_the_panel(world: World, sit: Sit) -> None:
    desk = sat_down(world, sit, on_label("fact"), alone=True)
    sending.delete(desk)
    expect(desk.page.locator("span-list")).to_be_visible()
    assert focused(desk.page) != "body"


def test_the_panel_of_a_claim_reads_in_the_order_of_the_work(world: World, sit: Sit) -> None:
    desk = sat_down(world, sit, on_label("claim"))
    headings = desk.panel.get_by_role("heading").all_inner_texts()
    order = [heading for heading in map(str.lower, headings) if heading in ("said by", "evidence", "verdict")]
    assert headings[0].lower().startswith("claim")
    assert order == ["said by", "evidence", "verdict"]


def test_texts_say_their_language(world: World, sit: Sit) -> None:
    desk = sat_down(world, sit, on_label("claim"))
    for selector in ("h1", "article-pane .text", "span-head .quote"):
        expect(desk.page.locator(selector).first).to_have_attribute("lang", "en")


def test_pictures_on_the_overview_have_words(world: World, sit: Sit) -> None:
    page = sit("manager")
    page.goto(f"/projects/{world.project.slug}/")
    expect(page.get_by_role("img", name=re.compile("2 articles"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Claims 25"))).to_be_visible()

"""A text of two hundred thousand characters with four thousand spans is worked on like a short one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from annotations.models import Article, Assignment, Span, acting
from tests.browser.waiting import paint, until
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.desk import Desk
from tests.cast import Cast, make_article, make_link

SENTENCES = 3200
ASKED = re.compile(r"/api/v1/articles/[^/]+/annotations/")
CLAIM = "Report {:05d} says that the bridge over the river was closed."

IN_VIEW = """(words) => {
    const pane = [...document.querySelectorAll("article-pane")].at(-1);
    const frame = pane.getBoundingClientRect();
    const paragraph = [...pane.querySelectorAll(".text p")].find((one) => one.textContent.includes(words));
    const range = document.createRange();
    range.setStart(paragraph.firstChild, paragraph.textContent.indexOf(words));
    range.setEnd(paragraph.firstChild, paragraph.textContent.indexOf(words) + words.length);
    const box = range.getBoundingClientRect();
    return box.top >= frame.top && box.bottom <= frame.bottom;
}"""


TO_THE_END = """() => {
    const pane = document.querySelector("article-pane");
    pane.scrollTop = 1e9;
    return pane.scrollTop;
}"""


def sentence(number: int) -> str:
    return CLAIM.format(number)


@pytest.fixture
def long(cast: Cast) -> Article:
    """Every sentence is a claim, and in each fourth one the bridge is a fact."""
    body = "".join(f"{sentence(number)}{chr(10) if number % 8 == 7 else ' '}" for number in range(SENTENCES)).rstrip()
    article = make_article(cast.project, body, title="A long report")
    step = len(sentence(0)) + 1
    with acting(cast.annotator):
        assignment, _ = Assignment.objects.take_up(article, by=cast.annotator)
        marks = [("claim", at * step, at * step + step - 1) for at in range(SENTENCES)]
        marks += [("fact", at * step + 23, at * step + 33) for at in range(0, SENTENCES, 4)]
        Span.objects.bulk_create(
            Span(assignment=assignment, article=article, label=label, fragments=[[start, end]])
            for label, start, end in marks
        )
    return article


def claim(article: Article, number: int) -> Span:
    found: Span = Span.objects.get(article=article, label="claim", start=number * (len(sentence(0)) + 1))
    return found


def is_in_view(desk: Desk, words: str) -> None:
    """Waits until words stand within the last pane."""
    desk.page.wait_for_function(IN_VIEW, arg=words)


def painted(desk: Desk, name: str, wanted: str) -> list[str]:
    """The words under a highlight, as soon as they hold the wanted ones."""
    return until(desk.page, lambda: words if wanted in (words := desk.painted(name)) else [])


def settle(desk: Desk, scroll: Callable[[], object]) -> None:
    """Scrolls until one comes to the same place: what was not on the screen yet has a guessed height."""
    places = [scroll()]
    while len(places) < 4 or len(set(places[-4:])) > 1:
        paint(desk.page)
        places.append(scroll())


def test_spans_are_painted_where_one_scrolls_and_only_near_there(desk: OpenDesk, long: Article) -> None:
    window = desk(article=long)
    top = painted(window, "claim-0", sentence(0))

    window.page.evaluate("document.querySelector('article-pane').scrollTop = 1e9")

    bottom = painted(window, "claim-0", sentence(SENTENCES - 1))
    assert sentence(SENTENCES - 1) not in top
    assert sentence(0) not in bottom
    assert max(len(top), len(bottom)) < SENTENCES / 4


def test_spans_are_there_before_the_workbench_is(desk: OpenDesk, cast: Cast, long: Article) -> None:
    window = desk()
    window.page.route("**/workbench.js", lambda route: route.abort())
    window.page.goto(window.page.url.replace(str(cast.article.pk), str(long.pk)))

    assert painted(window, "claim-0", sentence(0))[0] == sentence(0)
    assert painted(window, "fact-1", "the bridge")
    expect(window.page.get_by_role("alert")).to_have_text(
        "The workbench couldn't be loaded. Reload the page to try again."
    )


def test_a_far_span_is_found_by_its_address_and_its_neighbours_by_their_keys(desk: OpenDesk, long: Article) -> None:
    window = desk(article=long, query=f"?span={claim(long, 2001).pk}")
    window.is_about("c2002", sentence(2001))
    is_in_view(window, sentence(2001))

    window.press("n", "n", "n")
    window.is_about("f502", "the bridge") if 2004 % 4 else window.is_about("c2005", sentence(2004))
    painted(window, "claim-0", sentence(2004))
    window.press("p", "p", "p", "p")
    window.is_about("f501", "the bridge")


def test_the_list_of_spans_is_whole_and_the_keys_reach_all_of_it(desk: OpenDesk, long: Article) -> None:
    window = desk(article=long)
    window.press("l")
    expect(window.panel.locator("button.listed:focus")).to_contain_text("c1")

    window.press("End")
    last = window.panel.locator("li:has(button:focus)")
    expect(last).to_contain_text(f"c{SENTENCES}")
    expect(last).to_have_attribute("aria-posinset", "4000")
    expect(last).to_have_attribute("aria-setsize", "4000")
    window.press(*["ArrowUp"] * 70)
    expect(window.panel.locator("li:has(button:focus)")).to_have_attribute("aria-posinset", "3930")
    window.press("Enter")
    is_in_view(window, window.panel.locator("span-head .quote").inner_text())


def test_the_list_shows_what_one_scrolls_to(desk: OpenDesk, long: Article) -> None:
    window = desk(article=long)

    window.page.evaluate("document.querySelector('.panel-sheet').scrollTop = 1e9")

    expect(window.panel.locator(f"[data-key='{claim(long, SENTENCES - 1).pk}']")).to_be_visible()
    assert window.panel.locator("button.listed").count() < 600


def test_marking_far_down_and_taking_it_back_asks_only_for_what_is_there(desk: OpenDesk, long: Article) -> None:
    window = desk(article=long, query=f"?span={claim(long, 3000).pk}")
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url) if ASKED.search(request.url) else None)

    settle(window, lambda: window.place("03005 says", 0))
    window.mark("03005 says", "1")
    window.is_about("c3007", "03005 says")
    assert "03005 says" in painted(window, "claim-1", "03005 says")
    window.is_saved()
    with window.page.expect_response(ASKED):
        window.press("Control+z")

    assert ["from=" in url for url in asked] == [True], asked
    assert "03005 says" not in window.painted("claim-1")
    window.press("n")
    window.is_about("c3007", sentence(3006))
    window.is_saved()


def test_a_deleted_claim_far_down_comes_back_with_its_link(desk: OpenDesk, cast: Cast, long: Article) -> None:
    fact = Span.objects.filter(article=long, label="fact").order_by("start")[3]
    make_link(cast.annotator, fact, claim(long, 3000))
    window = desk(article=long, query=f"?span={claim(long, 3000).pk}")

    window.press("Delete")
    window.says("Deleted c3001 with 1 link.")
    window.is_saved()
    with window.page.expect_response(ASKED):
        window.press("Control+z")

    window.is_about("c3001", sentence(3000))
    expect(window.panel.locator("evidence-list")).to_contain_text("the bridge")
    window.is_saved()


def test_a_long_article_beside_is_painted_and_marked_too(desk: OpenDesk, cast: Cast, long: Article) -> None:
    window = desk(query=f"?evidence={long.pk}")
    window.page.locator("evidence-pane .stretch").first.wait_for(state="attached")

    settle(window, lambda: window.place("02500 says", 1))
    window.mark("02500 says", "3", pane=1)

    assert "02500 says" in painted(window, "fact-1", "02500 says")
    assert sentence(2500) in window.painted("claim-0")
    window.is_saved()


def test_a_text_that_is_one_endless_line_is_marked_at_its_end(desk: OpenDesk, cast: Cast) -> None:
    body = "".join(f"word{number} " for number in range(12_000)) + "👩‍👩‍👧" * 6000 + " the end"
    window = desk(article=make_article(cast.project, body))
    shown: Any = window.page.locator(".text").evaluate("(text) => text.textContent")
    settle(window, lambda: window.page.evaluate(TO_THE_END))
    is_in_view(window, "the end")

    window.mark("the end", "1")

    assert shown == body
    assert painted(window, "claim-0", "the end") == ["the end"]
    window.is_saved()
    assert Span.objects.get().start == len(body) - len("the end")

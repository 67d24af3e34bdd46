"""Ends are dragged and stepped, fragments selected, words, sentences and paragraphs chosen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from annotations.models import Span
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.desk import Desk
from tests.cast import SAFE, Cast, make_article, make_span

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
CLUSTERS = {
    "a family": FAMILY,
    "a flag": "\U0001f1f8\U0001f1fe",
    "a skin": "\U0001f44d\U0001f3fd",
    "a letter with marks": "e\u0301\u0327",
    "Hangul jamo": "\u1112\u1161\u11ab",
    "a Devanagari conjunct": "\u0915\u094d\u0937\u093f",
    "a keycap": "1\ufe0f\u20e3",
}
LONG = "\n".join(f"Paragraph {n} says that the bridge over the river is safe and stays open." for n in range(80))


def knob(window: Desk, edge: str, nth: int = 0) -> tuple[float, float]:
    """The middle of a handle."""
    box = window.page.locator(f".grip.{edge}:not([hidden]) .knob").nth(nth).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def hold(window: Desk, edge: str, nth: int = 0) -> None:
    """Presses the mouse on a handle."""
    window.page.mouse.move(*knob(window, edge, nth))
    window.page.mouse.down()


def drag_to(window: Desk, words: str, *, at_end: bool = True) -> None:
    """Moves the mouse to where words end, or begin."""
    x1, y1, x2, y2 = window.place(words, 0)
    window.page.mouse.move(*((x2, y2) if at_end else (x1, y1)), steps=4)


def broken(cast: Cast, *parts: str) -> Span:
    """A claim of several fragments."""
    body = cast.article.body
    ranges = [[body.index(part), body.index(part) + len(part)] for part in parts]
    return make_span(cast.annotator, cast.article, fragments=ranges)


def test_a_dragged_end_shows_where_it_would_be_and_escape_gives_up(desk: OpenDesk, cast: Cast) -> None:
    make_span(cast.annotator, cast.article, SAFE)
    window = desk()
    window.press("n")
    hold(window, "end")
    drag_to(window, "safe. Engineers found")
    assert window.painted("active-claim") == ["the bridge is safe. Engineers found"]
    window.press("Escape")
    assert window.painted("active-claim") == ["the bridge is safe"]
    window.page.mouse.up()
    window.is_about("c1", "the bridge is safe")
    assert Span.objects.get().version == 1


def test_alt_makes_a_dragged_end_exact_even_where_the_hand_rests(desk: OpenDesk, cast: Cast) -> None:
    make_span(cast.annotator, cast.article, SAFE)
    window = desk()
    window.press("n")
    hold(window, "start")
    drag_to(window, "ayor says", at_end=False)
    assert window.painted("active-claim") == ["mayor says the bridge is safe"]
    window.page.keyboard.down("Alt")
    assert window.painted("active-claim") == ["ayor says the bridge is safe"]
    window.page.mouse.up()
    window.page.keyboard.up("Alt")
    window.is_about("c1", "ayor says the bridge is safe")


def test_an_end_does_not_pass_the_other(desk: OpenDesk, cast: Cast) -> None:
    make_span(cast.annotator, cast.article, SAFE)
    window = desk()
    window.press("n")
    hold(window, "end")
    drag_to(window, "The mayor", at_end=False)
    window.page.mouse.up()
    window.is_about("c1", "the")


def test_the_text_scrolls_under_a_drag_at_its_edge(desk: OpenDesk, cast: Cast) -> None:
    article = make_article(cast.project, LONG)
    make_span(cast.annotator, article, (0, 11))
    window = desk(article=article)
    window.press("n")
    hold(window, "end")
    pane: Any = window.page.locator("article-pane").bounding_box()
    window.page.mouse.move(pane["x"] + 300, pane["y"] + pane["height"] - 5, steps=3)
    window.page.evaluate("""() => new Promise((done) => {
        const look = () => (document.querySelector("article-pane").scrollTop > 600 ? done() : setTimeout(look, 50));
        look();
    })""")
    window.page.mouse.up()
    window.is_saved()
    assert Span.objects.get().end > 1000


def test_the_handles_are_large_enough_to_hit(desk: OpenDesk, cast: Cast) -> None:
    make_span(cast.annotator, cast.article, SAFE)
    window = desk()
    window.press("n")
    for edge in ("start", "end"):
        box = window.page.locator(f".grip.{edge} .knob").bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24


def test_every_fragment_has_ends_to_drag(desk: OpenDesk, cast: Cast) -> None:
    broken(cast, "Repairs began", "Nobody was")
    window = desk()
    window.press("n")
    hold(window, "start", 1)
    drag_to(window, "said. Nobody", at_end=False)
    window.page.mouse.up()
    window.is_about("c1", "Repairs began … said. Nobody was")
    hold(window, "end", 0)
    drag_to(window, "the contractor said")
    window.page.mouse.up()
    window.is_about("c1", "Repairs began on Monday, the contractor said. Nobody was")


def test_keys_select_a_fragment_move_its_ends_and_remove_it(desk: OpenDesk, cast: Cast) -> None:
    broken(cast, "The mayor", "the bridge", "Engineers found")
    window = desk()
    window.press("n", "f", "f", "Alt+ArrowRight", ",")
    window.is_about("c1", "The mayor … the bridge i … Engineers found")
    window.press("Alt+Shift+ArrowLeft")
    window.is_about("c1", "The mayor … says the bridge i … Engineers found")
    expect(window.page.locator(".grip.selected:not([hidden])")).to_have_count(2)
    window.press("Shift+f", "Shift+Delete")
    window.is_about("c1", "says the bridge i … Engineers found")
    window.press("Shift+Delete")
    window.says("Select a fragment first.")
    window.press("Control+z")
    window.is_about("c1", "The mayor … says the bridge i … Engineers found")


def test_the_mouse_selects_a_fragment_and_removes_it(desk: OpenDesk, cast: Cast) -> None:
    broken(cast, "The mayor", "the bridge")
    window = desk()
    window.press("n")
    window.button("the bridge").click()
    expect(window.button("the bridge")).to_have_attribute("aria-pressed", "true")
    window.button("Remove fragment 1").click()
    window.is_about("c1", "the bridge")


def test_a_key_joins_what_is_selected_to_the_active_span(desk: OpenDesk, cast: Cast) -> None:
    make_span(cast.annotator, cast.article, SAFE)
    window = desk()
    window.press("n", "j", "j", "g")
    window.is_about("c1", "the bridge is safe … The council denies any danger.")
    window.drag("Nobody was hurt")
    window.button("Add to c1").click()
    window.is_about("c1", "the bridge is safe … The council denies any danger. … Nobody was hurt")


def test_three_clicks_choose_the_sentence_and_four_the_paragraph(desk: OpenDesk, cast: Cast) -> None:
    window = desk(article=make_article(cast.project, "One is here. Two is there.\nThree stands alone."))
    window.click("Two is", times=3)
    assert window.selected() == "Two is there."
    window.click("Two is", times=4)
    assert window.selected() == "One is here. Two is there."
    window.press("3")
    window.is_about("f1", "One is here. Two is there.")


def test_paragraphs_and_characters_are_chosen_by_keyboard(desk: OpenDesk, cast: Cast) -> None:
    window = desk(article=make_article(cast.project, "One is here. Two.\n \nThree stands.\nFour."))
    window.press("Control+ArrowDown")
    assert window.selected() == "One is here. Two."
    window.press("Control+ArrowDown", "Control+Shift+ArrowDown")
    assert window.selected().split("\n")[-1] == "Four."
    window.press("Control+Shift+ArrowUp", "Control+Shift+ArrowRight", "Control+Shift+ArrowRight")
    window.press("Control+Shift+ArrowLeft", "Control+ArrowUp", "ArrowRight", "Control+Shift+ArrowRight")
    assert window.selected() == "One "


@pytest.mark.parametrize("cluster", CLUSTERS.values(), ids=CLUSTERS.keys())
def test_no_key_and_no_mouse_cuts_what_a_reader_takes_for_one_character(
    desk: OpenDesk, cast: Cast, cluster: str
) -> None:
    body = f"ab {cluster}{cluster}{cluster} cd"
    article = make_article(cast.project, body)
    make_span(cast.annotator, article, (0, 2))
    window = desk(article=article)
    window.press("n", ".", ".")
    window.is_about("c1", f"ab {cluster}")
    window.press(".", ",", ">", ">", ">")
    window.is_about("c1", cluster)
    hold(window, "end")
    window.page.keyboard.down("Alt")
    drag_to(window, cluster * 2)
    window.page.mouse.up()
    window.page.keyboard.up("Alt")
    window.is_saved()
    quote = Span.objects.get().quote
    assert quote == cluster * (len(quote) // len(cluster))


def test_exactly_equal_passages_are_both_reached_by_click_and_by_key(desk: OpenDesk, cast: Cast) -> None:
    make_span(cast.annotator, cast.article, SAFE)
    make_span(cast.annotator, cast.article, SAFE, "fact")
    window = desk()
    window.click("bridge is")
    expect(window.page.locator("span-chooser li")).to_have_count(2)
    window.press("2")
    first = window.page.locator("span-head .span-name").text_content()
    window.press("s", "1")
    expect(window.page.locator("span-head .span-name")).not_to_have_text(str(first))


def test_many_stacked_spans_scroll_in_their_list(desk: OpenDesk, cast: Cast) -> None:
    for more in range(24):
        make_span(cast.annotator, cast.article, (15, 33 + more), "fact")
    window = desk()
    window.click("bridge is")
    window.press(*["ArrowDown"] * 23, "Enter")
    expect(window.page.locator("span-head .span-name")).to_have_text("f1")


def test_the_ends_of_a_right_to_left_passage_stand_and_move_on_its_own_sides(desk: OpenDesk, cast: Cast) -> None:
    body = "The paper wrote قالت وزارة الدفاع ذلك yesterday."
    article = make_article(cast.project, body)
    start = body.index("وزارة")
    make_span(cast.annotator, article, (start, start + len("وزارة الدفاع")))
    window = desk(article=article)
    window.press("n")
    assert knob(window, "start")[0] > knob(window, "end")[0]
    hold(window, "end")
    left = window.page.evaluate("""() => {
        const node = document.querySelector(".text p").firstChild, range = document.createRange();
        const at = node.data.indexOf("ذلك");
        range.setStart(node, at); range.setEnd(node, at + 3);
        const { left, top, height } = range.getBoundingClientRect();
        return [left + 1, top + height / 2];
    }""")
    window.page.mouse.move(*left, steps=4)
    window.page.mouse.up()
    window.is_about("c1", "وزارة الدفاع ذلك")


def test_a_span_over_two_directions_moves_each_end_as_its_own_paragraph_runs(desk: OpenDesk, cast: Cast) -> None:
    body = "English comes first.\nقالت وزارة الدفاع."
    article = make_article(cast.project, body)
    make_span(cast.annotator, article, (8, 25))
    window = desk(article=article)
    window.press("n", "Alt+ArrowLeft", "Alt+Shift+ArrowRight")
    window.is_about("c1", "first.\nقالت وزارة")

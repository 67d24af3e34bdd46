"""Marks sit where the reader put them in any script, and the offsets are code points."""

from __future__ import annotations

import unicodedata

import pytest
from playwright.sync_api import expect

from annotations.models import Span
from tests.browser.workbench.conftest import OpenDesk
from tests.cast import Api, Cast, make_article

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
FLAG = "\U0001f1f8\U0001f1fe"

PASSAGES = {
    "emoji of many code points": (f"Rain {FAMILY}{FLAG} came. The {FAMILY} family says no.", "family says no"),
    "an emoji itself": (f"Here {FAMILY} is a family.", f"{FAMILY} is"),
    "combining marks": (unicodedata.normalize("NFD", "Un été très doux."), unicodedata.normalize("NFD", "été très")),
    "Arabic": ("قالت وزارة الدفاع إن طائراتها قصفت مواقع في الرقة.", "طائراتها قصفت"),
    "Arabic beside Latin": ("The word داعش means Daesh, wrote رامي عبد الرحمن.", "داعش means Daesh"),
    "soft hyphens": (
        "Die Donau\u00addampf\u00adschiff\u00adfahrt wurde ein\u00adgestellt.",
        "Donau\u00addampf\u00adschiff\u00adfahrt wurde",
    ),
    "letters beyond the basic plane": ("𝒜𝓁𝓅𝒽𝒶 𝓈𝒶𝒾𝒹 𝓃𝑜 𝓂𝑜𝓇𝑒.", "𝓈𝒶𝒾𝒹 𝓃𝑜"),
    "page boilerplate and tabs": ("No comments:\n|\t|  | \n\n\nRussia says so.", "Russia says"),
}


@pytest.mark.parametrize(("body", "words"), PASSAGES.values(), ids=PASSAGES.keys())
def test_a_mark_selects_exactly_the_words_in_python_too(desk: OpenDesk, cast: Cast, body: str, words: str) -> None:
    article = make_article(cast.project, body, language="")
    window = desk(article=article)
    window.mark(words, "1")
    window.is_saved()
    assert window.painted("claim-0") == [words]
    answer = Api(cast.annotator).call("get", f"articles/{article.pk}/annotations/").json()
    (span,) = answer["spans"]
    assert span["quote"] == words
    assert answer["article"]["body"][span["start"] : span["end"]] == words


def test_not_even_exact_characters_cut_a_grapheme_cluster(desk: OpenDesk, cast: Cast) -> None:
    window = desk(article=make_article(cast.project, f"a{FAMILY}b e\u0301 c"))
    window.press("j", "ArrowRight", ".")
    window.press("Escape")
    window.drag(f"{FAMILY}b", "Alt")
    window.press("1", "<")
    window.is_about("c1", f"a{FAMILY}b")
    window.press(">", ">")
    window.is_about("c1", "b")
    window.press("Alt+ArrowRight", ",")
    window.is_about("c1", "b")
    window.is_saved()


def test_spans_made_elsewhere_are_painted_where_python_put_them(desk: OpenDesk, cast: Cast) -> None:
    body = f"{FAMILY} {FAMILY} قال الوزير e\u0301te\u0301"
    article = make_article(cast.project, body)
    start = body.index("الوزير")
    Api(cast.annotator).put_span(article, (start, start + 6))
    Api(cast.annotator).put_span(article, (len(body) - 5, len(body)), "fact")
    window = desk(article=article)
    assert window.painted("claim-0") == ["الوزير"]
    assert window.painted("fact-0") == ["e\u0301te\u0301"]


def test_arrows_point_where_they_point_in_right_to_left_text(desk: OpenDesk, cast: Cast) -> None:
    window = desk(article=make_article(cast.project, "قالت وزارة الدفاع ذلك.", language="ar"))
    window.press("j", "ArrowLeft", "ArrowLeft")
    assert window.selected() == "وزارة"
    window.press("Shift+ArrowLeft")
    assert window.selected() == "وزارة الدفاع"
    window.press("1", "Alt+ArrowRight")
    window.is_about("c1", "وزارة")


def test_each_paragraph_has_the_direction_of_its_own_words(desk: OpenDesk, cast: Cast) -> None:
    window = desk(article=make_article(cast.project, "English first.\nقالت وزارة الدفاع.\n"))
    paragraphs = window.page.locator("article-pane .text p")
    expect(paragraphs.nth(0)).to_have_css("direction", "ltr")
    expect(paragraphs.nth(1)).to_have_css("direction", "rtl")


def test_the_text_on_the_page_is_the_body_to_the_last_character(desk: OpenDesk, cast: Cast) -> None:
    body = "\n\n One\r\n two <b>&amp;</b>\u2028three\x0b\n|  | \n"
    article = make_article(cast.project, body)
    window = desk(article=article)
    assert window.page.evaluate("document.querySelector('.text').textContent") == article.body
    window.mark("three", "3")
    window.is_saved()
    assert Span.objects.get().quote == "three"

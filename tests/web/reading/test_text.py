"""The text of an article as the workbench's page brings it, with the marks of its first screens."""

from __future__ import annotations

import json
import re
import unicodedata
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from annotations.web.articles import FIRST_SCREENS
from annotations.web.text.paragraphs import LONGEST, lines_of, paragraphs
from tests.cast import CRACKS, MAYOR, SAFE, Cast, make_article, make_span
from tests.web.visit import signed_in

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


def opened(cast: Cast, who: str = "annotator", article: Any = None) -> str:
    """The page."""
    address = reverse("workbench", args=[(article or cast.article).pk])
    return signed_in(cast.everybody[who]).get(address).content.decode()


def first_spans(page: str) -> list[Any]:
    """What it brings to be painted at once."""
    found = re.search(r'<script id="first-spans" type="application/json">(.*?)</script>', page)
    assert found
    marks: list[Any] = json.loads(found[1])
    return marks


@pytest.mark.parametrize("text", ["a\n\nb", "<b>&\r\n\u2028</b>\n", "A line.\n" * 9000, "x" * 90_000, "é́" * 20_000])
def test_the_text_of_the_paragraphs_is_the_body_character_for_character(text: str) -> None:
    assert unescape(re.sub(r"<[^>]*>", "", paragraphs(text))) == text


def test_only_a_long_text_stands_in_stretches() -> None:
    assert "stretch" not in paragraphs("A line of some words.\n" * 1000)
    assert paragraphs("A line of some words.\n" * 2000).count('<div class="stretch">') == 18


def test_an_endless_line_goes_on_after_a_space_and_never_within_a_character() -> None:
    words = list(lines_of("word " * 5000))
    letters = list(lines_of("xe\u0301" * 4000 + FAMILY * 4000))

    assert all(piece.endswith("word ") and len(piece) <= LONGEST for piece in words)
    assert max(map(len, letters)) <= LONGEST
    assert not any(unicodedata.combining(piece[0]) or "\u200d" in (piece[0], piece[-1]) for piece in letters)


@pytest.mark.parametrize(
    "letters", [" " + "\U0001f1e9\U0001f1ea" * 6000, "\U0001f1e9\U0001f1ea" * 6000, "x\u1112\u1161\u11ab" * 3000]
)
def test_nor_within_a_flag_or_a_syllable(letters: str) -> None:
    pieces = list(lines_of(letters))

    assert "".join(pieces) == letters
    assert len(pieces) > 2
    assert not any(piece[0] in "\U0001f1ea\u1161\u11ab" for piece in pieces)


def test_the_page_brings_the_spans_of_the_first_screens_with_their_levels(cast: Cast) -> None:
    article = make_article(cast.project, "word " * 4000)
    make_span(cast.annotator, article, (0, 40))
    make_span(cast.annotator, article, (5, 9), "fact")
    make_span(cast.annotator, article, label="attribution", fragments=[[10, 14], [50, 54]])
    make_span(cast.annotator, article, (FIRST_SCREENS + 5, FIRST_SCREENS + 9))

    assert first_spans(opened(cast, article=article)) == [
        ["claim", 0, [[0, 40]]], ["fact", 1, [[5, 9]]], ["attribution", 1, [[10, 14], [50, 54]]],
    ]  # fmt: skip


def test_it_brings_nobody_spans_that_they_may_not_read(cast: Cast) -> None:
    for at in (MAYOR, SAFE, CRACKS):
        make_span(cast.annotator, cast.article, at)

    assert len(first_spans(opened(cast, "annotator2"))) == 3
    assert first_spans(opened(cast, "viewer")) == []

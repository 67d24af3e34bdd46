"""Words that steer direction are set apart from what stands around them."""

from __future__ import annotations

import pytest

from annotations.web.text.isolation import isolated

OPEN, CLOSE = "\u2068", "\u2069"


@pytest.mark.parametrize("words", ["Sky News", "Pressé, naïve", "新闻 news", "👩‍👩‍👧 12", ""])
def test_words_that_move_nothing_stay_as_they_are(words: str) -> None:
    assert isolated(words) == words


@pytest.mark.parametrize("words", ["محمد", "\u202eexe.txt", "a\u200fb", "\u202a"])
def test_words_that_could_are_put_in_an_isolate(words: str) -> None:
    assert isolated(words) == OPEN + words + CLOSE


@pytest.mark.parametrize(
    ("words", "apart"),
    [
        ("a\u2069\u2069b", "ab"),
        ("a\u2067b", "a\u2067b\u2069"),
        ("\u2066a\u2069\u2069", "\u2066a\u2069"),
        ("a\nb\u202e\u2029c", "a b\u202e c"),
    ],
)
def test_nothing_in_the_words_ends_their_isolate_early_or_keeps_it_open(words: str, apart: str) -> None:
    assert isolated(words) == OPEN + apart + CLOSE

"""Offsets count code points, UTF-16 units, graphemes or bytes, and a line end of two characters as one or two."""

from __future__ import annotations

from itertools import pairwise

import pytest

from annotations.text.graphemes import grapheme_starts
from annotations.text.offset_units import CRLF, LIKELY, UNITS, Counting, Measured

TEXT = "e\u0301👩‍🚀हिन्दी.\r\nEnd"
"""A decomposed letter, an emoji of three code points, six of Hindi, a line end of Windows."""


@pytest.mark.parametrize(
    ("counting", "start"),
    [
        (Counting("code_points", "two"), 14), (Counting("code_points", "one"), 13),
        (Counting("utf16", "two"), 16), (Counting("utf16", "one"), 15),
        (Counting("graphemes", "two"), 8), (Counting("graphemes", "one"), 7),
        (Counting("bytes", "two"), 35), (Counting("bytes", "one"), 34),
    ],
)  # fmt: skip
def test_the_same_word_is_found_in_every_unit(counting: Counting, start: int) -> None:
    measured = Measured(TEXT)

    fragment = measured.fragment(start, start + 3, counting)

    assert fragment is not None
    assert measured.text[slice(*fragment)] == "End"


@pytest.mark.parametrize(
    ("unit", "start", "end"),
    [("utf16", 3, 7), ("bytes", 2, 4), ("code_points", 2, 99), ("graphemes", 0, 99), ("utf16", 2, 2), ("bytes", -1, 3)],
)
def test_an_offset_within_a_character_or_outside_the_text_is_none(unit: str, start: int, end: int) -> None:
    assert Measured(TEXT).fragment(start, end, Counting(unit)) is None


def test_what_may_be_meant_depends_on_the_text_and_on_what_is_chosen() -> None:
    assert Measured("a\nb").countings() == [Counting(unit) for unit in LIKELY]
    assert Measured("a\r\nb").countings() == [Counting(unit, crlf) for unit in LIKELY for crlf in CRLF]
    assert Measured("a\r\nb").countings("bytes", "one") == [Counting("bytes", "one")]
    assert Measured("a\r\nb").countings("utf16") == [Counting("utf16", crlf) for crlf in CRLF]


@pytest.mark.parametrize("counting", Measured("\r\n").countings())
def test_a_text_that_is_stored_as_it_is_keeps_its_line_ends(counting: Counting) -> None:
    measured = Measured("a\r\nb\rc", is_exact=True)
    after = 1 if counting.crlf == "one" else 2

    fragments = [measured.fragment(start, start + 1, counting) for start in (0, 1 + after, 3 + after)]

    assert [measured.text[slice(*one)] for one in fragments if one] == ["a", "b", "c"]


def test_in_a_plain_text_all_units_are_the_same() -> None:
    measured = Measured("The bridge is safe.")

    assert {measured.fragment(4, 10, Counting(unit, crlf)) for unit in UNITS for crlf in CRLF} == {(4, 10)}


@pytest.mark.parametrize(
    ("text", "graphemes"),
    [
        ("", []),
        ("a\r\nb\n\r", ["a", "\r\n", "b", "\n", "\r"]),
        ("न्दी", ["न्", "दी"]),  # newer versions of Unicode take both as one
        ("Vie\u0302\u0323t", ["V", "i", "e\u0302\u0323", "t"]),
        ("قَلَم", ["قَ", "لَ", "م"]),
        ("\u1112\u1161\u11ab국", ["\u1112\u1161\u11ab", "국"]),
        ("👩‍👩‍👧👍🏽✌🏿", ["👩‍👩‍👧", "👍🏽", "✌🏿"]),
        ("🇩🇪🇫🇷🇦", ["🇩🇪", "🇫🇷", "🇦"]),
        ("🇩🇪\u0308\u0308", ["🇩🇪\u0308", "\u0308"]),  # a peculiarity of the library
        ("a🏽", ["a", "🏽"]),
        ("🫶🏽", ["🫶", "🏽"]),  # younger than Unicode 10
        ("\u0600١", ["\u0600١"]),
    ],
)
def test_graphemes_are_those_of_doccanos_editor(text: str, graphemes: list[str]) -> None:
    starts = [*grapheme_starts(text), len(text)]

    assert [text[start:end] for start, end in pairwise(starts)] == graphemes


def test_a_long_grapheme_takes_time_in_proportion_to_its_length() -> None:
    assert list(grapheme_starts("a" + "\u0301" * 300_000)) == [0]

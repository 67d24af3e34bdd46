"""What of a text is shown before it comes in: whole words, around its first mark, cut where marks begin and end."""

from __future__ import annotations

import pytest

from annotations.formats.reading.records import SpanRecord
from annotations.imports.preview import BEFORE, LENGTH, pieces_of, window


def mark(label: str, *fragments: tuple[int, int]) -> SpanRecord:
    """A span."""
    return SpanRecord(key="1", label=label, fragments=list(fragments))


def test_a_short_text_is_shown_whole_without_the_space_before_it() -> None:
    assert window("\n\n The dam broke.", 3) == (3, 17)
    assert window("", 0) == (0, 0)


def test_a_long_text_ends_between_words() -> None:
    text = "words " * 1_000
    start, end = window(text, 0)
    assert (start, text[end]) == (0, " ")
    assert LENGTH - 10 < end <= LENGTH


def test_a_mark_far_down_is_shown_with_some_words_before_it() -> None:
    text = "words " * 1_000
    start, end = window(text, 3_000)
    assert 3_000 - BEFORE <= start < 3_000 < end
    assert text[start - 1] == " "


@pytest.mark.parametrize("text", ["x" * 5_000, " " * 5_000, "👩‍👩‍👧" * 1_000])
def test_a_text_without_words_is_shown_too(text: str) -> None:
    for first in (0, 2_000, len(text) - 1):
        start, end = window(text, first)
        assert 0 <= start <= end <= len(text)


def test_marks_inside_one_another_are_told_by_the_innermost() -> None:
    pieces = list(pieces_of("abcdef", 0, 6, [mark("claim", (0, 5)), mark("fact", (1, 2), (4, 5))]))
    assert [(piece.text, piece.label, piece.labels) for piece in pieces] == [
        ("a", "claim", "claim"),
        ("b", "fact", "fact, claim"),
        ("cd", "claim", "claim"),
        ("e", "fact", "fact, claim"),
        ("f", "", ""),
    ]


@pytest.mark.parametrize("fragment", [(-5, 2), (4, 99), (3, 3), (5, 1), (50, 60)])
def test_offsets_that_make_no_sense_break_nothing(fragment: tuple[int, int]) -> None:
    assert "".join(piece.text for piece in pieces_of("abcdef", 0, 6, [mark("claim", fragment)])) == "abcdef"

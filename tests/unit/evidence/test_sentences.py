"""Where sentences begin and end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotations.text.sentences import LONGEST, MOST, sentence_ranges

CORPORA = os.environ.get("CORPORA", "")


def sentences(text: str) -> list[str]:
    """The sentences as texts."""
    return [text[start:end] for start, end in sentence_ranges(text)]


def test_a_stop_before_a_capital_ends_a_sentence() -> None:
    assert sentences("He came. She went! Who stayed? Nobody.") == ["He came.", "She went!", "Who stayed?", "Nobody."]


def test_an_abbreviation_does_not() -> None:
    assert sentences("Mr. Smith met Gen. Lee. They spoke.") == ["Mr. Smith met Gen. Lee.", "They spoke."]


def test_a_stop_within_a_number_or_before_a_small_letter_does_not() -> None:
    assert sentences("It cost 3.5 million. No. 5 fell … or so. Good.") == [
        "It cost 3.5 million.", "No. 5 fell … or so.", "Good.",
    ]  # fmt: skip


def test_initials_do_not_unless_the_next_word_begins_a_sentence() -> None:
    text = "He told the U.N. Security Council. It met in the U.S. The vote failed."
    assert sentences(text) == ["He told the U.N. Security Council.", "It met in the U.S.", "The vote failed."]


def test_an_initial_does_not() -> None:
    assert sentences("Colonel Ryan S. Dillon spoke. He left.") == ["Colonel Ryan S. Dillon spoke.", "He left."]


def test_a_closing_quotation_mark_belongs_to_its_sentence() -> None:
    assert sentences("“It is war.” He left.") == ["“It is war.”", "He left."]


def test_every_line_ends_a_sentence() -> None:
    assert sentences("A headline\n\nThe text") == ["A headline", "The text"]


def test_other_scripts_have_stops_of_their_own() -> None:
    assert sentences("你好。再见！") == ["你好。", "再见！"]
    assert sentences("هل هو هنا؟ نعم.") == ["هل هو هنا؟", "نعم."]
    assert sentences("यह है। वह है।") == ["यह है।", "वह है।"]
    assert sentences("Նա եկավ։ Նա գնաց։") == ["Նա եկավ։", "Նա գնաց։"]
    assert sentences("¿Qué? ¡No! Sí.") == ["¿Qué?", "¡No!", "Sí."]


def test_offsets_are_code_points() -> None:
    assert sentence_ranges("👩‍👩‍👧 ok. Yes.") == [(0, 9), (10, 14)]


def test_a_run_without_stops_is_broken_at_a_space() -> None:
    lengths = [end - start for start, end in sentence_ranges("word " * 2_000)]

    assert len(lengths) > 1
    assert max(lengths) <= LONGEST


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "…", "\u00ad", "a" * 5_000])
def test_odd_texts_are_covered_without_overlap(text: str) -> None:
    assert_covers(text)


@pytest.mark.skipif(not CORPORA, reason="CORPORA names no folder with texts in many languages")
def test_every_language_is_covered_without_overlap() -> None:
    texts = [path.read_text("utf-8") for path in Path(CORPORA, "udhr").rglob("*.txt")]

    assert len(texts) > 50
    for text in texts:
        assert_covers(text)


def assert_covers(text: str) -> None:
    """All that is not white space lies in exactly one range; ranges are in order and not empty."""
    ranges = sentence_ranges(text)
    edges = [edge for pair in ranges for edge in pair]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    covered = "".join(text[start:end] for start, end in ranges)
    assert "".join(covered.split()) == "".join(text.split())


def test_a_text_has_a_bounded_number_of_sentences_which_hold_all_of_it() -> None:
    text = "。" * (2 * MOST) + "word " * 1_000
    found = sentence_ranges(text)
    assert len(found) < MOST + 2 * MOST // LONGEST + 10
    assert "".join(text[start:end] for start, end in found).replace(" ", "") == text.replace(" ", "")

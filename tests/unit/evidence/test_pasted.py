"""What is told of a pasted text by itself; the page that asks a person about it has tests of its own."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from annotations.formats.reading.boilerplate import (
    boilerplate_lines,
    proposed_language,
    proposed_title,
    with_line_feeds,
    without_lines,
)

UDHR = Path(os.environ.get("CORPORA") or "no-corpora") / "udhr" / "txt"


def test_line_ends_of_other_systems_become_line_feeds_and_nothing_else_changes() -> None:
    assert with_line_feeds("a\r\nb\rc\n\u2028d\x0be\x85") == "a\nb\nc\n\u2028d\x0be\x85"


def test_lines_left_out_take_the_empty_lines_around_them_along() -> None:
    assert without_lines("Home\n\nText\n\nMore\n\nTweet", [0, 6]) == "Text\n\nMore"


def test_no_language_is_proposed_where_there_is_too_little_to_tell() -> None:
    assert [proposed_language(text) for text in ("", "!!! 123", "Xyzzy plugh")] == ["", "", ""]


@pytest.mark.skipif(not UDHR.is_dir(), reason="CORPORA names no folder with the texts of udhr")
@pytest.mark.parametrize(
    ("name", "language"),
    [("eng", "en"), ("deu_1996", "de"), ("fra", "fr"), ("tur", "tr"), ("arb", "ar"), ("heb", "he"), ("rus", "ru"),
     ("ell_monotonic", "el"), ("hin", "hi"), ("tha", "th"), ("kor", "ko"), ("jpn", "ja"), ("cmn_hans", "zh")],
)  # fmt: skip
def test_the_language_of_a_whole_text_is_told(name: str, language: str) -> None:
    assert proposed_language((UDHR / f"{name}.txt").read_text("utf-8")) == language


def test_lines_that_only_look_like_rules_are_told_in_time_in_proportion_to_their_number() -> None:
    begun = time.process_time()
    assert boilerplate_lines(("-" * 198 + "x\n") * 10_000) == []
    assert proposed_title(("-" * 198 + "\n") * 10_000 + "A title. More.") == "A title."
    assert time.process_time() - begun < 4  # 17 s, where each rule was tried from each of its characters

"""From bytes to text, and offsets from one counting to another."""

from __future__ import annotations

import pytest

from annotations.formats.reading.decoding import decoded, in_code_points, with_line_feeds
from annotations.formats.reading.records import Refused

WORDS = "Größe, 大きさ, حجم, 👩‍🔬"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_text_is_read_in_its_own_encoding(encoding: str) -> None:
    declared = encoding if encoding == "utf-16-le" else ""

    assert decoded(WORDS.encode(encoding), file="a.txt", encoding=declared) == WORDS


def test_an_old_encoding_is_told_from_the_text() -> None:
    words = "Die Größe der Bäume überraschte die Förster in den Wäldern um München."

    assert decoded(words.encode("latin-1"), file="a.txt") == words


def test_a_byte_order_mark_counts_where_it_is_asked_for() -> None:
    assert decoded(b"\xef\xbb\xbfText", file="a.txt") == "Text"
    assert decoded(b"\xef\xbb\xbfText", file="a.txt", keep_bom=True) == "\ufeffText"


@pytest.mark.parametrize(
    ("content", "encoding", "code"),
    [
        (b"caf\xe9", "utf-8", "encoding"),
        (b"\xff\xfea", "", "encoding"),
        (b"text", "klingon", "encoding"),
        (b"text", "base64", "encoding"),
        (b"nul\x00", "", "unstorable"),
        ("\ud800".encode("utf-16-le", "surrogatepass"), "utf-16-le", "encoding"),
    ],
)
def test_what_is_no_text_is_refused_by_name(content: bytes, encoding: str, code: str) -> None:
    with pytest.raises(Refused) as error:
        decoded(content, file="a.txt", encoding=encoding)

    assert (error.value.refusal.file, error.value.refusal.code) == ("a.txt", code)


def test_offsets_follow_the_line_ends_that_are_gone() -> None:
    original = "one\r\ntwo\rthree\r\n👩 four"
    text = with_line_feeds(original)

    assert text.value == "one\ntwo\nthree\n👩 four"
    for word in ("one", "two", "three", "👩", "four"):
        start = original.index(word)
        assert text.value[text.offset_of(start) : text.offset_of(start + len(word))] == word


def test_offsets_lead_back_to_the_original() -> None:
    original = "one\r\ntwo\rthree\r\n👩 four"
    text = with_line_feeds(original)

    within = [offset for offset in range(len(original) + 1) if original[offset - 1 : offset + 1] != "\r\n"]

    assert [text.original(text.offset_of(offset)) for offset in within] == within


def test_utf16_offsets_become_code_points() -> None:
    offsets = in_code_points("a👩b")

    assert list(offsets) == [0, 1, None, 2, 3]
    assert list(in_code_points("abc")) == [0, 1, 2, 3]

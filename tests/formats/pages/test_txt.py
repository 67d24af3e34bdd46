"""Plain texts."""

from __future__ import annotations

import codecs
from pathlib import Path

from tests.formats.reading import a_file, codes, documents, from_disk, read


def test_a_text_comes_in_as_it_is_but_for_its_line_ends() -> None:
    [document] = documents(read("txt", a_file("a.txt", " One.\r\nTwo\u2028é e\u0301\t \rThree ")))

    assert document.text == " One.\nTwo\u2028é e\u0301\t \nThree "
    assert document.source == " One.\r\nTwo\u2028é e\u0301\t \rThree ".encode()
    assert document.metadata["title"] == "One."


def test_the_byte_order_mark_says_the_encoding_and_is_no_text() -> None:
    for mark, encoding in ((codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_LE, "utf-32-le")):
        [document] = documents(read("txt", a_file("a.txt", mark + "Grüße 👋".encode(encoding))))
        assert document.text == "Grüße 👋"


def test_an_encoding_that_is_not_the_files_is_refused_with_its_location() -> None:
    assert codes(read("txt", a_file("a.txt", b"abc \xe9t\xe9"), encoding="utf-8")) == [("byte 4", "encoding")]
    assert codes(read("txt", a_file("a.txt", b"abc"), encoding="klingon")) == [("", "encoding")]


def test_what_is_no_text_is_refused_and_the_others_come_in() -> None:
    items = read("txt", a_file("nul.txt", "a\0b"), a_file("empty.txt", " \n"), a_file("b.txt", "Words."))

    assert codes(items) == [("character 1", "unstorable"), ("", "no_text")]
    assert [document.file for document in documents(items)] == ["b.txt"]


def test_boilerplate_stays_out_only_where_that_is_asked_for() -> None:
    page = "Home\nThe bridge is safe.\nNo comments: Post a Comment"

    assert documents(read("txt", a_file("a.txt", page)))[0].text == page
    assert documents(read("txt", a_file("a.txt", page), without_boilerplate=True))[0].text == "The bridge is safe."


def test_what_was_chosen_for_all_stands_before_what_was_found() -> None:
    [document] = documents(read("txt", a_file("a.txt", "Words."), metadata={"title": "Mine", "outlet": "The Post"}))

    assert (document.metadata["title"], document.metadata["outlet"]) == ("Mine", "The Post")


def test_texts_in_every_script_come_in_unchanged(corpora: Path) -> None:
    paths = sorted((corpora / "udhr" / "txt").glob("*.txt"))

    read_texts = [document.text for document in documents(read("txt", *map(from_disk, paths)))]

    assert len(paths) > 10
    assert read_texts == [path.read_bytes().decode() for path in paths]

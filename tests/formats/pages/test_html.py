"""Pages of the web."""

from __future__ import annotations

import json
import re
import socket
from collections import Counter
from datetime import date
from pathlib import Path

import lxml.html
import pytest

from annotations.bounded import Limits, Process
from annotations.formats.pages import html
from tests.formats.reading import a_file, codes, documents, from_disk, read

SENTENCE = "Die Brücke über den Fluß wurde für 3 € gebaut, sagte der Bürgermeister – und niemand war überrascht. "
PAGE = """<!doctype html><html lang="de"><head>{meta}<title>Die Brücke</title>
<meta property="og:site_name" content="Bote"><meta name="author" content="Ada Keller">
<meta property="article:published_time" content="2017-06-16T10:00:00Z">
<link rel="canonical" href="https://bote.example.org/bruecke"></head>
<body><nav><a href="/">Startseite</a></nav>
<article><h1>Die Brücke</h1><p>{text}</p></article></body></html>
"""


def page(charset: str = "", text: str = SENTENCE * 4) -> str:
    return PAGE.format(meta=f'<meta charset="{charset}">' if charset else "", text=text)


def overlap(found: str, wanted: str) -> float:
    """Token F1."""
    ours, theirs = (Counter(re.findall(r"\w+", text.lower())) for text in (found, wanted))
    return 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())


def test_a_page_gives_its_article_and_what_it_says_of_it() -> None:
    content = page("utf-8")
    [document] = documents(read("html", a_file("a.html", content)))

    assert "Startseite" not in document.text
    assert document.text.count(SENTENCE.strip()) == 4
    assert document.source == content.encode()
    assert document.metadata == {
        "title": "Die Brücke", "author": "Ada Keller", "outlet": "Bote", "url": "https://bote.example.org/bruecke",
        "published_on": date(2017, 6, 16), "language": "de",
    }  # fmt: skip


def test_what_was_chosen_for_all_holds_where_the_page_says_nothing() -> None:
    chosen = {"outlet": "The Post", "direction": "ltr"}
    [document] = documents(read("html", a_file("a.html", page("utf-8")), metadata=chosen))

    assert (document.metadata["outlet"], document.metadata["direction"]) == ("Bote", "ltr")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1252", "cp1252"),
        ("ISO-8859-1", "cp1252"),  # as browsers read it: Latin-1 has no € and no –
        ("utf-8", "utf-8"),
        ("windows-1252", "utf-8"),  # saved anew by a browser, which leaves the old name
        ("", "utf-8-sig"),
        ("utf-8", "utf-16"),
    ],
)
def test_pages_in_the_encoding_that_they_name(declared: str, encoding: str) -> None:
    [document] = documents(read("html", a_file("a.html", page(declared).encode(encoding))))

    assert SENTENCE.strip() in document.text


def test_a_page_that_is_not_in_its_encoding_is_refused() -> None:
    content = page("utf-8").encode("cp1252")

    [(place, code)] = codes(read("html", a_file("a.html", content)))

    assert (place[:5], code) == ("byte ", "encoding")
    assert len(documents(read("html", a_file("a.html", content), encoding="cp1252"))) == 1


@pytest.mark.parametrize(
    "content", ["", "<html></html>", "not a page", "http://127.0.0.1:9/", "<http://127.0.0.1:9/", "\x01\x02"]
)
def test_what_has_no_article_is_refused(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", refuse_to_connect)
    monkeypatch.setattr(Process, "is_within", True)  # so that it is this process that reads

    assert [code for _, code in codes(read("html", a_file("a.html", content)))] in (["no_text"], ["no_html"])


def refuse_to_connect(*_: object, **__: object) -> None:
    raise AssertionError("an importer fetched something")


def test_a_deeply_nested_page_is_read_or_refused() -> None:
    content = "<html><body>" + "<div>" * 20_000 + SENTENCE * 9 + "</div>" * 20_000

    assert len(read("html", a_file("a.html", content))) == 1


def test_what_a_page_says_of_itself_in_vain_is_not_taken() -> None:
    content = (
        page("utf-8").replace("https://bote.example.org/bruecke", "javascript:alert(1)").replace("Bote", "B" * 900)
    )

    [document] = documents(read("html", a_file("a.html", content)))

    assert "url" not in document.metadata
    assert len(document.metadata["outlet"]) == 200


def test_news_pages_give_the_text_that_people_found_in_them(corpora: Path) -> None:
    wanted = json.loads((corpora / "html-aeb" / "ground-truth.json").read_text("utf-8"))
    paths = sorted((corpora / "html-aeb" / "html").glob("*.html.gz"))
    items = read("html", *map(from_disk, paths))

    shares = [overlap(one.text, wanted[one.file.removesuffix(".html")]["articleBody"]) for one in documents(items)]

    assert len(paths) > 20
    assert codes(items) == []
    assert sum(shares) / len(paths) > 0.9


def test_pages_in_many_encodings_hold_what_they_must_and_little_else(corpora: Path) -> None:
    folder = corpora / "html-trafilatura"
    expected = {one["file"]: one for one in json.loads((folder / "evaldata.sample.json").read_text("utf-8")).values()}
    items = read("html", *map(from_disk, sorted((folder / "html").iterdir())))
    found = [(document.text, expected[document.file]) for document in documents(items)]

    held = [segment in text for text, one in found for segment in one["with"]]
    too_much = [segment in text for text, one in found for segment in one["without"]]

    assert codes(items) == []
    assert sum(held) / len(held) > 0.85
    assert sum(too_much) / len(too_much) < 0.1


def test_right_to_left_pages_and_hidden_ones_come_in(corpora: Path) -> None:
    for folder in sorted(path for path in (corpora / "html-readability").iterdir() if path.is_dir()):
        [source] = folder.glob("source.html*")
        [document] = documents(read("html", from_disk(source)))
        [expected] = folder.glob("expected.html*")
        wanted = re.sub(r"<[^>]+>", " ", from_disk(expected).read().decode())
        assert overlap(document.text, wanted) > 0.6, folder.name


def test_a_page_of_too_many_tags_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Process, "is_within", True)
    monkeypatch.setattr(lxml.html, "document_fromstring", None)
    content = "<html><body>" + "<p>" * 1_900_000

    assert codes(read("html", a_file("a.html", content))) == [("", "too_complex")]


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "LIMITS", Limits(processor_seconds=2, seconds=60, memory=1024**3))
    slow = "<html><body><table><tr>" + "<td>one two three</td>" * 100_000

    found = read("html", a_file("a.html", slow), a_file("b.html", page()))

    assert codes(found) == [("", "too_complex")]
    assert len(documents(found)) == 1

"""A file with one article: looked at and corrected as a pasted text is, and kept as it came."""

from __future__ import annotations

import re

from annotations.models import Article, Import
from tests.cast import TEXT, Cast
from tests.web.imports.sending import act, look, proposed
from tests.web.visit import words

CAME = "A ferry sank\r\nIt sank at noon, they said.\r\nNo comments:\r\n".encode("utf-8-sig")
TOLD = {"title": "A ferry sank", "language": "en", "direction": "auto"}


def seen(cast: Cast, one: Import) -> dict[str, str]:
    """What the look at a file leaves in its form."""
    page = look(cast, one).content.decode()
    shown = re.search(r'name="shown" value="(\w+)"', page)
    body = re.search(r'<textarea id="body".*?>\n(.*?)</textarea>', page, re.DOTALL)
    assert shown
    assert body
    return {"shown": shown[1], "body": body[1]}


def test_it_is_shown_line_by_line_with_what_may_be_left_out(cast: Cast) -> None:
    answer = look(cast, proposed(cast, ferry_txt=CAME))
    assert "File: ferry.txt. Format: Plain text" in words(answer)
    assert "1 line looks like boilerplate" in words(answer)
    assert 'value="A ferry sank"' in answer.content.decode()
    assert Article.objects.filter(project=cast.project).count() == 1


def test_what_was_seen_is_stored_with_the_file_as_it_came(cast: Cast) -> None:
    one = proposed(cast, ferry_txt=CAME)
    act(cast, one, "store", **seen(cast, one), **TOLD, leave_out="2")
    article = Article.objects.get(project=cast.project, title="A ferry sank")
    one.refresh_from_db()
    assert article.body == "A ferry sank\nIt sank at noon, they said."
    assert (bytes(article.source or b""), article.imported_in) == (CAME, one)
    assert (one.state, one.articles) == ("done", 1)


def test_a_page_says_what_is_known_about_its_article(cast: Cast) -> None:
    text = "It sank at noon off the coast, and twelve people were rescued by a fishing boat, they said. " * 4
    head = '<title>A ferry sank</title><meta name="author" content="Ann Lee">'
    article = f"<article><h1>A ferry sank</h1><p>{text}</p></article>"
    page = f'<html lang="en"><head>{head}</head><body><nav>Home</nav>{article}</body></html>'
    answer = look(cast, proposed(cast, page_html=page))
    assert 'value="Ann Lee"' in answer.content.decode()
    assert "Format: Web pages (HTML)" in words(answer)


def test_another_encoding_is_tried_before_anything_is_stored(cast: Cast) -> None:
    one = proposed(cast, straße_txt="Die Brücke ist zu.".encode("cp1252"))
    answer = act(cast, one, "look", format="txt", encoding="windows-1251")
    assert "Die Brьcke ist zu." in words(answer)
    assert "Die Brücke ist zu." in words(act(cast, one, "look", format="txt", encoding="windows-1252"))


def test_a_text_that_is_there_already_is_named_with_a_way_to_it(cast: Cast) -> None:
    answer = look(cast, proposed(cast, bridge_txt=TEXT))
    assert answer.status_code == 409
    assert "This text is already in the project: The bridge" in words(answer)


def test_a_file_that_is_no_text_says_why_and_stays_open_to_another_format(cast: Cast) -> None:
    answer = look(cast, proposed(cast, broken_txt=b"a\0b"))
    assert answer.status_code == 200
    assert "the character NUL" in words(answer)
    assert "Update preview" in words(answer)


def test_what_is_discarded_is_gone(cast: Cast) -> None:
    one = proposed(cast, ferry_txt=CAME)
    act(cast, one, "discard")
    assert not Import.objects.exists()

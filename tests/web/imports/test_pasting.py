"""Pasting an article: preview, correction, storing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from annotations.formats.reading.boilerplate import (
    boilerplate_lines,
    proposed_language,
    proposed_title,
    with_line_feeds,
    without_lines,
)
from annotations.models import Article
from tests.cast import TEXT, Cast
from tests.web.visit import signed_in, words

PASTED = (
    "Home\r\nA bridge fell\r\nIt fell at noon, the mayor said. Nobody was hurt.\r\nNo comments:\r\nPost a Comment|  | "
)


def sent(cast: Cast, **values: Any) -> Any:
    """What the import page answers to the manager."""
    return signed_in(cast.manager).post(reverse("import", args=[cast.project.slug]), values)


def shown(response: Any) -> str:
    """The fingerprint of the text that a preview showed."""
    found = re.search(r'name="shown" value="([0-9a-f]+)"', response.content.decode())
    assert found
    return found[1]


def test_a_preview_stores_nothing_and_proposes_title_language_and_what_to_leave_out(cast: Cast) -> None:
    response = sent(cast, body=PASTED, step="preview")
    page = response.content.decode()
    assert Article.objects.filter(project=cast.project).count() == 1
    assert 'value="A bridge fell"' in page
    assert page.count("checked") == 3
    assert "3 sentences · 3 lines look like boilerplate" in words(response)


def test_what_was_previewed_is_stored_without_the_lines_left_out(cast: Cast) -> None:
    preview = sent(cast, body=PASTED, step="preview")
    response = sent(
        cast, body=PASTED, shown=shown(preview), step="store", leave_out=["0", "3", "4"],
        title="A bridge fell", language="en", direction="auto", outlet="The Post",
    )  # fmt: skip
    article = Article.objects.get(project=cast.project, title="A bridge fell")
    assert response["Location"] == reverse("articles", args=[cast.project.slug])
    assert article.body == "A bridge fell\nIt fell at noon, the mayor said. Nobody was hurt."
    assert (article.outlet, article.author, article.url, article.published_on) == ("The Post", None, None, None)
    assert article.sentences.count() == 3


def test_a_person_may_keep_what_was_proposed_to_be_left_out(cast: Cast) -> None:
    preview = sent(cast, body=PASTED, step="preview")
    sent(cast, body=PASTED, shown=shown(preview), step="store", title="A bridge fell", direction="auto")
    assert Article.objects.get(project=cast.project, title="A bridge fell").body == with_line_feeds(PASTED)


def test_a_text_changed_after_its_preview_is_shown_again_before_it_is_stored(cast: Cast) -> None:
    preview = sent(cast, body=PASTED, step="preview")
    response = sent(
        cast, body=PASTED + "\r\nMore.", shown=shown(preview), step="store", title="My title", direction="auto"
    )
    assert response.status_code == 200
    assert "Check it again before you save it" in words(response)
    assert 'value="My title"' in response.content.decode()
    assert Article.objects.filter(project=cast.project).count() == 1


def test_a_text_that_is_there_already_is_named_with_a_way_to_it(cast: Cast) -> None:
    response = sent(cast, body=TEXT, step="preview")
    assert response.status_code == 409
    assert "This text is already in the project: The bridge" in words(response)
    assert reverse("workbench", args=[cast.article.pk]) in response.content.decode()


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("", "Paste the text"),
        (" \n ", "The text is empty"),
        ("a\0b", "Null characters"),
        ("a" * 2_000_001, "2,000,000"),
    ],
)
def test_a_text_that_cannot_be_stored_is_refused_in_words(cast: Cast, body: str, complaint: str) -> None:
    response = sent(cast, body=body, step="preview")
    assert response.status_code == 400
    assert complaint in words(response)


def test_bad_metadata_names_the_field_and_keeps_what_was_typed(cast: Cast) -> None:
    preview = sent(cast, body=PASTED, step="preview")
    response = sent(
        cast, body=PASTED, shown=shown(preview), step="store", title="", url="nowhere", language="!", direction="auto"
    )
    page = words(response)
    assert response.status_code == 400
    assert "Enter a title" in page
    assert "beginning with http" in page
    assert "Enter a language code" in page
    assert 'value="nowhere"' in response.content.decode()


@pytest.mark.parametrize(
    "line", ["No comments:", "Post a Comment|  | ", "Share this on Facebook", "|  |", "About us", "© 2026 The Post"]
)
def test_page_boilerplate_is_recognised(line: str) -> None:
    assert boilerplate_lines(f"The bridge fell.\n{line}\n\nNobody was hurt.") == [1]


@pytest.mark.parametrize(
    "line", ["No comments were made by the council.", "About us they said nothing new.", "Search went on."]
)
def test_an_articles_own_sentences_are_no_boilerplate(line: str) -> None:
    assert boilerplate_lines(f"The bridge fell.\n{line}") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bridge fell and nobody was hurt, as the mayor said on Monday.", "en"),
        ("Die Brücke ist eingestürzt, und niemand wurde dabei verletzt.", "de"),
        ("قال المتحدث إن الجسر آمن", "ar"),
        ("橋は安全だと市長は言った。", "ja"),
        ("12 34", ""),
    ],
)
def test_the_language_is_proposed_from_the_words(text: str, language: str) -> None:
    assert proposed_language(text) == language


def test_a_proposed_title_passes_over_boilerplate_and_is_cut_between_words() -> None:
    assert proposed_title("Home\n\n  A bridge fell \nMore") == "A bridge fell"
    assert len(proposed_title("word " * 100)) <= 202
    assert proposed_title("The bridge fell. Nobody was hurt.\nMore") == "The bridge fell."
    assert proposed_title("\n") == ""


def test_leaving_out_lines_changes_nothing_else() -> None:
    text = "Menu\n\n  Indented.\nKept\u0301 \nFoot"
    assert without_lines(text, [0, 4]) == "  Indented.\nKept\u0301 "
    assert without_lines(text, []) == text


def test_of_very_many_lines_of_boilerplate_a_bounded_number_is_proposed(cast: Cast) -> None:
    page = sent(cast, body="Share this\n" * 5_000 + "The dam broke.", step="preview").content.decode()
    assert page.count('name="leave_out"') == 2_000
    assert f"{5_000 * 11 + 14 - 2_000 * 11:,} characters" in page


def test_of_a_line_of_very_many_sentences_a_bounded_number_is_told_apart(cast: Cast) -> None:
    page = sent(cast, body="It rains. " * 20_000, step="preview").content.decode()
    assert page.count('<span class="sentence">') == 5_001
    assert page.count("It rains.") >= 40_000

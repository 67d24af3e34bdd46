"""Search finds letters however they are composed and, where a project says so, without their diacritics."""

from __future__ import annotations

import re
import string
import sys
from importlib import import_module
from typing import Literal
from unicodedata import combining, normalize

import pytest
from django.apps import apps
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.evidence.search import Hit, find_sentences
from annotations.jobs.indexing import index, save_settings
from annotations.models import Article
from annotations.text.folding import NON_STARTERS, in_original, searchable
from tests.cast import Cast, make_article
from tests.formats.bounded_time import within

Form = Literal["NFC", "NFD"]
TEXTS = [
    "", "plain", "Zürich", "Zu\u0308rich", "ảo", "a\u0309", "각", "\u1100\u1161\u11a8", "\u0301lone", "q\u0323\u0307",
    "İ", "Å", "\u212b", "ё й", "Ω\u0345", "قَرْيَة", "أحمد", "שָׁלוֹם", "हिन्दी", "ไทยกำ", "が", "か\u3099", "ß ø ł đ æ ﬁ",
    "👩\u200d👩\u200d👧", "x\u20d7", "\u0344", "\u0958", "\U0001d15e",
]  # fmt: skip


def find(cast: Cast, words: str) -> list[Hit]:
    """The sentences of the cast's project for some words."""
    return find_sentences(cast.project.pk, words)


def marked(hit: Hit) -> list[str]:
    """The words that a hit marks, out of the article's own text."""
    return [hit.text[start:end] for start, end in hit.marks]


def fold(cast: Cast, folds: bool = True) -> None:
    """Changes the setting, without the job that follows."""
    cast.project.fold_diacritics = folds
    save_settings(cast.project, ["fold_diacritics"], by=cast.manager)


def go_on() -> bool:
    return False


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("folded", [False, True])
def test_python_and_the_database_search_the_same_text(db: None, text: str, folded: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT factcheck_searchable(%s, %s)", [text, folded])
        assert cursor.fetchone() == (searchable(text, folded=folded),)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("asked", ["NFC", "NFD"])
@pytest.mark.parametrize("word", ["Zürich", "Việt", "각하", "الأمّة"])
def test_a_word_is_found_however_it_is_composed(cast: Cast, form: Form, asked: Form, word: str) -> None:
    written = normalize(form, word)
    make_article(cast.project, f"First. In {written} it rains.", title="R", language="xx")

    [hit] = find(cast, normalize(asked, word))

    assert (hit.text, marked(hit)) == (f"In {written} it rains.", [written])


def test_the_stored_text_stays_as_it_came(cast: Cast) -> None:
    article = make_article(cast.project, "Zu\u0308rich.")

    assert Article.objects.get(pk=article.pk).body == "Zu\u0308rich."


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_without_the_setting_diacritics_count(cast: Cast, form: Form) -> None:
    make_article(cast.project, normalize(form, "In Zürich it rains."), title="R")

    assert find(cast, "Zurich") == []
    assert len(find(cast, "Zürich")) == 1


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Zürich", "zurich"),
        ("Zurich", "Zürich"),
        ("Việt", "viet"),
        ("ёлка", "елка"),
        ("قَرْيَة", "قرية"),
        ("Ὅμηρος", "Ομηρος"),
    ],
)
def test_with_the_setting_they_do_not(cast: Cast, form: Form, written: str, asked: str) -> None:
    fold(cast)
    make_article(cast.project, f"😀 In {normalize(form, written)} it rains.", title="R", language="xx")

    [hit] = find(cast, normalize(form, asked))

    assert marked(hit) == [normalize(form, written)]


def test_vowels_of_other_scripts_still_count(cast: Cast) -> None:
    fold(cast)
    make_article(cast.project, "दिन.", title="R", language="xx")

    assert (len(find(cast, "दिन")), find(cast, "दान")) == (1, [])


def test_articles_are_indexed_anew_after_a_change(cast: Cast) -> None:
    make_article(cast.project, "In Zu\u0308rich it rains.", title="R")
    fold(cast)

    assert index(cast.project.pk, go_on)
    assert [marked(hit) for hit in find(cast, "zurich")] == [["Zu\u0308rich"]]
    fold(cast, False)
    assert index(cast.project.pk, go_on)
    assert find(cast, "zurich") == []


def test_until_then_each_is_found_as_it_was_indexed(cast: Cast) -> None:
    make_article(cast.project, "In Zürich it rains.", title="Old")
    fold(cast)
    make_article(cast.project, "In Zürich it snows.", title="New")

    assert {hit.title for hit in find(cast, "Zürich")} == {"Old", "New"}
    assert {hit.title for hit in find(cast, "Zurich")} == {"New"}
    assert {one.title for one in Article.objects.matching("Zürich", cast.project)} == {"Old", "New"}


def test_a_corrected_article_stays_as_it_is_indexed(cast: Cast) -> None:
    article = make_article(cast.project, "In Zürich it rains.", title="Old")
    fold(cast)
    article.describe(by=cast.manager, title="Zürich", language="de")

    assert len(find(cast, "Zürich")) == 1
    assert Article.objects.matching("Zürich", cast.project).get() == article


def test_indexing_stops_and_goes_on(cast: Cast) -> None:
    for number in range(3):
        make_article(cast.project, f"Zürich {number}.")
    fold(cast)
    asked = iter([False, True])

    assert not index(cast.project.pk, lambda: next(asked))
    assert Article.objects.filter(folded=True).count() == 1
    assert index(cast.project.pk, go_on)
    assert Article.objects.filter(folded=True).count() == 4


def test_articles_from_before_are_found_and_composed_in_time(cast: Cast) -> None:
    article = make_article(cast.project, "In Zu\u0308rich it rains.", title="R")
    before = "UPDATE annotations_sentence SET search = to_tsvector('english', 'it rains in Zu\u0308rich')"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE annotations_article SET folded = NULL")
        cursor.execute(f"{before} WHERE article_id = %s", [article.pk])

    assert (len(find(cast, "rains")), find(cast, "Zürich")) == (1, [])
    assert index(cast.project.pk, go_on)
    assert [marked(hit) for hit in find(cast, "Zürich")] == [["Zu\u0308rich"]]


def test_an_upgrade_asks_for_the_job_of_each_project(cast: Cast) -> None:
    import_module("annotations.migrations.0011_search_composes_letters").index_anew(apps, None)

    asked = ProcrastinateJob.objects.filter(task_name="index_articles").values_list("args", "lock")
    assert ({"project_id": cast.project.pk}, f"index {cast.project.pk}") in asked


def test_indexing_is_no_change_of_the_article(cast: Cast) -> None:
    fold(cast)
    before = cast.project.events.count()

    index(cast.project.pk, go_on)

    assert cast.project.events.count() == before


@pytest.mark.parametrize(
    ("text", "folded", "words"),
    [
        ("a Zu\u0308rich b", False, ["Zu\u0308rich"]), ("a Zu\u0308rich b", True, ["Zu\u0308rich"]),
        ("\u0301a\u0301 b", True, ["\u0301a\u0301", "b"]), ("\u1100\u1161\u11a8 x", False, ["\u1100\u1161\u11a8", "x"]),
        ("e\u0301" * 3 + " 😀", True, ["e\u0301" * 3]),
    ],
)  # fmt: skip
def test_marks_are_ranges_of_the_text_as_it_is(text: str, folded: bool, words: list[str]) -> None:
    plain, marks, at = searchable(text, folded=folded), [], 0
    for word in words:
        found = searchable(word, folded=folded)
        at = plain.index(found, at)
        marks.append((at, at + len(found)))

    assert [text[start:end].strip("\u0301") or text for start, end in in_original(text, folded, marks)] == [
        word.strip("\u0301") for word in words
    ]


MARKED = "a" + "\u0301" * 200_000 + "\u0327" * 200_000 + "\u0f73" * 1_000 + "e\u0301"


@pytest.mark.parametrize("folded", [True, False])
def test_very_many_marks_on_a_letter_take_no_time_by_their_square(db: None, folded: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '30s'")
        cursor.execute("SELECT factcheck_searchable(%s, %s)", [MARKED, folded])
        assert cursor.fetchone() == (searchable(MARKED, folded=folded),)


def test_marks_beyond_the_first_hundred_still_belong_to_their_letter() -> None:
    marked = "x" + "\u0301" * 5_000 + "y"
    length = len(searchable(marked, folded=False))
    assert length < 110
    assert in_original(marked, False, [(0, 1), (length - 1, length)]) == [(0, 5_001), (5_001, 5_002)]


def test_a_text_of_two_million_characters_is_walked_through_once() -> None:
    with within(30):
        assert in_original("x" + "\u0301\u0327" * 1_000_000, True, [(0, 1)]) == [(0, 2_000_001)]


def test_the_characters_that_are_put_in_order_are_those_of_unicode() -> None:
    known = re.compile(f"[{NON_STARTERS}]")
    assert [code for code in range(sys.maxunicode + 1) if combining(chr(code)) and not known.match(chr(code))] == []
    assert not known.search(string.printable + "äßжष가😀")

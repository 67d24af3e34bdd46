"""`projects/{slug}/search/`: sentences that bear on some words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.refusals import refused
from tests.cast import Api, Cast, make_article, make_project


def search(cast: Cast, who: str = "annotator", **query: str) -> list[dict[str, Any]]:
    answer = Api(cast.everybody[who]).get(f"/api/v1/projects/{cast.project.slug}/search/", query)
    assert answer.status_code == 200, answer.content
    assert set(answer.json()) == {"next", "previous", "results"}
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def test_a_sentence_comes_with_its_article_and_offsets(cast: Cast) -> None:
    [found] = search(cast, q="cracks")

    assert set(found) == {"article", "start", "end", "text", "marks", "rank"}
    assert found["article"] == {"id": str(cast.article.pk), "title": "The bridge", "outlet": "", "published_on": None}
    assert found["text"] == "Engineers found cracks in March." == cast.article.body[found["start"] : found["end"]]
    assert found["rank"] > 0


def test_marks_are_code_points_of_the_sentence(cast: Cast) -> None:
    make_article(cast.project, "First 👩‍👩‍👧. Then e\u0301milie 👩‍👩‍👧 crossed the river, the RIVER.")

    [found] = search(cast, q="rivers crossing")

    assert [found["text"][start:end] for start, end in found["marks"]] == ["crossed", "river", "RIVER"]


def test_sentences_that_share_more_words_come_first(cast: Cast) -> None:
    make_article(cast.project, "Cracks were found. Engineers found cracks in the bridge in March. A bridge.")

    texts = [found["text"] for found in search(cast, q="engineers found cracks bridge March")]

    assert texts[0] == "Engineers found cracks in the bridge in March."
    assert texts.index("Engineers found cracks in March.") < texts.index("A bridge.")


def test_the_article_at_hand_is_left_out(cast: Cast) -> None:
    other = make_article(cast.project, "More cracks.")

    found = search(cast, q="cracks", not_article=str(cast.article.pk))

    assert [one["article"]["id"] for one in found] == [str(other.pk)]


def test_a_phrase_in_quotation_marks_is_looked_for_as_it_stands(cast: Cast) -> None:
    make_article(cast.project, "Cracks engineers found. Engineers found cracks.")

    assert {one["text"] for one in search(cast, q='"engineers found cracks"')} == {
        "Engineers found cracks.", "Engineers found cracks in March.",
    }  # fmt: skip


def test_each_language_is_searched_by_its_own_rules(cast: Cast) -> None:
    make_article(cast.project, "Die Brücken sind sicher.", language="de")

    assert [one["text"] for one in search(cast, q="Brücke")] == ["Die Brücken sind sicher."]


def test_other_projects_and_archived_articles_are_not_searched(cast: Cast) -> None:
    make_article(make_project(cast.annotator), "Cracks elsewhere.")
    make_article(cast.project, "Cracks in the archive.", archived=True)

    assert len(search(cast, q="cracks")) == 1
    refused(Api(cast.outsider).call("get", f"projects/{cast.project.slug}/search/?q=cracks"), 404, "not-found")


def test_a_viewer_may_search_the_texts(cast: Cast) -> None:
    assert len(search(cast, "viewer", q="cracks")) == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("?q=", "q"),
        ("?q=%20%20", "q"),
        ("?q=" + "x" * 5001, "q"),
        ("?q=%00", "q"),
        ("?q=x&not_article=this", "not_article"),
        ("?q=x&article=1", "article"),
    ],
)
def test_a_search_that_cannot_be_names_its_parameter(cast: Cast, query: str, field: str) -> None:
    answer = Api(cast.annotator).call("get", f"projects/{cast.project.slug}/search/{query}")

    refused(answer, 400, "invalid-input", field)


NASTY = [
    "'", "''", "\\", "a\\b", 'it\'s "', '"', '""', "-", "--", "OR", "or or", "! & | ( ) <-> :*",
    "a:*", "\x02cracks\x03",
    "the of and", "\u202ecracks", "٣ ３", "e\u0301", "👩‍👩‍👧", "http://example.org/a\\b'c",
    "user@example.org", "/usr/local\\x",
    "<b>cracks</b>", "-cracks", "cracks " * 700, " ".join(map(str, range(900))), "''); DROP TABLE x; --", "\ufeff", "ﬁ",
]  # fmt: skip


def test_any_words_can_be_looked_for(cast: Cast) -> None:
    make_article(cast.project, "\n".join(f"One. {words} Two." for words in NASTY))

    for words in NASTY:
        for found in search(cast, q=words):
            assert all(0 <= start < end <= len(found["text"]) for start, end in found["marks"])

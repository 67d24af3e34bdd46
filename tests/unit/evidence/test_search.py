"""Finding evidence by words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection

from annotations.evidence import search
from annotations.evidence.search import STATEMENT, Hit, find_sentences, marks_in
from annotations.models import Article
from tests.cast import Cast, make_article, make_cast, make_project


def find(cast: Cast, words: str, **options: object) -> list[Hit]:
    """The sentences of the cast's project for some words."""
    return find_sentences(cast.project.pk, words, **options)  # type: ignore[arg-type]


def marked(hit: Hit) -> list[str]:
    """The words that a hit marks."""
    return [hit.text[start:end] for start, end in hit.marks]


def test_a_claims_own_words_are_a_query(cast: Cast) -> None:
    hits = find(cast, "Engineers have found many cracks in the bridges")

    assert hits[0].text == "Engineers found cracks in March."
    assert marked(hits[0]) == ["Engineers", "found", "cracks"]


def test_more_words_in_common_come_first(cast: Cast) -> None:
    make_article(cast.project, "The bridge was built. The bridge has cracks, engineers say. Cracks are common.")

    texts = [hit.text for hit in find(cast, "bridge cracks engineers")]

    assert texts[0] == "The bridge has cracks, engineers say."


def test_offsets_are_those_of_the_article(cast: Cast) -> None:
    hit = find(cast, "repairs")[0]

    assert cast.article.body[hit.start : hit.end] == hit.text == "Repairs began on Monday, the contractor said."


def test_marks_are_code_points_beside_emoji(cast: Cast) -> None:
    make_article(cast.project, "👩‍👩‍👧 são 😀 dolphins 😀 swim.", title="D")

    assert marked(find(cast, "dolphins")[0]) == ["dolphins"]


def test_words_of_other_scripts_are_found_and_marked(cast: Cast) -> None:
    make_article(cast.project, "😀 قال الوزير إن الجسر آمن.", title="A", language="ar")

    [hit] = find(cast, "الجسر")

    assert (hit.title, marked(hit)) == ("A", ["الجسر"])


def test_a_quoted_phrase_stands_as_it_is(cast: Cast) -> None:
    make_article(cast.project, "Cracks found in the wall. They found cracks in the wall.")

    texts = {hit.text for hit in find(cast, '"found cracks"')}

    assert texts == {"Engineers found cracks in March.", "They found cracks in the wall."}


def test_a_word_with_a_minus_must_not_stand_there(cast: Cast) -> None:
    make_article(cast.project, "Cracks in the wall. Cracks in the roof.")

    assert {hit.text for hit in find(cast, "cracks -wall")} == {
        "Engineers found cracks in March.",
        "Cracks in the roof.",
    }


def test_pages_of_hits_follow_one_another_in_one_order(cast: Cast) -> None:
    make_article(cast.project, " ".join(f"Crack {number} was found." for number in range(7)))
    everything = find(cast, "crack")

    pages = [find(cast, "crack", limit=3, offset=offset) for offset in (0, 3, 6)]

    assert [hit for page in pages for hit in page] == everything
    assert [hit.rank for hit in everything] == sorted((hit.rank for hit in everything), reverse=True)


def test_the_claims_own_article_can_be_left_out(cast: Cast) -> None:
    assert find(cast, "bridge", not_article=cast.article.pk) == []


def test_other_projects_and_archived_articles_are_never_searched(cast: Cast) -> None:
    other = make_cast()
    cast.article.describe(by=cast.manager, archived=True)

    assert find(cast, "bridge") == []
    assert len(find(other, "bridge")) == 1


def test_an_article_in_another_language_is_indexed_anew(cast: Cast) -> None:
    cast.article.describe(by=cast.manager, language="xx")

    assert find(cast, "crack") == []  # without English word stems only the word itself is found
    assert len(find(cast, "cracks")) == 1


def test_words_that_mean_nothing_find_nothing(cast: Cast) -> None:
    for words in ("the of and", "!!!", "'; DROP TABLE", "\\ & | :*"):
        assert find(cast, words) == []


def test_marks_are_read_from_a_headline() -> None:
    assert marks_in("a \x02bc\x03 d\x02e\x03") == [(2, 4), (6, 7)]


def test_a_bounded_number_of_sentences_is_ranked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_CANDIDATES", 5)
    make_article(cast.project, " ".join(f"The tunnel is open on day {number}." for number in range(40)))

    assert len(find(cast, "tunnel", limit=50)) == 5
    assert 5 <= len(find(cast, "tunnel open", limit=50)) <= 10


def test_a_sentence_with_all_words_is_ranked_though_each_of_them_is_common(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_CANDIDATES", 5)
    make_article(cast.project, " ".join(f"The tunnel is long. A gate is open on day {number}." for number in range(40)))
    make_article(cast.project, "The tunnel is open.", title="Both")

    hits = find(cast, "tunnel open", limit=50)

    assert hits[0].text == "The tunnel is open."
    assert {hit.text for hit in hits[1:]} != set()


def test_sentences_of_archived_articles_take_no_place_on_a_page(cast: Cast) -> None:
    make_article(cast.project, "A zebra. The zebra. Zebra!", title="Archived", archived=True)
    make_article(cast.project, "One zebra. Two zebras. Three zebras.", title="Zebras")

    pages = [find(cast, "zebra", limit=2, offset=offset) for offset in (0, 2, 4)]

    assert [len(page) for page in pages] == [2, 1, 0]
    assert len({hit.text for page in pages for hit in page}) == 3


def test_a_common_word_ranks_a_sentence_and_a_rarer_one_finds_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_CANDIDATES", 5)
    make_article(cast.project, " ".join(f"The tunnel is open on day {number}." for number in range(40)))
    make_article(cast.project, "A zebra sleeps. A zebra stood before the tunnel.", title="Zebras")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE annotations_sentence")

    hits = find(cast, "zebra tunnel", limit=50)

    assert [hit.text for hit in hits] == ["A zebra stood before the tunnel.", "A zebra sleeps."]
    assert marked(hits[0]) == ["zebra", "tunnel"]


def plan_of(statement: str, parameters: Any) -> str:
    """How PostgreSQL goes about it where it reads no table from end to end that it need not."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}", parameters)
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize(("words", "sentences"), [("bridge", "article_long"), ("bridge -cracks", "sentence_search")])
def test_the_list_of_articles_is_searched_by_its_indexes(cast: Cast, words: str, sentences: str) -> None:
    matching = Article.objects.matching(words, cast.project).values("pk")

    plan = plan_of(*matching.query.sql_with_params())

    assert {"article_search", sentences} <= set(re.findall(r"Index Scan (?:on|using) (\w+)", plan)), plan


def test_words_beyond_the_beginning_of_a_long_text_are_found(cast: Cast) -> None:
    long = make_article(cast.project, "It rains. " * 20_000 + "A zebra sleeps.", title="Long")

    assert Article.objects.matching("zebra", cast.project).get() == long


def test_a_search_makes_its_query_once_and_not_for_each_sentence(cast: Cast) -> None:
    values = {"project": cast.project.pk, "words": "bridge", "exact": False, "most": 64, "candidates": 9,
              "not_article": None, "limit": 5, "offset": 0, "fences": "  ", "options": ""}  # fmt: skip

    assert "CTE Scan on queries" in plan_of(STATEMENT, values)


def test_articles_match_in_the_language_and_form_that_each_is_indexed_in(cast: Cast) -> None:
    make_article(cast.project, "Die Brücken sind sicher.", language="de", title="German")
    make_article(cast.project, "The bridges are safe.", language="en-GB", title="British")
    make_article(make_project(cast.manager), "The bridges of others.", title="Elsewhere")

    def found(words: str) -> set[str]:
        return {one.title for one in Article.objects.matching(words, cast.project)}

    assert found("bridge") == {"The bridge", "British"}
    assert found("Brücke") == {"German"}
    assert found("bridge -cracks") == {"British", "The bridge"}
    assert found("-bridge") == {"German", "The bridge"}

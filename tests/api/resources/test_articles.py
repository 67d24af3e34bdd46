"""`projects/{slug}/articles/` and `articles/{id}/`"""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import uuid4

import pytest

from annotations.models import Article, Sentence
from tests.api.refusals import nothing_changed, refused
from tests.cast import TEXT, Api, Cast, make_article, make_project

METADATA: dict[str, Any] = {
    "title": "Floods",
    "url": "https://news.example/floods",
    "outlet": "The News",
    "author": "A. Reporter",
    "published_on": "2024-05-01",
    "language": "de-AT",
    "direction": "ltr",
}
FIELDS = {*METADATA, "id", "project", "length", "sha256", "archived", "revises", "external_id", "created_at"}


def add(cast: Cast, **body: Any) -> Any:
    return Api(cast.manager).call("post", f"projects/{cast.project.slug}/articles/", body)


def test_a_manager_adds_an_article_with_all_that_is_known(cast: Cast) -> None:
    answer = add(cast, **METADATA, body="Wasser 🌊. Mehr Wasser.")

    assert answer.status_code == 201
    article = answer.json()
    assert set(article) == {*FIELDS, "body"}
    assert {name: article[name] for name in METADATA} == METADATA
    assert (article["body"], article["length"]) == ("Wasser 🌊. Mehr Wasser.", 22)
    assert article["sha256"] == hashlib.sha256(article["body"].encode()).hexdigest()


def test_an_article_needs_a_title_and_a_text_only(cast: Cast) -> None:
    article = add(cast, title="Short", body="One. Two.").json()

    assert [article[name] for name in ("url", "outlet", "author", "published_on", "language", "direction")] == [
        None, "", None, None, "", "auto",
    ]  # fmt: skip
    assert list(Sentence.objects.filter(article=article["id"]).values_list("start", "end")) == [(0, 4), (5, 9)]


@pytest.mark.parametrize("body", ["  kept \r\n as it is\t ", "\ufeffبِسْمِ اللَّهِ", "e\u0301 👩‍👩‍👧 \u00ad.", "\u0001"])
def test_a_text_is_kept_character_by_character(cast: Cast, body: str) -> None:
    article = add(cast, title="Exact", body=body).json()

    assert Api(cast.viewer).call("get", f"articles/{article['id']}/").json()["body"] == body
    assert article["length"] == len(body)


def test_the_same_text_twice_is_refused_with_the_one_there_is(cast: Cast) -> None:
    with nothing_changed():
        answer = add(cast, title="Again", body=TEXT)

    problem = refused(answer, 409, "duplicate-article", "body")
    assert problem["current"]["id"] == str(cast.article.pk)
    assert set(problem["current"]) == FIELDS


def test_another_project_may_have_the_same_text(cast: Cast) -> None:
    project = make_project(cast.manager)

    answer = Api(cast.manager).call("post", f"projects/{project.slug}/articles/", {"title": "T", "body": TEXT})

    assert answer.status_code == 201


def test_a_correction_revises_an_article(cast: Cast) -> None:
    answer = add(cast, title="Corrected", body="It is not.", revises=str(cast.article.pk))

    assert (answer.status_code, answer.json()["revises"]) == (201, str(cast.article.pk))


def test_an_article_revises_one_of_its_own_project(cast: Cast) -> None:
    foreign = make_article(make_project(cast.manager))

    with nothing_changed():
        refused(add(cast, title="T", body="x", revises=str(foreign.pk)), 400, "invalid-input", "revises")
        refused(add(cast, title="T", body="x", revises=str(uuid4())), 400, "invalid-input", "revises")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"body": ""}, "body"),
        ({"body": None}, "body"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "ftp://news.example/"}, "url"),
        ({"outlet": None}, "outlet"),
        ({"outlet": "x" * 201}, "outlet"),
        ({"published_on": "yesterday"}, "published_on"),
        ({"published_on": "2024-02-30"}, "published_on"),
        ({"language": "not a tag"}, "language"),
        ({"direction": "up"}, "direction"),
        ({"archived": True}, "archived"),
        ({"sha256": "0"}, "sha256"),
    ],
)
def test_a_bad_article_names_its_field(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    with nothing_changed():
        answer = add(cast, **{"title": "T", "body": "Text.", **wrong})

    refused(answer, 400, "invalid-input", field)


@pytest.mark.parametrize("name", ["annotator", "reviewer", "viewer"])
def test_only_managers_add_and_change_articles(cast: Cast, name: str) -> None:
    api = Api(cast.everybody[name])

    with nothing_changed():
        added = api.call("post", f"projects/{cast.project.slug}/articles/", {"title": "T", "body": "x"})
        changed = api.call("patch", f"articles/{cast.article.pk}/", {"title": "Mine"})

    refused(added, 403, "forbidden")
    refused(changed, 403, "forbidden")


def test_the_list_holds_articles_without_their_texts(cast: Cast) -> None:
    page = Api(cast.viewer).call("get", f"projects/{cast.project.slug}/articles/").json()

    [article] = page["results"]
    assert set(article) == FIELDS
    assert article["id"] == str(cast.article.pk)


def test_metadata_may_be_corrected(cast: Cast) -> None:
    answer = Api(cast.manager).call("patch", f"articles/{cast.article.pk}/", METADATA)

    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in METADATA} == METADATA


def test_an_article_may_be_archived_and_brought_back(cast: Cast) -> None:
    api = Api(cast.manager)

    assert api.call("patch", f"articles/{cast.article.pk}/", {"archived": True}).json()["archived"] is True
    assert api.call("patch", f"articles/{cast.article.pk}/", {"archived": False}).json()["archived"] is False


def test_a_text_never_changes(cast: Cast) -> None:
    with nothing_changed():
        answer = Api(cast.manager).call("patch", f"articles/{cast.article.pk}/", {"body": "Something else."})

    refused(answer, 409, "body-immutable", "body")
    assert Article.objects.get(pk=cast.article.pk).body == TEXT


def test_an_article_is_not_deleted(cast: Cast) -> None:
    refused(Api(cast.manager).call("delete", f"articles/{cast.article.pk}/"), 405, "method-not-allowed")


def test_articles_of_other_projects_are_not_found(cast: Cast) -> None:
    api = Api(cast.outsider)

    refused(api.call("get", f"articles/{cast.article.pk}/"), 404, "not-found")
    refused(api.call("patch", f"articles/{cast.article.pk}/", {"title": "x"}), 404, "not-found")
    refused(api.call("get", f"projects/{cast.project.slug}/articles/"), 404, "not-found")
    refused(api.call("post", f"projects/{cast.project.slug}/articles/", {}), 404, "not-found")

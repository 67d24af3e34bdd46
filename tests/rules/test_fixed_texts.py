"""Rule 1: a text never changes, and articles and projects are archived, not deleted."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Article, Project
from annotations.rules import ARCHIVE_ONLY, BODY_IMMUTABLE, DUPLICATE_ARTICLE, HISTORY_APPEND_ONLY
from tests.api.refusals import nothing_changed, refused
from tests.cast import TEXT, Api, Cast, make_article, make_project, make_span
from tests.rules.attack import broken, sql, values


def test_the_api_refuses_another_text(cast: Cast) -> None:
    with nothing_changed():
        answer = Api(cast.manager).call("patch", f"articles/{cast.article.pk}/", {"body": "Another text."})

    refused(answer, 409, "body-immutable", "body")
    assert Article.objects.get().body == TEXT


@pytest.mark.parametrize("column", ["body", "source", "sha256", "length", "project"])
def test_the_orm_cannot_change_what_a_text_is(cast: Cast, column: str) -> None:
    other: dict[str, Any] = {
        "body": "Another text.",
        "source": b"<p>",
        "sha256": "0" * 64,
        "length": 3,
        "project": make_project(cast.manager),
    }
    setattr(cast.article, column, other[column])

    with broken(BODY_IMMUTABLE):
        cast.article.save()
    assert values("article", cast.article.pk, "body", "length") == (TEXT, len(TEXT))


@pytest.mark.parametrize("change", ["body = body || ' '", "source = ''", "sha256 = repeat('0', 64)", "length = 3"])
def test_sql_cannot_change_what_a_text_is(cast: Cast, change: str) -> None:
    with broken(BODY_IMMUTABLE):
        sql(f"UPDATE annotations_article SET {change} WHERE id = %s", cast.article.pk)


def test_sql_cannot_move_a_text_to_another_project(cast: Cast) -> None:
    other = make_project(cast.manager)

    with broken(BODY_IMMUTABLE):
        sql("UPDATE annotations_article SET project_id = %s", other.pk)


def test_a_text_cannot_come_with_a_false_digest(cast: Cast) -> None:
    sql(
        "INSERT INTO annotations_article (id, project_id, title, outlet, language, direction, body, sha256, length, "
        "archived) VALUES (gen_random_uuid(), %s, 't', '', 'en', 'ltr', 'abc', 'lie', 99, false)",
        cast.project.pk,
    )

    added = Article.objects.get(title="t")
    assert (added.length, added.sha256[:8]) == (3, "ba7816bf")


def test_the_same_text_is_refused_however_it_comes(cast: Cast) -> None:
    with broken(DUPLICATE_ARTICLE):
        make_article(cast.project)

    answer = Api(cast.manager).call("post", f"projects/{cast.project.slug}/articles/", {"title": "t", "body": TEXT})
    refused(answer, 409, "duplicate-article", "body")


@pytest.mark.parametrize("used", [True, False])
def test_an_article_cannot_be_deleted(cast: Cast, used: bool) -> None:
    article = make_article(cast.project, "A text of its own.")
    if used:
        make_span(cast.annotator, article, (0, 6))

    with broken(ARCHIVE_ONLY):
        sql("DELETE FROM annotations_article WHERE id = %s", article.pk)
    with nothing_changed():
        assert Api(cast.manager).call("delete", f"articles/{article.pk}/").status_code == 405


def test_the_orm_cannot_delete_an_article(cast: Cast) -> None:
    with broken(ARCHIVE_ONLY):
        cast.article.delete()
    with broken(ARCHIVE_ONLY):
        Article.objects.all().delete()


def test_a_project_cannot_be_deleted(cast: Cast) -> None:
    empty = make_project(cast.manager)

    with broken(ARCHIVE_ONLY):
        sql("DELETE FROM annotations_project WHERE id = %s", empty.pk)
    with broken(ARCHIVE_ONLY):
        Project.objects.filter(pk=empty.pk)._raw_delete("default")
    with nothing_changed():
        assert Api(cast.manager).call("delete", f"projects/{empty.slug}/").status_code == 405


@pytest.mark.parametrize("table", ["article", "project", "span"])
def test_tables_cannot_be_emptied_past_the_history(cast: Cast, table: str) -> None:
    make_span(cast.annotator, cast.article)

    with broken(HISTORY_APPEND_ONLY):
        sql(f"TRUNCATE annotations_{table} CASCADE")


def test_what_is_known_about_a_text_may_be_corrected(cast: Cast) -> None:
    cast.article.describe(by=cast.manager, title="The old bridge", archived=True)

    assert values("article", cast.article.pk, "title", "archived", "body") == ("The old bridge", True, TEXT)

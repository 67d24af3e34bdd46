"""An id from outside names one article, one claim and one other span of a project."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from annotations.models import Article, Project, Span
from annotations.operations.restore import deleted, restore
from annotations.rules import EXTERNAL_ID_TAKEN
from tests.cast import Cast, make_article, make_span
from tests.rules.attack import broken, sql, values

pytestmark = pytest.mark.django_db


def _two(cast: Cast) -> tuple[Span, Span]:
    """A claim and a fact."""
    return make_span(cast.annotator, cast.article, (0, 3)), make_span(cast.annotator, cast.article, (4, 6), "fact")


def named(span: Span, name: str | None) -> None:
    sql("UPDATE annotations_span SET external_id = %s, version = version + 1 WHERE id = %s", name, span.pk)


def test_an_articles_id_is_given_once_in_a_project(cast: Cast) -> None:
    other = make_article(cast.project, body="Another text.")
    Article.objects.filter(pk=cast.article.pk).update(external_id="1")
    with broken(EXTERNAL_ID_TAKEN):
        Article.objects.filter(pk=other.pk).update(external_id="1")
    elsewhere = Project.objects.start(by=cast.manager, slug="elsewhere", name="Elsewhere")
    Article.objects.filter(pk=make_article(elsewhere).pk).update(external_id="1")


@pytest.mark.parametrize(("label", "other"), [("claim", "claim"), ("fact", "fact"), ("fact", "attribution")])
def test_a_claims_id_is_given_once_and_so_is_that_of_any_other_span(cast: Cast, label: str, other: str) -> None:
    named(make_span(cast.annotator, cast.article, (0, 3), label), "1")
    second = make_span(cast.annotator, cast.article, (4, 6), other)
    with broken(EXTERNAL_ID_TAKEN):
        named(second, "1")


def test_a_claim_and_another_span_may_have_one_id_until_they_are_of_one_label(cast: Cast) -> None:
    claim, fact = _two(cast)
    named(claim, "1")
    named(fact, "1")
    with broken(EXTERNAL_ID_TAKEN):
        sql("UPDATE annotations_span SET label = 'claim', version = version + 1 WHERE id = %s", fact.pk)


def test_the_project_of_a_spans_id_is_that_of_its_article(cast: Cast) -> None:
    elsewhere = Project.objects.start(by=cast.manager, slug="elsewhere", name="Elsewhere")
    span = make_span(cast.annotator, cast.article, (0, 3))
    named(span, "1")
    sql("UPDATE annotations_span SET external_in_id = %s, version = version + 1 WHERE id = %s", elsewhere.pk, span.pk)
    assert values("span", span.pk, "external_in_id") == (cast.project.pk,)
    named(span, None)
    assert values("span", span.pk, "external_in_id") == (None,)


def test_an_empty_id_is_none(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="external_id_not_empty"):
        Article.objects.filter(pk=cast.article.pk).update(external_id="")


def test_a_span_that_is_restored_has_its_id_again(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article, (0, 3))
    named(span, "1")
    span.refresh_from_db()
    key = span.pk
    span.remove(by=cast.annotator, from_version=span.version)
    gone = deleted([cast.project.pk], "span", key)
    assert gone is not None
    restore(gone, by=cast.annotator)
    assert values("span", key, "external_id", "external_in_id") == ("1", cast.project.pk)

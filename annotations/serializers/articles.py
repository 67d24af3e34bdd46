"""Articles, and people's passes over them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, NotRequired, TypedDict
from uuid import UUID

from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from rest_framework import serializers

from annotations.models import Article, Assignment, Project
from annotations.models.article import LONGEST_BODY
from annotations.serializers.base import Choice, Slug, Strict, TooLarge, Url
from annotations.serializers.people import PersonAnswer, person


class ArticleAnswer(TypedDict):
    id: UUID
    project: Slug
    title: str
    url: Url | None
    outlet: str
    author: str | None
    published_on: date | None
    language: str
    direction: str
    length: Annotated[int, "Code points."]
    sha256: str
    archived: bool
    revises: UUID | None
    external_id: Annotated[str | None, "The id from an imported table."]
    created_at: datetime


class WholeArticleAnswer(ArticleAnswer):
    body: str


class ReadArticleAnswer(ArticleAnswer):
    body: NotRequired[Annotated[str, "Not in a window."]]


def article_json(article: Article, project: Project) -> ArticleAnswer:
    """An article with its project's slug, without the text."""
    return {
        "id": article.pk,
        "project": project.slug,
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "author": article.author,
        "published_on": article.published_on,
        "language": article.language,
        "direction": article.direction,
        "length": article.length,
        "sha256": article.sha256,
        "archived": article.archived,
        "revises": article.revises_id,
        "external_id": article.external_id,
        "created_at": article.created_at,
    }


def whole_article_json(article: Article, project: Project) -> WholeArticleAnswer:
    """An article with its text."""
    return {**article_json(article, project), "body": article.body}


class ArticleLabelAnswer(TypedDict):
    id: UUID
    title: str
    outlet: str
    published_on: date | None


def article_label(article: Article) -> ArticleLabelAnswer:
    """Enough of an article to name it."""
    return {
        "id": article.pk,
        "title": article.title,
        "outlet": article.outlet,
        "published_on": article.published_on,
    }


LANGUAGE = re.compile(r"\A[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")


class ArticleMetadata(Strict):
    """What is known about a text; it may be corrected at any time."""

    title = serializers.CharField(max_length=500)
    url = serializers.URLField(
        required=False, allow_null=True, max_length=2000, validators=[URLValidator(["http", "https"])]
    )
    outlet = serializers.CharField(required=False, allow_blank=True, max_length=200)
    author = serializers.CharField(required=False, allow_null=True, allow_blank=True, max_length=300)
    published_on = serializers.DateField(required=False, allow_null=True)
    language = serializers.RegexField(LANGUAGE, required=False, allow_blank=True, max_length=35)
    direction = serializers.ChoiceField(Article.Direction.choices, required=False)


class ArticleBody(ArticleMetadata):
    """A new article."""

    body = serializers.CharField(trim_whitespace=False)
    revises = serializers.UUIDField(required=False, allow_null=True)

    def validate_body(self, value: str) -> str:
        if len(value) > LONGEST_BODY:
            raise TooLarge(
                _("body: a text can have at most %(longest_body)s code points; this one has %(length)s.")
                % {"longest_body": f"{LONGEST_BODY:,}", "length": f"{len(value):,}"}
            )
        return value


class ArticleChange(ArticleMetadata):
    """The values of an article that can change."""

    archived = serializers.BooleanField(required=False)


class AssignmentAnswer(TypedDict):
    id: int
    article: UUID
    assignee: PersonAnswer
    kind: Annotated[str, Choice(Assignment.Kind.choices)]
    state: Annotated[str, Choice(Assignment.State.choices)]
    created_at: datetime
    submitted_at: datetime | None
    imported: Annotated[bool, "Created by an import: it doesn't count towards the number of annotators."]
    reopened: Annotated[
        bool, ("A manager reopened it when its assignee could already see others' work, so agreement leaves it out.")
    ]


def assignment_json(assignment: Assignment) -> AssignmentAnswer:
    """A pass over an article; `assignee` should be loaded."""
    return {
        "id": assignment.pk,
        "article": assignment.article_id,
        "assignee": person(assignment.assignee),
        "kind": assignment.kind,
        "state": assignment.state,
        "created_at": assignment.created_at,
        "submitted_at": assignment.submitted_at,
        "imported": assignment.imported,
        "reopened": assignment.reopened,
    }

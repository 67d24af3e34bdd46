"""`projects/{slug}/articles/` and `articles/{id}/`"""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import OuterRef
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import DAY, PAGED, Parameter, choice, page_in
from annotations.api.base.resource import Resource, caller
from annotations.api.projects.projects import find_project
from annotations.models import Article, Assignment, Project, User
from annotations.models.base.lookup_columns import Probed
from annotations.permissions import Action, must
from annotations.rules import BODY_IMMUTABLE, DUPLICATE_ARTICLE, RuleBroken, broken_rule
from annotations.serializers.articles import (
    ArticleAnswer,
    ArticleBody,
    ArticleChange,
    WholeArticleAnswer,
    article_json,
    whole_article_json,
)
from annotations.serializers.base import checked, invalid


def find_article(user: User, key: UUID, *, with_text: bool = False) -> Article:
    """The article with its project, or Http404 where the caller is not a member."""
    heavy = ("source", "search") if with_text else ("body", "source", "search")
    found = Article.objects.visible_to(user).select_related("project").defer(*heavy)
    article: Article | None = found.filter(pk=key).first()
    if article is None:
        raise Http404
    return article


STATES = ("new", "open", "submitted", "archived")
FILTERS = (
    Parameter("q", "Words in the text, the title or other metadata."),
    Parameter("state", "new (not started), open, submitted, or archived.", choice("", *STATES)),
    Parameter("outlet", "The outlet, exactly."),
    Parameter("language", "The language tag, exactly."),
    Parameter("published_after", "First day, as YYYY-MM-DD (inclusive).", DAY),
    Parameter("published_before", "Last day, as YYYY-MM-DD (inclusive).", DAY),
)


def filtered(request: Request, articles: Any, project: Project) -> Any:
    """The articles that the address asks for. Raises ValidationError with the parameter that is wrong."""
    query = request.query_params
    if words := query.get("q"):
        articles = articles.matching(words, project)
    for name in ("outlet", "language"):
        if value := query.get(name):
            articles = articles.filter(**{name: value})
    for name, lookup in (("published_after", "gte"), ("published_before", "lte")):
        if value := query.get(name):
            try:
                articles = articles.filter(**{f"published_on__{lookup}": date.fromisoformat(value)})
            except ValueError as error:
                raise invalid(name, _("Enter a date as YYYY-MM-DD.")) from error
    return _in_state(query.get("state", ""), articles)


def _in_state(state: str, articles: Any) -> Any:
    passes = Assignment.objects.filter(article=OuterRef("pk"))
    match state:
        case "":
            return articles.current()
        case "archived":
            return articles.filter(archived=True)
        case "new":
            return articles.current().exclude(Probed(passes))
        case "open":
            return articles.current().filter(Probed(passes.filter(state=Assignment.State.OPEN)))
        case "submitted":
            done = articles.current().filter(Probed(passes.filter(state=Assignment.State.SUBMITTED)))
            return done.exclude(Probed(passes.filter(state=Assignment.State.OPEN)))
    raise invalid("state", _("The state must be new, open, submitted or archived."), "invalid_choice")


class ArticlesView(Resource):
    """The articles of a project."""

    asks = (*FILTERS, *PAGED)

    @method("articles_list", "articles", page_of(ArticleAnswer), query=asks)
    def get(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        found = filtered(request, Article.objects.filter(project=project).without_text(), project)
        page = page_in(request, found)
        return page.response(article_json(one, project) for one in page.rows)

    @method(
        "article_add",
        "articles",
        WholeArticleAnswer,
        body=ArticleBody,
        status=201,
        refusals=(409, 413),
    )
    def post(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        must(caller(request), Action.MANAGE, project)
        article = add_article(project, caller(request), checked(ArticleBody, request.data))
        return Response(whole_article_json(article, project), status=201)


def add_article(project: Project, user: User, values: dict[str, Any]) -> Article:
    """A new article from checked values. Raises RuleBroken with the one that exists where the text is there already."""
    revises = values.pop("revises", None)
    if revises is not None and not Article.objects.filter(pk=revises, project=project).exists():
        raise invalid("revises", _("There is no such article in this project."), "does_not_exist")
    try:
        article: Article = Article.objects.add(project, values.pop("body"), by=user, revises_id=revises, **values)
    except IntegrityError as error:
        if broken_rule(error) is not DUPLICATE_ARTICLE:
            raise
        detail = getattr(getattr(error.__cause__, "diag", None), "message_detail", "") or ""
        found = re.search(r"\b[0-9a-f]{64}\b", detail)
        there = found and Article.objects.without_text().filter(project=project, sha256=found.group()).first()
        current: dict[str, Any] = {"current": article_json(there, project)} if there else {}
        raise RuleBroken(DUPLICATE_ARTICLE, **current) from error
    article.refresh_from_db(fields=["sha256", "length", "created_at"])
    return article


class ArticleView(Resource):
    """One article."""

    @method("article_read", "articles", WholeArticleAnswer)
    def get(self, request: Request, key: UUID) -> Response:
        article = find_article(caller(request), key, with_text=True)
        return Response(whole_article_json(article, article.project))

    @method("article_change", "articles", ArticleAnswer, body=ArticleChange(partial=True), refusals=(409,))
    def patch(self, request: Request, key: UUID) -> Response:
        article = find_article(caller(request), key)
        must(caller(request), Action.MANAGE, article)
        if isinstance(request.data, dict) and "body" in request.data:
            raise RuleBroken(BODY_IMMUTABLE)
        values = checked(ArticleChange, request.data, partial=True)
        if values:
            article.describe(by=caller(request), **values)
        return Response(article_json(article, article.project))

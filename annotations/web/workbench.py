"""The workbench: one article with everything on it. The page brings the text; the rest it asks of the API."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from annotations.models import Article, Span, User
from annotations.web.page import PageRequest, page, show
from annotations.web.text.paragraphs import paragraphs

FIRST_SCREENS: Final = 5_000
"""Code points: more than any screen shows."""

MOST_FIRST_MARKS: Final = 1_000


@page()
def workbench(request: PageRequest, article_id: UUID) -> HttpResponse:
    """The article to read and to mark."""
    articles = Article.objects.visible_to(request.user).select_related("project").defer("source", "search")
    article = get_object_or_404(articles, pk=article_id)
    return show(
        request,
        "workbench.html",
        article.project,
        "articles",
        article=article,
        text=paragraphs(article.body),
        first_marks=first_marks(article, request.user),
    )


def first_marks(article: Article, user: User) -> list[tuple[str, int, list[list[int]]]]:
    """What is marked on the first screens, to be painted with the text: label, nest level and fragments."""
    spans = Span.objects.visible_to(user).filter(article=article, start__lt=FIRST_SCREENS).in_reading_order()
    marks = []
    ends: list[int] = []
    for label, start, end, fragments in spans.values_list("label", "start", "end", "fragments")[:MOST_FIRST_MARKS]:
        # The smallest level that no span has which reaches this far, as span-index.js has it.
        level = next((number for number, reached in enumerate(ends) if reached <= start), len(ends))
        ends[level : level + 1] = [end]
        marks.append((label, level, fragments))
    return marks

"""The workbench: one article with everything on it. The page brings the text; the rest it asks of the API."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from annotations.models import Article
from annotations.web.page import PageRequest, page, show

LINE: Final = re.compile(r"[^\n]*\n|[^\n]+\Z")
"""A line with its end. Paragraphs are cut here and nowhere else, so that offsets hold; paragraphs.js does the same."""


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
        lines=LINE.findall(article.body),
    )

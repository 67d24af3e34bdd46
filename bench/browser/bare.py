"""The page to measure against: a text in the workbench's own type and column, and nothing else.

The same server sends it to the same session after the same look-up. It loads the style sheets that set the
text, but no script, and its paragraphs stand in the page plainly, without anything that spares layout or paint.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import path
from django.utils.html import escape

from annotations.models import Article
from factcheck.urls import *  # noqa: F403
from factcheck.urls import urlpatterns as pages

SHEETS = "".join(
    f'<link rel="stylesheet" href="{static(f"annotations/css/{name}.css")}">'
    for name in ("layers", "tokens", "workbench", "text")
)

ICON = f'<link rel="icon" href="{static("annotations/icon.svg")}" type="image/svg+xml">'


@login_required
def bare(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """The text."""
    articles = Article.objects.visible_to(request.user).defer("source", "search")  # type: ignore[arg-type]
    body = get_object_or_404(articles, pk=article_id).body
    paragraphs = "".join(f'<p dir="auto">{line}</p>' for line in escape(body).splitlines(keepends=True))
    return HttpResponse(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bare</title>{ICON}{SHEETS}</head>'
        '<body class="workbench"><header class="masthead"></header><main id="main"><div class="panes">'
        f'<article-pane><div class="text-body"><div class="text" lang="en">{paragraphs}</div></div></article-pane>'
        "</div></main></body></html>"
    )


urlpatterns = [*pages, path("bare/<uuid:article_id>/", bare)]

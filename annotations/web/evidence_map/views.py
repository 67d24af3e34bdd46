"""The page of the evidence map: the drawing, or the same links as a table."""

from __future__ import annotations

from django.http import HttpResponse

from annotations.models import Article, Project
from annotations.web.evidence_map.data import MOST_LINKS, MOST_SPANS, contents_of, rows_of
from annotations.web.evidence_map.filters import MOST_ARTICLES, MapForm, chosen_articles
from annotations.web.evidence_map.layout import drawing_of
from annotations.web.page import PageRequest, project_page, show


@project_page()
def evidence_map(request: PageRequest, project: Project) -> HttpResponse:
    """The map of the chosen articles, or of those that most links touch, narrowed as the address says."""
    form = MapForm(request.GET, project=project)
    form.is_valid()
    chosen = chosen_articles(form, project, request.user)
    contents = contents_of(chosen, form.cleaned_data, request.user)
    as_table = form.cleaned_data.get("view") == "table"
    return show(
        request,
        "map/body.html" if request.htmx else "map/map.html",
        project,
        "map",
        form=form,
        contents=contents,
        drawn=None if as_table else drawing_of(contents, project),
        rows=rows_of(contents) if as_table else None,
        across=sum(link.source.article_id != link.target.article_id for link in contents.drawn_links),
        offered=form.rows([article.pk for article in contents.articles]),
        articles=Article.objects.filter(project=project, archived=False).count(),
        too_many=len(form.cleaned_data.get("article") or []) > MOST_ARTICLES,
        most_articles=MOST_ARTICLES,
        most_spans=MOST_SPANS,
        most_links=MOST_LINKS,
    )

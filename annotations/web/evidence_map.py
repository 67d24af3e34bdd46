"""The evidence map: what bears on what, in a handful of articles at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast
from uuid import UUID

from django import forms
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse

from annotations.evidence.claims import statement
from annotations.models import Article, Link, Project, Span, User, Verdict
from annotations.web.page import PageRequest, project_page, show
from annotations.web.pictures.evidence_map import CurveOnMap, EvidenceMap, MarkOnMap, PlacedMark, drawn

MOST_ARTICLES: Final = 10
MOST_MARKS: Final = 400
"""With more spans than these only those that something is joined to are drawn."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span on the map with its place, its verdict, and its links in words for who cannot see the curves."""

    place: PlacedMark
    span: Span
    words: str
    verdict: Verdict | None
    joined: list[str]


@dataclass(frozen=True, slots=True)
class Columns:
    """What the template draws: the picture, and for each column its article and its marks."""

    picture: EvidenceMap
    columns: list[tuple[Any, Article, list[Mark]]]
    across: int
    marks: int


@project_page()
def evidence_map(request: PageRequest, project: Project) -> HttpResponse:
    """The map of the chosen articles, or of those that most links touch."""
    form = MapForm(request.GET, project=project)
    form.is_valid()
    ids = form.cleaned_data.get("article") or most_linked(project, request.user)
    articles = list(
        Article.objects.visible_to(request.user).without_text().filter(project=project, pk__in=ids[:MOST_ARTICLES])
    )
    who = bool(form.cleaned_data.get("who"))
    return show(
        request,
        "map/map.html",
        project,
        "map",
        form=form,
        drawn=laid_out(articles, request.user, with_attributions=who) if articles else None,
        articles=articles,
        who=who,
        more=Article.objects.filter(project=project, archived=False).count() > len(articles),
        most=MOST_ARTICLES,
    )


class MapForm(forms.Form):
    """Which articles the map shows, and whether it shows who says what."""

    article = forms.MultipleChoiceField(
        label="Articles on the map", required=False, widget=forms.CheckboxSelectMultiple
    )
    who = forms.BooleanField(label="Show who says it", required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Article.objects.filter(project=project, archived=False).order_by("title", "pk")
        cast(forms.MultipleChoiceField, self.fields["article"]).choices = [
            (str(pk), title[:90]) for pk, title in held.values_list("pk", "title")[:500]
        ]


def most_linked(project: Project, user: User) -> list[UUID]:
    """The articles whose spans have most links, at most as many as the map holds; where there are none, the newest."""
    links = Link.objects.visible_to(user).filter(target__article__project=project, target__article__archived=False)
    count: Counter[UUID] = Counter()
    for end in ("source__article", "target__article"):
        count.update(dict(links.order_by().values_list(end).annotate(n=Count("pk"))))
    if count:
        return [article for article, _ in count.most_common(MOST_ARTICLES)]
    newest = Article.objects.filter(project=project, archived=False).order_by("-created_at", "-pk")
    return list(newest.values_list("pk", flat=True)[:MOST_ARTICLES])


def laid_out(articles: Sequence[Article], user: User, *, with_attributions: bool) -> Columns:
    """The map of these articles, in their order, as far as `user` may read them."""
    spans = marks_of(articles, user, with_attributions=with_attributions)
    by_id = {span.pk: span for span in spans}
    links = list(Link.objects.visible_to(user).filter(source__in=by_id, target__in=by_id).order_by("created_at", "id"))
    verdicts = {
        verdict.claim_id: verdict for verdict in Verdict.objects.visible_to(user).filter(claim__article__in=articles)
    }
    picture = drawn(
        [article.pk for article in articles],
        [MarkOnMap(span.pk, span.article_id) for span in spans],
        [CurveOnMap(link.relation, link.source_id, link.target_id) for link in links],
    )
    joined: dict[UUID, list[str]] = {pk: [] for pk in by_id}
    for link in links:
        joined[link.source_id].append(f"{link.relation} “{words_of(by_id[link.target_id])}”")
        joined[link.target_id].append(f"{PASSIVE[link.relation]} “{words_of(by_id[link.source_id])}”")

    def _mark(place: PlacedMark) -> Mark:
        span = by_id[place.id]
        return Mark(place, span, words_of(span), verdicts.get(span.pk), joined[span.pk])

    return Columns(
        picture,
        [
            (column, article, [_mark(place) for place in column.marks])
            for column, article in zip(picture.columns, articles, strict=True)
        ],
        across=sum(curve.across for curve in picture.curves),
        marks=len(spans),
    )


PASSIVE: Final = {
    "corroborates": "corroborated by",
    "contradicts": "contradicted by",
    "attributes": "attributed by",
    "restates": "restated by",
}


def marks_of(articles: Sequence[Article], user: User, *, with_attributions: bool) -> list[Span]:
    """The spans that the map shows, in reading order; where they are very many, those that links or verdicts touch."""
    labels = [Span.Label.CLAIM, Span.Label.FACT, *([Span.Label.ATTRIBUTION] if with_attributions else [])]
    spans = Span.objects.visible_to(user).filter(article__in=articles, label__in=labels)
    found = list(spans.in_reading_order()[: MOST_MARKS + 1])
    if len(found) <= MOST_MARKS:
        return found
    links = Link.objects.visible_to(user).filter(Q(source=OuterRef("pk")) | Q(target=OuterRef("pk")))
    verdicts = Verdict.objects.visible_to(user).filter(claim=OuterRef("pk"))
    return list(spans.filter(Q(Exists(links)) | Q(Exists(verdicts))).in_reading_order()[:MOST_MARKS])


def words_of(span: Span) -> str:
    """The claim or passage as a label says it."""
    return statement(span.fields, span.quote) if span.label == Span.Label.CLAIM else span.quote

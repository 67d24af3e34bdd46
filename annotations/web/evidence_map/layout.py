"""The map as it is drawn: every span with its place, its words, what is said of it aloud, and its address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.models import Article, Link, Project, Span, Verdict
from annotations.vocabulary import MEANINGS, RELATIONS, Relation
from annotations.web.charts.evidence_map import Column, Layout, PlacedSpan, SpanOnMap, laid_out
from annotations.web.charts.map_curves import CurveOnMap, PlacedCurve, curves_between
from annotations.web.evidence_map.data import Contents, words_of
from annotations.web.wording import day, shortened

LONGEST_QUOTE: Final = 600


@dataclass(frozen=True, slots=True)
class DrawnSpan:
    """A span on the map; `counts` are its links by their signs, `spoken` all of it in words."""

    place: PlacedSpan
    span: Span
    spoken: str
    address: str
    rating: dict[str, Any] | None
    verdict: Verdict | None
    counts: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws. `data` is what the page's program needs to know of spans and links."""

    layout: Layout
    columns: list[tuple[Column, Article, list[DrawnSpan]]]
    curves: list[PlacedCurve]
    data: dict[str, Any]


def drawing_of(contents: Contents, project: Project) -> Drawing | None:
    """The drawing, or None where there is nothing to draw."""
    if not contents.spans:
        return None
    counts = {span.pk: counts_of(span, contents.links_of[span.pk]) for span in contents.spans}
    layout = laid_out(
        [article.pk for article in contents.articles],
        [
            SpanOnMap(span.pk, span.article_id, words_of(span), span.pk in contents.verdicts or bool(counts[span.pk]))
            for span in contents.spans
        ],
    )
    ratings = {rating["key"]: rating for rating in project.scale}
    workbench = {article.pk: reverse("workbench", args=[article.pk]) for article in contents.articles}

    def _drawn(place: PlacedSpan) -> DrawnSpan:
        span, verdict = contents.by_id[place.id], contents.verdicts.get(place.id)
        links = contents.links_of[place.id]
        unrated = {"name": _("No rating yet"), "colour": "grey"}
        rating = ratings.get(verdict.rating or "", unrated) if verdict else None
        return DrawnSpan(
            place,
            span,
            spoken(span, verdict, rating, links),
            f"{workbench[span.article_id]}?span={span.pk}{beside(span, links)}",
            rating,
            verdict,
            counts[span.pk],
        )

    return Drawing(
        layout,
        [
            (column, article, [_drawn(place) for place in column.spans])
            for column, article in zip(layout.columns, contents.articles, strict=True)
        ],
        curves_between(layout, [CurveOnMap(link.relation, link.source_id, link.target_id) for link in contents.links]),
        data_of(contents, layout, ratings),
    )


def counts_of(span: Span, links: Sequence[Link]) -> list[tuple[str, str]]:
    """(relation, sign with number) of what comes to a span; of what goes out where nothing comes."""
    coming = Counter(link.relation for link in links if link.target_id == span.pk)
    if coming:
        return [(relation, f"{MEANINGS[relation].sign}{coming[relation]}") for relation in MEANINGS if coming[relation]]
    return [("", _("linked to %(number)s") % {"number": len(links)})] if links else []


def beside(span: Span, links: Sequence[Link]) -> str:
    """The part of an address that opens the first other article that a link of the span leads to."""
    for link in links:
        far = link.source if link.target_id == span.pk else link.target
        if far.article_id != span.article_id:
            return f"&evidence={far.article_id}"
    return ""


def spoken(span: Span, verdict: Verdict | None, rating: dict[str, Any] | None, links: Sequence[Link]) -> str:
    """A span for who cannot see it: label, verdict, words, and how many links there are of each kind."""
    coming = Counter(link.relation for link in links if link.target_id == span.pk)
    going = Counter(link.relation for link in links if link.source_id == span.pk)
    told = [MEANINGS[one].counted % {"count": coming[one]} for one in MEANINGS if coming[one]]
    told += [
        _("%(relation)s: %(number)s") % {"relation": Relation(one).label, "number": going[one]}
        for one in RELATIONS
        if going[one]
    ]
    parts = {
        "label": span.get_label_display(),
        "text": shortened(words_of(span), 200),
        "links": ", ".join(told) or _("No links"),
    }
    if verdict is None or rating is None:
        return _("%(label)s: %(text)s. %(links)s") % parts
    judged = {"rating": rating["name"].lower(), "state": verdict.get_state_display().lower()}
    return _("%(label)s, %(rating)s, %(state)s: %(text)s. %(links)s") % (parts | judged)


def data_of(contents: Contents, layout: Layout, ratings: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Spans with their words and places, and links by the spans' ids; far ends outside the map have no place."""
    places = {placed.id: placed for column in layout.columns for placed in column.spans}
    articles: dict[UUID, dict[str, Any]] = {}
    spans: dict[str, dict[str, Any]] = {}
    for article in contents.articles:
        articles[article.pk] = article_data(article)
    for link in contents.links:
        for end in (link.source, link.target):
            articles.setdefault(end.article_id, article_data(end.article))
            if end.pk not in places:
                spans[str(end.pk)] = span_data(end)
    for span in contents.spans:
        place, verdict = places[span.pk], contents.verdicts.get(span.pk)
        spans[str(span.pk)] = span_data(span) | {"x": place.x, "y": place.y, "column": place.column}
        if verdict:
            rated = ratings.get(verdict.rating or "", {}).get("name", _("No rating yet"))
            spans[str(span.pk)]["verdict"] = f"{rated}, {verdict.get_state_display().lower()}"
    return {
        "articles": {str(pk): article for pk, article in articles.items()},
        "spans": spans,
        "links": [[str(link.source_id), str(link.target_id), link.relation] for link in contents.links],
    }


def article_data(article: Article) -> dict[str, Any]:
    """What the reading strip says of an article."""
    on = day(article.published_on) if article.published_on else ""
    return {"title": article.title, "outlet": article.outlet, "on": on}


def span_data(span: Span) -> dict[str, Any]:
    """What the reading strip says of a span."""
    found = {"article": str(span.article_id), "label": span.label, "quote": shortened(span.quote, LONGEST_QUOTE)}
    words = words_of(span)
    return found if words == span.quote else found | {"words": shortened(words, LONGEST_QUOTE)}

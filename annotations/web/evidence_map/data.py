"""What stands on the map: the spans of the chosen articles, their links and verdicts; and the links as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Q, When

from annotations.evidence.claims import statement
from annotations.models import Article, Link, Span, User, Verdict
from annotations.web.evidence_map.filters import spans_asked_for

MOST_SPANS: Final = 2_500
MOST_LINKS: Final = 5_000
"""Links that the map draws, or lists in its table."""


@dataclass(slots=True)
class LeftOut:
    """What the map leaves out because it would not be readable any more, for the page to say."""

    articles: list[Article] = field(default_factory=list)
    thinned: bool = False
    spans: int = 0
    links: int = 0
    """All links of the spans on the map, where these are more than it draws."""


@dataclass
class Contents:
    """The articles on the map with their spans in reading order, and the links that touch these."""

    articles: list[Article]
    spans: list[Span]
    links: list[Link]
    verdicts: dict[UUID, Verdict]
    left_out: LeftOut

    @cached_property
    def by_id(self) -> dict[UUID, Span]:
        """The spans that are drawn."""
        return {span.pk: span for span in self.spans}

    @cached_property
    def links_of(self) -> dict[UUID, list[Link]]:
        """The links of each span, incoming ones first."""
        found: dict[UUID, list[Link]] = {span.pk: [] for span in self.spans}
        for link in self.links:
            if link.target_id in found:
                found[link.target_id].append(link)
        for link in self.links:
            if link.source_id in found:
                found[link.source_id].append(link)
        return found

    @cached_property
    def drawn_links(self) -> list[Link]:
        """The links whose both ends are on the map."""
        return [link for link in self.links if link.source_id in self.by_id and link.target_id in self.by_id]


def contents_of(chosen: Sequence[UUID], wanted: dict[str, Any], user: User) -> Contents:
    """What the filters leave of the chosen articles, in their order, as far as `user` may read it."""
    found = Article.objects.visible_to(user).without_text().in_bulk(list(chosen))
    articles = [found[pk] for pk in chosen if pk in found]
    spans = spans_asked_for(wanted, user)
    counts = dict(spans.filter(article__in=articles).order_by().values_list("article").annotate(n=Count("pk")))
    kept, left_out = _fitting(articles, Counter(counts))
    drawn = spans.filter(article__in=kept)
    if left_out.thinned:
        linked = Link.objects.visible_to(user).filter(Q(source=OuterRef("pk")) | Q(target=OuterRef("pk")))
        verdicts = Verdict.objects.visible_to(user).filter(claim=OuterRef("pk"))
        drawn = drawn.filter(Q(Exists(linked)) | Q(Exists(verdicts)))
    spans = list(drawn.in_reading_order()[:MOST_SPANS])
    ids = [span.pk for span in spans]
    links = Link.objects.visible_to(user).filter(Q(source__in=ids) | Q(target__in=ids))
    if relation := wanted.get("relation"):
        links = links.filter(relation=relation)
    # Those between two spans on the map go first: without them it would not be one.
    joining = Case(When(source__in=ids, target__in=ids, then=0), default=1)
    shown = Span.objects.load_ends(links.order_by(joining, "created_at", "id")[: MOST_LINKS + 1])
    if len(shown) > MOST_LINKS:
        left_out.links = links.count()
    return Contents(
        articles=kept,
        spans=spans,
        links=shown[:MOST_LINKS],
        verdicts={one.claim_id: one for one in Verdict.objects.visible_to(user).filter(claim__in=ids)},
        left_out=left_out,
    )


def _fitting(articles: Sequence[Article], counts: Counter[UUID]) -> tuple[list[Article], LeftOut]:
    """The first articles whose spans fit on the map together; one by itself whatever it holds."""
    kept: list[Article] = []
    total = 0
    for article in articles:
        if kept and total + counts[article.pk] > MOST_SPANS:
            break
        kept.append(article)
        total += counts[article.pk]
    return kept, LeftOut(list(articles[len(kept) :]), thinned=total > MOST_SPANS, spans=total)


def words_of(span: Span) -> str:
    """The claim or passage as a label says it."""
    return statement(span.fields, span.quote) if span.label == Span.Label.CLAIM else span.quote


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as a sentence: evidence, relation, claim, and how the claim was judged."""

    link: Link
    source: Span
    target: Span
    verdict: Verdict | None
    across: bool


def rows_of(contents: Contents) -> list[LinkRow]:
    """The links that touch the map's spans, in the reading order of what they lead to."""
    columns = {article.pk: place for place, article in enumerate(contents.articles)}
    rows = [
        LinkRow(
            link,
            link.source,
            link.target,
            contents.verdicts.get(link.target_id),
            link.source.article_id != link.target.article_id,
        )
        for link in contents.links
    ]
    last = len(columns)
    return sorted(
        rows,
        key=lambda row: (
            columns.get(row.target.article_id, last),
            row.target.start,
            row.target.pk,
            row.link.relation,
            row.source.start,
        ),
    )

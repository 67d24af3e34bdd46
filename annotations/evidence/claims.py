"""Claims as a list: who said them, what evidence there is, how they were judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Func, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from annotations.evidence.folding import searchable
from annotations.evidence.sources import Said, weigh
from annotations.models import Link, Project, Span, User, Verdict


class Searchable(Func):
    """A text as it is searched."""

    function = "factcheck_searchable"
    output_field = TextField()


def claims_of(
    project: Project,
    user: User,
    *,
    state: str = "",
    rating: str = "",
    article: UUID | None = None,
    words: str = "",
) -> QuerySet[Any]:
    """The claims that `user` may read, each with `evidence`, `mentions`, `restated_id` and its verdict loaded.

    `state` is a verdict's state, or ``none`` for claims without a verdict.
    """
    seen = Verdict.objects.visible_to(user)
    evidence = Link.objects.visible_to(user).evidence().select_related("source")
    restating = Link.objects.visible_to(user).filter(relation=Link.Relation.RESTATES)
    mentions = restating.filter(target=OuterRef("pk")).order_by().values("target").annotate(n=Count("pk")).values("n")
    claims: QuerySet[Any] = (
        Span.objects.visible_to(user)
        .filter(project=project, label=Span.Label.CLAIM)
        .with_article()
        .prefetch_related(
            Prefetch("links_in", queryset=evidence, to_attr="evidence"), Prefetch("verdict", queryset=seen)
        )
        .annotate(
            mentions=Coalesce(Subquery(mentions), 0) + 1,
            restated_id=Subquery(restating.filter(source=OuterRef("pk")).values("target")[:1]),
        )
    )
    if state == "none":
        claims = claims.filter(~Exists(seen.filter(claim=OuterRef("pk"))), restated_id=None)
    elif state:
        claims = claims.filter(verdict__in=seen.filter(state=state))
    if rating:
        claims = claims.filter(verdict__in=seen.filter(rating=rating))
    if article:
        claims = claims.filter(article=article)
    if words:
        folded = project.fold_diacritics
        claims = claims.alias(
            searchable_quote=Searchable("quote", Value(folded)),
            searchable_statement=Searchable(KeyTextTransform("statement", "fields"), Value(folded)),
        )
        wanted = searchable(words, folded=folded)
        claims = claims.filter(Q(searchable_quote__icontains=wanted) | Q(searchable_statement__icontains=wanted))
    return claims


def claim_json(claim: Any, said: Said) -> dict[str, Any]:
    """A claim of `claims_of` with what is known about it."""
    verdict: Verdict | None = getattr(claim, "verdict", None)
    return {
        "id": claim.pk,
        "article": {
            "id": claim.article_id,
            "title": claim.article.title,
            "outlet": claim.article.outlet,
            "published_on": claim.article.published_on,
        },
        "label": claim.label,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "statement": statement(claim.fields, claim.quote),
        "said_by": said.get(claim.pk, []),
        "external_id": claim.external_id,
        "restates": claim.restated_id,
        "mentions": claim.mentions,
        "evidence": weigh(claim.pk, claim.evidence, said),
        "verdict": verdict
        and {"id": verdict.pk, "rating": verdict.rating, "state": verdict.state, "version": verdict.version},
    }


def statement(fields: Mapping[str, Any], quote: str) -> str:
    """The claim written to stand alone, or its words where nobody has written that."""
    return str(fields.get("statement") or "").strip() or quote

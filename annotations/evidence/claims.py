"""Claims as a list: who said them, what evidence there is, how they were judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Func, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, StrIndex, Upper

from annotations.models import Link, Project, Span, User, Verdict
from annotations.models.base.lookup_columns import Probed
from annotations.models.verdict import verdict_seen_by
from annotations.text.folding import searchable

MOST_BY_INDEX: Final = 10_000
"""Claims with the words of a query that are looked up by the index of their words."""


IN_CLAIMS: Final = """
    (factcheck_trigrams(annotations_span.quote, annotations_span.fields ->> 'statement') @@ factcheck_trigram_query(%s)
     OR factcheck_trigram_query(%s) IS NULL)
    AND ARRAY[annotations_span.project_id] @> ARRAY[%s::bigint]
"""


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
    """The claims that `user` may read, each with `mentions`, `restated_id` and its verdict loaded.

    `listed_at` and `listed_id` are the claim's time and id, by which a list goes on: of the verdict where that narrows
    the list, so that an index gives them in order.

    `state` is a verdict's state, or ``none`` for claims without a verdict.
    """
    seen = Verdict.objects.visible_to(user)
    restating = Link.objects.visible_to(user).filter(relation=Link.Relation.RESTATES)
    mentions = restating.filter(target=OuterRef("pk")).order_by().values("target").annotate(n=Count("pk")).values("n")
    claims: QuerySet[Any] = (
        Span.objects.visible_to(user)
        .filter(project=project, article__project=project, label=Span.Label.CLAIM)
        .with_article()
        .prefetch_related(Prefetch("verdict", queryset=seen))
        .annotate(
            mentions=Coalesce(Subquery(mentions), 0) + 1,
            restated_id=Subquery(restating.filter(source=OuterRef("pk")).values("target")[:1]),
        )
    )
    judged = {name: value for name, value in (("state", state), ("rating", rating)) if value and value != "none"}
    if state == "none":
        judging, restated = seen.filter(claim=OuterRef("pk")), restating.filter(source=OuterRef("pk"))
        claims = claims.exclude(Probed(judging)).exclude(Probed(restated))
    if judged:
        wanted_verdict = {f"verdict__{name}": value for name, value in judged.items()}
        claims = claims.filter(verdict_seen_by(user), verdict__project=project, **wanted_verdict)
    claims = claims.annotate(
        listed_at=F("verdict__claim_created_at" if judged else "created_at"),
        listed_id=F("verdict__claim" if judged else "pk"),
    )
    if article:
        claims = claims.filter(article=article)
    return _holding(words, project, claims) if words else claims


def _holding(words: str, project: Project, claims: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the claims that hold these words, in any case, in their quote or their statement.

    The index of trigrams finds up to MOST_BY_INDEX of them. Words that more claims hold are looked for in one claim
    after the other, in the order of the list: a page is soon full then.
    """
    folded = project.fold_diacritics
    wanted = searchable(words, folded=folded)
    # STRPOS and not LIKE: of a long pattern PostgreSQL assumes that hardly any claim matches, and would sort them all.
    places = {
        "quote_place": StrIndex(Upper(Searchable("quote", Value(folded))), Upper(Value(wanted))),
        "statement_place": StrIndex(
            Upper(Searchable(KeyTextTransform("statement", "fields"), Value(folded))), Upper(Value(wanted))
        ),
    }
    holds = Q(quote_place__gt=0) | Q(statement_place__gt=0)
    indexed = Span.objects.filter(label=Span.Label.CLAIM).extra(  # noqa: S610 - the words are parameters
        where=[IN_CLAIMS], params=[wanted, wanted, project.pk]
    )
    statement, values = (
        indexed.alias(**places).filter(holds).order_by().values("pk")[: MOST_BY_INDEX + 1].query.sql_with_params()
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT cardinality(keys), keys::text FROM (SELECT ARRAY({statement}) AS keys) found",  # noqa: S608
            values,
        )
        [(number, keys)] = cursor.fetchall()
    narrowed: QuerySet[Any] = (
        claims.alias(**places).filter(holds)
        if number > MOST_BY_INDEX
        else claims.extra(where=["annotations_span.id = ANY(%s::uuid[])"], params=[keys])
    )
    return narrowed


def statement(fields: Mapping[str, Any], quote: str) -> str:
    """The claim written to stand alone, or its words where nobody has written that."""
    return str(fields.get("statement") or "").strip() or quote

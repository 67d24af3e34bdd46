"""Removing an article for legal reasons: the one way in which a text really goes, with a trace that it did."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from annotations.models import (
    Article,
    Assignment,
    Comment,
    EvidenceLink,
    EvidenceSet,
    Link,
    Review,
    Sentence,
    Span,
    Verdict,
)


@dataclass(frozen=True)
class Extent:
    """How much goes with an article."""

    spans: int
    links: int
    verdicts: int
    reviews: int
    comments: int
    assignments: int
    sentences: int
    verdicts_elsewhere: int
    """Verdicts of other articles that rest on evidence of this one, and stay without it."""

    def __str__(self) -> str:
        rows = asdict(self)
        weakened = rows.pop("verdicts_elsewhere")
        words = ", ".join(f"{name}: {count}" for name, count in rows.items())
        return f"{words}; verdicts of other articles that lose evidence: {weakened}"


class IsRevised(Exception):
    """Another article revises this one and would lose what it corrects: remove that one first."""


def goes_with(article: Article) -> dict[str, QuerySet[Any]]:
    """What hangs on the article, in an order in which it can be deleted. Links of other articles to it are among it."""
    links = Link.objects.filter(Q(source_article=article) | Q(target_article=article))
    return {
        "comments": Comment.objects.filter(Q(article=article) | Q(link__in=links)),
        "evidence links": EvidenceLink.objects.filter(link__in=links),
        "evidence sets": EvidenceSet.objects.filter(verdict__claim__article=article),
        "reviews": Review.objects.filter(verdict__claim__article=article),
        "verdicts": Verdict.objects.filter(claim__article=article),
        "links": links,
        "spans": Span.objects.filter(article=article),
        "assignments": Assignment.objects.filter(article=article),
        "sentences": Sentence.objects.filter(article=article),
    }


def extent(article: Article) -> Extent:
    """How much a removal would take along."""
    rows = goes_with(article)
    elsewhere = Verdict.objects.exclude(claim__article=article).filter(claim__links_in__source__article=article)
    return Extent(
        **{name: rows[name].count() for name in Extent.__dataclass_fields__ if name in rows},
        verdicts_elsewhere=elsewhere.distinct().count(),
    )


@transaction.atomic
def remove_article(article: Article, reason: str) -> Extent:
    """Deletes the article and all that hangs on it, empties what the history kept of it, and leaves one event.

    Raises IsRevised where another article revises it.
    """
    if Article.objects.filter(revises=article).exists():
        raise IsRevised
    removed = extent(article)
    key, project_id = str(article.pk), article.project_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('factcheck.removal', 'on', true)")
        for rows in goes_with(article).values():
            rows.delete()
        Article.objects.filter(pk=article.pk).delete()
        cursor.execute(EMPTY_HISTORY, {"article": key})
        trace = json.dumps({"reason": reason, **asdict(removed)})
        cursor.execute(LEAVE_TRACE, {"article": key, "project": project_id, "trace": trace})
        cursor.execute("SELECT set_config('factcheck.removal', '', true)")
    return removed


EMPTY_HISTORY: Final = """
    WITH spans AS (
        SELECT DISTINCT object_id AS id FROM annotations_event
        WHERE kind = 'span' AND %(article)s IN (before ->> 'article_id', after ->> 'article_id')
    ), links AS (
        SELECT DISTINCT e.object_id AS id FROM annotations_event e JOIN spans ON spans.id IN (
            e.before ->> 'source_id', e.before ->> 'target_id', e.after ->> 'source_id', e.after ->> 'target_id')
        WHERE e.kind = 'link'
    ), verdicts AS (
        SELECT DISTINCT e.object_id AS id FROM annotations_event e
        JOIN spans ON spans.id IN (e.before ->> 'claim_id', e.after ->> 'claim_id') WHERE e.kind = 'verdict'
    )
    UPDATE annotations_event e SET before = NULL, after = NULL
    WHERE (e.kind = 'article' AND e.object_id = %(article)s)
       OR (e.kind = 'span' AND e.object_id IN (SELECT id FROM spans))
       OR (e.kind = 'link' AND e.object_id IN (SELECT id FROM links))
       OR (e.kind = 'verdict' AND e.object_id IN (SELECT id FROM verdicts))
       OR (e.kind = 'comment' AND (%(article)s IN (e.before ->> 'article_id', e.after ->> 'article_id')
           OR coalesce(e.after, e.before) ->> 'link_id' IN (SELECT id FROM links)))
       OR (e.kind IN ('review', 'evidence_set')
           AND coalesce(e.after, e.before) ->> 'verdict_id' IN (SELECT id FROM verdicts))
"""
"""What was kept of the article, of its spans, also of those deleted before, and of what hung on them."""

LEAVE_TRACE: Final = """
    INSERT INTO annotations_event (at, kind, object_id, project_id, what, after, xid)
    VALUES (clock_timestamp(), 'article', %(article)s, %(project)s, 'removed', %(trace)s::jsonb, factcheck_xid())
"""

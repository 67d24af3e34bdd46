"""The JSON of what annotators make, as plain functions: lists of thousands are built from them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotations.evidence.sources import Said, Sayings, same_source
from annotations.models import Article, Assignment, Comment, Link, Notice, Project, Span, User, Verdict


def person(user: User | None) -> dict[str, Any] | None:
    """Who somebody is: id and name."""
    return None if user is None else {"id": user.pk, "name": str(user)}


def span_json(span: Span) -> dict[str, Any]:
    """A span; `assignment__assignee` should be loaded."""
    return {
        "id": span.pk,
        "article": span.article_id,
        "assignment": span.assignment_id,
        "annotator": person(span.assignment.assignee),
        "label": span.label,
        "start": span.start,
        "end": span.end,
        "fragments": [{"start": start, "end": end} for start, end in span.fragments],
        "quote": span.quote,
        "fields": span.fields,
        "note": span.note,
        "external_id": span.external_id,
        "version": span.version,
        "created_at": span.created_at,
        "updated_at": span.updated_at,
    }


def link_json(link: Link, *, same_source: bool) -> dict[str, Any]:
    """A link; `author` should be loaded."""
    return {
        "id": link.pk,
        "source": link.source_id,
        "target": link.target_id,
        "relation": link.relation,
        "note": link.note,
        "author": person(link.author),
        "version": link.version,
        "created_at": link.created_at,
        "updated_at": link.updated_at,
        "same_source": same_source,
    }


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict; load it `with_people`."""
    reviews = list(verdict.reviews.all())
    last = reviews[-1] if reviews else None
    sent_back = last if last is not None and last.decision != last.Decision.APPROVED else None
    return {
        "id": verdict.pk,
        "claim": verdict.claim_id,
        "author": person(verdict.author),
        "holder": person(verdict.holder),
        "rating": verdict.rating,
        "rationale": verdict.rationale,
        "confidence": verdict.confidence,
        "state": verdict.state,
        "evidence_sets": [
            {
                "question": evidence.question,
                "answer": evidence.answer,
                "links": [one.link_id for one in evidence.evidence_links.all()],
            }
            for evidence in verdict.evidence_sets.all()
        ],
        "submitted_at": verdict.submitted_at,
        "reviewer": person(verdict.reviewer),
        "approved_at": verdict.approved_at,
        "approval": "imported" if verdict.is_approval_imported else None,
        "returned_reason": sent_back.reason if sent_back and verdict.state in ("returned", "draft") else None,
        "version": verdict.version,
        "created_at": verdict.created_at,
        "updated_at": verdict.updated_at,
    }


def comment_json(comment: Comment) -> dict[str, Any]:
    """A comment; load it `with_people`."""
    mentions = sorted((one for one in comment.notices.all() if one.why == Notice.Why.MENTION), key=lambda one: one.pk)
    return {
        "id": comment.pk,
        "article": comment.article_id,
        "on": dict([comment.on]),
        "thread": comment.thread_id or comment.pk,
        "author": person(comment.author),
        "text": comment.text,
        "mentions": [{"id": notice.user_id, "name": notice.written} for notice in mentions],
        "resolved": comment.resolved_at is not None,
        "resolved_by": person(comment.resolved_by),
        "resolved_at": comment.resolved_at,
        "version": comment.version,
        "created_at": comment.created_at,
        "updated_at": comment.updated_at,
    }


def article_json(article: Article, project: Project, *, body: bool) -> dict[str, Any]:
    """An article with its project's slug; the text only where asked for."""
    answer = {
        "id": article.pk,
        "project": project.slug,
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "author": article.author,
        "published_on": article.published_on,
        "language": article.language,
        "direction": article.direction,
        "length": article.length,
        "sha256": article.sha256,
        "archived": article.archived,
        "revises": article.revises_id,
        "external_id": article.external_id,
        "created_at": article.created_at,
    }
    return {**answer, "body": article.body} if body else answer


def assignment_json(assignment: Assignment) -> dict[str, Any]:
    """A pass over an article; `assignee` should be loaded."""
    return {
        "id": assignment.pk,
        "article": assignment.article_id,
        "assignee": person(assignment.assignee),
        "kind": assignment.kind,
        "state": assignment.state,
        "created_at": assignment.created_at,
        "submitted_at": assignment.submitted_at,
        "imported": assignment.imported,
        "reopened": assignment.reopened,
    }


def project_json(project: Project) -> dict[str, Any]:
    """A project with its settings."""
    return {
        "slug": project.slug,
        "name": project.name,
        "guidelines": project.guidelines,
        "mode": project.mode,
        "annotators_per_article": project.annotators_per_article,
        "fold_diacritics": project.fold_diacritics,
        "label_fields": project.label_fields,
        "scale": project.scale,
        "archived": project.archived,
        "created_at": project.created_at,
    }


def far_links(links: Iterable[Link], said: Said, near: Article | None = None) -> Iterable[dict[str, Any]]:
    """Links with what one needs to know of each end without opening its article; not of ends in the article `near`."""
    for link in links:
        ends = {name: end for name, end in (("source_span", link.source), ("target_span", link.target))
                if near is None or end.article_id != near.pk}  # fmt: skip
        yield {
            **link_json(link, same_source=same_source(link.target_id, link.source_id, said)),
            **{name: far_end(end, said) for name, end in ends.items()},
        }


def far_end(span: Span, said: Said) -> dict[str, Any]:
    """A span as seen from elsewhere: its words, article and who said them."""
    return {
        "id": span.pk,
        "label": span.label,
        "quote": span.quote,
        "start": span.start,
        "end": span.end,
        "article": article_label(span.article),
        "said_by": said.get(span.pk, Sayings()),
        "said_by_count": said.get(span.pk, Sayings()).total,
    }


def article_label(article: Article) -> dict[str, Any]:
    """Enough of an article to name it."""
    return {
        "id": article.pk,
        "title": article.title,
        "outlet": article.outlet,
        "published_on": article.published_on,
    }


def event_row(row: dict[str, Any] | None) -> dict[str, Any] | None:
    """A row of the history, whose keys lose the `_id` of their columns."""
    return None if row is None else {name.removesuffix("_id"): value for name, value in row.items()}

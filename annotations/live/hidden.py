"""What readers from whom something is hidden could read before: what closed to them, and what of it was deleted.

Readers who come back are not remembered. What they knew follows from the history alone, so that what was hidden from
them all the time neither shows nor makes them begin anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from annotations.live.changes import Happened
from annotations.live.subscribers import Key
from annotations.models import Assignment, Link, Membership, Role, Span, User, Verdict
from annotations.models.visibility import gone_spans_seen_by
from annotations.vocabulary import OVERSEERS


def opened_or_closed(user: User, project_id: int, events: Sequence[Happened]) -> bool:
    """Whether work that was there already opened to somebody who does not see all of it, or closed."""
    if not user.places[project_id].has(Role.ANNOTATOR):
        return any(event.kind == "verdict" and "approved" in (event.was, event.became) for event in events)
    passes = [event for event in events if event.kind == "assignment" and event.was != event.became and event.was]
    mine = Assignment.objects.of(user).filter(state=Assignment.State.SUBMITTED)
    touched = {UUID(event.row["article_id"]) for event in passes}
    submitted = set(mine.filter(article__in=touched).values_list("article", flat=True))
    return any(event.row["assignee_id"] == user.pk or UUID(event.row["article_id"]) in submitted for event in passes)


def gone_seen_by(user: User, project_id: int, keys: Iterable[Key], events: Sequence[Happened]) -> set[Key]:
    """Of these objects, which `user` cannot read, those that were deleted and that they could read before."""
    wanted = list(keys)
    if not wanted or not user.places[project_id].has(Role.ANNOTATOR):
        return set()  # What an approved verdict rests on is not deleted.
    rows = {(event.kind, event.id): event.row for event in events}
    ends = {key: _spans_of(key, rows) for key in wanted}
    readable = spans_read_by(user, project_id, {span for spans in ends.values() for span in spans})
    on_article = {
        key for key in wanted if key[0] == "comment" and not ends[key] and _is_heard(user, project_id, rows[key], rows)
    }
    return {key for key, spans in ends.items() if spans and spans <= readable} | on_article


def spans_read_by(user: User, project_id: int, keys: set[UUID]) -> set[UUID]:
    """Those of these spans of a project that `user` may read, or might if they were not deleted."""
    there = set(Span.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    return there | gone_spans_seen_by(user, project_id, keys - there)


def _spans_of(key: Key, rows: dict[Key, dict[str, Any]]) -> set[UUID]:
    """The spans that somebody must read to read this; none for a comment on an article."""
    kind, name = key
    row = rows.get(key) or _row_there(kind, name)
    if kind == "span":
        return {UUID(name)}
    if kind == "link":
        return {UUID(row[end]) for end in ("source_id", "target_id") if end in row}
    if kind == "verdict":
        return {UUID(row["claim_id"])} if "claim_id" in row else set()
    for on in ("span", "link", "verdict"):
        if about := row.get(f"{on}_id"):
            return _spans_of((on, about), rows)
    return set()


def _row_there(kind: str, name: str) -> dict[str, Any]:
    """What says which spans something is about that did not change itself."""
    if kind == "link" and (link := Link.objects.filter(pk=name).first()):
        return {"source_id": str(link.source_id), "target_id": str(link.target_id)}
    if kind == "verdict" and (verdict := Verdict.objects.filter(pk=name).first()):
        return {"claim_id": str(verdict.claim_id)}
    return {}


def _is_heard(user: User, project_id: int, row: dict[str, Any], rows: dict[Key, dict[str, Any]]) -> bool:
    """Whether `user` could read a comment on an article with this row; see `comments_seen_by`."""
    if any(row.get(f"{on}_id") for on in ("span", "link", "verdict")):
        return False
    thread = rows.get(("comment", str(row.get("thread_id"))), {})
    return all(_hears(user, project_id, one["author_id"], UUID(row["article_id"])) for one in (row, thread) if one)


def _hears(user: User, project_id: int, author: int, article: UUID) -> bool:
    if author == user.pk:
        return True
    oversees = Membership.objects.filter(project=project_id, user=author, roles__overlap=OVERSEERS).exists()
    submitted = Assignment.objects.filter(article=article, state=Assignment.State.SUBMITTED)
    return oversees or {author, user.pk} <= set(submitted.values_list("assignee", flat=True))

"""Spans in bulk, and whether a span was made by a request that came before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from annotations.models.assignment import Assignment
from annotations.models.event import Event
from annotations.models.new_span import INSERTION, ROW, WORKPLACES, NewSpan, Workplace
from annotations.models.people.user import User
from annotations.models.project import Project
from annotations.models.span import Span, loaded_workplace


def workplaces_in(project: Project, user: User, article_ids: Iterable[UUID]) -> dict[UUID, Workplace]:
    """Where a member annotates those of these articles that are the project's, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(WORKPLACES, {"project": project.pk, "user": user.pk, "articles": list(article_ids)})
        rows = cursor.fetchall()
    return {row[0]: loaded_workplace(user, project, *row) for row in rows}


def create_spans(new: Sequence[NewSpan], workplaces: Mapping[UUID, Workplace], *, by: User) -> list[Span]:
    """New spans of `by`, all or none, in the order given. `workplaces` has their articles, which are taken up too."""
    if idle := [workplace.article for workplace in workplaces.values() if workplace.assignment is None]:
        with transaction.atomic():
            for article_id, assignment in Assignment.objects.take_up_all(idle, by=by).items():
                workplaces[article_id].assignment = assignment
            return create_spans(new, workplaces, by=by)
    values = [value for one in new for value in Span.row_of(one, workplaces[one.article].assignment)]
    with connection.cursor() as cursor:
        cursor.execute(INSERTION.format(rows=", ".join([ROW] * len(new))), [str(by.pk), *values])
        made = {row[0]: row for row in cursor.fetchall()}
    return [Span.made_of(one, workplaces[one.article], made[one.id]) for one in new]


def was_made_as(span: Span, user: User, new: NewSpan) -> bool:
    """Whether `user` made the span by this very creation, whatever became of it since."""
    made = Event.objects.creation_of(span.article.project_id, "span", span.pk)
    if made is None or made.by_id != user.pk or made.after is None:
        return False
    return made.after["article_id"] == str(new.article) and all(
        _comparable(made.after[name]) == _comparable(getattr(new, name))
        for name in ("label", "fragments", "fields", "note")
    )


def _comparable(value: Any) -> Any:
    """A value without what the database completes: the quotes of passages."""
    if isinstance(value, dict):
        return {
            key: {part: inner[part] for part in inner if part != "quote"} if isinstance(inner, dict) else inner
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [list(fragment) for fragment in value]
    return value

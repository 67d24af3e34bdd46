"""Making spans: the busiest write of the workbench, in as few statements as it takes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import connection, models, transaction

from annotations.models.article import Article
from annotations.models.assignment import Assignment
from annotations.models.event import Event
from annotations.models.people.membership import Membership
from annotations.models.people.user import User
from annotations.models.project import Project
from annotations.models.span import Span

Row = TypeVar("Row", bound=models.Model)

ASSIGNMENT: Final = """
    LEFT JOIN LATERAL (
        SELECT g.id, g.kind FROM annotations_assignment g
        WHERE g.article_id = a.id AND g.assignee_id = %(user)s ORDER BY g.kind DESC LIMIT 1) g ON true
"""

PLACE: Final = f"""
    SELECT p.id, p.slug, p.mode, p.label_fields, m.id, m.roles, g.id, g.kind
    FROM annotations_article a
    JOIN annotations_project p ON p.id = a.project_id
    JOIN annotations_membership m ON m.project_id = p.id AND m.user_id = %(user)s
    {ASSIGNMENT}
    WHERE a.id = %(article)s AND (%(confined_to)s::bigint IS NULL OR p.id = %(confined_to)s)
"""

PLACES: Final = f"""
    SELECT a.id, g.id, g.kind FROM annotations_article a {ASSIGNMENT}
    WHERE a.project_id = %(project)s AND a.id = ANY(%(articles)s)
"""

TAKING_UP: Final = """
    INSERT INTO annotations_assignment (article_id, assignee_id, kind, state)
    SELECT article, %s, 'annotate', 'open'
    FROM (SELECT set_config('factcheck.actor', %s, true)) AS actor, unnest(%s::uuid[]) AS article
    ON CONFLICT (article_id, assignee_id, kind) DO UPDATE SET kind = excluded.kind
    RETURNING article_id, id
"""

INSERTION: Final = """
    INSERT INTO annotations_span (id, version, assignment_id, article_id, fragments, start, "end", quote, label, fields,
                                  note)
    SELECT m.id, 1, m.assignment, m.article, m.fragments, 0, 0, m.quote, m.label, m.fields, m.note
    FROM (SELECT set_config('factcheck.actor', %s, true)) AS actor,
         (VALUES {rows}) AS m(id, assignment, article, fragments, quote, label, fields, note)
    RETURNING id, version, start, "end", quote, fields, created_at, updated_at
"""
"""A statement that is a transaction by itself: the history learns the actor in it, so no BEGIN and COMMIT are sent."""

ROW: Final = "(%s::uuid, %s::bigint, %s::uuid, %s::int[], %s, %s, %s::jsonb, %s)"


@dataclass(slots=True)
class Place:
    """Where a person is about to mark: the article, and their assignment to it where they have one."""

    article: Article
    assignment: Assignment | None

    @property
    def label_fields(self) -> dict[str, list[dict[str, Any]]]:
        fields: dict[str, list[dict[str, Any]]] = self.article.project.label_fields
        return fields


@dataclass(slots=True)
class Mark:
    """A span to be made: `fragments` are (start, end) in code points, a `quote` must be what they select."""

    id: UUID
    article: UUID
    label: str
    fragments: list[list[int]]
    quote: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


def place_for(user: User, article_id: UUID) -> Place | None:
    """The place of `user` in an article, or None where they are not a member.

    One statement gives what the permission table, the field check and the insertion need.
    """
    parameters: dict[str, Any] = {"user": user.pk, "article": article_id, "confined_to": user.confined_to}
    with connection.cursor() as cursor:
        cursor.execute(PLACE, parameters)
        row = cursor.fetchone()
    if row is None:
        return None
    project_id, slug, mode, label_fields, membership_id, roles, assignment_id, kind = row
    project = _loaded(Project, id=project_id, slug=slug, mode=mode, label_fields=json.loads(label_fields))
    membership = _loaded(Membership, id=membership_id, project_id=project_id, user_id=user.pk, roles=roles)
    membership.project, membership.user = project, user
    user.__dict__.setdefault("places", {project_id: membership})
    return _place(user, project, article_id, assignment_id, kind)


def places_in(project: Project, user: User, article_ids: Iterable[UUID]) -> dict[UUID, Place]:
    """The places of a member in those of these articles that are the project's, in one query."""
    parameters: dict[str, Any] = {"project": project.pk, "user": user.pk, "articles": list(article_ids)}
    with connection.cursor() as cursor:
        cursor.execute(PLACES, parameters)
        rows = cursor.fetchall()
    return {row[0]: _place(user, project, *row) for row in rows}


def _place(user: User, project: Project, article_id: UUID, assignment_id: int | None, kind: str | None) -> Place:
    article = _loaded(Article, id=article_id, project_id=project.pk)
    article.project = project
    if assignment_id is None:
        return Place(article, None)
    assignment = _loaded(Assignment, id=assignment_id, article_id=article_id, assignee_id=user.pk, kind=kind)
    assignment.article, assignment.assignee = article, user
    return Place(article, assignment)


def _loaded(model: type[Row], **values: Any) -> Row:
    """A row of which these columns are known; any other would be read when it is asked for."""
    known = [field.attname for field in model._meta.concrete_fields if field.attname in values]
    row: Row = model.from_db(connection.alias, known, [values[name] for name in known])
    return row


def mark(place: Place, user: User, wanted: Mark) -> Span:
    """A new span of `user`, who takes up the article with it. Raises IntegrityError where a rule forbids it."""
    [span] = mark_all({wanted.article: place}, user, [wanted])
    return span


def mark_all(places: Mapping[UUID, Place], user: User, wanted: Sequence[Mark]) -> list[Span]:
    """New spans of `user`, all or none, in the order in which they are wanted. `places` has their articles."""
    if homeless := [place for place in places.values() if place.assignment is None]:
        with transaction.atomic():
            _take_up(homeless, user)
            return mark_all(places, user, wanted)
    values = [value for one in wanted for value in _row(places[one.article], one)]
    with connection.cursor() as cursor:
        cursor.execute(INSERTION.format(rows=", ".join([ROW] * len(wanted))), [str(user.pk), *values])
        made = {row[0]: row for row in cursor.fetchall()}
    return [_span(places[one.article], one, made[one.id]) for one in wanted]


def _row(place: Place, wanted: Mark) -> tuple[Any, ...]:
    assignment = place.assignment.pk if place.assignment else None
    fields = json.dumps(wanted.fields)
    return wanted.id, assignment, wanted.article, wanted.fragments, wanted.quote, wanted.label, fields, wanted.note


def _span(place: Place, wanted: Mark, row: Sequence[Any]) -> Span:
    """The span as it now stands in the database, without asking again."""
    names = ("id", "version", "start", "end", "quote", "fields", "created_at", "updated_at")
    made = dict(zip(names, row, strict=True))
    made["fields"] = json.loads(made["fields"])
    span = Span(
        article=place.article,
        assignment=place.assignment,
        fragments=wanted.fragments,
        label=wanted.label,
        note=wanted.note,
        **made,
    )
    span._state.adding = False
    return span


def _take_up(places: Sequence[Place], user: User) -> None:
    # In one order, because an independent project's articles are held while they are taken up.
    articles = sorted(place.article.pk for place in places)
    with connection.cursor() as cursor:
        cursor.execute(TAKING_UP, [user.pk, str(user.pk), articles])
        taken = dict(cursor.fetchall())
    for place in places:
        kind = Assignment.Kind.ANNOTATE
        place.assignment = Assignment(id=taken[place.article.pk], article=place.article, assignee=user, kind=kind)


def was_made_as(span: Span, user: User, wanted: Mapping[str, Any]) -> bool:
    """Whether `user` made the span by this very creation, whatever became of it since."""
    made = Event.objects.creation_of(span.article.project_id, "span", span.pk)
    if made is None or made.by_id != user.pk or made.after is None:
        return False
    return made.after["article_id"] == str(wanted["article"]) and all(
        _comparable(made.after[name]) == _comparable(wanted[name]) for name in ("label", "fragments", "fields", "note")
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

"""What an export selects, as conditions that its queries share.

Every query calls the tables alike: `a` the articles, `s` the spans, `t` the links, `v` the verdicts, `c` the comments;
`p`, from the common table `people`, is whoever made the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from psycopg import sql

from annotations.models import Comment, Link, Project, Span, User, Verdict
from annotations.models.visibility import sees_all_work


@dataclass(frozen=True)
class Selection:
    """What to export: the project as `user` may read it, narrowed by filters. Empty ones do not narrow."""

    project: Project
    user: User
    states: tuple[str, ...] = (Verdict.State.APPROVED,)
    label: str = ""
    relation: str = ""
    annotator: str = ""
    article: UUID | None = None
    updated_after: datetime | None = None
    names: bool = False
    comments: bool = False
    within: str = ""
    """A table, temporary on the reader's connection, whose `id`s are the only articles: a split, of any size."""


STATES: Final = {
    "approved": (Verdict.State.APPROVED,),
    "submitted": (Verdict.State.SUBMITTED,),
    "any": tuple(Verdict.State),
}
"""Which verdicts somebody may ask for."""

PEOPLE: Final = """
    SELECT u.id, CASE WHEN {names} THEN coalesce(nullif(u.name, ''), u.email) ELSE coalesce(
        y.name, 'person-' || left(encode(sha256(convert_to({key} || ':' || u.id, 'UTF8')), 'hex'), 12)) END AS name
    FROM annotations_user u LEFT JOIN annotations_pseudonym y ON y.user_id = u.id AND y.project_id = {project}
"""
"""Names, or pseudonyms that stay the same within a project and say nothing outside it."""

CHANGED: Final = """
    (a.created_at > {after}
     OR EXISTS (SELECT FROM annotations_span s WHERE s.article_id = a.id AND s.updated_at > {after})
     OR EXISTS (SELECT FROM annotations_span s JOIN annotations_link t ON t.target_id = s.id
                WHERE s.article_id = a.id AND t.updated_at > {after})
     OR EXISTS (SELECT FROM annotations_span s JOIN annotations_verdict v ON v.claim_id = s.id
                WHERE s.article_id = a.id AND v.updated_at > {after}))
"""

TALKED: Final = """
    EXISTS (SELECT FROM annotations_comment c WHERE c.article_id = a.id AND c.updated_at > {after})
"""


def people(selection: Selection) -> str:
    """The common table `people (id, name)`, to stand after WITH; best MATERIALIZED."""
    key = literal(str(selection.project.pseudonym_key))
    return PEOPLE.format(names="true" if selection.names else "false", key=key, project=selection.project.pk)


def is_anybody(selection: Selection, name: str) -> bool:
    """Whether somebody leaves under this name."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM ({people(selection)}) p WHERE p.name = %s)", [name])
        return bool(cursor.fetchone()[0])


def articles(selection: Selection) -> str:
    """Condition on `a`."""
    wanted = [f"a.project_id = {selection.project.pk}", "NOT a.archived"]
    if selection.article:
        wanted.append(f"a.id = {literal(selection.article)}")
    if selection.within:
        wanted.append(f"a.id IN (SELECT id FROM {selection.within})")
    if selection.updated_after:
        after = literal(selection.updated_after)
        changed = [CHANGED.format(after=after), *([TALKED.format(after=after)] if selection.comments else [])]
        wanted.append(f"({' OR '.join(changed)})")
    return " AND ".join(wanted)


def spans(selection: Selection) -> str:
    """Condition on `s`, whose maker is `p`."""
    wanted = [seen(selection, Span.objects, "s"), *_by(selection)]
    if selection.label:
        wanted.append(f"s.label = {literal(selection.label)}")
    return " AND ".join(wanted)


def links(selection: Selection) -> str:
    """Condition on `t`, whose maker is `p`."""
    wanted = [seen(selection, Link.objects, "t"), *_by(selection)]
    if selection.relation:
        wanted.append(f"t.relation = {literal(selection.relation)}")
    return " AND ".join(wanted)


def verdicts(selection: Selection) -> str:
    """Condition on `v`, whose author is `p`."""
    states = ", ".join(literal(str(state)) for state in selection.states)
    return " AND ".join([seen(selection, Verdict.objects, "v"), f"v.state IN ({states})", *_by(selection)])


def comments(selection: Selection) -> str:
    """Comments on what the selection holds."""
    states = ", ".join(literal(str(state)) for state in selection.states)
    wanted = [seen(selection, Comment.objects, "c"), f"(v.id IS NULL OR v.state IN ({states}))", *_by(selection)]
    for column, value in (("s.label", selection.label), ("t.relation", selection.relation)):
        if value:
            wanted.append(f"coalesce({column} = {literal(value)}, true)")
    return " AND ".join(wanted)


def _by(selection: Selection) -> list[str]:
    if not selection.annotator:
        return []
    return [f"normalize(p.name, NFC) = normalize({literal(selection.annotator)}, NFC)"]


def seen(selection: Selection, rows: Any, alias: str) -> str:
    """A condition that keeps what the reader may see; nothing to check for those who see everything."""
    if sees_all_work(selection.user, selection.project.pk):
        return "true"
    visible: QuerySet[Any] = rows.visible_to(selection.user).order_by().values("pk")
    try:
        statement, parameters = visible.query.sql_with_params()
    except EmptyResultSet:
        return "false"
    return f"{alias}.id IN ({_bound(statement, parameters)})"


def literal(value: object) -> str:
    """A value as it stands in SQL."""
    return _bound("%s", [value])


def _bound(statement: str, parameters: Any) -> str:
    """The statement with its parameters as literals: COPY takes no parameters. No connection is needed for it."""
    parts = [part.replace("%%", "%") for part in statement.split("%s")]
    literals = [sql.Literal(value).as_string(None) for value in parameters]
    return "".join(part + literal for part, literal in zip(parts, [*literals, ""], strict=True))

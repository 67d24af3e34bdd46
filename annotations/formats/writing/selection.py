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
from annotations.models.link import sources_named_to
from annotations.models.people.user import NAMELESS
from annotations.models.visibility import sees_all_work


@dataclass(frozen=True)
class Selection:
    """What to export: the project as `user` may read it, narrowed by filters. Empty ones do not narrow.

    `open_to_all`: of an independent project only the work that is open to all its members, whatever `user` may read.
    """

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
    open_to_all: bool = False
    within: str = ""
    """A table, temporary on the reader's connection, whose `id`s are the only articles: a split, of any size."""


STATES: Final = {
    "approved": (Verdict.State.APPROVED,),
    "submitted": (Verdict.State.SUBMITTED,),
    "any": tuple(Verdict.State),
}
"""Which verdicts somebody may ask for."""

PEOPLE: Final = """
    SELECT u.id, CASE WHEN {names} THEN coalesce(nullif(u.name, ''), {nameless} || u.id) ELSE coalesce(
        y.name, 'person-' || left(encode(sha256(convert_to({key} || ':' || u.id, 'UTF8')), 'hex'), 12)) END AS name
    FROM annotations_user u LEFT JOIN annotations_pseudonym y ON y.user_id = u.id AND y.project_id = {project}
"""
"""Names, or pseudonyms that stay the same within a project and say nothing outside it."""

CHANGED: Final = """
    (a.created_at > {after}
     OR EXISTS (SELECT FROM annotations_span s WHERE s.article_id = a.id AND s.updated_at > {after} AND {spans})
     OR EXISTS (SELECT FROM annotations_span s JOIN annotations_link t ON t.target_id = s.id
                WHERE s.article_id = a.id AND t.updated_at > {after} AND {links})
     OR EXISTS (SELECT FROM annotations_span s JOIN annotations_verdict v ON v.claim_id = s.id
                WHERE s.article_id = a.id AND v.updated_at > {after} AND {verdicts}))
"""
"""What somebody may not read changes nothing for them."""

OPENED: Final = """
    EXISTS (SELECT FROM annotations_span s JOIN annotations_assignment g ON g.article_id = s.article_id
            WHERE s.article_id = a.id AND g.submitted_at > {after} AND {spans}
              AND (g.id = s.assignment_id OR {opens}))
"""
"""Spans that were there before open when a pass is submitted: their own, or one that `opens` others."""

TALKED: Final = """
    EXISTS (SELECT FROM annotations_comment c WHERE c.article_id = a.id AND c.updated_at > {after} AND {comments})
"""


def people(selection: Selection) -> str:
    """The common table `people (id, name)`, to stand after WITH; best MATERIALIZED."""
    key = literal(str(selection.project.pseudonym_key))
    names = "true" if selection.names else "false"
    return PEOPLE.format(names=names, nameless=literal(NAMELESS), key=key, project=selection.project.pk)


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
        wanted.append(_changed(selection, literal(selection.updated_after)))
    return " AND ".join(wanted)


def _changed(selection: Selection, after: str) -> str:
    """Whether anything that the reader may see of an article is newer than `after`, or open to them since then."""
    rows = {
        "spans": seen(selection, Span.objects, "s"),
        "links": seen(selection, Link.objects, "t"),
        "verdicts": seen(selection, Verdict.objects, "v"),
    }
    ways = [CHANGED.format(after=after, **rows)]
    if rows["spans"] != "true":
        opens = "g.state = 'submitted'" if selection.open_to_all else f"g.assignee_id = {selection.user.pk}"
        ways.append(OPENED.format(after=after, spans=rows["spans"], opens=opens))
    if selection.comments:
        ways.append(TALKED.format(after=after, comments=seen(selection, Comment.objects, "c")))
    return f"({' OR '.join(ways)})"


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
    if selection.open_to_all:
        return _among(rows.open_to_all(selection.project), alias)
    if sees_all_work(selection.user, selection.project.pk):
        return "true"
    return _among(rows.visible_to(selection.user), alias)


def sources_named(selection: Selection, alias: str) -> str:
    """A condition on attributing links: what of them the reader may know of; see `sources_named_to`."""
    if selection.open_to_all:
        return seen(selection, Link.objects, alias)
    if sees_all_work(selection.user, selection.project.pk):
        return "true"
    return _among(Link.objects.filter(sources_named_to(selection.user)), alias)


def _among(rows: QuerySet[Any], alias: str) -> str:
    """A condition that keeps the rows with this alias that are among these."""
    try:
        statement, parameters = rows.order_by().values("pk").query.sql_with_params()
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

"""The values that the lists of a project can be narrowed to.

Each is looked up by index after the one before it, so that this takes as long however many articles have it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, Lower, NullIf

from annotations.models import Article, Assignment, Project, User, Verdict
from annotations.models.people.user import NAMELESS

Choices = list[tuple[str, str]]

SERIAL: Final = re.compile(r"[0-9]{1,18}", re.ASCII)
"""The key of a person or a pass, as an address gives it."""


@dataclass(frozen=True, slots=True)
class Values:
    """Values of a project, each with what the list of choices says for it.

    `first` gives at most so many in alphabetical order, from the first that is not before these letters, in any case.
    `one` gives one value, or nothing where nothing in the project has it.
    """

    first: Callable[[Project, str, int], Choices]
    one: Callable[[Project, str], Choices]


DIFFERENT: Final = """
    WITH RECURSIVE found(value) AS (
        (SELECT {column} FROM {table} WHERE project_id = %s AND {column} >= %s ORDER BY {column} LIMIT 1)
        UNION ALL
        SELECT following.value FROM found CROSS JOIN LATERAL (
            SELECT {column} AS value FROM {table} WHERE project_id = %s AND {column} > found.value
            ORDER BY {column} LIMIT 1) following
    )
    SELECT value FROM found LIMIT %s
"""
"""The different values of a column, from one on. An index of the table begins with the project and the column."""

LANGUAGES: Final = DIFFERENT.format(table="annotations_article", column="language")
ANNOTATORS: Final = DIFFERENT.format(table="annotations_assignment", column="assignee_id")
AUTHORS: Final = DIFFERENT.format(table="annotations_verdict", column="author_id")

OUTLETS: Final = """
    WITH RECURSIVE found(folded, outlet) AS (
        (SELECT lower(outlet), outlet FROM annotations_article
         WHERE project_id = %s AND (lower(outlet), outlet) >= (lower(%s), '')
         ORDER BY lower(outlet), outlet LIMIT 1)
        UNION ALL
        SELECT following.* FROM found CROSS JOIN LATERAL (
            SELECT lower(article.outlet), article.outlet FROM annotations_article article
            WHERE article.project_id = %s AND (lower(article.outlet), article.outlet) > (found.folded, found.outlet)
            ORDER BY lower(article.outlet), article.outlet LIMIT 1) following
    )
    SELECT outlet FROM found LIMIT %s
"""
"""The same by two columns, so that the case of letters does not matter."""


def _texts(statement: str, project: Project, start: str, most: int) -> Choices:
    """An article that has none has an empty one, which is no value."""
    return [(text, text) for text in _different(statement, project, start, most + 1) if text][:most]


def _text(column: str, project: Project, text: str) -> Choices:
    # By either value of `archived`, as the index has it before them.
    held = Article.objects.filter(project=project, archived__in=[False, True], **{column: text})
    return [(text, text)] if held.exists() else []


def _titles(project: Project, start: str, most: int) -> Choices:
    held = Article.objects.filter(project=project).annotate(in_order=Lower("title"))
    if start:
        held = held.filter(in_order__gte=Lower(Value(start)))
    current, archived = (
        held.filter(archived=archived).order_by("in_order", "pk").values_list("in_order", "pk", "title")[:most]
        for archived in (False, True)
    )
    both = current.union(archived, all=True).order_by("in_order", "pk")[:most]
    return [(str(pk), title[:80]) for _, pk, title in both]


def _title(project: Project, key: str) -> Choices:
    try:
        held = Article.objects.filter(project=project, pk=UUID(key))
    except ValueError:
        return []
    return [(str(pk), title[:80]) for pk, title in held.values_list("pk", "title")]


def _people(statement: str, project: Project, start: str, most: int) -> Choices:
    """By what they are called."""
    nameless = Concat(Value(NAMELESS), Cast("pk", TextField()), output_field=TextField())
    called = Coalesce(NullIf("name", Value("")), nameless, output_field=TextField())
    people = User.objects.filter(pk__in=_different(statement, project, 0, None)).annotate(in_order=Lower(called))
    if start:
        people = people.filter(in_order__gte=Lower(Value(start)))
    return [(str(person.pk), str(person)) for person in people.order_by("in_order", "pk")[:most]]


def _person(rows: Any, column: str, project: Project, key: str) -> Choices:
    if not SERIAL.fullmatch(key) or not rows.filter(project=project, **{column: int(key)}).exists():
        return []
    return [(str(person.pk), str(person)) for person in User.objects.filter(pk=int(key))]


def _different(statement: str, project: Project, start: Any, most: int | None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [project.pk, start, project.pk, most])
        return [value for [value] in cursor.fetchall()]


ARTICLE: Final = Values(_titles, _title)
OUTLET: Final = Values(partial(_texts, OUTLETS), partial(_text, "outlet"))
LANGUAGE: Final = Values(partial(_texts, LANGUAGES), partial(_text, "language"))
ANNOTATOR: Final = Values(partial(_people, ANNOTATORS), partial(_person, Assignment.objects, "assignee"))
AUTHOR: Final = Values(partial(_people, AUTHORS), partial(_person, Verdict.objects, "author"))

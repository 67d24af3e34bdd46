"""A span that is about to be made: the busiest write of the workbench, in as few statements as it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from uuid import UUID

    from annotations.models.article import Article
    from annotations.models.assignment import Assignment

OWN_ASSIGNMENT: Final = """
    LEFT JOIN LATERAL (
        SELECT own.id, own.kind FROM annotations_assignment own
        WHERE own.article_id = article.id AND own.assignee_id = %(user)s ORDER BY own.kind DESC LIMIT 1
    ) assignment ON true
"""

WORKPLACE: Final = f"""
    SELECT project.id, project.slug, project.mode, project.label_fields, membership.id, membership.roles,
           assignment.id, assignment.kind
    FROM annotations_article article
    JOIN annotations_project project ON project.id = article.project_id
    JOIN annotations_membership membership ON membership.project_id = project.id AND membership.user_id = %(user)s
    {OWN_ASSIGNMENT}
    WHERE article.id = %(article)s AND (%(confined_to)s::bigint IS NULL OR project.id = %(confined_to)s)
"""

WORKPLACES: Final = f"""
    SELECT article.id, assignment.id, assignment.kind FROM annotations_article article {OWN_ASSIGNMENT}
    WHERE article.project_id = %(project)s AND article.id = ANY(%(articles)s)
"""

INSERTION: Final = """
    INSERT INTO annotations_span (id, version, assignment_id, article_id, fragments, start, "end", quote, label, fields,
                                  note)
    SELECT new.id, 1, new.assignment, new.article, new.fragments, 0, 0, new.quote, new.label, new.fields, new.note
    FROM (SELECT set_config('factcheck.actor', %s, true)) AS actor,
         (VALUES {rows}) AS new(id, assignment, article, fragments, quote, label, fields, note)
    RETURNING id, version, start, "end", quote, fields, created_at, updated_at
"""
"""A statement that is a transaction by itself: the history learns the actor in it, so no BEGIN and COMMIT are sent."""

ROW: Final = "(%s::uuid, %s::bigint, %s::uuid, %s::int[], %s, %s, %s::jsonb, %s)"


@dataclass(slots=True)
class Workplace:
    """Where a person annotates: the article with its project, and their assignment to it where they have one."""

    article: Article
    assignment: Assignment | None


@dataclass(slots=True)
class NewSpan:
    """A span to be made: `fragments` are (start, end) in code points, a `quote` must be what they select."""

    id: UUID
    article: UUID
    label: str
    fragments: list[list[int]]
    quote: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""

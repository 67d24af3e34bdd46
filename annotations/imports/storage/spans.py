"""Storing spans, in the assignments of whoever marked them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext

from annotations.formats.reading.records import Pass, SpanRecord
from annotations.imports.context import ImportContext, Keys, Numbered, Part, free_ids, stored_or_refused
from annotations.imports.validation import Measured, complaint_about
from annotations.models import Article, Span
from annotations.models.base.identifiers import new_id
from annotations.rules import ARCHIVED, DUPLICATE_SPAN

ASSIGNMENTS: Final = """
    INSERT INTO annotations_assignment (article_id, assignee_id, kind, state, submitted_at)
    SELECT w.article, w.person, 'annotate', CASE WHEN w.done THEN 'submitted' ELSE 'open' END,
           CASE WHEN w.done THEN now() END
    FROM unnest(%s::uuid[], %s::bigint[], %s::bool[]) AS w(article, person, done)
    ON CONFLICT (article_id, assignee_id, kind) DO UPDATE SET kind = excluded.kind
    RETURNING article_id, assignee_id, id
"""
"""Nobody goes on with the pass of a person without login: it is over."""

INSERTION: Final = """
    INSERT INTO annotations_span (id, version, assignment_id, article_id, fragments, start, "end", quote, label, fields,
                                  note, external_id, created_at, updated_at)
    SELECT m.id, 1, m.assignment, m.article, m.fragments::int[], 0, 0, m.quote, m.label, m.fields, m.note,
           m.external_id, coalesce(m.created_at, clock_timestamp()),
           coalesce(m.updated_at, m.created_at, clock_timestamp())
    FROM ROWS FROM (
        jsonb_to_recordset(%s) AS (id uuid, assignment bigint, article uuid, fragments text, quote text, label text,
                                   fields jsonb, note text, external_id text, created_at timestamptz,
                                   updated_at timestamptz)
    ) WITH ORDINALITY AS m(id, assignment, article, fragments, quote, label, fields, note, external_id, created_at,
                           updated_at, position)
    WHERE NOT EXISTS (SELECT FROM annotations_span there WHERE there.assignment_id = m.assignment
                      AND there.label = m.label AND there.fragments = m.fragments::int[])
    ORDER BY m.position
    ON CONFLICT (assignment_id, label, fragments) DO NOTHING
    RETURNING id
"""
"""In the order of the files: of two that are the same span the first counts. What is there already is not inserted, so
that no trigger refuses in a submitted pass what changes nothing there.
"""

THERE: Final = """
    SELECT w.position, s.id, s.fields, s.note
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) WITH ORDINALITY AS w(assignment, label, fragments, position)
    JOIN annotations_span s ON s.assignment_id = w.assignment AND s.label = w.label
        AND s.fragments = w.fragments::int[]
"""


@dataclass(slots=True)
class Row:
    """A span to be stored."""

    id: UUID
    numbered: Numbered[SpanRecord]
    article: UUID
    assignment: int
    fragments: str

    def values(self) -> dict[str, Any]:
        span = self.numbered.part
        return {
            "id": str(self.id),
            "assignment": self.assignment,
            "article": str(self.article),
            "fragments": self.fragments,
            "quote": span.quote or "",
            "label": span.label,
            "fields": span.fields,
            "note": span.note,
            "external_id": span.external_id,
            "created_at": span.created_at and span.created_at.isoformat(),
            "updated_at": span.updated_at and span.updated_at.isoformat(),
        }


def store_spans(context: ImportContext, spans: Sequence[Numbered[SpanRecord]], articles: Mapping[int, UUID]) -> Keys:
    """The spans by their keys: new ones, and those that the same person had made already."""
    sound = _in_current(context, _sound(context, spans), articles)
    assignments = _taken_up(context, sound, articles)
    whose = [assignments[articles[one.number], context.people.get(one.part.annotator)] for one in sound]
    free = free_ids(context, "span", [(one.part.id, owner) for one, owner in zip(sound, whose, strict=True)])
    rows: list[Row] = []
    for one, assignment in zip(sound, whose, strict=True):
        key = one.part.id if one.part.id in free else None
        free.discard(key or UUID(int=0))
        # As PostgreSQL writes an array.
        fragments = "{" + ",".join(f"{{{start},{end}}}" for start, end in one.part.fragments) + "}"
        rows.append(Row(key or new_id(), one, articles[one.number], assignment, fragments))
    keys: Keys = {}
    stored_or_refused(
        rows,
        lambda some: _insert(context, some, keys),
        lambda row, code, detail: context.refuse(row.numbered, code, detail),
    )
    return keys


def _sound(context: ImportContext, spans: Sequence[Numbered[SpanRecord]]) -> list[Numbered[SpanRecord]]:
    """The spans that are where the file says; the others are refused."""
    measured: dict[int, Measured] = {}
    sound = []
    for one in spans:
        text = measured.get(one.number)
        if text is None:
            # One text is measured at a time: its spans stand together.
            measured = {one.number: (text := Measured(one.text))}
        if found := complaint_about(one.part, text, context.project.label_fields):
            context.refuse(one, *found)
        else:
            sound.append(one)
    return sound


def _in_current(
    context: ImportContext, parts: Sequence[Numbered[Part]], articles: Mapping[int, UUID]
) -> list[Numbered[Part]]:
    """The parts in articles to which something new may be added; the others are refused."""
    met = {articles[one.number] for one in parts}
    archived = set(Article.objects.taking_nothing_new().filter(pk__in=met).values_list("pk", flat=True))
    current = []
    for one in parts:
        if articles[one.number] in archived:
            context.refuse(one, ARCHIVED.name, ARCHIVED.message)
        else:
            current.append(one)
    return current


def _taken_up(
    context: ImportContext, spans: Sequence[Numbered[SpanRecord]], articles: Mapping[int, UUID]
) -> dict[tuple[UUID, int], int]:
    pairs = {(articles[one.number], context.people.get(one.part.annotator)) for one in spans}
    if not pairs:
        return {}
    wanted = sorted(pairs)
    done = [person in context.people.without_login for _, person in wanted]
    with connection.cursor() as cursor:
        cursor.execute(ASSIGNMENTS, [[article for article, _ in wanted], [person for _, person in wanted], done])
        return {(article, person): assignment for article, person, assignment in cursor.fetchall()}


def store_passes(context: ImportContext, passes: Sequence[Numbered[Pass]], articles: Mapping[int, UUID]) -> None:
    """Submitted assignments of those who went through a text and found nothing; one that is there stays as it is."""
    current = _in_current(context, passes, articles)
    wanted = sorted({(articles[one.number], context.people.get(one.part.annotator)) for one in current})
    if wanted:
        with connection.cursor() as cursor:
            people = [person for _, person in wanted]
            cursor.execute(ASSIGNMENTS, [[article for article, _ in wanted], people, [True for _ in wanted]])


def _insert(context: ImportContext, rows: Sequence[Row], keys: Keys) -> None:
    with connection.cursor() as cursor:
        cursor.execute(INSERTION, [json.dumps([row.values() for row in rows])])
        made = {row[0] for row in cursor.fetchall()}
        others = [row for row in rows if row.id not in made]
        there = {}
        if others:
            wanted = zip(*((row.assignment, row.numbered.part.label, row.fragments) for row in others), strict=True)
            cursor.execute(THERE, [list(column) for column in wanted])
            there = {position: (key, json.loads(fields), note) for position, key, fields, note in cursor.fetchall()}
    keys.update((row.numbered.name(context, row.numbered.part.key), row.id) for row in rows if row.id in made)
    for position, row in enumerate(others, 1):
        key, fields, note = there[position]
        keys[row.numbered.name(context, row.numbered.part.key)] = key
        if not _says_no_more(row.numbered.part, fields, note):
            words = gettext("Its other fields or its note differ and were skipped.")
            context.refuse(row.numbered, DUPLICATE_SPAN.name, f"{DUPLICATE_SPAN.message} {words}")
    context.spans_of.update(row.numbered.part.annotator for row in rows if row.id in made)
    context.count("spans", len(made))


def refuse_other_fields(context: ImportContext, spans: Sequence[Numbered[SpanRecord]], span_ids: Keys) -> None:
    """Refuses what rows say of a span that stands in several of them, where the first says something else."""
    saying = {one.name(context, one.part.key): one for one in spans if one.part.fields}
    there = Span.objects.filter(pk__in=[span_ids[name] for name in saying if name in span_ids])
    found = {key: (fields, note) for key, fields, note in there.values_list("pk", "fields", "note")}
    for one in spans:
        key = span_ids.get(one.name(context, one.part.key))
        if one.part.fields and key in found and not _says_no_more(one.part, *found[key]):
            words = gettext("Another row describes the same span with other fields. The first one was kept.")
            context.refuse(one, DUPLICATE_SPAN.name, words)


def _says_no_more(span: SpanRecord, fields: Mapping[str, Any], note: str) -> bool:
    """Whether a stored span with these fields and this note holds all that a file says of it."""
    for name, value in span.fields.items():
        there = fields.get(name)
        if value == there:
            continue
        if not (isinstance(value, dict) and isinstance(there, dict) and value.items() <= there.items()):
            return False
    return span.note in ("", note)

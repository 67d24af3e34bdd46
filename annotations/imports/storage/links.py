"""Storing links between spans as links."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext

from annotations.formats.reading.records import LinkRecord
from annotations.imports.context import ImportContext, Keys, Numbered, free_ids, stored_or_refused
from annotations.models import Link
from annotations.models.base.identifiers import new_id
from annotations.rules import RELATION_UNKNOWN
from annotations.strict_json import unstorable

INSERTION: Final = """
    INSERT INTO annotations_link (id, version, source_id, target_id, relation, author_id, note, created_at, updated_at)
    SELECT m.id, 1, m.source, m.target, m.relation, m.author, m.note,
           coalesce(m.created_at, clock_timestamp()), coalesce(m.updated_at, m.created_at, clock_timestamp())
    FROM jsonb_to_recordset(%s) AS m(id uuid, source uuid, target uuid, relation text, author bigint, note text,
                                     created_at timestamptz, updated_at timestamptz)
"""

THERE: Final = """
    SELECT l.source_id, l.target_id, l.relation, l.id
    FROM unnest(%s::uuid[], %s::uuid[], %s::text[]) AS w(source, target, relation)
    JOIN annotations_link l ON l.source_id = w.source AND l.target_id = w.target AND l.relation = w.relation
"""

Locations = dict[int, dict[str, str]]
"""The locations of the spans of documents in their files, by the number of the document and by their keys."""


@dataclass(slots=True)
class Row:
    """A link to be stored."""

    id: UUID
    numbered: Numbered[LinkRecord]
    source: UUID
    target: UUID

    @property
    def joins(self) -> tuple[UUID, UUID, str]:
        return self.source, self.target, self.numbered.part.relation


def store_links(context: ImportContext, links: Sequence[Numbered[LinkRecord]], span_ids: Keys) -> Keys:
    """The links by their keys: new ones, and those that were there already."""
    locations: Locations = {}
    wanted = [row for one in links if (row := _row(context, one, span_ids, locations))]
    there: dict[tuple[UUID, UUID, str], UUID] = {}
    if wanted:
        columns: list[Any] = [list(column) for column in zip(*(row.joins for row in wanted), strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(THERE, columns)
            there = {(source, target, relation): key for source, target, relation, key in cursor.fetchall()}
    authors = [context.people.get(row.numbered.part.annotator) for row in wanted]
    free = free_ids(
        context, "link", [(row.numbered.part.id, author) for row, author in zip(wanted, authors, strict=True)]
    )
    new: dict[tuple[UUID, UUID, str], Row] = {}
    for row in wanted:
        if row.joins in there or row.joins in new:
            continue
        if row.numbered.part.id in free:
            row.id = row.numbered.part.id
            free.discard(row.id)
        new[row.joins] = row
    stored_or_refused(
        list(new.values()),
        lambda rows: _insert(context, rows, there),
        lambda row, code, detail: context.refuse(row.numbered, code, detail),
    )
    return {row.numbered.name(context, row.numbered.part.key): there[row.joins] for row in wanted if row.joins in there}


def _row(context: ImportContext, one: Numbered[LinkRecord], span_ids: Keys, locations: Locations) -> Row | None:
    link = one.part
    if link.relation not in Link.Relation.values:
        context.refuse(one, RELATION_UNKNOWN.name, RELATION_UNKNOWN.message)
        return None
    for _, words in unstorable(link.note):
        context.refuse(one, "unstorable", words)
        return None
    source, target = (span_ids.get(one.name(context, key)) for key in (link.source, link.target))
    if source is None or target is None:
        context.refuse(one, "end_missing", _missing(one, link.source if source is None else link.target, locations))
        return None
    return Row(new_id(), one, source, target)


def _missing(one: Numbered[LinkRecord], key: str, locations: Locations) -> str:
    """Why there is no span of this key. `locations` are filled as documents are asked for."""
    if one.number not in locations:
        locations[one.number] = {span.key: span.location for span in one.document.spans}
    location = locations[one.number].get(key)
    if location:
        return gettext("The span that it links (%(location)s) was refused.") % {"location": location}
    return gettext("There is no span %(key)s, or it was not imported.") % {"key": key[:100]}


def _insert(context: ImportContext, rows: Sequence[Row], there: dict[tuple[UUID, UUID, str], UUID]) -> None:
    values = [
        {
            "id": str(row.id),
            "source": str(row.source),
            "target": str(row.target),
            "relation": row.numbered.part.relation,
            "author": context.people.get(row.numbered.part.annotator),
            "note": row.numbered.part.note,
            "created_at": row.numbered.part.created_at and row.numbered.part.created_at.isoformat(),
            "updated_at": row.numbered.part.updated_at and row.numbered.part.updated_at.isoformat(),
        }
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERTION, [json.dumps(values)])
    there.update((row.joins, row.id) for row in rows)
    context.count("links", len(rows))

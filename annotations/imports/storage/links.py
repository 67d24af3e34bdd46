"""Storing ties between passages as links."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from annotations.formats.reading.records import Tie
from annotations.imports.context import Ground, Keys, Placed, free_ids, stored_or_refused
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

Passages = dict[int, dict[str, str]]
"""The places of the passages of documents in their files, by the number of the document and by their keys."""


@dataclass(slots=True)
class Row:
    """A link to be stored."""

    id: UUID
    placed: Placed[Tie]
    source: UUID
    target: UUID

    @property
    def joins(self) -> tuple[UUID, UUID, str]:
        return self.source, self.target, self.placed.part.relation


def store_links(ground: Ground, ties: Sequence[Placed[Tie]], spans: Keys) -> Keys:
    """The links by their keys: new ones, and those that were there already."""
    passages: Passages = {}
    wanted = [row for one in ties if (row := _row(ground, one, spans, passages))]
    there = _there(wanted)
    authors = [ground.people.get(row.placed.part.annotator) for row in wanted]
    free = free_ids(ground, "link", [(row.placed.part.id, author) for row, author in zip(wanted, authors, strict=True)])
    new: dict[tuple[UUID, UUID, str], Row] = {}
    for row in wanted:
        if row.joins in there or row.joins in new:
            continue
        if row.placed.part.id in free:
            row.id = row.placed.part.id
            free.discard(row.id)
        new[row.joins] = row
    stored_or_refused(
        list(new.values()),
        lambda rows: _insert(ground, rows, there),
        lambda row, code, detail: ground.refuse(row.placed, code, detail),
    )
    return {row.placed.name(ground, row.placed.part.key): there[row.joins] for row in wanted if row.joins in there}


def _row(ground: Ground, one: Placed[Tie], spans: Keys, passages: Passages) -> Row | None:
    tie = one.part
    if tie.relation not in Link.Relation.values:
        ground.refuse(one, RELATION_UNKNOWN.name, RELATION_UNKNOWN.message)
        return None
    for _, words in unstorable(tie.note):
        ground.refuse(one, "unstorable", words)
        return None
    source, target = (spans.get(one.name(ground, key)) for key in (tie.source, tie.target))
    if source is None or target is None:
        ground.refuse(one, "end_missing", _missing(one, tie.source if source is None else tie.target, passages))
        return None
    return Row(new_id(), one, source, target)


def _missing(one: Placed[Tie], key: str, passages: Passages) -> str:
    """Why there is no span of this key. `passages` are filled as documents are asked for."""
    if one.number not in passages:
        passages[one.number] = {passage.key: passage.place for passage in one.document.passages}
    place = passages[one.number].get(key)
    if place:
        return f"The span that it joins ({place}) was refused."
    return f"There is no passage {key[:100]}, or it did not come in."


def _there(rows: Sequence[Row]) -> dict[tuple[UUID, UUID, str], UUID]:
    if not rows:
        return {}
    columns: list[Any] = [list(column) for column in zip(*(row.joins for row in rows), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(THERE, columns)
        return {(source, target, relation): key for source, target, relation, key in cursor.fetchall()}


def _insert(ground: Ground, rows: Sequence[Row], there: dict[tuple[UUID, UUID, str], UUID]) -> None:
    values = [
        {
            "id": str(row.id),
            "source": str(row.source),
            "target": str(row.target),
            "relation": row.placed.part.relation,
            "author": ground.people.get(row.placed.part.annotator),
            "note": row.placed.part.note,
            "created_at": row.placed.part.created_at and row.placed.part.created_at.isoformat(),
            "updated_at": row.placed.part.updated_at and row.placed.part.updated_at.isoformat(),
        }
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERTION, [json.dumps(values)])
    there.update((row.joins, row.id) for row in rows)
    ground.count("links", len(rows))

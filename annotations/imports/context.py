"""What the steps of an import share: where it goes, who its people are, and the report of what was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.db import DataError, IntegrityError, connection, transaction

from annotations.formats.reading.records import (
    ArticleRecord,
    LinkRecord,
    Pass,
    Refusal,
    RowRecord,
    SpanRecord,
    VerdictRecord,
)
from annotations.imports.authors import People
from annotations.models import Import, ImportKey, Project, ReportedItem
from annotations.models.event import OWNERS, history_of_another
from annotations.models.transfer.imports import LONGEST_REPORTED, MOST_REPORTED
from annotations.rules import EXTERNAL_ID_TAKEN, broken_rule

Part = TypeVar("Part", SpanRecord, LinkRecord, VerdictRecord, Pass)
Row = TypeVar("Row")
Keys = dict[tuple[int, str], UUID]
"""What the names in the files stand for: by the document, 0 where names hold in the whole import, and the name."""


MOST_ROWS: Final = 5_000
"""Rows of one statement: a text may have a hundred thousand spans."""

REMEMBERED: Final = """
    INSERT INTO annotations_importkey (of_id, key, object)
    SELECT %s, * FROM unnest(%s::uuid[], %s::uuid[]) ON CONFLICT DO NOTHING
"""


@dataclass(slots=True)
class ImportContext:
    """One import under way."""

    of: Import
    project: Project
    people: People
    crosses: bool
    refers: bool = False
    refused: list[Refusal] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    spans_of: Counter[str | None] = field(default_factory=Counter)
    """The spans that came in by the names in the files."""

    def count(self, what: str, number: int) -> None:
        """Adds to a counter of the import."""
        self.counts[what] = self.counts.get(what, 0) + number

    def refuse(self, part: Numbered[Any], code: str, detail: str) -> None:
        """Notes that a part did not come in."""
        self.refused.append(Refusal(part.document.file, part.where, code, detail))


@dataclass(frozen=True, slots=True)
class Numbered(Generic[Part]):
    """A part of a document with the document's number in the import."""

    part: Part
    document: ArticleRecord | RowRecord
    number: int

    @property
    def text(self) -> str:
        """The text that a span is in; nothing where only its article is named."""
        return self.document.text if isinstance(self.document, ArticleRecord) else ""

    @property
    def where(self) -> str:
        """Its place in the file."""
        key = getattr(self.part, "key", "") or getattr(self.part, "claim", "")
        return self.part.location or ", ".join(filter(None, [self.document.location, key]))

    def name(self, context: ImportContext, key: str) -> tuple[int, str]:
        """What `key` is looked up by."""
        return (0 if context.crosses else self.number, key)


def stored_or_refused(
    rows: Sequence[Row], store: Callable[[Sequence[Row]], None], refuse: Callable[[Row, str, str], None]
) -> None:
    """Stores the rows in one go; where the database refuses, by halves, so that only the bad ones are refused."""
    if len(rows) > MOST_ROWS:
        for first in range(0, len(rows), MOST_ROWS):
            stored_or_refused(rows[first : first + MOST_ROWS], store, refuse)
        return
    if not rows:
        return
    try:
        with transaction.atomic():
            store(rows)
    except (IntegrityError, DataError) as error:
        if len(rows) == 1:
            refuse(rows[0], *reason_of(error))
            return
        middle = len(rows) // 2
        stored_or_refused(rows[:middle], store, refuse)
        stored_or_refused(rows[middle:], store, refuse)


def reason_of(error: IntegrityError | DataError) -> tuple[str, str]:
    """The code and the words for a refusal of the database."""
    if rule := broken_rule(error):
        return "duplicate_key" if rule is EXTERNAL_ID_TAKEN else rule.name, rule.message
    return "database", str(error).partition("\n")[0]


def free_ids(context: ImportContext, kind: str, wanted: Iterable[tuple[UUID | None, int | None]]) -> set[UUID]:
    """Those of these ids that no row has and that no other row had; each with the value of its owner's column."""
    asked: dict[UUID, int | None] = {}
    for key, owner in wanted:
        if key is not None:
            asked.setdefault(key, owner)
    if not asked:
        return set()
    row = f"jsonb_build_object('{OWNERS[kind]}', w.owner)"
    used = history_of_another(kind, key="w.id", project="%(project)s", row=row, owner=OWNERS[kind])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT w.id FROM unnest(%(ids)s::uuid[], %(owners)s::bigint[]) AS w (id, owner) "
            f"WHERE NOT EXISTS (SELECT FROM annotations_{kind} t WHERE t.id = w.id) AND NOT {used}",
            {"ids": list(asked), "owners": list(asked.values()), "project": context.project.pk},
        )
        return {row[0] for row in cursor.fetchall()}


def remember(context: ImportContext, kind: str, keys: Keys) -> None:
    """Keeps what names stand for until the import is over, where other documents may refer to them."""
    if context.crosses and keys:
        digests = [digest_of_name(kind, key) for _, key in keys]
        with connection.cursor() as cursor:
            cursor.execute(REMEMBERED, [context.of.pk, digests, list(keys.values())])


def remember_once(context: ImportContext, kind: str, objects: Mapping[str, UUID]) -> set[str]:
    """Keeps what names stand for, and gives those that stood for nothing yet."""
    digests = {digest_of_name(kind, name): name for name in objects}
    with connection.cursor() as cursor:
        cursor.execute(f"{REMEMBERED} RETURNING key", [context.of.pk, list(digests), list(objects.values())])
        return {digests[row[0]] for row in cursor.fetchall()}


def remembered(context: ImportContext, kind: str, names: Iterable[str]) -> Keys:
    """What these names stand for in an import whose documents refer to one another."""
    digests = {digest_of_name(kind, name): name for name in names}
    found = ImportKey.objects.filter(of=context.of, key__in=list(digests)).values_list("key", "object")
    return {(0, digests[key]): made for key, made in found}


def digest_of_name(kind: str, name: str) -> UUID:
    """By which the database knows a name, which may be of any length."""
    return UUID(bytes=blake2b(f"{kind} {name}".encode("utf-8", "surrogatepass"), digest_size=16).digest())


@dataclass(slots=True)
class Report:
    """Counts, beginning with those of what is listed already, and what is to be listed besides."""

    refused: int = 0
    notes: int = 0
    listed: list[Refusal] = field(default_factory=list)

    def take(self, refusals: list[Refusal]) -> None:
        """Adds these, and empties their list."""
        for refusal in refusals:
            if (self.notes if refusal.is_note else self.refused) < MOST_REPORTED:
                self.listed.append(refusal)
            if refusal.is_note:
                self.notes += 1
            else:
                self.refused += 1
        refusals.clear()

    def store(self, of: Import) -> None:
        """Keeps what is to be listed. Whatever stands there came from outside, and may hold what no database takes."""
        ReportedItem.objects.bulk_create(
            [
                ReportedItem(of=of, is_note=one.is_note, code=one.code[:60], **{
                    name: getattr(one, name)[:longest].replace("\0", "�").encode("utf-8", "replace").decode()
                    for name, longest in LONGEST_REPORTED.items()
                })
                for one in self.listed
            ]
        )  # fmt: skip

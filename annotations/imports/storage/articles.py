"""Storing texts: new ones with their sentences, those that the project has already found again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext, gettext_noop

from annotations.formats.reading.boilerplate import proposed_language
from annotations.formats.reading.metadata import particulars, title_of
from annotations.formats.reading.records import ArticleRecord, Refusal
from annotations.imports.context import ImportContext, free_ids, remember_once, stored_or_refused
from annotations.imports.validation import refusals_of_text
from annotations.models import Article
from annotations.models.base.identifiers import new_id
from annotations.text.sentences import sentence_ranges

INSERTION: Final = """
    INSERT INTO annotations_article (id, project_id, title, url, outlet, author, published_on, language, direction,
        title_from_file, body, sha256, length, source, fetched_from, fetched_at, external_id, imported_in_id, archived,
        created_at)
    SELECT r.id, %(project)s, r.title, r.url, r.outlet, r.author, r.published_on, r.language, r.direction,
        r.title_from_file, t.body, '', 0, t.source, r.fetched_from, r.fetched_at, r.external_id, %(import)s, false,
        b.first + t.position * interval '1 microsecond'
    FROM jsonb_to_recordset(%(rows)s) AS r(id uuid, title text, url text, outlet text, author text, published_on date,
        language text, direction text, title_from_file boolean, fetched_from text, fetched_at timestamptz,
        external_id text)
    JOIN unnest(%(ids)s::uuid[], %(bodies)s::text[], %(sources)s::bytea[]) WITH ORDINALITY
            AS t(id, body, source, position) ON t.id = r.id,
    (SELECT greatest(clock_timestamp(), max(created_at)) AS first FROM annotations_article
     WHERE project_id = %(project)s) AS b
    ORDER BY t.position
    ON CONFLICT (project_id, sha256) DO NOTHING
"""
"""The times of articles rise with their order in the files, since that is the order in which they go out again."""

SENTENCES: Final = """
    WITH tongues AS MATERIALIZED (
        SELECT tag, factcheck_text_search(tag) AS reader FROM unnest(%(languages)s::text[]) AS tag)
    INSERT INTO annotations_sentence (article_id, start, "end", search)
    SELECT p.article, p.s, p.e, to_tsvector(t.reader, factcheck_searchable(p.words, coalesce(a.folded, false)))
    FROM unnest(%(articles)s::uuid[], %(tags)s::text[], %(starts)s::int[], %(ends)s::int[], %(words)s::text[])
        AS p(article, tag, s, e, words) JOIN tongues t ON t.tag = p.tag JOIN annotations_article a ON a.id = p.article
"""

COLUMNS: Final = {
    "title": "", "url": None, "outlet": "", "author": None, "published_on": None, "language": "", "direction": "auto",
    "fetched_from": None, "fetched_at": None,
}  # fmt: skip
"""What a file may say about its text, and what holds where it does not."""


SAME_TEXT: Final = gettext_noop(
    "The project already has this text. Its annotations were added to the article “%(title)s”."
)


@dataclass(slots=True)
class New:
    """An article to be stored."""

    id: UUID
    document: ArticleRecord
    digest: str
    columns: dict[str, Any]


def store_articles(context: ImportContext, documents: Sequence[ArticleRecord]) -> list[UUID | None]:
    """The article of each document; None where it was refused."""
    digests: list[str | None] = []
    for document in documents:
        refused = list(refusals_of_text(document))
        context.refused += refused
        digests.append(None if refused else sha256(document.text.encode()).hexdigest())
    known = _known(context, digests)
    shared = {digest: known[digest] for document, digest in zip(documents, digests, strict=True)
              if document.is_shared and digest in known}  # fmt: skip
    # Those that this import neither made nor met before.
    own = set(Article.objects.filter(pk__in=shared.values(), imported_in=context.of).values_list("pk", flat=True))
    others = {digest: key for digest, key in shared.items() if key not in own}
    context.count("known", len(remember_once(context, "known", others)) if others else 0)
    there = Article.objects.without_text().in_bulk(list(known.values()))
    free = free_ids(context, "article", [(document.id, None) for document in documents])
    new: dict[str, New] = {}
    for document, digest in zip(documents, digests, strict=True):
        if digest is None:
            continue
        if digest in known or digest in new:
            if not document.is_shared:
                context.count("known", 1)
            same = there.get(known[digest]) if digest in known else None
            # The same article again, by its id, or one more person's file on it is no other text.
            is_again = same and (document.id == same.pk or (document.external_id or "") == same.external_id)
            if not (is_again or document.is_further or document.is_shared):
                title = same.title if same else new[digest].columns["title"]
                context.refused.append(
                    Refusal(document.file, document.location, "same_text", gettext(SAME_TEXT) % {"title": title})
                )
            continue
        key = document.id if document.id in free else None
        free.discard(key or UUID(int=0))
        new[digest] = New(key or new_id(), document, digest, _columns(context, document))

    def refuse(row: New, code: str, detail: str) -> None:
        context.refused.append(Refusal(row.document.file, row.document.location, code, detail))

    stored_or_refused(list(new.values()), lambda rows: _insert(context, rows, known), refuse)
    return [known.get(digest or "") for digest in digests]


def _known(context: ImportContext, digests: Sequence[str | None]) -> dict[str, UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sha256, id FROM annotations_article WHERE project_id = %s AND sha256 = ANY(%s)",
            [context.project.pk, [digest for digest in digests if digest]],
        )
        return dict(cursor.fetchall())


def _columns(context: ImportContext, document: ArticleRecord) -> dict[str, Any]:
    """What the file says of the text as far as it can be stored; the rest is refused by name."""
    said = {name: value for name, value in document.metadata.items() if name in COLUMNS}
    found, refused = particulars(said, document.file, document.location)
    context.refused += refused
    if not str(found.get("title", "")).strip():
        found["title"] = title_of(document.text, document.file) or document.file
    if "language" not in said:
        found["language"] = proposed_language(document.text)
    if isinstance(at := document.metadata.get("fetched_at"), datetime):
        found["fetched_at"] = at.isoformat()
    columns = {**COLUMNS, **found, "title_from_file": document.is_name_of_file(found["title"])}
    # An empty text and none are not the same where the column may be null.
    columns.update((name, "") for name in ("url", "author") if said.get(name) == "")
    day = columns["published_on"]
    return {**columns, "published_on": day.isoformat() if isinstance(day, date) else None}


def _insert(context: ImportContext, rows: Sequence[New], known: dict[str, UUID]) -> None:
    values: dict[str, Any] = {
        "project": context.project.pk,
        "import": context.of.pk,
        "rows": json.dumps(
            [{"id": str(row.id), "external_id": row.document.external_id, **row.columns} for row in rows]
        ),
        "ids": [row.id for row in rows],
        "bodies": [row.document.text for row in rows],
        "sources": [row.document.source for row in rows],
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERTION, values)
    stored = _known(context, [row.digest for row in rows])
    mine = [row for row in rows if stored.get(row.digest) == row.id]
    _split(mine)
    known.update(stored)
    context.count("articles", len(mine))
    # Another import may have brought the same text a moment ago.
    context.count("known", len(rows) - len(mine))


def _split(rows: Sequence[New]) -> None:
    """Stores the sentences."""
    pieces = [(row, start, end) for row in rows for start, end in sentence_ranges(row.document.text)]
    with connection.cursor() as cursor:
        cursor.execute(
            SENTENCES,
            {
                "languages": sorted({row.columns["language"] for row in rows}),
                "articles": [row.id for row, _, _ in pieces],
                "tags": [row.columns["language"] for row, _, _ in pieces],
                "starts": [start for _, start, _ in pieces],
                "ends": [end for _, _, end in pieces],
                "words": [row.document.text[start:end] for row, start, end in pieces],
            },
        )

"""What documents are called, and the tables beside them: whose they are, their metadata, links across documents."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import UUID

from django.utils.text import slugify

from annotations.formats.brat.lines import bound
from annotations.formats.brat.names import DOCUMENTS_COLUMNS, LINKS_COLUMNS, guarded
from annotations.formats.writing import provenance
from annotations.formats.writing import selection as narrowed
from annotations.formats.writing.format import Reader
from annotations.formats.writing.provenance import BRAT_LINES
from annotations.formats.writing.selection import Selection
from annotations.models import Project

MAKERS: Final = """
    SELECT p.name FROM annotations_span s
    JOIN annotations_assignment g ON g.id = s.assignment_id JOIN people p ON p.id = g.assignee_id
    WHERE s.article_id = a.id AND {spans} ORDER BY s.start, s."end" DESC, s.id LIMIT {most}
"""

ARTICLES: Final = """
    WITH people AS MATERIALIZED ({people})
    SELECT a.id, array(SELECT DISTINCT made.name FROM ({makers}) AS made ORDER BY made.name),
        {title}, a.url, a.outlet, a.author, a.published_on::text, a.language
    FROM annotations_article a WHERE {articles} ORDER BY a.created_at, a.id
"""

END: Final = """
    JOIN LATERAL (
        SELECT a.id AS article_id, {title} AS title, a.created_at, s.start, s.label, s.fragments, p.name, s.quote
        FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id
        JOIN annotations_assignment g ON g.id = s.assignment_id JOIN people p ON p.id = g.assignee_id
        WHERE s.id = t.{end}_id AND {spans} AND {articles}) AS {end} ON true
"""

LINKS: Final = """
    WITH people AS MATERIALIZED ({people})
    SELECT t.relation, source.article_id, source.title, source.label, source.fragments, source.name, source.quote,
        target.article_id, target.title, target.label, target.fragments, target.name, target.quote, p.name, t.note
    FROM annotations_link t JOIN people p ON p.id = t.author_id {source} {target}
    WHERE {links} AND (source.article_id <> target.article_id OR {apart})
    ORDER BY target.created_at, target.article_id, target.start, t.created_at, t.id
"""


def is_apart(selection: Selection) -> bool:
    """Whether each person's annotations are documents of their own."""
    return selection.project.mode == Project.Mode.INDEPENDENT


def documents(selection: Selection, reader: Reader) -> Iterator[bytes]:
    """`documents.tsv`."""
    apart = is_apart(selection)
    makers = MAKERS.format(spans=narrowed.spans(selection), most="ALL" if apart else "1")
    statement = ARTICLES.format(
        people=narrowed.people(selection),
        makers=makers,
        title=provenance.title(selection, "a"),
        articles=narrowed.articles(selection),
    )
    yield _row(DOCUMENTS_COLUMNS)
    for article, people, title, *metadata in reader.rows(statement):
        for person in people or [""]:
            name = document(article, title, person if apart else None)
            yield _row([name, person, title, *metadata])


def links(selection: Selection, reader: Reader) -> Iterator[bytes]:
    """`links.tsv`: the links between spans of different documents."""
    conditions = {
        "title": provenance.title(selection, "a"),
        "spans": narrowed.spans(selection),
        "articles": narrowed.articles(selection),
    }
    apart = is_apart(selection)
    statement = LINKS.format(
        people=narrowed.people(selection),
        links=narrowed.links(selection),
        source=END.format(end="source", **conditions),
        target=END.format(end="target", **conditions),
        apart="source.name <> target.name" if apart else "false",
    )
    yield _row(LINKS_COLUMNS)
    for relation, *row in reader.rows(statement):
        ends = [*_end(row[:6], apart=apart), *_end(row[6:12], apart=apart)]
        yield _row([relation, *ends, *row[12:]])


def _end(columns: list[Any], *, apart: bool) -> list[str]:
    article, title, label, fragments, person, quote = columns
    return [document(article, title, person if apart else None), label, bound("", fragments).strip(), person, quote]


def fields(project: Project) -> bytes:
    """`fields.json`: the project's label fields but the one that this format keeps its lines in."""
    known = {
        label: [one for one in fields if one["key"] != BRAT_LINES["key"]]
        for label, fields in project.label_fields.items()
    }
    return json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _row(cells: Iterable[str | None]) -> bytes:
    line = io.StringIO()
    csv.writer(line, "excel-tab", lineterminator="\n").writerow([guarded(cell or "") for cell in cells])
    return line.getvalue().encode()


def document(article: UUID | str, title: str, annotator: str | None = None) -> str:
    """The path of an article without extension; in the annotator's folder where each has their own."""
    slug, key = slugify(title)[:60].strip("-_") or "article", UUID(str(article)).hex[-12:]
    name = slug if slug == f"article-{key}" else f"{slug}-{key}"
    if not annotator:
        return name
    folder = slugify(annotator)[:60].strip("-_")
    if folder != annotator:
        folder = f"{folder or 'person'}-{hashlib.sha256(annotator.encode()).hexdigest()[:6]}"
    return f"{folder}/{name}"

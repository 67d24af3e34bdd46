"""The tables: which columns each has, of which kind, and the query that fills it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from annotations.formats.jsonl.dataset import SAID, same_source
from annotations.formats.writing import provenance
from annotations.formats.writing import selection as narrowed
from annotations.formats.writing.selection import Selection
from annotations.models import Link
from annotations.models.base.relation_table import is_evidence
from annotations.models.review import APPROVAL_IMPORTED


class Kind(StrEnum):
    """What a column holds. `WORD` is text from a short list, `NAME` text that often stands in many rows."""

    ID = "id"
    WORD = "word"
    NAME = "name"
    TEXT = "text"
    JSON = "json"
    FRAGMENTS = "fragments"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    TIME = "time"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `value` is SQL, or in braces what a selection decides on."""

    name: str
    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `rows` is the query from FROM on, ordered, with the common table `people` before it."""

    name: str
    columns: Sequence[Column]
    rows: str


ARTICLES: Final = (
    Column("id", Kind.ID, "a.id"),
    Column("title", Kind.TEXT, "{title}"),
    Column("url", Kind.TEXT, "a.url"),
    Column("outlet", Kind.NAME, "a.outlet"),
    Column("author", Kind.NAME, "a.author"),
    Column("published_on", Kind.DAY, "a.published_on"),
    Column("language", Kind.NAME, "a.language"),
    Column("direction", Kind.WORD, "a.direction"),
    Column("sha256", Kind.WORD, "a.sha256"),
    Column("text", Kind.TEXT, "a.body"),
)
SPANS: Final = (
    Column("id", Kind.ID, "s.id"),
    Column("article", Kind.ID, "s.article_id"),
    Column("label", Kind.WORD, "s.label"),
    Column("start", Kind.INTEGER, "s.start"),
    Column("end", Kind.INTEGER, 's."end"'),
    Column("fragments", Kind.FRAGMENTS, "s.fragments"),
    Column("quote", Kind.TEXT, "s.quote"),
    Column("fields", Kind.JSON, "{fields}"),
    Column("note", Kind.TEXT, "s.note"),
    Column("annotator", Kind.NAME, "p.name"),
    Column("created_at", Kind.TIME, "s.created_at"),
    Column("updated_at", Kind.TIME, "s.updated_at"),
)
LINKS: Final = (
    Column("id", Kind.ID, "t.id"),
    Column("relation", Kind.WORD, "t.relation"),
    Column("source", Kind.ID, "t.source_id"),
    Column("source_article", Kind.ID, "e.article_id"),
    Column("target", Kind.ID, "t.target_id"),
    Column("target_article", Kind.ID, "s.article_id"),
    Column("same_source", Kind.FLAG, "{same_source}"),
    Column("note", Kind.TEXT, "t.note"),
    Column("annotator", Kind.NAME, "p.name"),
    Column("created_at", Kind.TIME, "t.created_at"),
    Column("updated_at", Kind.TIME, "t.updated_at"),
)
VERDICTS: Final = (
    Column("id", Kind.ID, "v.id"),
    Column("claim", Kind.ID, "v.claim_id"),
    Column("article", Kind.ID, "s.article_id"),
    Column("rating", Kind.NAME, "v.rating"),
    Column("rationale", Kind.TEXT, "v.rationale"),
    Column("confidence", Kind.NUMBER, "v.confidence"),
    Column("state", Kind.WORD, "v.state"),
    Column("author", Kind.NAME, "p.name"),
    Column("reviewer", Kind.NAME, "r.name"),
    Column("approved_at", Kind.TIME, "v.approved_at"),
    Column("approval", Kind.WORD, f"CASE WHEN {APPROVAL_IMPORTED} THEN 'imported' END"),
    Column("created_at", Kind.TIME, "v.created_at"),
    Column("updated_at", Kind.TIME, "v.updated_at"),
)
EVIDENCE: Final = (
    Column("verdict", Kind.ID, "v.id"),
    Column("set", Kind.INTEGER, "k.number"),
    Column("question", Kind.TEXT, "k.question"),
    Column("answer", Kind.TEXT, "k.answer"),
    Column("link", Kind.ID, "k.link"),
    Column("span", Kind.ID, "k.span"),
    Column("relation", Kind.WORD, "k.relation"),
)
COMMENTS: Final = (
    Column("id", Kind.ID, "c.id"),
    Column("article", Kind.ID, "c.article_id"),
    Column("span", Kind.ID, "c.span_id"),
    Column("link", Kind.ID, "c.link_id"),
    Column("verdict", Kind.ID, "c.verdict_id"),
    Column("thread", Kind.ID, "coalesce(c.thread_id, c.id)"),
    Column("comment", Kind.TEXT, "{said}"),
    Column("author", Kind.NAME, "p.name"),
    Column("resolved_by", Kind.NAME, "r.name"),
    Column("resolved_at", Kind.TIME, "c.resolved_at"),
    Column("created_at", Kind.TIME, "c.created_at"),
    Column("updated_at", Kind.TIME, "c.updated_at"),
)

OF_ARTICLES: Final = """
    FROM annotations_article a WHERE {articles} ORDER BY a.created_at, a.id
"""
OF_SPANS: Final = """
    FROM annotations_article a JOIN annotations_span s ON s.article_id = a.id
    JOIN annotations_assignment g ON g.id = s.assignment_id JOIN people p ON p.id = g.assignee_id
    WHERE {articles} AND {spans} ORDER BY a.created_at, a.id, s.start, s."end" DESC, s.id
"""
OF_LINKS: Final = """
    FROM annotations_article a JOIN annotations_span s ON s.article_id = a.id
    JOIN annotations_link t ON t.target_id = s.id
    JOIN annotations_span e ON e.id = t.source_id JOIN people p ON p.id = t.author_id
    WHERE {articles} AND {links} ORDER BY a.created_at, a.id, s.start, s.id, t.created_at, t.id
"""
OF_VERDICTS: Final = """
    FROM annotations_article a JOIN annotations_span s ON s.article_id = a.id
    JOIN annotations_verdict v ON v.claim_id = s.id
    JOIN people p ON p.id = v.author_id LEFT JOIN people r ON r.id = v.reviewer_id
    WHERE {articles} AND {verdicts} ORDER BY a.created_at, a.id, s.start, s.id
"""
OF_EVIDENCE: Final = """
    FROM annotations_article a JOIN annotations_span s ON s.article_id = a.id
    JOIN annotations_verdict v ON v.claim_id = s.id JOIN people p ON p.id = v.author_id
    CROSS JOIN LATERAL (
        SELECT row_number() OVER (ORDER BY l.created_at, l.id) AS number, 0 AS position,
               NULL AS question, NULL AS answer, l.id AS link, l.source_id AS span, l.relation
        FROM annotations_link l
        WHERE l.target_id = v.claim_id AND {is_evidence} AND {links_of_sets}
          AND NOT EXISTS (SELECT FROM annotations_evidenceset e WHERE e.verdict_id = v.id)
        UNION ALL
        SELECT dense_rank() OVER (ORDER BY e.position), coalesce(m.position, 0), e.question, e.answer,
               m.id, m.source_id, m.relation
        FROM annotations_evidenceset e LEFT JOIN LATERAL (
            SELECT n.position, l.id, l.source_id, l.relation
            FROM annotations_evidencelink n JOIN annotations_link l ON l.id = n.link_id
            WHERE n.evidence_set_id = e.id AND {links_of_sets}) m ON true
        WHERE e.verdict_id = v.id) k
    WHERE {articles} AND {verdicts} ORDER BY a.created_at, a.id, s.start, s.id, k.number, k.position
"""
"""The sets that the author made, or each link a set of its own."""

OF_COMMENTS: Final = """
    FROM annotations_article a JOIN annotations_comment c ON c.article_id = a.id
    LEFT JOIN annotations_span s ON s.id = c.span_id LEFT JOIN annotations_link t ON t.id = c.link_id
    LEFT JOIN annotations_verdict v ON v.id = c.verdict_id
    JOIN people p ON p.id = c.author_id LEFT JOIN people r ON r.id = c.resolved_by_id
    WHERE {articles} AND {comments} ORDER BY a.created_at, a.id, c.created_at, c.id
"""


def tables(selection: Selection) -> Iterator[Table]:
    """The tables of a selection, in the order of the archive; comments where they are asked for."""
    articles = narrowed.articles(selection)
    own = {
        "{same_source}": f"{is_evidence('t')} AND {same_source(selection, 'e')}",
        "{title}": provenance.title(selection, "a"),
        "{fields}": provenance.fields(selection),
        "{said}": "c.text" if selection.names else f"({SAID})",
    }
    seen = narrowed.seen(selection, Link.objects, "l")
    yield Table("articles", _filled(ARTICLES, own), OF_ARTICLES.format(articles=articles))
    yield Table("spans", _filled(SPANS, own), OF_SPANS.format(articles=articles, spans=narrowed.spans(selection)))
    yield Table("links", _filled(LINKS, own), OF_LINKS.format(articles=articles, links=narrowed.links(selection)))
    verdicts = narrowed.verdicts(selection)
    yield Table("verdicts", VERDICTS, OF_VERDICTS.format(articles=articles, verdicts=verdicts))
    of_evidence = OF_EVIDENCE.format(
        articles=articles, verdicts=verdicts, is_evidence=is_evidence("l"), links_of_sets=seen
    )
    yield Table("evidence", EVIDENCE, of_evidence)
    if selection.comments:
        comments = OF_COMMENTS.format(articles=articles, comments=narrowed.comments(selection))
        yield Table("comments", _filled(COMMENTS, own), comments)


def _filled(columns: Sequence[Column], own: Mapping[str, str]) -> list[Column]:
    """The columns, with SQL for those that a selection decides on."""
    return [Column(one.name, one.kind, own.get(one.value, one.value)) for one in columns]


def statement(table: Table, selection: Selection, values: Sequence[str]) -> str:
    """The query of a table, with SQL for each of its columns."""
    named = ", ".join(f'{value} AS "{column.name}"' for column, value in zip(table.columns, values, strict=True))
    return f"WITH people AS MATERIALIZED ({narrowed.people(selection)}) SELECT {named} {table.rows}"

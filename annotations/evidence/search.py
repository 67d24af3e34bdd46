"""Finding evidence: ranked sentences for some words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from annotations.evidence.folding import in_original

MOST_WORDS: Final = 64
"""Distinct words of a query that are looked for."""

BEGIN, END = "\x02", "\x03"

STATEMENT: Final = """
    WITH languages AS (
        SELECT factcheck_text_search(language) AS configuration, folded, array_agg(language) AS languages
        FROM (SELECT DISTINCT language, coalesce(folded, false) AS folded
              FROM annotations_article WHERE project_id = %(project)s AND NOT archived) AS indexed
        GROUP BY configuration, folded
    ), wanted AS (
        SELECT *, factcheck_searchable(%(words)s, folded) AS words FROM languages
    ), queries AS MATERIALIZED (  -- else each sentence makes its query anew
        SELECT *, CASE WHEN %(exact)s THEN websearch_to_tsquery(configuration, words) ELSE
            (SELECT string_agg(quote_literal(lexeme), ' | ')::tsquery FROM (
                SELECT lexeme FROM unnest(to_tsvector(configuration, words)) LIMIT %(most)s) l) END AS query
        FROM wanted
    ), hits AS (
        SELECT s.article_id, s.start, s."end", q.configuration, q.folded, q.query,
               ts_rank_cd(s.search, q.query, 1) AS rank, length(s.search) AS lexemes,
               (SELECT count(*) FROM unnest(tsvector_to_array(s.search)) w WHERE w::text = ANY(
                   tsvector_to_array(to_tsvector(q.configuration, q.words)))) AS shared
        FROM queries q
        JOIN annotations_article a ON a.project_id = %(project)s AND NOT a.archived
             AND a.language = ANY(q.languages) AND coalesce(a.folded, false) = q.folded
             AND (%(not_article)s::uuid IS NULL OR a.id <> %(not_article)s)
        JOIN annotations_sentence s ON s.article_id = a.id AND s.search @@ q.query
    ), best AS (
        SELECT *, shared + rank / (1 + rank) AS score FROM hits ORDER BY score DESC, article_id, start
        LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT a.id, a.title, a.outlet, a.published_on, b.start, b."end",
           substr(a.body, b.start + 1, b."end" - b.start),
           b.folded, ts_headline(b.configuration, factcheck_searchable(
               translate(substr(a.body, b.start + 1, b."end" - b.start), %(fences)s, '  '), b.folded),
               b.query, %(options)s), round(b.score::numeric, 4)::float8
    FROM best b JOIN annotations_article a ON a.id = b.article_id ORDER BY b.score DESC, b.article_id, b.start
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that shares words with the query. Offsets are code points of the article, `marks` of the sentence."""

    article_id: UUID
    title: str
    outlet: str
    published_on: date | None
    start: int
    end: int
    text: str
    marks: list[tuple[int, int]]
    rank: float


def find_sentences(
    project_id: int, words: str, *, not_article: UUID | None = None, limit: int = 50, offset: int = 0
) -> list[Hit]:
    """Sentences of the project, those first that share most words with the query.

    Words are looked for one by one, so that a claim's own words make a query; a quoted phrase or a leading ``-`` is
    taken as web search engines take it.
    """
    parameters: dict[str, Any] = {
        "project": project_id,
        "words": words,
        "exact": bool(re.search(r'"|(^|\s)-\w|\bOR\b', words)),
        "most": MOST_WORDS,
        "not_article": not_article,
        "limit": limit,
        "offset": offset,
        "fences": BEGIN + END,
        "options": f"HighlightAll=true, StartSel={BEGIN}, StopSel={END}",
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, parameters)
        rows = cursor.fetchall()
    return [
        Hit(article_id, title, outlet, day, start, end, text, in_original(text, folded, marks_in(headline)), score)
        for article_id, title, outlet, day, start, end, text, folded, headline, score in rows
    ]


def marks_in(headline: str) -> list[tuple[int, int]]:
    """Where the marked words stand in the text without its fences, in code points."""
    marks: list[tuple[int, int]] = []
    place, opened = 0, 0
    for character in headline:
        if character == BEGIN:
            opened = place
        elif character == END:
            marks.append((opened, place))
        else:
            place += 1
    return marks

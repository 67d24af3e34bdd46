"""Finding evidence: ranked sentences for some words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from annotations.models.article import WAYS
from annotations.text.folding import in_original

MOST_WORDS: Final = 64
"""Distinct words of a query that are looked for."""

MOST_CANDIDATES: Final = 2_000
"""Sentences that are ranked: so many with all words of a query, and so many with one of its rarer words. Up to about as
many hits, all are ranked."""

BEGIN, END = "\x02", "\x03"

STATEMENT: Final = f"""
    WITH RECURSIVE {WAYS.format(project="%(project)s")}, wanted AS MATERIALIZED (
        SELECT *, factcheck_searchable(%(words)s, folded) AS words FROM indexed
    ), common AS MATERIALIZED (  -- how often PostgreSQL takes words to stand in sentences; rare ones are not named
        SELECT word, often * reltuples AS often FROM pg_stats, pg_class,
             unnest(most_common_elems::text::text[], most_common_elem_freqs) AS known(word, often)
        WHERE tablename = 'annotations_sentence' AND attname = 'search' AND schemaname = current_schema()
          AND pg_class.oid = 'annotations_sentence'::regclass AND word IS NOT NULL
    ), words AS MATERIALIZED (
        SELECT configuration, folded, lexeme, coalesce(often, (SELECT min(often) / 2 FROM common), 0) AS often
        FROM wanted, LATERAL (SELECT lexeme FROM unnest(to_tsvector(configuration, words)) LIMIT %(most)s) l
        LEFT JOIN common ON word = lexeme
    ), lists AS (
        SELECT configuration, folded, array_agg(lexeme) AS lexemes,
               string_agg(quote_literal(lexeme), ' | ')::tsquery AS query,
               string_agg(quote_literal(lexeme), ' & ')::tsquery AS every,
               string_agg(quote_literal(lexeme), ' | ') FILTER (WHERE rarer <= %(candidates)s OR first)::tsquery AS rare
        FROM (SELECT *, sum(often) OVER rarest AS rarer, row_number() OVER rarest = 1 AS first FROM words
              WINDOW rarest AS (PARTITION BY configuration, folded ORDER BY often, lexeme)) w
        GROUP BY configuration, folded
    ), queries AS MATERIALIZED (  -- else each sentence makes its query anew
        SELECT w.configuration, w.folded, w.languages, lexemes,
               CASE WHEN %(exact)s THEN given ELSE query END AS query,
               every,
               CASE WHEN %(exact)s THEN given ELSE rare END AS rare
        FROM wanted w LEFT JOIN lists l ON l.configuration = w.configuration AND l.folded = w.folded,
             LATERAL (SELECT websearch_to_tsquery(w.configuration, w.words) AS given) g
    ), candidates AS MATERIALIZED (  -- with their words, so that no sentence is looked up a second time
        SELECT DISTINCT ON (q.configuration, q.folded, s.id) q.*, s.*,
               length(s.search) - length(ts_delete(s.search, coalesce(q.lexemes, '{{}}'))) AS shared
        FROM queries q CROSS JOIN LATERAL (
            WITH rare AS MATERIALIZED (
                SELECT id, article_id, start, "end", search FROM annotations_sentence
                WHERE search @@ q.rare AND ARRAY[project_id] @> ARRAY[%(project)s::bigint] LIMIT %(candidates)s
            )
            SELECT * FROM rare
            UNION ALL  -- where those are all, those with all words are among them
            (SELECT id, article_id, start, "end", search FROM annotations_sentence
             WHERE search @@ q.every AND ARRAY[project_id] @> ARRAY[%(project)s::bigint] AND NOT %(exact)s
               AND (SELECT count(*) FROM rare) = %(candidates)s LIMIT %(candidates)s)) s
    ), hits AS MATERIALIZED (  -- a rank is less than one word more, so it is worked out for those that may come first
        SELECT c.* FROM (SELECT * FROM candidates ORDER BY shared DESC OFFSET 0) c
        JOIN annotations_article a ON a.id = c.article_id AND NOT a.archived
             AND a.language = ANY(c.languages) AND coalesce(a.folded, false) = c.folded
             AND (%(not_article)s::uuid IS NULL OR a.id <> %(not_article)s)
        ORDER BY shared DESC FETCH FIRST (%(limit)s + %(offset)s) ROWS WITH TIES
    ), ranked AS MATERIALIZED (
        SELECT *, ts_rank_cd(search, query, 1) AS rank FROM hits
    ), best AS (
        SELECT *, shared + rank / (1 + rank) AS score FROM ranked ORDER BY score DESC, article_id, start
        LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT a.id, a.title, a.outlet, a.published_on, b.start, b."end",
           substr(a.body, b.start + 1, b."end" - b.start),
           b.folded, ts_headline(b.configuration, factcheck_searchable(
               translate(substr(a.body, b.start + 1, b."end" - b.start), %(fences)s, '  '), b.folded),
               b.query, %(options)s), round(b.score::numeric, 4)::float8
    FROM best b JOIN annotations_article a ON a.id = b.article_id ORDER BY b.score DESC, b.article_id, b.start
"""  # noqa: S608 - it is put together from constants
"""A query's common words rank a sentence, but do not find it: there are too many of them. OFFSET and LIMIT keep each
look-up to the index of words, which tells projects apart too."""


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
        "candidates": MOST_CANDIDATES,
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

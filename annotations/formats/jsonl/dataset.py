"""The dataset as PostgreSQL builds it: one record of JSON per article, in a stable order."""

from __future__ import annotations

from typing import Final

from annotations.evidence.sources import COMPARED_NAME
from annotations.formats.writing import provenance
from annotations.formats.writing import selection as narrowed
from annotations.formats.writing.selection import Selection
from annotations.models import Link
from annotations.models.base.relation_table import is_evidence
from annotations.models.review import APPROVAL_IMPORTED

SCHEMA: Final = "factcheck/1"


SAYS: Final = """
    SELECT l.target_id AS span_id, {source_name} AS name
    FROM annotations_link l JOIN annotations_span s ON s.id = l.source_id
    WHERE l.relation = 'attributes' AND l.target_id IN (t.source_id, t.target_id) AND {named}
"""

SAME_SOURCE: Final = """
    EXISTS (SELECT FROM ({says}) claimed WHERE claimed.span_id = t.target_id AND claimed.name IN (
        SELECT evident.name FROM ({says}) evident WHERE evident.span_id = t.source_id
        UNION ALL SELECT {own_name} WHERE {evidence}.label = 'attribution'))
"""

EXTERNAL: Final = """
    CASE WHEN {of}.external_id IS NULL THEN {made}
    ELSE (left({made}::text, -1) || ', "external_id" : ' || to_json({of}.external_id)::text || chr(125))::json END
"""
"""An object of JSON, which has the external id of its row where that has one. chr(125) is its last brace."""

SPAN: Final = """json_build_object(
        'id', s.id, 'start', s.start, 'end', s."end", 'fragments', s.fragments, 'label', s.label, 'quote', s.quote,
        'fields', {fields}, 'note', s.note, 'annotator', p.name,
        'created_at', s.created_at, 'updated_at', s.updated_at)"""

SPANS: Final = f"""
    SELECT coalesce(json_agg({EXTERNAL.format(of="s", made=SPAN)} ORDER BY s.start, s."end" DESC, s.id), '[]')
    FROM annotations_span s
    JOIN annotations_assignment g ON g.id = s.assignment_id JOIN people p ON p.id = g.assignee_id
    WHERE s.article_id = a.id AND {{spans}}
"""

ARTICLE: Final = """json_build_object(
            'id', a.id, 'title', {title}, 'url', a.url, 'outlet', a.outlet, 'author', a.author,
            'published_on', a.published_on, 'language', a.language, 'sha256', a.sha256, 'text', a.body)"""

LINKS: Final = """
    SELECT coalesce(json_agg(json_build_object(
        'id', t.id, 'relation', t.relation, 'source', t.source_id, 'source_article', e.article_id,
        'target', t.target_id, 'target_article', s.article_id, 'note', t.note, 'annotator', p.name,
        'same_source', {is_evidence} AND {same_source},
        'created_at', t.created_at, 'updated_at', t.updated_at) ORDER BY s.start, s.id, t.created_at, t.id), '[]')
    FROM annotations_span s JOIN annotations_link t ON t.target_id = s.id
    JOIN annotations_span e ON e.id = t.source_id JOIN people p ON p.id = t.author_id
    WHERE s.article_id = a.id AND {links}
"""

EVIDENCE: Final = """
    SELECT coalesce(
        (SELECT json_agg(json_build_object('question', e.question, 'answer', e.answer, 'links', (
            SELECT coalesce(json_agg(json_build_object('link', l.id, 'span', l.source_id, 'relation', l.relation)
                            ORDER BY k.position), '[]')
            FROM annotations_evidencelink k JOIN annotations_link l ON l.id = k.link_id
            WHERE k.evidence_set_id = e.id AND {links_of_sets})) ORDER BY e.position)
         FROM annotations_evidenceset e WHERE e.verdict_id = v.id),
        (SELECT json_agg(json_build_object('question', null, 'answer', null, 'links', json_build_array(
            json_build_object('link', l.id, 'span', l.source_id, 'relation', l.relation))) ORDER BY l.created_at, l.id)
         FROM annotations_link l
         WHERE l.target_id = v.claim_id AND {is_evidence} AND {links_of_sets}),
        '[]')
"""
"""The sets that the author made, or each link a set of its own."""

VERDICT: Final = """json_build_object(
        'id', v.id, 'claim', v.claim_id, 'rating', v.rating, 'rationale', v.rationale, 'confidence', v.confidence,
        'state', v.state, 'author', p.name, 'reviewer', r.name, 'approved_at', v.approved_at,
        'evidence_sets', ({evidence}),
        'created_at', v.created_at, 'updated_at', v.updated_at)"""

VERDICTS: Final = f"""
    SELECT coalesce(json_agg(
        CASE WHEN {APPROVAL_IMPORTED} THEN (left({VERDICT}::text, -1) || ', "approval" : "imported"' || chr(125))::json
        ELSE {VERDICT} END ORDER BY s.start, s.id), '[]')
    FROM annotations_span s JOIN annotations_verdict v ON v.claim_id = s.id
    JOIN people p ON p.id = v.author_id LEFT JOIN people r ON r.id = v.reviewer_id
    WHERE s.article_id = a.id AND {{verdicts}}
"""
"""A verdict says so where an import brought its approval."""

SAID: Final = """
    WITH RECURSIVE told AS (
        SELECT row_number() OVER (ORDER BY length(n.written) DESC, n.id) AS place, q.name,
               '@' || regexp_replace(n.written, '([^[:alnum:][:space:]])', '\\\\\\1', 'g') AS written
        FROM annotations_notice n JOIN people q ON q.id = n.user_id
        WHERE n.comment_id = c.id AND n.why = 'mention'
    ), said(place, text) AS (
        SELECT 0::bigint, c.text
        UNION ALL SELECT told.place, regexp_replace(said.text, told.written, '@' || told.name, 'gi')
        FROM said JOIN told ON told.place = said.place + 1
    ) SELECT text FROM said ORDER BY place DESC LIMIT 1
"""
"""A comment's text, in which those who are mentioned have their pseudonyms too."""

COMMENTS: Final = """
    SELECT coalesce(json_agg(json_build_object(
        'id', c.id, 'on', CASE WHEN c.span_id IS NOT NULL THEN json_build_object('span', c.span_id)
            WHEN c.link_id IS NOT NULL THEN json_build_object('link', c.link_id)
            WHEN c.verdict_id IS NOT NULL THEN json_build_object('verdict', c.verdict_id)
            ELSE json_build_object('article', c.article_id) END,
        'thread', coalesce(c.thread_id, c.id), 'text', {said}, 'author', p.name,
        'mentions', (SELECT coalesce(json_agg(q.name ORDER BY n.id), '[]') FROM annotations_notice n
            JOIN people q ON q.id = n.user_id WHERE n.comment_id = c.id AND n.why = 'mention'),
        'resolved', c.resolved_at IS NOT NULL, 'resolved_by', r.name, 'resolved_at', c.resolved_at,
        'created_at', c.created_at, 'updated_at', c.updated_at) ORDER BY c.created_at, c.id), '[]')
    FROM annotations_comment c
    LEFT JOIN annotations_span s ON s.id = c.span_id LEFT JOIN annotations_link t ON t.id = c.link_id
    LEFT JOIN annotations_verdict v ON v.id = c.verdict_id
    JOIN people p ON p.id = c.author_id LEFT JOIN people r ON r.id = c.resolved_by_id
    WHERE c.article_id = a.id AND {comments}
"""

RECORDS: Final = """
    WITH people AS MATERIALIZED ({people})
    SELECT json_build_object(
        'schema', '{schema}',
        'article', {article},
        'spans', ({spans}), 'links', ({links}), 'verdicts', ({verdicts}){more})::text
    FROM annotations_article a
    WHERE {articles}
    ORDER BY a.created_at, a.id
"""


def records(selection: Selection) -> str:
    """The query whose rows are the records' lines, ready to stand in ``COPY (…) TO STDOUT``."""
    links_of_sets = narrowed.seen(selection, Link.objects, "l")
    evidence = EVIDENCE.format(is_evidence=is_evidence("l"), links_of_sets=links_of_sets)
    more = ""
    if selection.comments:
        said = "c.text" if selection.names else f"({SAID})"
        more = ", 'comments', (" + COMMENTS.format(said=said, comments=narrowed.comments(selection)) + ")"
    return RECORDS.format(
        schema=SCHEMA,
        article=EXTERNAL.format(of="a", made=ARTICLE.format(title=provenance.title(selection, "a"))),
        people=narrowed.people(selection),
        spans=SPANS.format(spans=narrowed.spans(selection), fields=provenance.fields(selection)),
        links=LINKS.format(
            links=narrowed.links(selection), is_evidence=is_evidence("t"), same_source=same_source(selection, "e")
        ),
        verdicts=VERDICTS.format(verdicts=narrowed.verdicts(selection), evidence=evidence),
        more=more,
        articles=narrowed.articles(selection),
    )


def same_source(selection: Selection, evidence: str) -> str:
    """Whether the link `t` brings evidence of a source that its claim has too; `evidence` is the alias of its span."""
    says = SAYS.format(source_name=COMPARED_NAME.format(s="s"), named=narrowed.sources_named(selection, "l"))
    return SAME_SOURCE.format(says=says, own_name=COMPARED_NAME.format(s=evidence), evidence=evidence)


RANGES: Final = """
    SELECT line.place, line.r, parts.* FROM (
        SELECT row_number() OVER () AS place, line::jsonb AS r FROM ({records}) AS written(line) OFFSET 0
    ) AS line CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(to_jsonb(range) ORDER BY number), '[]') AS ranges,
               coalesce(jsonb_object_agg(range.span ->> 'id', number) FILTER (WHERE part = 1), '{{}}') AS numbers
        FROM (
            SELECT row_number() OVER (ORDER BY at, part) AS number, part, span, fragment
            FROM jsonb_array_elements(r -> 'spans') WITH ORDINALITY AS s(span, at),
                 jsonb_array_elements(span -> 'fragments') WITH ORDINALITY AS f(fragment, part)
        ) AS range
    ) AS parts
"""
"""Rows of `place` (from 1), `r` (the record), `ranges` (objects of `number`, `part`, `span`, `fragment`) and `numbers`
(the number of each span's first range, by its id)."""


def ranges(selection: Selection) -> str:
    """The query that `RANGES` describes, to stand in brackets after FROM."""
    return RANGES.format(records=records(selection))

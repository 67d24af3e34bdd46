"""`claims`: one checked claim a line, with all that bears on it: what a model is trained on."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from annotations.formats.claims.selection import (
    DATE,
    NAMED,
    STATEMENT,
    WORDS_AROUND,
    cases,
    evidence,
    from_its_source,
    records,
    tied,
)
from annotations.formats.writing import provenance
from annotations.formats.writing.format import Format, Loading
from annotations.formats.writing.selection import Selection
from annotations.models.review import APPROVAL_IMPORTED

SCHEMA: Final = "factcheck-claims/1"

SPAN: Final = """
    'article_id', b.id, 'article_title', {title}, 'url', b.url, 'outlet', b.outlet, 'published_on', b.published_on,
    'language', b.language, 'start', s.start, 'end', s."end", 'fragments', s.fragments, 'quote', s.quote,
    'context', substr(b.body, around.first + 1, around.last - around.first), 'context_start', around.first
"""
"""Where a span stands and what it says: `context` is the sentences around it, from `context_start` on."""

MENTIONS: Final = """
    SELECT json_agg(json_build_object('span', s.id, {span}) ORDER BY s.restates, b.created_at, b.id, s.start, s.id)
    FROM ({occurrences}) s JOIN annotations_article b ON b.id = s.article_id {words_around}
"""

OCCURRENCES: Final = """
    SELECT 0 AS restates, s.* FROM annotations_span s WHERE s.id = v.claim_id
    UNION ALL SELECT 1, s.* {restating}
"""

SAID_BY: Final = """
    SELECT coalesce(json_agg(json_build_object(
        'span', s.id, 'mention', t.target_id, 'source_name', {named}, 'source_type', s.fields ->> 'source_type',
        'stance', s.fields ->> 'stance', 'quote', s.quote, 'article_id', b.id, 'start', s.start, 'end', s."end")
        ORDER BY t.target_id <> v.claim_id, b.created_at, b.id, s.start, s.id), '[]')
    {attributing}
"""

EVIDENCE: Final = """
    SELECT coalesce(array_agg(t.id), '{{}}') AS shown, coalesce(json_agg(json_build_object(
        'link', t.id, 'span', s.id, 'relation', t.relation, 'label', s.label, 'same_source', {same_source},
        'sources', ({sources}), 'reference', s.fields ->> 'reference', {span})
        ORDER BY t.created_at, t.id), '[]') AS items
    FROM (SELECT t.*, t.source_id AS evident {evidence}) t JOIN annotations_span s ON s.id = t.source_id
    JOIN annotations_article b ON b.id = s.article_id {words_around}
"""

SOURCES: Final = """
    SELECT coalesce(json_agg(n.name ORDER BY n.place, n.id), '[]') FROM (
        SELECT 0 AS place, s.id, {named} AS name WHERE s.label = 'attribution'
        UNION ALL SELECT 1, said.id, said.name FROM (SELECT s.id, {named} AS name {attributing}) said) n
"""

SETS: Final = """
    coalesce(
        (SELECT json_agg(json_build_object('question', e.question, 'answer', e.answer, 'links', (
            SELECT coalesce(json_agg(k.link_id ORDER BY k.position), '[]')
            FROM annotations_evidencelink k WHERE k.evidence_set_id = e.id AND k.link_id = ANY(f.shown)))
            ORDER BY e.position)
         FROM annotations_evidenceset e WHERE e.verdict_id = v.id),
        (SELECT json_agg(json_build_object('question', null, 'answer', null, 'links', json_build_array(l.id))
                         ORDER BY l.created_at, l.id)
         FROM annotations_link l WHERE l.target_id = v.claim_id AND l.id = ANY(f.shown)),
        '[]')
"""

RECORD: Final = """
    left(json_build_object(
        'schema', '{schema}', 'id', s.id, 'statement', {statement}, 'claim_type', s.fields ->> 'claim_type',
        'claim_date', {date}, 'article_id', a.id, 'article_title', {title}, 'url', a.url, 'outlet', a.outlet,
        'published_on', a.published_on, 'language', a.language, 'start', s.start, 'end', s."end",
        'fragments', s.fragments, 'quote', s.quote, 'said_by', ({said_by}), 'mentions', ({mentions}),
        'evidence', f.items, 'evidence_sets', {sets},
        'verdict_id', v.id, 'rating', v.rating, 'rating_name', {rating_name}, 'rationale', v.rationale,
        'confidence', v.confidence, 'state', v.state, 'author', p.name, 'reviewer', r.name,
        'approved_at', v.approved_at, 'approval', CASE WHEN {imported} THEN 'imported' END,
        'updated_at', v.updated_at)::text, -1)
    || coalesce(', "external_id" : ' || to_json(s.external_id)::text, '') || chr(125)
"""
"""The external id stands last where the claim has one; chr(125) is the brace that was taken away."""


def claims(selection: Selection) -> str:
    """The query whose rows are the records."""
    restating = tied(selection, "v.claim_id", "restates")
    span = SPAN.format(title=provenance.title(selection, "b"))
    occurrences = OCCURRENCES.format(restating=restating)
    mentioned = f"(SELECT v.claim_id UNION ALL SELECT t.source_id {restating})"
    facts = EVIDENCE.format(
        same_source=from_its_source(selection),
        sources=SOURCES.format(named=NAMED, attributing=tied(selection, "evident", "attributes")),
        span=span,
        evidence=evidence(selection),
        words_around=WORDS_AROUND,
    )
    record = RECORD.format(
        schema=SCHEMA,
        imported=APPROVAL_IMPORTED,
        title=provenance.title(selection, "a"),
        statement=STATEMENT,
        date=DATE,
        said_by=SAID_BY.format(named=NAMED, attributing=tied(selection, f"ANY {mentioned}", "attributes")),
        mentions=MENTIONS.format(span=span, occurrences=occurrences, words_around=WORDS_AROUND),
        sets=SETS,
        rating_name=cases("v.rating", {one["key"]: one["name"] for one in selection.project.scale}),
    )
    joins = f"""
        JOIN people p ON p.id = v.author_id LEFT JOIN people r ON r.id = v.reviewer_id
        CROSS JOIN LATERAL ({facts}) f
    """
    return records(selection, record, joins=joins)


CLAIMS = Format(
    name="claims",
    title=gettext_lazy("Checked claims, one a line"),
    media_type="application/x-ndjson",
    extension="claims.jsonl",
    carries=gettext_lazy(
        "Each claim that has a verdict: the statement, where it occurs and who said it there, the evidence "
        "with its words and the sentences around them, the evidence sets with question and answer, and the "
        "verdict."
    ),
    leaves_out=gettext_lazy(
        "Claims without a verdict, spans that bear on none, whole texts, notes, comments, fields that a "
        "project added to its labels, and passages of archived articles."
    ),
    loadings=(
        Loading("pandas", 'import pandas\nloaded = pandas.read_json("{file}", lines=True)'),
        Loading("datasets", 'import datasets\nloaded = datasets.load_dataset("json", data_files="{file}")["train"]'),
        Loading("DuckDB", "import duckdb\nloaded = duckdb.sql(\"SELECT * FROM read_json('{file}')\").fetchall()"),
    ),
    statement=claims,
)

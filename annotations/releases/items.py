"""What each item of a release says, one a line in the order of kinds and ids; and how many there are.

The lines are what two releases are compared by, whatever formats they were made in.
"""

from __future__ import annotations

from typing import Any, Final

from annotations.formats.jsonl.dataset import EVIDENCE
from annotations.formats.writing import provenance
from annotations.formats.writing import selection as narrowed
from annotations.formats.writing.format import Reader
from annotations.formats.writing.selection import Selection
from annotations.models import Link
from annotations.models.base.relation_table import is_evidence
from annotations.models.review import APPROVAL_IMPORTED

ARTICLES: Final = "FROM annotations_article a WHERE {articles}"
SPANS: Final = """
    FROM annotations_article a JOIN annotations_span s ON s.article_id = a.id
    JOIN annotations_assignment g ON g.id = s.assignment_id JOIN people p ON p.id = g.assignee_id
    WHERE {articles} AND {spans}
"""
LINKS: Final = """
    FROM annotations_article a JOIN annotations_span s ON s.article_id = a.id
    JOIN annotations_link t ON t.target_id = s.id JOIN people p ON p.id = t.author_id
    WHERE {articles} AND {links}
"""
VERDICTS: Final = """
    FROM annotations_article a JOIN annotations_span s ON s.article_id = a.id
    JOIN annotations_verdict v ON v.claim_id = s.id
    JOIN people p ON p.id = v.author_id LEFT JOIN people r ON r.id = v.reviewer_id
    WHERE {articles} AND {verdicts}
"""

ITEMS: Final = """
    WITH people AS MATERIALIZED ({people})
    SELECT kind || E'\\t' || id || E'\\t' || said FROM (
        SELECT 'article' AS kind, a.id, json_build_object('title', {title}, 'url', a.url, 'outlet', a.outlet,
            'author', a.author, 'published_on', a.published_on, 'language', a.language, 'sha256', a.sha256
        )::text AS said {from_articles}
        UNION ALL SELECT 'link', t.id, json_build_object('relation', t.relation, 'source', t.source_id,
            'target', t.target_id, 'note', t.note, 'annotator', p.name)::text {from_links}
        UNION ALL SELECT 'span', s.id, json_build_object('article', s.article_id, 'label', s.label,
            'fragments', s.fragments, 'quote', s.quote, 'fields', {fields}, 'note', s.note, 'annotator', p.name
        )::text {from_spans}
        UNION ALL SELECT 'verdict', v.id, left(json_build_object('claim', v.claim_id, 'rating', v.rating,
            'rationale', v.rationale, 'confidence', v.confidence, 'state', v.state, 'author', p.name,
            'reviewer', r.name, 'evidence_sets', ({evidence}))::text, -1)
            || CASE WHEN {imported} THEN ', "approval" : "imported"' ELSE '' END || chr(125) {from_verdicts}
    ) AS items ORDER BY kind, id
"""

TALLY: Final = """
    WITH people AS MATERIALIZED ({people})
    SELECT 'articles', a.language, count(*) {from_articles} GROUP BY a.language
    UNION ALL SELECT 'spans', s.label, count(*) {from_spans} GROUP BY s.label
    UNION ALL SELECT 'links', t.relation, count(*) {from_links} GROUP BY t.relation
    UNION ALL SELECT 'verdicts', coalesce(v.rating, ''), count(*) {from_verdicts} GROUP BY v.rating
    UNION ALL SELECT 'imported_approvals', '', count(*) {from_verdicts} AND {imported}
    ORDER BY 1, 2
"""


def statement(selection: Selection) -> str:
    """The query whose rows are the items: kind, id and values, with tabs between them."""
    evidence = EVIDENCE.format(is_evidence=is_evidence("l"), links_of_sets=narrowed.seen(selection, Link.objects, "l"))
    return ITEMS.format(
        people=narrowed.people(selection),
        evidence=evidence,
        imported=APPROVAL_IMPORTED,
        title=provenance.title(selection, "a"),
        fields=provenance.fields(selection),
        **_sources(selection),
    )


def counts(selection: Selection, reader: Reader) -> dict[str, Any]:
    """How many articles, spans, links and verdicts there are; also by language, label, relation and rating.

    `imported_approvals` counts the verdicts that nobody approved here.
    """
    found: dict[str, Any] = {"articles": 0, "spans": 0, "links": 0, "verdicts": 0, "imported_approvals": 0}
    parts: dict[str, dict[str, int]] = {kind: {} for kind in found}
    tally = TALLY.format(people=narrowed.people(selection), imported=APPROVAL_IMPORTED, **_sources(selection))
    for kind, part, count in reader.rows(tally):
        found[kind] += count
        parts[kind][part] = count
    names = {"articles": "languages", "spans": "labels", "links": "relations", "verdicts": "ratings"}
    return {**found, **{name: parts[kind] for kind, name in names.items()}}


def _sources(selection: Selection) -> dict[str, str]:
    """Where each kind of item comes from, and under which conditions."""
    articles = narrowed.articles(selection)
    return {
        "from_articles": ARTICLES.format(articles=articles),
        "from_spans": SPANS.format(articles=articles, spans=narrowed.spans(selection)),
        "from_links": LINKS.format(articles=articles, links=narrowed.links(selection)),
        "from_verdicts": VERDICTS.format(articles=articles, verdicts=narrowed.verdicts(selection)),
    }

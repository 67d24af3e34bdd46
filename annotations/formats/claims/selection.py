"""The checked claims of a selection, and what a record of one is made of, as parts of queries.

A record is made for each verdict. Where such a part stands, `v` is the verdict, `s` its claim and `a` the claim's
article; a link to it is `t`, and the span that it comes from a span `s` of an article `b`. What the selection does
not have of spans and links does not appear, nor does its text; spans of archived articles stay.
"""

from __future__ import annotations

from typing import Final

from annotations.formats.jsonl.dataset import same_source
from annotations.formats.writing import selection as narrowed
from annotations.formats.writing.selection import Selection
from annotations.vocabulary import EVIDENCE

SELECTED: Final = """
    SELECT v.id
    FROM annotations_article a JOIN annotations_span s ON s.article_id = a.id
    JOIN annotations_verdict v ON v.claim_id = s.id JOIN people p ON p.id = v.author_id
    WHERE {articles} AND {verdicts} AND {claim} AND {further}
    ORDER BY a.created_at, a.id, s.start, s.id OFFSET 0
"""
"""OFFSET keeps the order: the records are made one after the other as they are sent, not all before they are sorted."""

RECORDS: Final = """
    WITH people AS MATERIALIZED ({people})
    SELECT (
        SELECT {record}
        FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id
        JOIN annotations_article a ON a.id = s.article_id
        {joins}
        WHERE v.id = selected.id) AS line
    FROM ({selected}) AS selected
"""

TIED: Final = """
    FROM annotations_link t JOIN annotations_span s ON s.id = t.source_id
    JOIN annotations_article b ON b.id = s.article_id
    WHERE t.target_id = {target} AND t.relation IN ({relations}) AND NOT b.archived AND {links} AND {spans}
"""

WORDS_AROUND: Final = """
    CROSS JOIN LATERAL (
        SELECT least(s.start, (
                   SELECT n.start FROM annotations_sentence n WHERE n.article_id = s.article_id AND n.start <= s.start
                   ORDER BY n.start DESC LIMIT 1)) AS first,
               greatest(s."end", (
                   SELECT n."end" FROM annotations_sentence n WHERE n.article_id = s.article_id AND n.start < s."end"
                   ORDER BY n.start DESC LIMIT 1)) AS last OFFSET 0) AS around
"""
"""Where the sentences around a span begin and end. Each end is one look into the index, however long the text; OFFSET
has it looked up once, not wherever it is used."""

STATEMENT: Final = "coalesce(nullif(btrim(s.fields ->> 'statement'), ''), s.quote)"
"""What a claim states: as somebody wrote it to stand alone, else its own words."""

DAY: Final = "CASE WHEN s.fields ->> '{field}' ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$' THEN s.fields ->> '{field}' END"
"""The day in a field; as text, for a project may have another field of this name."""

DATE: Final = DAY.format(field="date")
"""When a claim was made."""

NAMED: Final = """
    coalesce(nullif(btrim(s.fields ->> 'source_name'), ''), nullif(btrim(s.fields #>> '{source,quote}'), ''), s.quote)
"""
"""Whom an attribution names."""


def records(selection: Selection, record: str, *, further: str = "true", joins: str = "") -> str:
    """The query whose rows are the lines; `record` gives the text of one, `further` narrows the verdicts."""
    chosen = selected(selection, further)
    return RECORDS.format(people=narrowed.people(selection), record=record, joins=joins, selected=chosen)


def selected(selection: Selection, further: str = "true") -> str:
    """A query of the verdicts' ids in the order of their records; `people` stands before it."""
    return SELECTED.format(
        articles=narrowed.articles(selection),
        verdicts=narrowed.verdicts(selection),
        claim=spans(selection),
        further=further,
    )


def spans(selection: Selection) -> str:
    """Condition on a span `s`, whoever `p` is outside."""
    wanted = narrowed.spans(selection)
    if not selection.annotator:
        return f"({wanted})"
    return f"""EXISTS (SELECT FROM annotations_assignment g JOIN people p ON p.id = g.assignee_id
               WHERE g.id = s.assignment_id AND {wanted})"""


def links(selection: Selection) -> str:
    """Condition on a link `t`, whoever `p` is outside."""
    wanted = narrowed.links(selection)
    if not selection.annotator:
        return f"({wanted})"
    return f"EXISTS (SELECT FROM people p WHERE p.id = t.author_id AND {wanted})"


def tied(selection: Selection, target: str, *relations: str) -> str:
    """FROM and WHERE that give the links `t` of these relations to a span, with the span that each comes from."""
    return TIED.format(
        target=target,
        relations=", ".join(narrowed.literal(relation) for relation in relations),
        links=links(selection),
        spans=spans(selection),
    )


def evidence(selection: Selection) -> str:
    """FROM and WHERE that give the evidence on the verdict's claim."""
    return tied(selection, "v.claim_id", *EVIDENCE)


def from_its_source(selection: Selection) -> str:
    """Whether a link `t` of such evidence, from the span `s`, brings the claim's own source."""
    return same_source(selection, "s")


def cases(value: str, words: dict[str, str]) -> str:
    """A CASE that gives these words for these values, and null for all others."""
    if not words:
        return "NULL::text"
    pairs = " ".join(f"WHEN {narrowed.literal(key)} THEN {narrowed.literal(word)}" for key, word in words.items())
    return f"CASE {value} {pairs} END"

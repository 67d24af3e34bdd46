"""`fever`: claims with alternative sets of evidence sentences, and the pages they stand on (Thorne et al. 2018).

An archive of two files of lines. `claims.jsonl` has a claim a line, as FEVER's own files have; `pages.jsonl` has an
article a line, as FEVER's dump of Wikipedia has. FEVER's ids are numbers, ours are not: a number here is the first 52
bits of the SHA-256 of our id, so that it is the same in every export, and whole in every reader of JSON. `claim_id` is
ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy

from annotations.formats.claims.ratings import FourWay, named_by
from annotations.formats.claims.selection import STATEMENT, cases, evidence, records, selected
from annotations.formats.writing.format import Format, Loading, Member, Reader
from annotations.formats.writing.provenance import title
from annotations.formats.writing.selection import Selection, articles, people
from annotations.vocabulary import Relation

LABELS: Final = {
    FourWay.SUPPORTED: "SUPPORTS",
    FourWay.REFUTED: "REFUTES",
    FourWay.NOT_ENOUGH: "NOT ENOUGH INFO",
}

SEPARATORS: Final = re.compile("[\t\r\n]")
"""What separates in `lines`, and so cannot stand in a sentence there."""

NUMBER: Final = "('x' || left(encode(sha256(convert_to({of}, 'UTF8')), 'hex'), 13))::bit(52)::bigint"

SENTENCES: Final = """
    SELECT DISTINCT s.article_id, before.number + n.further AS number
    FROM generate_subscripts(s.fragments, 1) AS f
    CROSS JOIN LATERAL (
        SELECT coalesce(max(n.start), 0) AS start FROM annotations_sentence n
        WHERE n.article_id = s.article_id AND n.start <= s.fragments[f][1]) AS nearest
    CROSS JOIN LATERAL (
        SELECT count(*) AS number FROM annotations_sentence n
        WHERE n.article_id = s.article_id AND n.start < nearest.start) AS before
    CROSS JOIN LATERAL (
        SELECT n."end", row_number() OVER (ORDER BY n.start) - 1 AS further FROM annotations_sentence n
        WHERE n.article_id = s.article_id AND n.start >= nearest.start AND n.start < s.fragments[f][2]) AS n
    WHERE n."end" > s.fragments[f][1]
"""
"""The numbers, from 0, of the sentences that a span `s` shares a character with."""

SET: Final = """
    SELECT json_agg(json_build_array({annotation}, {set_number}, q.article_id, q.number) ORDER BY q.position, q.number)
    FROM (SELECT n.article_id, n.number, min(s.position) AS position
          FROM ({spans}) s CROSS JOIN LATERAL ({sentences}) n GROUP BY n.article_id, n.number) q
"""

SETS: Final = """
    coalesce(
        (SELECT json_agg(e.sentences ORDER BY e.position) FROM (
            SELECT e.position, ({set_as_made}) AS sentences
            FROM annotations_evidenceset e WHERE e.verdict_id = v.id) e
         WHERE e.sentences IS NOT NULL),
        (SELECT json_agg(l.sentences ORDER BY l.created_at, l.id) FROM (
            SELECT l.id, l.created_at, ({set_of_one}) AS sentences FROM (SELECT t.* {evidence}) l
            WHERE l.relation = {relation}
              AND NOT EXISTS (SELECT FROM annotations_evidenceset e WHERE e.verdict_id = v.id)) l
         WHERE l.sentences IS NOT NULL),
        '[]')
"""
"""The sets that the author made; where there are none, each link that speaks for the label is one."""

RECORD: Final = """
    json_build_object(
        'id', {claim_number}, 'verifiable',
        CASE WHEN {label} = 'NOT ENOUGH INFO' THEN 'NOT VERIFIABLE' ELSE 'VERIFIABLE' END,
        'label', {label}, 'claim', {statement}, 'evidence', CASE WHEN {label} = 'NOT ENOUGH INFO'
            THEN json_build_array(json_build_array(json_build_array({annotation}, null, null, null)))
            ELSE {sets} END,
        'claim_id', s.id)::text
"""

PAGES: Final = """
    WITH people AS MATERIALIZED ({people}), referred AS MATERIALIZED ({referred})
    SELECT b.id::text, {title}, b.url, b.language, b.body,
        coalesce(sentences.begins, '{{}}'), coalesce(sentences.ends, '{{}}')
    FROM annotations_article b CROSS JOIN LATERAL (
        SELECT array_agg(n.start ORDER BY n.start) AS begins, array_agg(n."end" ORDER BY n.start) AS ends
        FROM annotations_sentence n WHERE n.article_id = b.id) sentences
    WHERE b.id IN (SELECT r.article_id FROM referred r)
       OR b.id IN (SELECT a.id FROM annotations_article a WHERE {articles})
    ORDER BY b.created_at, b.id
"""

REFERRED: Final = """
    SELECT DISTINCT linked.article_id
    FROM ({selected}) chosen JOIN annotations_verdict v ON v.id = chosen.id
    CROSS JOIN LATERAL (SELECT s.article_id {evidence}) linked
"""


def fever(selection: Selection) -> str:
    """The query whose rows are the lines of `claims.jsonl`. Verdicts with none of the three labels are not there."""
    label = cases("v.rating", named_by(selection.project.scale, LABELS))
    annotation = NUMBER.format(of="v.id::text")
    linked = f"SELECT t.*, t.source_id AS evident {evidence(selection)}"
    as_made = f"""SELECT s.*, k.position FROM annotations_evidencelink k JOIN ({linked}) t ON t.id = k.link_id
                  JOIN annotations_span s ON s.id = t.evident WHERE k.evidence_set_id = e.id"""
    of_one = "SELECT s.*, 0 AS position FROM annotations_span s WHERE s.id = l.source_id"
    number_of_set = NUMBER.format(of="v.id || '/' || e.position")
    parts = {"annotation": annotation, "sentences": SENTENCES}
    record = RECORD.format(
        claim_number=NUMBER.format(of="s.id::text"),
        label=label,
        statement=STATEMENT,
        annotation=annotation,
        sets=SETS.format(
            set_as_made=SET.format(set_number=number_of_set, spans=as_made, **parts),
            set_of_one=SET.format(set_number=NUMBER.format(of="l.id::text"), spans=of_one, **parts),
            evidence=evidence(selection),
            relation=f"CASE {label} WHEN 'SUPPORTS' THEN '{Relation.CORROBORATES}' ELSE '{Relation.CONTRADICTS}' END",
        ),
    )
    return records(selection, record, further=f"{label} IS NOT NULL")


def pages(selection: Selection) -> str:
    """The query whose rows are the articles of the selection and those that its evidence stands in."""
    referred = REFERRED.format(selected=selected(selection), evidence=evidence(selection))
    return PAGES.format(
        people=people(selection), referred=referred, title=title(selection, "b"), articles=articles(selection)
    )


def _page(
    page: str, title: str, url: str | None, language: str, text: str, begins: list[int], ends: list[int]
) -> bytes:
    """One line. Sentences are cut here: the database would look for each from the text's beginning."""
    ranges = list(zip(begins, ends, strict=True))
    sentences = (SEPARATORS.sub(" ", text[start:end]) for start, end in ranges)
    lines = "\n".join(f"{number}\t{sentence}" for number, sentence in enumerate(sentences))
    told = {"id": page, "title": title, "url": url, "language": language, "text": text, "lines": lines}
    return json.dumps({**told, "offsets": ranges}, ensure_ascii=False).encode() + b"\n"


def _members(selection: Selection, reader: Reader) -> Iterator[Member]:
    yield Member("claims.jsonl", reader.lines(fever(selection)))
    yield Member("pages.jsonl", (_page(*row) for row in reader.rows(pages(selection))))


FEVER = Format(
    name="fever",
    title=gettext_lazy("FEVER: claims with sets of evidence sentences"),
    media_type="application/zip",
    extension="fever.zip",
    carries=gettext_lazy(
        "Each claim that has a verdict: statement, label and the alternative sets of evidence, as "
        "sentences by article and number; and the texts of these articles and of the selection's, with "
        "numbered sentences. A rating is labelled by its key where it is on the scale that a project "
        "starts with, else by the evidence that it needs: corroborating is SUPPORTS, contradicting "
        "REFUTES. Without sets of their author's, each link that speaks for the label is one."
    ),
    leaves_out=gettext_lazy(
        "Verdicts of conflicting evidence, for which FEVER has no label, and those whose rating needs no "
        "evidence and is not *not enough evidence*; which words of a sentence are meant; the rationale; "
        "reviews; who said it; where else it occurs. Evidence of NOT ENOUGH INFO is empty, as FEVER has "
        "it. A tab in a sentence is a space in `lines`."
    ),
    loadings=(
        Loading(
            "pandas",
            'import pandas, zipfile\narchive = zipfile.ZipFile("{file}")\n'
            'loaded = pandas.read_json(archive.open("claims.jsonl"), lines=True)',
        ),
    ),
    members=_members,
)

"""`averitec`: claims with questions, answers and a label, as in the AVeriTeC dataset (Schlichtkrull et al. 2023).

What came in from such a file and has no place of its own here stands in fields of the claim, the facts and the article
(`annotations.formats.claims.averitec.reader` says which), and goes out from there.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from annotations.formats.claims.averitec.vocabulary import (
    BETWEEN,
    CLAIM_TYPES,
    LABELS,
    LEFT_OUT,
    LINE,
    NO_ANSWER,
)
from annotations.formats.claims.ratings import named_by
from annotations.formats.claims.selection import DATE, NAMED, STATEMENT, cases, evidence, records, spans, tied
from annotations.formats.writing.format import Format, Loading, json_array
from annotations.formats.writing.provenance import AVERITEC_LINES, says_nobody
from annotations.formats.writing.selection import Selection, literal

KEPT_OF: Final = """
    coalesce((SELECT jsonb_object_agg(kept.line ->> 0, kept.line - 0)
              FROM (SELECT CASE WHEN line ~ {is_line} AND {says_nobody} THEN line::jsonb END AS line
                    FROM string_to_table(s.fields ->> {field}, E'\n') AS written(line)) kept
              WHERE kept.line IS NOT NULL), '{{}}')
"""
"""The lines that a span `s` keeps, by name: what is written as things are, and what was in the file, if anything."""

AS_KEPT: Final = """
    (SELECT (SELECT coalesce(json_object_agg(each.name, each.value ORDER BY each.place), '{{}}') FROM (
        SELECT made.place, made.key AS name, CASE WHEN whole.kept -> made.key -> 0 = made.value::jsonb
            THEN (whole.kept -> made.key -> 1)::json ELSE made.value END AS value
        FROM json_each(whole.made) WITH ORDINALITY made(key, value, place)
        WHERE CASE WHEN whole.kept -> made.key -> 0 = made.value::jsonb THEN whole.kept -> made.key -> 1 IS NOT NULL
            ELSE made.key NOT IN ({left_out}) OR made.value::text <> 'null' END
        UNION ALL
        SELECT 1000, kept.key, (kept.value -> 1)::json FROM jsonb_each(whole.kept) kept
        WHERE kept.value -> 1 IS NOT NULL AND whole.made -> kept.key IS NULL AND kept.key !~ '/') each)
     FROM (SELECT {made} AS made, {kept} AS kept OFFSET 0) whole)
"""
"""An object as it was in the file, wherever it is `made` as it was then; with what was there besides."""

ANSWER: Final = """
    json_build_object(
        'answer', coalesce({alone},
            CASE WHEN s.fields #>> '{{explanation,quote}}' IS NULL THEN s.quote
            ELSE left(s.quote, -char_length('. ' || (s.fields #>> '{{explanation,quote}}'))) END),
        'answer_type', coalesce(s.fields ->> 'answer_type', CASE WHEN {alone} IS NULL OR {alone} = s.quote
            THEN 'Extractive' ELSE 'Abstractive' END),
        'source_url', coalesce(nullif(s.fields ->> 'reference', ''),
            CASE WHEN NOT s.fields ? 'answer_type' THEN b.url END, ''),
        'source_medium', coalesce(s.fields ->> 'source_medium',
            CASE WHEN s.fields ? 'answer_type' THEN '' ELSE 'Web text' END),
        'cached_source_url', s.fields ->> 'cached_source_url',
        'boolean_explanation', s.fields #>> '{{explanation,quote}}')
"""
"""A passage `s` of the article `b` as an answer, in its own words unless it `alone` gives the answer of its set."""

NO_FACTS: Final = """
    SELECT k.at - row_number() OVER (ORDER BY k.at) + 1.5 AS place, k.at, k.answer::json FROM (
        SELECT CASE WHEN key ~ '/[0-9]{1,4}$' THEN split_part(key, '/', 4)::int END AS at, value -> 1 AS answer
        FROM jsonb_each(claim.kept)
        WHERE key ~ ('^questions/' || e.position || '/answers/[0-9]{1,4}$') AND jsonb_typeof(value -> 1) = 'object'
          AND value -> 0 = to_jsonb(array_remove(ARRAY[coalesce(e.question, ''), e.answer], NULL))) k
"""
"""The answers of a set `e` that are none, each before the fact, counted from 1, that comes after it."""

QUESTIONS: Final = """
    coalesce(
        (SELECT json_agg({asked} ORDER BY e.position)
         FROM (SELECT *, row_number() OVER (PARTITION BY question ORDER BY position) - 1 AS before
               FROM annotations_evidenceset WHERE verdict_id = v.id) e
         CROSS JOIN LATERAL ({answers_of_set}) l),
        (SELECT json_build_array(json_build_object('question', '', 'answers',
            json_agg({answer} ORDER BY t.created_at, t.id)))
         FROM (SELECT t.*, t.source_id AS evident {evidence}) t JOIN annotations_span s ON s.id = t.source_id
         JOIN annotations_article b ON b.id = s.article_id HAVING count(*) > 0),
        '[]')
"""

ASKED: Final = """
    json_build_object('question', coalesce(e.question, ''), 'answers', coalesce(
        (SELECT json_agg(answers.answer ORDER BY answers.place, answers.at) FROM (
            {no_facts}
            UNION ALL
            SELECT -1, 0, json_build_object('answer', e.answer,
                'answer_type', CASE e.answer WHEN {no_answer} THEN 'Unanswerable' ELSE 'Abstractive' END,
                'source_url', '', 'source_medium', '')
            WHERE e.answer IS NOT NULL AND l.number <> 1 AND NOT EXISTS ({no_facts})
            UNION ALL
            SELECT given.place, 0, given.answer
            FROM json_array_elements(l.answers) WITH ORDINALITY given(answer, place)) answers), '[]'))
"""

KEPT_OF_QUESTION: Final = """
    coalesce((SELECT jsonb_object_agg(split_part(key, '/', 3), value) FROM jsonb_each(claim.kept)
              WHERE key ~ ('^questions/' || e.position || '/(question|answers)$')), '{}')
"""

ANSWERS_OF_SET: Final = """
    SELECT count(*) AS number, json_agg({answer} ORDER BY answering.place, s.start, s.id) AS answers
    FROM (SELECT *, count(*) OVER () = 1 AS alone FROM ({answering}) u) answering
    JOIN annotations_span s ON s.id = answering.span_id JOIN annotations_article b ON b.id = s.article_id
    CROSS JOIN LATERAL (SELECT CASE WHEN answering.alone THEN e.answer END AS answer) own
"""

LINKED: Final = """
    SELECT t.source_id AS span_id, k.position AS place
    FROM annotations_evidencelink k JOIN (SELECT t.* {evidence}) t ON t.id = k.link_id WHERE k.evidence_set_id = e.id
"""

UNLINKED: Final = """
    UNION ALL SELECT f.id, 32767 FROM (
        SELECT s.* FROM annotations_span s
        WHERE s.assignment_id = claim.assignment_id AND s.label = 'fact'
          AND s.fields ->> 'question' = coalesce(e.question, '')
          AND (e.question <> '' OR s.fields ? 'answer_type')
          AND coalesce({kept} -> 'questions/of' ->> 0, '0') = e.before::text
          AND {spans} AND NOT EXISTS (SELECT FROM annotations_link l
                                      WHERE l.source_id = s.id AND l.target_id = v.claim_id)) f
"""
"""Facts that say which question they answer, and that nobody has linked to the claim: they take no side."""

SPEAKER: Final = """
    (SELECT {named} {attributing} AND coalesce(s.fields ->> 'stance', 'asserts') = 'asserts'
     ORDER BY s.article_id <> a.id, s.start, s.id LIMIT 1)
"""

RECORD: Final = """
    json_build_object(
        'claim', {statement}, 'required_reannotation', coalesce(s.fields ->> 'required_reannotation', '') = 'true',
        'label', {label}, 'justification', v.rationale,
        'claim_date', (SELECT substr(day, 9) || '-' || substr(day, 6, 2) || '-' || left(day, 4)
                       FROM (SELECT coalesce({date}, a.published_on::text) AS day) said),
        'speaker', {speaker}, 'original_claim_url', a.url,
        'fact_checking_article', s.fields ->> 'fact_checking_article', 'reporting_source', nullif(a.outlet, ''),
        'location_ISO_code', s.fields ->> 'location_iso_code',
        'claim_types', to_json(array_remove(ARRAY[{claim_type}] || {further_types}, NULL)),
        'fact_checking_strategies', to_json({strategies}),
        'questions', {questions}, 'cached_original_claim_url', s.fields ->> 'cached_original_claim_url')
"""


def averitec(selection: Selection) -> str:
    """The query whose rows are the items of the array.

    Verdicts whose rating is none of the four are not among them, nor those without one, unless the file had none.
    """
    labels = cases("v.rating", named_by(selection.project.scale, LABELS))
    linked = LINKED.format(evidence=evidence(selection))
    if any(field["key"] == "question" for field in selection.project.label_fields.get("fact", [])):
        linked += UNLINKED.format(spans=spans(selection), kept=_kept_of(selection))
    claim_fields = selection.project.label_fields.get("claim", [])
    own = {one["key"]: one["name"] for of in claim_fields if of["key"] == "claim_type" for one in of["choices"]}
    record = RECORD.format(
        statement=STATEMENT,
        label=labels,
        date=DATE,
        speaker=SPEAKER.format(named=NAMED, attributing=tied(selection, "v.claim_id", "attributes")),
        claim_type=cases("s.fields ->> 'claim_type'", own | CLAIM_TYPES),
        further_types=_several("further_claim_types"),
        strategies=_several("fact_checking_strategies"),
        questions=_questions(selection, linked),
    )
    record = _as_kept(record, "claim.kept") + "::text"
    kept = _kept_of(selection)
    joins = f"JOIN LATERAL (SELECT s.assignment_id, {kept} AS kept OFFSET 0) claim ON true"
    unlabelled = f"v.rating IS NULL AND {kept} -> 'label' -> 0 = 'null'"
    return json_array(records(selection, record, joins=joins, further=f"({labels} IS NOT NULL OR ({unlabelled}))"))


def _questions(selection: Selection, linked: str) -> str:
    """The questions of a verdict; `linked` gives the spans that answer one."""
    answers = ANSWERS_OF_SET.format(
        answer=_as_kept(ANSWER.format(alone="own.answer"), _kept_of(selection)),
        answering=linked,
    )
    asked = ASKED.format(no_answer=f"'{NO_ANSWER}'", no_facts=NO_FACTS)
    return QUESTIONS.format(
        asked=_as_kept(asked, KEPT_OF_QUESTION),
        answers_of_set=answers,
        answer=_as_kept(ANSWER.format(alone="NULL::text"), _kept_of(selection)),
        evidence=evidence(selection),
    )


def _kept_of(selection: Selection) -> str:
    return KEPT_OF.format(
        is_line=literal(LINE), says_nobody=says_nobody(selection, "line"), field=literal(AVERITEC_LINES["key"])
    )


def _as_kept(made: str, kept: str) -> str:
    left_out = ", ".join(f"'{name}'" for name in LEFT_OUT)
    return AS_KEPT.format(made=made, kept=kept, left_out=left_out)


def _several(field: str) -> str:
    """The values that one field of text holds, as an array."""
    return f"string_to_array(coalesce(s.fields ->> '{field}', ''), '{BETWEEN}')"


AVERITEC = Format(
    name="averitec",
    title=gettext_lazy("AVeriTeC: claims with questions and answers"),
    media_type="application/json",
    extension="averitec.json",
    carries=gettext_lazy(
        "Each claim that has a verdict: its statement, date, speaker, types and where it was made; the "
        "label; the rationale as justification; evidence sets as questions, their passages as answers with "
        "the address that they come from. A rating is labelled by its key where it is on the scale that a "
        "project starts with, else by the evidence that it needs: corroborating is Supported, "
        "contradicting Refuted, both Conflicting Evidence/Cherrypicking. A claim that came in as AVeriTeC "
        "goes out value for value as it came, except for what has changed since."
    ),
    leaves_out=gettext_lazy(
        "Verdicts without a rating, unless the claim came in as AVeriTeC without a label; those whose "
        "rating needs no evidence and is not *not enough evidence*, such as satire; whether a passage "
        "corroborates or contradicts; offsets, mentions, confidence, people, reviews, and all sources of a "
        "claim but the first who asserts it."
    ),
    loadings=(
        Loading("pandas", 'import pandas\nloaded = pandas.read_json("{file}")'),
        Loading("datasets", 'import datasets\nloaded = datasets.load_dataset("json", data_files="{file}")["train"]'),
    ),
    statement=averitec,
    opening=b"[\n",
    closing=b"]\n",
)

"""`doccano`: JSON lines of texts with entities and relations, as doccano takes and gives them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from annotations.formats.jsonl.dataset import ranges
from annotations.formats.writing.format import Format, Loading
from annotations.formats.writing.selection import Selection

LINES: Final = """
    SELECT json_build_object(
        'id', place, 'text', r #>> '{{article,text}}',
        'entities', (
            SELECT coalesce(json_agg(json_build_object(
                'id', one -> 'number', 'label', one #> '{{span,label}}', 'start_offset', one #> '{{fragment,0}}',
                'end_offset', one #> '{{fragment,1}}') ORDER BY at), '[]')
            FROM jsonb_array_elements(ranges) WITH ORDINALITY AS e(one, at)),
        'relations', (
            SELECT coalesce(json_agg(json_build_object(
                'id', at, 'from_id', source, 'to_id', target, 'type', type) ORDER BY at), '[]')
            FROM (
                SELECT row_number() OVER (ORDER BY kind, given) AS at, source, target, type FROM (
                    SELECT 1 AS kind, at AS given, numbers -> (link ->> 'source') AS source,
                           numbers -> (link ->> 'target') AS target, link ->> 'relation' AS type
                    FROM jsonb_array_elements(r -> 'links') WITH ORDINALITY AS l(link, at)
                    WHERE numbers ? (link ->> 'source') AND numbers ? (link ->> 'target')
                    UNION ALL SELECT 2, at, one -> 'number', to_jsonb((one ->> 'number')::int - 1), 'continues'
                    FROM jsonb_array_elements(ranges) WITH ORDINALITY AS e(one, at) WHERE (one ->> 'part')::int > 1
                ) AS both_kinds
            ) AS numbered),
        'Comments', '[]'::json,
        'factcheck', r #- '{{article,text}}')::text
    FROM ({ranges}) AS ranged
"""


def lines(selection: Selection) -> str:
    """A line for each article."""
    return LINES.format(ranges=ranges(selection))


DOCCANO = Format(
    name="doccano",
    title=gettext_lazy("doccano: texts with entities and relations (JSON lines)"),
    media_type="application/x-ndjson",
    extension="doccano.jsonl",
    carries=gettext_lazy(
        "Texts, spans as entities and links within an article as relations. Offsets count code points, as "
        "Python does. A span of several fragments is an entity each, with a relation `continues` from each "
        "to the one before. All else of the record (ids, fields, notes, people, times, verdicts, links to "
        "other articles) stands in the column `factcheck`, which doccano keeps as metadata and hands on."
    ),
    leaves_out=gettext_lazy(
        "doccano shows none of what stands in the column `factcheck`. Its editor counts UTF-16 units, or "
        "graphemes where its project says so: there, entities after a character beyond U+FFFF, such as an "
        "emoji, look shifted."
    ),
    loadings=(
        Loading("pandas", 'import pandas\nloaded = pandas.read_json("{file}", lines=True)'),
        Loading("datasets", 'import datasets\nloaded = datasets.load_dataset("json", data_files="{file}")["train"]'),
        Loading(
            "spaCy",
            "import json, spacy\n"
            'nlp, loaded = spacy.blank("xx"), []\n'
            'for line in open("{file}", encoding="utf-8"):\n'
            "    record = json.loads(line)\n"
            '    doc = nlp(record["text"])\n'
            "    doc.spans['sc'] = [\n"
            "        doc.char_span(one['start_offset'], one['end_offset'], one['label'], alignment_mode='expand')\n"
            "        for one in record['entities']]\n"
            "    loaded.append(doc)",
        ),
    ),
    statement=lines,
)

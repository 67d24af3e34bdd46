"""`webannotation`: W3C Web Annotations (https://www.w3.org/TR/annotation-model/) as one page of JSON-LD.

Every article is an annotation whose body is the text itself, under the IRI that is the source of what is marked in it.
What is marked has the IRI of its annotation with ``#passage``, where there are several fragments each with its number:
links and verdicts name it, and not only its place. Fragments are several targets, since the W3C's own tests refuse a
Composite, which the model of 2017 has left to an extension.
"""

from __future__ import annotations

from typing import Final
from uuid import uuid5

from django.utils.translation import gettext_lazy

from annotations.formats.jsonl.dataset import records
from annotations.formats.writing.format import Format, Loading
from annotations.formats.writing.selection import Selection, literal

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
AROUND: Final = 32
"""Code points of `prefix` and `suffix`."""

PIECE: Final = 4096
"""Code points of the pieces that a text is cut into, each with the beginning of the next: a place is found fast."""

PAGE: Final = """
    SELECT CASE WHEN coalesce(place, 1) = 1 THEN {head} ELSE ',' END || coalesce(items, '') AS line
    FROM (SELECT) AS always LEFT JOIN (
        SELECT place, (
            SELECT string_agg(item::text, ',' ORDER BY kind, at)
            FROM ({text} UNION ALL {spans} UNION ALL {links} UNION ALL {verdicts}) AS item(kind, at, item)) AS items
        FROM (SELECT row_number() OVER () AS place, line::jsonb AS r FROM ({records}) AS written(line) OFFSET 0) AS one
        CROSS JOIN LATERAL (
            SELECT r #>> '{{article,text}}' AS text, 'urn:uuid:' || (r #>> '{{article,id}}') AS source OFFSET 0
        ) AS article
        CROSS JOIN LATERAL (
            SELECT array_agg(substr(text, 1 + n * {piece}, {piece} + 2 * {around}) ORDER BY n) AS pieces
            FROM generate_series(0, length(text) / {piece}) AS n
        ) AS cut
        CROSS JOIN LATERAL (
            SELECT coalesce(jsonb_object_agg(id, target), '{{}}') AS targets FROM ({targets}) AS placed
        ) AS placed
    ) AS page ON true
"""

TARGETS: Final = """
    SELECT span ->> 'id' AS id, CASE WHEN count(*) = 1 THEN jsonb_agg(part) -> 0
        ELSE jsonb_agg(part ORDER BY at) END AS target
    FROM jsonb_array_elements(r -> 'spans') AS s(span),
    LATERAL (
        SELECT at, (fragment ->> 0)::int AS first, (fragment ->> 1)::int AS last
        FROM jsonb_array_elements(span -> 'fragments') WITH ORDINALITY AS f(fragment, at)
    ) AS fragment,
    LATERAL (SELECT greatest(first - {around}, 0) AS early) AS before,
    LATERAL (
        SELECT jsonb_build_object('type', 'SpecificResource', 'source', source,
            'id', 'urn:uuid:' || (span ->> 'id') || '#passage'
                || CASE WHEN jsonb_array_length(span -> 'fragments') = 1 THEN '' ELSE '-' || at END,
            'selector', jsonb_build_array(
                jsonb_build_object('type', 'TextPositionSelector', 'start', first, 'end', last),
                jsonb_build_object('type', 'TextQuoteSelector',
                    'exact', CASE WHEN jsonb_array_length(span -> 'fragments') = 1 THEN span ->> 'quote'
                        ELSE substr(text, first + 1, last - first) END,
                    'prefix', substr(pieces[1 + early / {piece}], 1 + early % {piece}, first - early),
                    'suffix', substr(pieces[1 + last / {piece}], 1 + last % {piece}, {around}))),
            'state', jsonb_build_object('type', 'TimeState', 'sourceDate', {created})) AS part
    ) AS part
    GROUP BY span
"""

TEXT: Final = """
    SELECT 1, 1::bigint, json_strip_nulls(json_build_object(
        'id', 'urn:uuid:' || md5('text of ' || source)::uuid, 'type', 'Annotation', 'motivation', 'describing',
        'body', json_build_object('id', source, 'type', 'TextualBody', 'format', 'text/plain',
            'language', nullif(r #>> '{{article,language}}', ''), 'value', text),
        'target', json_build_object('id', source, 'type', 'Text', 'format', 'text/plain',
            'language', nullif(r #>> '{{article,language}}', ''), 'schema:headline', r #> '{{article,title}}',
            'schema:url', nullif(r #>> '{{article,url}}', ''),
            'schema:publisher', nullif(r #>> '{{article,outlet}}', ''),
            'schema:author', nullif(r #>> '{{article,author}}', ''),
            'schema:datePublished', r #> '{{article,published_on}}')))
"""

MADE: Final = """
    'id', 'urn:uuid:' || ({one} ->> 'id'), 'type', 'Annotation', 'motivation', '{motivation}',
    'creator', json_build_object('type', 'Person', 'name', {one} -> '{maker}'),
    'created', {created}, 'modified', {modified}
"""

SPANS: Final = """
    SELECT 2, at, json_build_object({made},
        'body', jsonb_build_array({label}) || {note} || {fields},
        'target', targets -> (span ->> 'id'))
    FROM jsonb_array_elements(r -> 'spans') WITH ORDINALITY AS s(span, at)
"""

LINKS: Final = """
    SELECT 3, at, json_build_object({made},
        'body', jsonb_build_array({relation}) || parts || {note},
        'target', coalesce(targets -> (link ->> 'target'), {target}))
    FROM jsonb_array_elements(r -> 'links') WITH ORDINALITY AS l(link, at),
    LATERAL (
        SELECT jsonb_agg(part || '{{"purpose": "linking"}}' ORDER BY nth) AS parts
        FROM jsonb_array_elements(jsonb_build_array() || coalesce(targets -> (link ->> 'source'), {source}))
            WITH ORDINALITY AS p(part, nth)
    ) AS source
"""

VERDICTS: Final = """
    SELECT 4, at, json_build_object({made},
        'body', {rating} || {rationale} || jsonb_build_array({more}),
        'target', coalesce(targets -> (verdict ->> 'claim'), {claim}))
    FROM jsonb_array_elements(r -> 'verdicts') WITH ORDINALITY AS v(verdict, at)
"""

END: Final = """
    jsonb_build_object('id', 'urn:uuid:' || ({one} ->> '{end}') || '#passage', 'type', 'SpecificResource',
        'source', {source}, 'state', jsonb_build_object('type', 'TimeState', 'sourceDate', {created}))
"""
"""A passage that the page does not hold: nothing but which it is."""


FIELDS: Final = "CASE WHEN span -> 'fields' = '{{}}' THEN '[]' ELSE jsonb_build_array({json}) END"


def page(selection: Selection) -> str:
    """The head of the page and its items, the annotations of an article a row."""
    name = uuid5(selection.project.pseudonym_key, "annotations")
    return PAGE.format(
        head=literal(f'"id": "urn:uuid:{name}", "items": ['),
        text=TEXT.format(),
        spans=SPANS.format(
            made=_made("span", "classifying"),
            label=_body("span -> 'label'", "classifying"),
            note=_body_if("span", "note", "commenting"),
            fields=FIELDS.format(json=_json("span -> 'fields'")),
        ),
        links=LINKS.format(
            made=_made("link", "linking"),
            relation=_body("link -> 'relation'", "tagging"),
            note=_body_if("link", "note", "commenting"),
            source=_end("link", "source", "'urn:uuid:' || (link ->> 'source_article')"),
            target=_end("link", "target", "source"),
        ),
        verdicts=VERDICTS.format(
            made=_made("verdict", "assessing", "author"),
            rating=_body_if("verdict", "rating", "assessing"),
            rationale=_body_if("verdict", "rationale", "commenting"),
            more=_json("verdict - '{id,claim,rating,rationale,author,created_at,updated_at}'::text[]"),
            claim=_end("verdict", "claim", "source"),
        ),
        targets=TARGETS.format(around=AROUND, piece=PIECE, created=_time("span", "created_at")),
        records=records(selection),
        around=AROUND,
        piece=PIECE,
    )


def _time(one: str, name: str) -> str:
    """A time as the model wants it: in UTC, with Z."""
    return f"replace({one} ->> '{name}', '+00:00', 'Z')"


def _made(one: str, motivation: str, maker: str = "annotator") -> str:
    times = {"created": _time(one, "created_at"), "modified": _time(one, "updated_at")}
    return MADE.format(one=one, motivation=motivation, maker=maker, **times)


def _body(value: str, purpose: str) -> str:
    return f"jsonb_build_object('type', 'TextualBody', 'purpose', '{purpose}', 'value', {value})"


def _body_if(one: str, name: str, purpose: str) -> str:
    """A list of the body, empty where there is nothing to say."""
    body = _body(f"{one} -> '{name}'", purpose)
    return f"CASE WHEN coalesce({one} ->> '{name}', '') = '' THEN '[]' ELSE jsonb_build_array({body}) END"


def _json(value: str) -> str:
    """What the model has no terms for, as text in JSON."""
    return (
        "jsonb_build_object('type', 'TextualBody', 'purpose', 'describing', 'format', 'application/json', "
        f"'value', ({value})::text)"
    )


def _end(one: str, end: str, source: str) -> str:
    return END.format(one=one, end=end, source=source, created=_time(one, "created_at"))


WEBANNOTATION = Format(
    name="webannotation",
    title=gettext_lazy("W3C Web Annotations (JSON-LD)"),
    media_type='application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    extension="webannotation.jsonld",
    carries=gettext_lazy(
        "One page of annotations. Articles with their text and metadata (motivation describing), spans "
        "(classifying) with label, note and fields, links (linking) with the relation as a tag, verdicts "
        "(assessing) with rating, rationale and evidence sets. Targets have a position in code points, the "
        "quote with 32 code points before and after it, and the time as of which the source holds; a span "
        "of several fragments has a target for each. Creators and times."
    ),
    leaves_out=gettext_lazy(
        "Comments. The model has no terms for a label's fields, confidence, state, reviewer, approval and "
        "evidence sets: they are text in JSON in a body of the format application/json."
    ),
    loadings=(
        Loading(
            "pandas",
            "import json, pandas\n"
            'with open("{file}", encoding="utf-8") as page:\n'
            '    loaded = pandas.json_normalize(json.load(page)["items"])',
        ),
    ),
    statement=page,
    opening=f'{{"@context": "{CONTEXT}", "type": "AnnotationPage",\n'.encode(),
    closing=b"]}\n",
)

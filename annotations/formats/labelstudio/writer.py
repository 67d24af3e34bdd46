"""`labelstudio`: Label Studio tasks with annotations."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from annotations.formats.jsonl.dataset import ranges
from annotations.formats.writing.format import Format, Loading, json_array
from annotations.formats.writing.selection import Selection
from annotations.models import Project

MADE_BY: Final = "one #>> '{span,annotator}'"
"""Whose annotation a region belongs to where people work independently. Else one annotation holds all."""

REGION_ID: Final = """
    (one #>> '{span,id}') || CASE WHEN one -> 'part' = '1' THEN '' ELSE '-' || (one ->> 'part') END
"""
BEFORE: Final = """
    (one #>> '{span,id}') || CASE WHEN one -> 'part' = '2' THEN '' ELSE '-' || (one ->> 'part')::int - 1 END
"""

TASKS: Final = """
    SELECT json_build_object(
        'id', place,
        'data', json_build_object('text', r #>> '{{article,text}}', 'title', r #> '{{article,title}}',
            'url', r #> '{{article,url}}', 'language', r #> '{{article,language}}'),
        'annotations', (
            SELECT coalesce(json_agg(json_build_object('id', number, 'was_cancelled', false, 'ground_truth', false,
                'result', results) ORDER BY number), '[]')
            FROM (
                SELECT row_number() OVER (ORDER BY min(at)) AS number, json_agg(result ORDER BY kind, at) AS results
                FROM ({regions} UNION ALL {continued} UNION ALL {links}) AS result GROUP BY maker
            ) AS annotation),
        'predictions', '[]'::json,
        'meta', jsonb_build_object('factcheck', r #- '{{article,text}}'))::text AS line
    FROM ({ranges}) AS ranged
"""

REGIONS: Final = """
    SELECT {maker} AS maker, 1 AS kind, at, json_build_object(
        'id', {id}, 'type', 'labels', 'from_name', 'label', 'to_name', 'text', 'origin', 'manual',
        'value', json_build_object(
            'start', one #> '{{fragment,0}}', 'end', one #> '{{fragment,1}}',
            'text', CASE WHEN jsonb_array_length(one #> '{{span,fragments}}') = 1 THEN one #>> '{{span,quote}}'
                ELSE substr(r #>> '{{article,text}}', (one #>> '{{fragment,0}}')::int + 1,
                            (one #>> '{{fragment,1}}')::int - (one #>> '{{fragment,0}}')::int) END,
            'labels', json_build_array(one #> '{{span,label}}')),
        'meta', json_build_object('annotator', one #> '{{span,annotator}}', 'text',
            CASE WHEN one #>> '{{span,note}}' = '' OR one -> 'part' <> '1' THEN '[]'::json
                ELSE json_build_array(one #> '{{span,note}}') END)) AS result
    FROM jsonb_array_elements(ranges) WITH ORDINALITY AS e(one, at)
"""

CONTINUED: Final = """
    SELECT {maker}, 2, at, json_build_object('type', 'relation', 'from_id', {id}, 'to_id', {before},
        'direction', 'right', 'labels', json_build_array('continues'))
    FROM jsonb_array_elements(ranges) WITH ORDINALITY AS e(one, at) WHERE one -> 'part' <> '1'
"""

LINKS: Final = """
    SELECT {source_maker}, 3, at, json_build_object('type', 'relation', 'from_id', link -> 'source',
        'to_id', link -> 'target', 'direction', 'right', 'labels', json_build_array(link -> 'relation'))
    FROM jsonb_array_elements(r -> 'links') WITH ORDINALITY AS l(link, at)
    JOIN jsonb_array_elements(ranges) AS source ON source #> '{{span,id}}' = link -> 'source' AND source -> 'part' = '1'
    JOIN jsonb_array_elements(ranges) AS target ON target #> '{{span,id}}' = link -> 'target' AND target -> 'part' = '1'
    WHERE {source_maker} = {target_maker}
"""


def tasks(selection: Selection) -> str:
    """An item of the array for each article."""
    apart = selection.project.mode == Project.Mode.INDEPENDENT
    maker = MADE_BY if apart else "''"
    statement = TASKS.format(
        regions=REGIONS.format(maker=maker, id=REGION_ID),
        continued=CONTINUED.format(maker=maker, id=REGION_ID, before=BEFORE),
        links=LINKS.format(source_maker=maker.replace("one", "source"), target_maker=maker.replace("one", "target")),
        ranges=ranges(selection),
    )
    return json_array(statement)


LABELSTUDIO = Format(
    name="labelstudio",
    title=gettext_lazy("Label Studio: tasks with annotations (JSON)"),
    media_type="application/json",
    extension="labelstudio.json",
    carries=gettext_lazy(
        "Texts, spans as labelled regions (`from_name` label, `to_name` text) with their quote, note and "
        "annotator, links within an article as relations. Where people work independently each has an "
        "annotation of their own. Offsets count code points, as Label Studio's do. A span of several "
        "fragments is a region each, with a relation `continues` from each to the one before. All else of "
        "the record (ids, fields, people, times, verdicts, links to other articles) stands in "
        "`meta.factcheck` of the task, which Label Studio keeps."
    ),
    leaves_out=gettext_lazy(
        "Label Studio shows none of what stands in `meta.factcheck`. `completed_by` is left out, because "
        "Label Studio refuses a task that names somebody it does not know; annotators stand in `meta` of "
        "each region."
    ),
    loadings=(
        Loading("pandas", 'import pandas\nloaded = pandas.read_json("{file}")'),
        Loading("datasets", 'import datasets\nloaded = datasets.load_dataset("json", data_files="{file}")["train"]'),
    ),
    statement=tasks,
    opening=b"[\n",
    closing=b"]\n",
)

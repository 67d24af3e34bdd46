"""Records as tools keep them that know ranges of a text and relations between two of them, and nothing else.

A span of several fragments is several ranges, each further one with a relation `continues` to the one before. What such
a tool does not know goes along as the record without its text, in a member that it hands on and does not read.
"""

from __future__ import annotations

from typing import Final

from annotations.formats.jsonl.dataset import records
from annotations.formats.writing.selection import Selection

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

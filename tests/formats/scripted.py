"""The server's application with exports whose rows a test decides: `uvicorn tests.formats.scripted:application`.

The filter `annotator` names one of SCRIPTS; any other export is what it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from factcheck.server import asgi  # first, for it sets Django up

from annotations.formats import export_registry  # isort: skip
from annotations import streams

from annotations.formats.writing.format import Format, Member, Reader  # isort: skip
from annotations.formats.writing.selection import Selection  # isort: skip

SCRIPTS = {
    "breaks": "SELECT CASE WHEN n < 150000 THEN repeat('x', 99) ELSE (1 / (n - n))::text END "
    "FROM generate_series(1, 200000) n",
    "endless": "SELECT repeat('x', 9999) FROM generate_series(1, 2000000) n",
    "silent": "SELECT pg_sleep(600)::text",
    "sleeps": "SELECT CASE WHEN n > 60 THEN pg_sleep(600)::text ELSE repeat(md5(n::text), 900) END "
    "FROM generate_series(1, 61) n",
    "fails": "SELECT (1 / (n - n))::text AS line FROM generate_series(1, 3) n",
}

application = asgi.application
streams.ASKED_EVERY = float(os.environ.get("ASKED_EVERY", streams.ASKED_EVERY))


def scripted(chosen: Format) -> Format:
    """The format with rows from a script, where one is asked for."""

    def statement(selection: Selection) -> str:
        return SCRIPTS.get(selection.annotator) or chosen.statement(selection)  # type: ignore[misc]

    def members(selection: Selection, reader: Reader) -> Iterator[Member]:
        if script := SCRIPTS.get(selection.annotator):
            return iter([Member("a.csv", reader.csv(script), stored=True)])
        return chosen.members(selection, reader)  # type: ignore[misc]

    return replace(chosen, statement=statement) if chosen.statement else replace(chosen, members=members)


export_registry.FORMATS.update({name: scripted(chosen) for name, chosen in export_registry.FORMATS.items()})

__all__ = ["application"]

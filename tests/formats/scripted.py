"""The server's application with an export whose rows a test decides: `uvicorn tests.formats.scripted:application`."""

from __future__ import annotations

import os
from dataclasses import replace

from factcheck.asgi import application  # first, for it sets Django up

from annotations import exporters  # isort: skip
from annotations.exporters.format import Member  # isort: skip

SCRIPTS = {
    "breaks": "SELECT CASE WHEN n < 150000 THEN repeat('x', 99) ELSE (1 / (n - n))::text END "
    "FROM generate_series(1, 200000) n",
    "endless": "SELECT repeat('x', 9999) FROM generate_series(1, 2000000) n",
    "fails": "SELECT (1 / (n - n))::text AS line FROM generate_series(1, 3) n",
}

wanted = os.environ.get("SCRIPT", "")
if wanted:
    exporters.FORMATS["parquet"] = replace(
        exporters.FORMATS["parquet"],
        members=lambda _, reader: iter([Member("a.csv", reader.csv(SCRIPTS[wanted]))]),
    )
    for name in ("jsonl", "averitec"):
        exporters.FORMATS[name] = replace(exporters.FORMATS[name], statement=lambda _: SCRIPTS[wanted])

__all__ = ["application"]

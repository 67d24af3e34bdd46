"""The server's application with an export whose rows a test decides: `uvicorn tests.formats.scripted:application`."""

from __future__ import annotations

import os
from dataclasses import replace

from factcheck import asgi  # first, for it sets Django up

from annotations import exporters  # isort: skip
from annotations.exporters.format import Member  # isort: skip

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
asgi.SEND_SECONDS = float(os.environ.get("SEND_SECONDS", asgi.SEND_SECONDS))
wanted = os.environ.get("SCRIPT", "")
if wanted:
    for name, chosen in list(exporters.FORMATS.items()):
        if chosen.members is not None:
            exporters.FORMATS[name] = replace(
                chosen, members=lambda _, reader: iter([Member("a.csv", reader.csv(SCRIPTS[wanted]), stored=True)])
            )
    for name in ("jsonl", "averitec"):
        exporters.FORMATS[name] = replace(exporters.FORMATS[name], statement=lambda _: SCRIPTS[wanted])

__all__ = ["application"]

"""`jsonl` (factcheck/1): everything, one article a line."""

from __future__ import annotations

from annotations.exporters.dataset import records
from annotations.exporters.format import Format, Loading

JSONL = Format(
    name="jsonl",
    title="Factcheck's own records, one article a line",
    media_type="application/x-ndjson",
    extension="jsonl",
    carries="Articles with their text, spans, links, verdicts and evidence sets; comments where they are asked for.",
    leaves_out="The history, and the source of an article as it came.",
    loadings=(
        Loading("pandas", 'import pandas\nloaded = pandas.read_json("{file}", lines=True)'),
        Loading("datasets", 'import datasets\nloaded = datasets.load_dataset("json", data_files="{file}")["train"]'),
        Loading("DuckDB", "import duckdb\nloaded = duckdb.sql(\"SELECT * FROM read_json('{file}')\").fetchall()"),
    ),
    statement=records,
)

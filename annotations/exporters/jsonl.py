"""`jsonl` (factcheck/1): everything, one article a line."""

from __future__ import annotations

from annotations.exporters.dataset import records
from annotations.exporters.format import Format

JSONL = Format(
    name="jsonl",
    media_type="application/x-ndjson",
    extension="jsonl",
    carries="Articles with their text, spans, links, verdicts and evidence sets. Not the history.",
    statement=records,
)

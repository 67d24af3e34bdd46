"""`jsonl` (factcheck/1): everything, one article a line."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from annotations.formats.jsonl.dataset import records
from annotations.formats.writing.format import Format, Loading

SPACY: Final = """\
import json, spacy
nlp = spacy.blank("xx")
nlp.max_length = 2_000_000
loaded = []
for line in open("{file}", encoding="utf-8"):
    record = json.loads(line)
    doc = nlp(record["article"]["text"])
    doc.spans["sc"] = [
        doc.char_span(span["start"], span["end"], span["label"], alignment_mode="expand")
        for span in record["spans"]
    ]
    loaded.append(doc)"""

JSONL = Format(
    name="jsonl",
    title=gettext_lazy("Factcheck's own records, one article a line"),
    media_type="application/x-ndjson",
    extension="jsonl",
    carries=gettext_lazy(
        "Articles with their text, spans, links, verdicts and evidence sets; comments where they are asked for. "
        "A verdict has `approval` (`imported`) where an import brought its approval, so that nobody gave it here."
    ),
    leaves_out=gettext_lazy("The history, and the source of an article as it came."),
    loadings=(
        Loading("pandas", 'import pandas\nloaded = pandas.read_json("{file}", lines=True)'),
        Loading("datasets", 'import datasets\nloaded = datasets.load_dataset("json", data_files="{file}")["train"]'),
        Loading("DuckDB", "import duckdb\nloaded = duckdb.sql(\"SELECT * FROM read_json('{file}')\").fetchall()"),
        Loading("spaCy", SPACY),
    ),
    statement=records,
)

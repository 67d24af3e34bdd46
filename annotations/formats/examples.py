"""The parts of docs/formats.md on writing a record by hand and on importing a public table."""

from __future__ import annotations

from typing import Final

RECORD: Final = """{"schema": "factcheck/1",
 "article": {"text": "The bridge is open. Cars cross it."},
 "spans": [{"id": "0192b3a4-0000-7000-8000-000000000001", "label": "claim", "start": 0, "end": 19,
            "quote": "The bridge is open."},
           {"id": "0192b3a4-0000-7000-8000-000000000002", "label": "fact", "start": 20, "end": 34}],
 "links": [{"id": "0192b3a4-0000-7000-8000-000000000003", "relation": "corroborates",
            "source": "0192b3a4-0000-7000-8000-000000000002", "target": "0192b3a4-0000-7000-8000-000000000001"}],
 "verdicts": [{"claim": "0192b3a4-0000-7000-8000-000000000001", "rating": "supported"}]}"""
"""On one line in a file."""

MAPPING: Final = """{"table": "claims",
 "columns": {"claim": "claim", "evidence": "evidence", "relation": "label"},
 "values": {"relation": {"SUPPORTS": "corroborates", "REFUTES": "contradicts", "NOT ENOUGH INFO": null}}}"""

BY_HAND: Final = f"""## Write a record by hand

The smallest record of `jsonl` is a text: `{{"schema": "factcheck/1", "article": {{"text": "The bridge is open."}}}}`.
This is a record with a claim, its evidence and a verdict. It must be on one line of the file:

```json
{RECORD}
```

An `id` is any UUID; links and verdicts refer to spans by it. `start` and `end` (exclusive) count code points from 0. A
`quote` is optional; if it is given, it must match the text. A `rating` is a key of the project's scale. If your ids
aren't UUIDs, or your records are rows, import them as a `table`.

## Import a public table

[VitaminC](https://github.com/TalSchuster/VitaminC) is JSON lines with one flat object per row. Its columns are
`unique_id`, `case_id`, `wiki_revision_id`, `page`, `revision_type`, `claim`, `evidence` and `label`:

- A row is a claim with one text of evidence, so the table is `claims`. `claim` and `evidence` have the same names here.
- `label` says whether the evidence supports the claim, so it is the `relation`. *NOT ENOUGH INFO* is no relation: the
  row is imported without a link.
- `label` is not the `rating`: one claim is in several rows, with evidence for it and against it. In a table whose label
  is of the claim, as in FEVER, `label` is the `rating` too, with values such as `{{"SUPPORTS": "supported"}}`.
- `unique_id` numbers rows, not claims, so it is not an `id`. It is skipped with the other columns, and a note names
  them.

```sh
manage.py import raqqa-2017 dev.jsonl --format table --option table=claims \\
  --option 'columns={{"relation": "label"}}' \\
  --option 'values={{"relation": {{"SUPPORTS": "corroborates", "REFUTES": "contradicts", "NOT ENOUGH INFO": null}}}}'
```

In the API, use `options`, a field with JSON next to `file` and `format=table`:

```json
{MAPPING}
```

Equal texts are one article: a claim in ten rows is one claim with ten links. On the import page, choose *Map
columns*: the mapping is guessed from the header and the values, shown with the result of the first rows, and saved for
the project's next table with these columns."""

"""What docs/formats.md says to who writes a record by hand, or brings a public table."""

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

BY_HAND: Final = f"""## A record by hand

The smallest record of `jsonl` is a text: `{{"schema": "factcheck/1", "article": {{"text": "The bridge is open."}}}}`.
With a claim, its evidence and a verdict it is this, on one line of the file:

```json
{RECORD}
```

An `id` is any UUID, by which links and verdicts name spans. `start` and `end` (exclusive) count code points from 0, and
a `quote` is optional: where there is one, it has to be what stands there. A `rating` is a key of the project's scale.
Where your ids are no UUIDs, or your records are rows, bring them as a `table`.

## A public table

[VitaminC](https://github.com/TalSchuster/VitaminC) is JSON lines with a flat object a row, the columns `unique_id`,
`case_id`, `wiki_revision_id`, `page`, `revision_type`, `claim`, `evidence` and `label`:

- A row is a claim with one text of evidence, so the table is `claims`, and `claim` and `evidence` are called as here.
- `label` says whether the evidence supports the claim, so it is the `relation`. *NOT ENOUGH INFO* joins nothing:
  the row comes in without a link.
- `label` is not the `rating`: one claim stands in several rows, with evidence for it and against it. In a table whose
  label is of the claim, as in FEVER, `label` is the `rating` too, with values such as `{{"SUPPORTS": "supported"}}`.
- `unique_id` numbers rows, not claims, so it is no `id`. It stays out with the other columns, and a note names them.

```sh
manage.py import raqqa-2017 dev.jsonl --format table --option table=claims \\
  --option 'columns={{"relation": "label"}}' \\
  --option 'values={{"relation": {{"SUPPORTS": "corroborates", "REFUTES": "contradicts", "NOT ENOUGH INFO": null}}}}'
```

In the API the same are `options`, a field with JSON beside `file` and `format=table`:

```json
{MAPPING}
```

Equal texts are one article: a claim in ten rows is one claim with ten links. On the import page, choose *Map its
columns*: the mapping is guessed from the header and the values, shown with what the first rows become, and kept for the
project's next table with these columns."""

"""`table`: any table of articles, spans, links, verdicts, or claims with evidence, by a mapping of its columns.

Rows name articles, spans and claims by ids of their own. These may be in other files or in the project already, so a
row says which it means, and storing looks that up (`annotations.imports.storage.references`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats.reading.importer import Importer
from annotations.formats.reading.records import Item, Options, Refusal, Refused
from annotations.formats.reading.sources import File, Source
from annotations.formats.tables.reading import rows
from annotations.formats.tables.reading.claims import claim_items
from annotations.formats.tables.reading.mapping import (
    COLUMNS,
    Layout,
    TableMapping,
    layout_of,
    listed,
    mapping_of,
    plain,
)
from annotations.formats.tables.reading.row import Row
from annotations.formats.tables.reading.row_items import article_items, link_items, span_items, verdict_items

ITEMS: Final[Mapping[str, Callable[[Row], Iterator[Item]]]] = {
    "articles": article_items,
    "spans": span_items,
    "links": link_items,
    "verdicts": verdict_items,
    "claims": claim_items,
}


def read(source: Source, options: Options) -> Iterator[Item]:
    """What the rows of each file are, in order."""
    names = {name for file in source.files for name in (file.path, file.name)}
    for name in options.mapping.get("files", {}):
        if name not in names:
            yield Refusal(name, "", "file_missing", _("The options mention this file, but it is missing."))
    for file in source.files:
        mapping = mapping_of(file.path, options)
        if mapping is None or (mapping.table == options.mapping.get("table") and not rows.is_table(file)):
            # Only a table can have had something in it that was to come in.
            if rows.is_table(file):
                yield Refusal(file.path, "", "table_unknown", _("The options don't say what this table is."))
            else:
                yield Refusal(file.path, "", "not_read", _("This is not a table, so it was skipped."))
            continue
        try:
            yield from _read(file, mapping, options)
        except Refused as error:
            yield error.refusal


def _read(file: File, mapping: TableMapping, options: Options) -> Iterator[Item]:
    """Raises Refused where the file, or the rest of it, cannot be read."""
    with rows.opened(file, options, lambda names: known_names(mapping, names)) as table:
        layout = layout_of(mapping, table.names, file.path)
        if layout.others:
            words = _("No option says what these columns are, so they were skipped: %(columns)s.") % {
                "columns": listed(layout.others)
            }
            yield Refusal(file.path, "header", "column_left_out", words)
        for found in table.rows([*layout.indexes.values(), *layout.fields.values()]):
            if isinstance(found, Refusal):
                yield found
                continue
            location, cells = found
            try:
                yield from items_of_row(file.path, location, cells, layout, mapping, options)
            except Refused as error:
                yield error.refusal


def items_of_row(
    file: str, location: str, cells: Sequence[Any], layout: Layout, mapping: TableMapping, options: Options
) -> Iterator[Item]:
    """What a row is, with what of it is refused or noted. `cells` are those of the layout. Raises Refused."""
    values: dict[str, str] = {}
    names = [*layout.indexes, *(f"fields.{key}" for key in layout.fields)]
    for name, cell in zip(names, cells, strict=True):
        try:
            values[name] = rows.text_in(cell)
        except ValueError as error:
            raise Refused(file, f"{location}, {layout.names.get(name, name)}", "not_flat", str(error)) from error
    if not any(value.strip() for value in values.values()):
        return
    row = Row(file, location, values, layout.names, mapping, options)
    try:
        yield from ITEMS[mapping.table](row)
    except Refused as error:
        yield error.refusal
    yield from row.refused


def known_names(mapping: TableMapping, names: Sequence[str]) -> int:
    """How many of these names of columns the mapping knows."""
    known = {*mapping.columns.values(), *mapping.fields}
    return sum(name in known or plain(name) in COLUMNS[mapping.table] for name in names)


TAKES: Final = """Choose it with `format=table`; it is never detected automatically. `options` say what the rows are:

```json
{"table": "spans",
 "columns": {"article": "doc_id", "start": "begin", "end": "stop", "quote": "text", "label": "type"},
 "values": {"label": {"Claim": "claim", "Premise": "fact", "None": null}},
 "fields": ["speaker"]}
```

| `table` | columns (required ones in bold) | a row becomes |
|---|---|---|
| `articles` | `id`, `title`, **`body`**, `url`, `outlet`, `author`, `published_on`, `language` | an article |
| `spans` | `id`, **`article`**, **`label`**, **`quote`** or **`start`** and **`end`**, `annotator`, `note` | a span |
| `links` | `id`, **`source`**, **`target`**, **`relation`**, `annotator` | a link between two spans |
| `verdicts` | **`claim`**, **`rating`**, `rationale`, `confidence`, `author`, `state` | a verdict, one row per person |
| `claims` | **`claim`**, **`evidence`** or **`article`** and **`quote`**, **`relation`** | a claim and its evidence |

A row of `claims` can also have `id`, `rating`, `rationale`, `speaker`, `date` and `annotator`. With a `rating`, the
claim also gets a verdict.

`columns` says which column of the file is which of these; one that is not named is found by its own name, and `""`
means none. `values` says what a `label`, `relation` or `rating` becomes; `null` skips it: the row of a label, the link
of a relation, the verdict of a rating. `fields` are columns that become text fields of the span. `files` says the same
by file:
`{"files": {"bodies.csv": {"table": "articles"}, "stances.csv": {"table": "claims"}}}`. Rows can be in any order and
in several files of one archive. There are no `types`.

Ids of articles, spans and claims are texts, each unique by kind in a project, and are kept as `external_id`; later
tables can refer to them, or to UUIDs. An article that is already in the project gets the id of its row if it has none;
any other second id is used for the import only (`id_left_out`). A `quote` without offsets must occur only once in its
article. `end` is exclusive; the quote shows what offsets count, else choose with `offset_unit` and `crlf`. In a table
of claims each text is an article: a claim with the person who said it (`speaker`) on a line below, and evidence, which
is a fact; equal texts are the same article, and a claim is the same in all its rows. Verdicts are drafts, or submitted
if `state` says so; one that was approved is submitted too (`no_reviewer`).

Noted: `value_left_out`, `column_left_out`, `id_left_out`, `not_read` (a file that is not a table). Refused, with the
file: `column_missing`, `duplicate_column`, `table_unknown`, `file_missing`; with row and column: `value_missing`,
`label_unknown`, `relation_unknown`, `rating_unknown`, `state_unknown`, `confidence_range`, `date`, `not_flat`,
`too_long`; with the row: `no_text`, `article_missing`, `ambiguous` (a quote that occurs more than once, an id of a
claim and of another span), `quote_mismatch`, `fragments`, `span_length`, `selected_text`, `unit_unknown`,
`end_missing`, `duplicate_key` (an id that is used for something else), `verdict_conflict` (a claim that one person
gave several ratings, or several people rated), `one_verdict`, `evidence_needed`; and the refusals of `csv` and
`parquet` for a file."""

TABLE: Final = Importer(
    name="table",
    title=gettext_lazy("Any table, by a mapping of its columns"),
    extensions=rows.EXTENSIONS,
    takes=TAKES,
    recognises=lambda source: False,
    read=read,
    crosses=True,
    counts=True,
    refers=True,
)

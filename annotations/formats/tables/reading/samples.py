"""The first rows of the tables of an import, by which people say what their columns are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext

from annotations.formats.reading.records import ArticleRecord, Item, Options, Refusal, Refused, RowRecord
from annotations.formats.reading.sources import File, Source
from annotations.formats.tables.reading import rows
from annotations.formats.tables.reading.mapping import COLUMNS, TableMapping, layout_of, mapping_of, plain
from annotations.formats.tables.reading.table import items_of_row
from annotations.vocabulary import LABELS, Label

SHOWN: Final = 5
"""Rows of a table that people see."""
LOOKED_AT: Final = 200
"""Rows in which values are looked for."""
MOST_FILES: Final = 100
"""Files whose headers are looked at."""
MOST_TABLES: Final = 6
"""Tables of different headers that are asked about."""
MOST_COLUMNS: Final = 100
MOST_VALUES: Final = 40
"""Values of a column that are asked about."""
LONGEST_ROW: Final = 200_000
"""Characters of a row that is shown; longer ones are not held."""
LONGEST_NAME: Final = 200
"""Characters of a column's name that is offered."""
CUT: Final = 80
"""Characters of a cell, or of what becomes of it, that are shown."""

KNOWN: Final = frozenset(name for names in COLUMNS.values() for name in names)


@dataclass(slots=True)
class Sample:
    """The beginning of a table, and the files that have the same columns."""

    names: Sequence[str]
    files: list[File]
    rows: list[tuple[str, list[Any]]] = field(default_factory=list)
    """Place and cells of the first rows."""
    values: dict[str, list[str]] = field(default_factory=dict)
    """The short values that each column has in the first rows, in their order."""


@dataclass(slots=True)
class TableSeen:
    """What is shown of a table: the beginnings of its first cells, and what becomes of its first rows."""

    names: list[str]
    offered: list[str]
    """The names that people may choose: those that can be shown and kept."""
    files: list[str]
    """Paths of the files with these columns."""
    rows: list[list[str]]
    values: dict[str, list[str]]
    """The short values that each column has in the first rows, in their order."""
    becomes: list[list[str]]
    """For each of the rows, in words; nothing where nothing is said of the columns."""
    problem: str = ""
    """Why what is said of the columns does not fit them."""


def tables_seen(source: Source, options: Options) -> tuple[list[TableSeen], int]:
    """The tables as they are shown, and how many further files there are that nobody is asked about."""
    samples, left = samples_of(source, options)
    return [_seen(sample, options) for sample in samples], left


def _seen(sample: Sample, options: Options) -> TableSeen:
    mapping = mapping_of(sample.files[0].path, options)
    problem = ""
    becomes: list[list[str]] = [[] for _ in sample.rows]
    if mapping:
        try:
            becomes = outcomes(sample, mapping, options)
        except Refused as error:
            problem = error.refusal.detail
    return TableSeen(
        names=list(sample.names),
        offered=[name for name in sample.names if name.strip() and len(name) <= LONGEST_NAME and "\0" not in name],
        files=[file.path for file in sample.files],
        rows=[[_cut(_text(cell)) for cell in cells] for _, cells in sample.rows],
        values=sample.values,
        becomes=becomes,
        problem=problem,
    )


def samples_of(source: Source, options: Options) -> tuple[list[Sample], int]:
    """The tables by their headers, and how many further files there are that nobody is asked about."""
    tables = [file for file in source.files if rows.is_table(file)]
    found: dict[tuple[str, ...], Sample] = {}
    left = max(0, len(tables) - MOST_FILES)
    for file in tables[:MOST_FILES]:
        try:
            with rows.opened(file, options, lambda names: sum(plain(name) in KNOWN for name in names)) as table:
                key = tuple(table.names)
                if key in found:
                    found[key].files.append(file)
                elif len(found) < MOST_TABLES:
                    found[key] = Sample(table.names[:MOST_COLUMNS], [file])
                    _fill(found[key], table.rows(range(len(found[key].names))))
                else:
                    left += 1
        except Refused:
            # Reading it says why, where what does not come in is shown.
            continue
    return list(found.values()), left


def _fill(sample: Sample, found: Iterator[tuple[str, list[Any]] | Refusal]) -> None:
    values: dict[str, dict[str, None]] = {name: {} for name in sample.names}
    for row in islice(found, LOOKED_AT):
        if isinstance(row, Refusal):
            continue
        texts = [_text(cell) for cell in row[1]]
        if len(sample.rows) < SHOWN and sum(map(len, texts)) <= LONGEST_ROW:
            sample.rows.append(row)
        for name, text in zip(sample.names, texts, strict=True):
            if text.strip() and len(text) <= CUT and len(values[name]) < MOST_VALUES:
                values[name].setdefault(text.strip())
    sample.values = {name: list(one) for name, one in values.items()}


def _text(cell: Any) -> str:
    try:
        return rows.text_in(cell)
    except ValueError:
        return str(cell)[:LONGEST_ROW]


def outcomes(sample: Sample, mapping: TableMapping, options: Options) -> list[list[str]]:
    """What each of the first rows becomes, in words. Raises Refused where the mapping does not fit the header."""
    file = sample.files[0]
    layout = layout_of(mapping, sample.names, file.path)
    indexes = [*layout.indexes.values(), *layout.fields.values()]
    found = []
    for location, cells in sample.rows:
        wanted = [cells[index] for index in indexes]
        try:
            items = list(items_of_row(file.path, location, wanted, layout, mapping, options))
        except Refused as error:
            items = [error.refusal]
        found.append([words for item in items for words in _in_words(item)])
    return found


def _in_words(item: Item) -> Iterator[str]:
    if isinstance(item, Refusal):
        words = gettext("Noted: %(detail)s (%(code)s)") if item.is_note else gettext("Refused: %(detail)s (%(code)s)")
        yield words % {"detail": item.detail, "code": item.code}
        return
    if isinstance(item, ArticleRecord):
        yield gettext("Article “%(text)s”") % {"text": _cut(item.text)}
    for span in item.spans:
        label = str(Label(span.label).label) if span.label in LABELS else span.label.capitalize()
        words = gettext("%(label)s “%(quote)s”") % {"label": label, "quote": _cut(span.quote)} if span.quote else label
        if isinstance(item, RowRecord):
            words = gettext("%(span)s in article %(article)s") % {"span": words, "article": item.article}
            if item.offsets:
                start, end = item.offsets
                words = gettext("%(span)s, %(start)s to %(end)s") % {"span": words, "start": start, "end": end}
        yield words
    for link in item.links:
        yield gettext("Link: %(relation)s") % {"relation": link.relation}
    for verdict in item.verdicts:
        yield (
            gettext("Verdict: %(rating)s") % {"rating": verdict.rating}
            if verdict.rating
            else gettext("Verdict: no rating")
        )


def _cut(text: str) -> str:
    return text if len(text) <= CUT else f"{text[:CUT]}…"

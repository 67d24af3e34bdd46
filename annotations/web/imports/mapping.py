"""The mapping of tables as the page asks for it: what their rows are, which column is which, what values become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats.reading.records import Options
from annotations.formats.tables.reading.guess import guessed_columns, guessed_table, guessed_values
from annotations.formats.tables.reading.mapping import COLUMNS, MAPPED, NAMES, NEEDED, TableMapping, mapping_of, plain
from annotations.formats.tables.reading.samples import TableSeen
from annotations.imports.options import options_of, remembered_mapping
from annotations.models import Import, Project
from annotations.project_settings import KEY
from annotations.web.imports.options import LABELS, RELATIONS

NOT_MAPPED: Final = "-"
LEFT_OUT: Final = ""
KINDS: Final = {
    "articles": gettext_lazy("Article"),
    "spans": gettext_lazy("Span in an article"),
    "links": gettext_lazy("Link between two spans"),
    "verdicts": gettext_lazy("Verdict on a claim"),
    "claims": gettext_lazy("Claim with evidence"),
}

Choice = tuple[str, str, bool]
"""Value, words, whether it is chosen."""


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One of our columns, and which column of the file it may be."""

    ours: str
    is_needed: bool
    options: list[Choice]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A value of the file, and what it may become."""

    name: str
    options: list[Choice]
    count: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One table as the page shows it; `number` tells it from the others of the form."""

    number: int
    name: str
    further: int
    table: str
    kinds: list[Choice]
    columns: list[ColumnRow]
    fields: list[Choice]
    values: list[tuple[str, str, list[ValueRow]]]
    """Our column, the file's, and the values in it."""
    shown: list[str]
    rows: list[tuple[list[str], list[str]]]
    """The first rows: the cells of the columns that are shown, and what each row becomes."""
    problem: str
    is_remembered: bool


def asked_tables(one: Import, tables: Sequence[TableSeen]) -> list[Asked]:
    """What the page asks of each table."""
    options = options_of(one)
    return [_asked(number, table, one, options) for number, table in enumerate(tables)]


def initial_mapping(one: Import, tables: Sequence[TableSeen]) -> dict[str, Any]:
    """The options with which the page begins: as the project mapped such a table last, else guessed from the header."""
    said = [remembered_mapping(one.project, table.names) or _guessed(table, one.project) for table in tables]
    return _together(tables, said)


def chosen_mapping(data: QueryDict, one: Import, tables: Sequence[TableSeen]) -> dict[str, Any]:
    """The options that the form says. Whatever is none of those offered is as if nothing was chosen."""
    return _together(tables, [_chosen(data, number, one, table) for number, table in enumerate(tables)])


def without_mapping(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options without what they say of tables."""
    return {name: value for name, value in options.items() if name not in NAMES}


def _together(samples: Sequence[TableSeen], said: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The options for all files: those of one table hold for each file, those of several by file."""
    if len(samples) == 1:
        return said[0]
    return {"files": {path: own for sample, own in zip(samples, said, strict=True) if own for path in sample.files}}


def _guessed(sample: TableSeen, project: Project, table: str = "") -> dict[str, Any]:
    table = table or guessed_table(sample.offered)
    columns = guessed_columns(table, sample.offered)
    values = {
        kind: becomes
        for kind in MAPPED
        if kind in columns
        and (becomes := guessed_values(kind, sample.values[columns[kind]], _known(kind, project), project.scale))
    }
    return {"table": table, "columns": _complete(table, columns, sample), "values": values, "fields": []}


def _complete(table: str, columns: Mapping[str, str], sample: TableSeen) -> dict[str, str]:
    """The columns, with an empty name for each that would be found by its own name and is not to be."""
    there = {plain(name) for name in sample.names}
    return {**columns, **{ours: "" for ours in COLUMNS[table] if ours not in columns and ours in there}}


def _known(kind: str, project: Project) -> frozenset[str]:
    return MAPPED[kind] if kind != "rating" else frozenset(str(rating["key"]) for rating in project.scale)


def _chosen(data: QueryDict, number: int, one: Import, sample: TableSeen) -> dict[str, Any]:
    table = data.get(f"table-{number}", "")
    if table not in COLUMNS:
        return {}
    if data.get(f"was-{number}") != table:
        return _guessed(sample, one.project, table)
    pairs = zip(data.getlist(f"ours-{number}"), data.getlist(f"column-{number}"), strict=False)
    columns = {ours: name for ours, name in pairs if ours in COLUMNS[table] and name in sample.offered}
    values: dict[str, dict[str, str | None]] = {}
    for kind in MAPPED:
        known = _known(kind, one.project)
        said = zip(data.getlist(f"value-{number}-{kind}"), data.getlist(f"becomes-{number}-{kind}"), strict=False)
        becomes = {value: to or None for value, to in said if (to in known or to == LEFT_OUT) and "\0" not in value}
        if kind in columns and becomes:
            values[kind] = becomes
    fields = [name for name in data.getlist(f"field-{number}") if name in sample.offered and KEY.match(plain(name))]
    return {
        "table": table,
        "columns": _complete(table, columns, sample),
        "values": values,
        "fields": fields if table == "spans" else [],
    }


def _asked(number: int, sample: TableSeen, one: Import, options: Options) -> Asked:
    mapping = mapping_of(sample.files[0], options)
    table = mapping.table if mapping else ""
    columns = {ours: name for ours, name in (mapping.columns if mapping else {}).items() if name in sample.offered}
    # An import's options forget their order.
    shown = list(dict.fromkeys(columns[ours] for ours in COLUMNS.get(table, ()) if ours in columns))
    rows: list[tuple[list[str], list[str]]] = []
    if mapping:
        columns_shown = [sample.names.index(name) for name in shown]
        rows = [
            ([cells[column] for column in columns_shown], words)
            for cells, words in zip(sample.rows, sample.becomes, strict=True)
        ]
    free = [name for name in sample.offered if name not in shown and KEY.match(plain(name))]
    last = remembered_mapping(one.project, sample.names) if mapping else None
    is_remembered = (
        mapping is not None
        and last is not None
        and (
            (mapping.table, mapping.columns, mapping.values)
            == (last["table"], last.get("columns", {}), last.get("values", {}))
        )
    )
    kinds = [("", _("Not imported"), not table), *((name, str(words), name == table) for name, words in KINDS.items())]
    return Asked(
        number=number,
        name=sample.files[0],
        further=len(sample.files) - 1,
        table=table,
        kinds=kinds,
        columns=_column_rows(table, columns, sample) if table else [],
        fields=[(name, name, name in mapping.fields) for name in free] if mapping and table == "spans" else [],
        values=_value_rows(mapping, columns, sample, one.project) if mapping else [],
        shown=shown,
        rows=rows,
        problem=sample.problem,
        is_remembered=is_remembered,
    )


def _column_rows(table: str, columns: Mapping[str, str], sample: TableSeen) -> list[ColumnRow]:
    needed = {ours for need in NEEDED[table] if len(need) == 1 for ours in need[0]}
    rows = []
    for ours in COLUMNS[table]:
        offered = [
            ("", _("None"), ours not in columns),
            *((name, name, columns.get(ours) == name) for name in sample.offered),
        ]
        rows.append(ColumnRow(ours, ours in needed, offered))
    return rows


def _value_rows(
    mapping: TableMapping, columns: Mapping[str, str], sample: TableSeen, project: Project
) -> list[tuple[str, str, list[ValueRow]]]:
    offered: dict[str, list[tuple[str, Any]]] = {
        "label": LABELS,
        "relation": RELATIONS,
        "rating": [(str(one["key"]), str(one["name"])) for one in project.scale],
    }
    found = []
    for kind in MAPPED:
        if kind not in columns or kind not in COLUMNS[mapping.table]:
            continue
        said = mapping.values.get(kind, {})
        rows = []
        for value in dict.fromkeys([*sample.values[columns[kind]], *said]):
            usual = dict(offered[kind]).get(value)
            first = (NOT_MAPPED, _("Default: %(choice)s") % {"choice": usual} if usual else _("Unknown: skipped"))
            to = (said[value] or LEFT_OUT) if value in said else NOT_MAPPED
            choices = [first, *offered[kind], (LEFT_OUT, _("Leave out"))]
            rows.append(ValueRow(value, [(key, words, key == to) for key, words in choices]))
        found.append((kind, columns[kind], rows))
    return found

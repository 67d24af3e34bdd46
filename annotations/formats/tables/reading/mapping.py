"""What the columns of a table are and what its values become, as `options` of the format `table` say.

`options.table` is the kind of table, `options.columns` says which column of the file is which of ours, and
`options.values` what a value of a label, relation or rating becomes; `options.files` says the same by file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from annotations.formats.reading.records import Options, Refused
from annotations.formats.reading.sources import shown
from annotations.project_settings import KEY
from annotations.text.offset_units import CRLF, UNITS
from annotations.vocabulary import LABELS, RELATIONS

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "articles": ("id", "title", "body", "url", "outlet", "author", "published_on", "language"),
    "spans": ("id", "article", "label", "quote", "start", "end", "annotator", "note"),
    "links": ("id", "source", "target", "relation", "annotator"),
    "verdicts": ("claim", "rating", "rationale", "confidence", "author", "state"),
    "claims": (
        "id", "claim", "evidence", "article", "quote", "relation", "rating", "rationale", "speaker", "date",
        "annotator",
    ),
}  # fmt: skip
"""The columns of each kind of table."""

NEEDED: Final[Mapping[str, Sequence[Sequence[tuple[str, ...]]]]] = {
    "articles": [[("body",)]],
    "spans": [[("article",)], [("label",)], [("quote",), ("start", "end")]],
    "links": [[("source",)], [("target",)], [("relation",)]],
    "verdicts": [[("claim",)], [("rating",)]],
    "claims": [[("claim",)], [("evidence",), ("article", "quote")], [("relation",)]],
}
"""What a table needs: for each need the sets of columns of which one is enough."""

MAPPED: Final[Mapping[str, frozenset[str]]] = {
    "label": frozenset(LABELS),
    "relation": frozenset(RELATIONS),
    "rating": frozenset(),
}
"""The columns whose values are mapped, and what they become; a rating becomes one of the project's scale."""

NAMES: Final = ("table", "columns", "values", "fields", "files")
"""The options that say what tables are."""

OF_A_FILE: Final = ("table", "columns", "values", "fields", "offset_unit", "crlf")
"""The options that `files` may have for one file."""

MOST_FIELDS: Final = 50
LISTED: Final = 10
"""Columns that a refusal lists."""

Complaint = tuple[str, str, str]
"""The option, a code, and what is wrong in words."""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What is said of one file."""

    table: str
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str | None]]
    fields: Sequence[str]
    offset_unit: str
    crlf: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one file. `places` are indexes of its columns by ours, `names` what the file calls those.

    `fields` are indexes by the key of the field; `others` are names of columns that are not taken.
    """

    indexes: Mapping[str, int]
    names: Mapping[str, str]
    fields: Mapping[str, int]
    others: Sequence[str]


def mapping_of(path: str, options: Options) -> TableMapping | None:
    """What is said of the file of this path, by it or by the file's name; None where nothing is."""
    said = options.mapping
    files: Mapping[str, Mapping[str, Any]] = said.get("files", {})
    own = files.get(path, files.get(path.rpartition("/")[2], {}))
    table = own.get("table", said.get("table", ""))
    if not table:
        return None
    return TableMapping(
        table=table,
        columns=own.get("columns", said.get("columns", {}) if table == said.get("table") else {}),
        values=own.get("values", said.get("values", {})),
        fields=own.get("fields", said.get("fields", [])),
        offset_unit=own.get("offset_unit", options.offset_unit),
        crlf=own.get("crlf", options.crlf),
    )


def layout_of(mapping: TableMapping, header: Sequence[str], file: str) -> Layout:
    """Where the columns are: those that are named, else those with equal names; an empty name stands for none.

    Raises Refused where one is missing.
    """
    names = {ours: column for ours, column in mapping.columns.items() if ours in COLUMNS[mapping.table]}
    left_out = {ours for ours, column in names.items() if not column}
    names = {ours: column for ours, column in names.items() if column}
    taken = {*names.values(), *mapping.fields}
    by_plain_name = {plain(name): name for name in reversed(header) if name not in taken}
    for ours in COLUMNS[mapping.table]:
        if ours not in {*names, *left_out} and ours in by_plain_name:
            names[ours] = by_plain_name[ours]
    wanted = [*names.values(), *mapping.fields]
    if missing := [name for name in wanted if name not in header]:
        raise _missing(_("The file has no column %(columns)s.") % {"columns": listed(missing)}, header, file)
    for need in NEEDED[mapping.table]:
        if not any(all(ours in names for ours in enough) for enough in need):
            words = " or ".join(" and ".join(enough) for enough in need)
            raise _missing(
                _("A table of %(table)s needs the column %(words)s.") % {"table": mapping.table, "words": words},
                header,
                file,
            )
    counted = Counter(header)
    if twice := [name for name in wanted if counted[name] > 1]:
        raise Refused(
            file, "header", "duplicate_column", _("Two columns are called %(columns)s.") % {"columns": listed(twice)}
        )
    indexes = {name: index for index, name in enumerate(header)}
    others = [name for name in header if name not in wanted and name.strip()]
    fields = {plain(name): indexes[name] for name in mapping.fields} if mapping.table == "spans" else {}
    return Layout({ours: indexes[name] for ours, name in names.items()}, names, fields, others)


def _missing(words: str, header: Sequence[str], file: str) -> Refused:
    return Refused(
        file,
        "header",
        "column_missing",
        _("%(problem)s It has: %(columns)s.") % {"problem": words, "columns": listed(header) or _("no columns")},
    )


def listed(names: Sequence[str]) -> str:
    """The first of these names, as they may be shown."""
    first = ", ".join(shown(name.strip()[:40]) for name in names[:LISTED])
    if len(names) <= LISTED:
        return first
    return _("%(names)s and %(count)s more") % {"names": first, "count": len(names) - LISTED}


def plain(name: str) -> str:
    """A column's name in the form in which ours are: in lower case, with underscores."""
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def complaints_about_mapping(
    format_: str, options: Mapping[str, Any], scale: Sequence[Mapping[str, Any]]
) -> Iterator[Complaint]:
    """What is wrong with the options of an import as a table, or with those of a table in another format.

    `scale` is the project's: values become its ratings.
    """
    if format_ != "table":
        for name in NAMES:
            if name in options:
                yield name, "not_a_choice", _("Only the format table has this option.")
        return
    if "types" in options:
        yield "types", "not_a_choice", _("A table has no types. Use values to say what its values become.")
    if options.get("person_from") == "field":
        yield (
            "person_from",
            "not_a_choice",
            _("In a table, the column annotator names people. Use columns to say which column that is."),
        )
    if options.get("without_boilerplate"):
        yield "without_boilerplate", "not_a_choice", _("Offsets in tables count the whole text. Leave this out.")
    if "table" not in options and not options.get("files"):
        yield (
            "table",
            "required",
            _("Choose what the table is: %(tables)s. Or set it for each file in files.")
            % {"tables": ", ".join(COLUMNS)},
        )
    ratings = frozenset(str(rating["key"]) for rating in scale)
    yield from _complaints("", options, ratings)
    yield from _complaints_about_files(options, ratings)


def _complaints_about_files(options: Mapping[str, Any], ratings: frozenset[str]) -> Iterator[Complaint]:
    files = options.get("files", {})
    if not isinstance(files, Mapping):
        yield "files", "invalid", _("Send an object with an object for each file.")
        return
    for name, own in files.items():
        if not isinstance(own, Mapping):
            yield f"files.{name}", "invalid", _("Send an object.")
            continue
        for unknown in sorted(set(own) - {*OF_A_FILE}):
            yield f"files.{name}.{unknown}", "unknown_field", _("Files have no such option.")
        if "table" not in own and "table" not in options:
            yield (
                f"files.{name}.table",
                "required",
                _("Choose what the table is: %(tables)s.") % {"tables": ", ".join(COLUMNS)},
            )
        yield from _complaints(f"files.{name}.", {"table": options.get("table"), **own}, ratings)


def _complaints(where: str, said: Mapping[str, Any], ratings: frozenset[str]) -> Iterator[Complaint]:
    table = said.get("table")
    if table is not None and table not in COLUMNS:
        yield (
            f"{where}table",
            "invalid_choice",
            _("The table must be one of: %(tables)s.") % {"tables": ", ".join(COLUMNS)},
        )
        return
    columns = said.get("columns", {})
    if not isinstance(columns, Mapping) or not all(isinstance(one, str) for one in columns.values()):
        yield f"{where}columns", "invalid", _("Send an object with the name of a column for each of ours.")
    else:
        known = COLUMNS[table] if table else {name for names in COLUMNS.values() for name in names}
        for name in sorted(set(columns) - {*known}):
            yield (
                f"{where}columns.{name}",
                "unknown_field",
                _("The column must be one of: %(columns)s.") % {"columns": ", ".join(known)},
            )
    yield from _complaints_about_values(where, said.get("values", {}), {**MAPPED, "rating": ratings})
    if said.get("fields") and table not in (None, "spans"):
        yield f"{where}fields", "not_a_choice", _("Only a table of spans has fields. Leave this out.")
    yield from _complaints_about_fields(where, said.get("fields", []))
    for name, allowed in (("offset_unit", UNITS), ("crlf", CRLF)):
        if said.get(name) is not None and said[name] not in allowed:
            yield f"{where}{name}", "invalid_choice", _("Choose one of: %(choices)s.") % {"choices": ", ".join(allowed)}


def _complaints_about_values(where: str, values: Any, known: Mapping[str, frozenset[str]]) -> Iterator[Complaint]:
    if not isinstance(values, Mapping):
        yield f"{where}values", "invalid", _("Send an object with label, relation or rating.")
        return
    for name, becomes in values.items():
        if name not in MAPPED:
            yield (
                f"{where}values.{name}",
                "unknown_field",
                _("You can map values for: %(columns)s.") % {"columns": ", ".join(MAPPED)},
            )
        elif not isinstance(becomes, Mapping):
            yield f"{where}values.{name}", "invalid", _("Send an object with what each value becomes.")
        else:
            for value, one in becomes.items():
                if one is not None and (not isinstance(one, str) or one not in known[name]):
                    words = _("A value must become one of: %(choices)s, or null.") % {
                        "choices": ", ".join(sorted(known[name]))
                    }
                    yield f"{where}values.{name}.{value}", "invalid_choice", words


def _complaints_about_fields(where: str, fields: Any) -> Iterator[Complaint]:
    if not isinstance(fields, list) or not all(isinstance(one, str) for one in fields) or len(fields) > MOST_FIELDS:
        yield f"{where}fields", "invalid", _("Send a list of at most %(most)s column names.") % {"most": MOST_FIELDS}
        return
    for name in fields:
        if not KEY.match(plain(name)):
            words = _(
                "%(column)s: the key of a field can have up to 40 letters a to z, digits and "
                "underscores, and must start with a letter."
            ) % {"column": name[:60]}
            yield f"{where}fields", "invalid", f"{name[:60]}: {words}"

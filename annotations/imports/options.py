"""What somebody chose for an import, as its row keeps it: JSON that says only what differs from the usual.

`types` (own type of the format → label, relation, rating or ``""``), `people` (name in the files → ``"me"``,
``"keep"`` or the id of a member), `metadata` (column of Article → value), `encoding`, `without_boilerplate`,
`offset_unit` and `crlf` (what offsets count), `person_from` and `person_field` (what names whoever annotated), and what
tables are (`annotations.formats.tables.reading.mapping`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from annotations.formats.reading.records import Options, Refused
from annotations.formats.tables.reading.mapping import COLUMNS, NAMES, TableMapping, layout_of
from annotations.models import Import, Project

LOOKED_AT: Final = 20
"""Imports of tables that are remembered."""
MOST_FILES: Final = 100
"""Files of one of them."""
CHOSEN: Final = ("table", "columns", "values", "fields")


def options_of(of: Import, types: Mapping[str, str] | None = None) -> Options:
    """The choices for an import as importers take them; `types` takes the place of those that were chosen."""
    chosen: Mapping[str, Any] = of.options
    metadata = dict(chosen.get("metadata", {}))
    if isinstance(published := metadata.get("published_on"), str):
        metadata["published_on"] = date.fromisoformat(published)
    return Options(
        types=chosen.get("types", {}) if types is None else types,
        metadata=metadata,
        encoding=chosen.get("encoding", ""),
        without_boilerplate=chosen.get("without_boilerplate", False),
        scale=of.project.scale,
        offset_unit=chosen.get("offset_unit", ""),
        crlf=chosen.get("crlf", ""),
        person_from=chosen.get("person_from") or "auto",
        person_field=chosen.get("person_field", "") if chosen.get("person_from") == "field" else "",
        mapping={name: chosen[name] for name in NAMES if name in chosen},
    )


def remembered_mapping(project: Project, header: Sequence[str]) -> dict[str, Any] | None:
    """The mapping of the last table whose columns are all in this header; None where there was none."""
    return next((said for said in _mappings(project) if _fits(said, header)), None)


def _mappings(project: Project) -> Iterator[dict[str, Any]]:
    earlier = Import.objects.started().filter(project=project, format="table").order_by("-created_at", "-id")
    for options in earlier.values_list("options", flat=True)[:LOOKED_AT]:
        for own in [*list(options.get("files", {}).values())[:MOST_FILES], {}]:
            said: Mapping[str, Any] = {**options, **own}
            if own.get("table") not in (None, options.get("table")):
                said = {"values": options.get("values", {}), **own}
            if said.get("table") in COLUMNS:
                yield {name: said[name] for name in CHOSEN if name in said}


def _fits(said: Mapping[str, Any], header: Sequence[str]) -> bool:
    mapping = TableMapping(said["table"], said.get("columns", {}), {}, said.get("fields", []), "", "")
    try:
        layout = layout_of(mapping, header, "")
    except Refused:
        return False
    # A table that was mapped by its own names alone says nothing of one with others besides.
    return bool(mapping.columns) or not layout.others

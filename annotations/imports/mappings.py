"""The mapping with which a project's last table of the same columns came in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from annotations.formats.reading.records import Refused
from annotations.formats.tables.reading.mapping import COLUMNS, TableMapping, layout_of
from annotations.models import Import, Project

LOOKED_AT: Final = 20
"""Imports of tables that are remembered."""
MOST_FILES: Final = 100
"""Files of one of them."""
SAID: Final = ("table", "columns", "values", "fields")


def remembered(project: Project, header: Sequence[str]) -> dict[str, Any] | None:
    """What was said of the last table whose columns are all in this header; None where there was none."""
    return next((said for said in _said(project) if _fits(said, header)), None)


def _said(project: Project) -> Iterator[dict[str, Any]]:
    begun = Import.objects.begun().filter(project=project, format="table").order_by("-created_at", "-id")
    for options in begun.values_list("options", flat=True)[:LOOKED_AT]:
        for own in [*list(options.get("files", {}).values())[:MOST_FILES], {}]:
            said: Mapping[str, Any] = {**options, **own}
            if own.get("table") not in (None, options.get("table")):
                said = {"values": options.get("values", {}), **own}
            if said.get("table") in COLUMNS:
                yield {name: said[name] for name in SAID if name in said}


def _fits(said: Mapping[str, Any], header: Sequence[str]) -> bool:
    mapping = TableMapping(said["table"], said.get("columns", {}), {}, said.get("fields", []), "", "")
    try:
        layout = layout_of(mapping, header, "")
    except Refused:
        return False
    # A table that was mapped by its own names alone says nothing of one with others besides.
    return bool(mapping.columns) or not layout.others

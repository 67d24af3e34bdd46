"""What somebody chose for an import, as its row keeps it: JSON that says only what differs from the usual.

`types` (own type of the format → label, relation, rating or ``""``), `people` (name in the files → ``"me"``,
``"keep"`` or the id of a member), `metadata` (column of Article → value), `encoding`, `without_boilerplate`,
`offset_unit` and `crlf` (what offsets count), `person_from` and `person_field` (what names whoever annotated), and what
tables are (`annotations.formats.tables.reading.mapping`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from annotations.formats.reading.records import Options
from annotations.formats.tables.reading.mapping import NAMES
from annotations.models import Import


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

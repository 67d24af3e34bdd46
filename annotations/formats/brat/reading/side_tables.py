"""The tables beside the documents of an archive that is our own: whose they are, links across them, label fields."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from annotations.formats.brat.names import (
    DOCUMENTS,
    DOCUMENTS_COLUMNS,
    FIELDS,
    LINKS,
    LINKS_COLUMNS,
    MEANINGS,
    METADATA,
    TYPES,
    bare,
)
from annotations.formats.reading.metadata import particulars
from annotations.formats.reading.records import Refusal, Refused
from annotations.formats.reading.sources import File, Source
from annotations.vocabulary import RELATIONS

Row = dict[str, str]
TABLES: Final = {DOCUMENTS: DOCUMENTS_COLUMNS, LINKS: LINKS_COLUMNS}
KNOWN: Final = {"labels": tuple(TYPES), "relations": RELATIONS}


@dataclass(slots=True)
class Ours:
    """What the tables say. Documents are named by their path within `folder`."""

    folder: str
    fields: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    documents: dict[str, Row] = field(default_factory=dict)
    links: dict[str, list[tuple[int, Row]]] = field(default_factory=dict)
    """By the document that they end in, with their line."""
    labels: dict[str, str] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)
    """What types are."""
    refused: list[Refusal] = field(default_factory=list)

    def name(self, stem: str) -> str:
        """A document's name in the tables."""
        return stem.removeprefix(self.folder)

    def metadata(self, document: str, path: str) -> tuple[dict[str, Any], list[Refusal]]:
        """The columns of a document's article that are known, and what of them cannot be stored."""
        row = self.documents.get(document, {})
        return particulars({name: row[name] for name in METADATA if name in row}, path, DOCUMENTS)


def ours(source: Source) -> Ours | None:
    """The tables of an import, or None where it has none: then it was not made here."""
    by_path = {file.path: file for file in source.files}
    settings = next(
        (file for file in source.files if file.name == FIELDS and _beside(file, DOCUMENTS) in by_path), None
    )
    if settings is None:
        return None
    found = Ours(folder=_beside(settings, ""))
    try:
        value = json.loads(settings.read())
        if not isinstance(value, dict) or not all(isinstance(one, list) for one in value.values()):
            raise ValueError
        found.fields = {
            label: [one for one in fields if isinstance(one, dict) and "key" in one] for label, fields in value.items()
        }
    except (Refused, ValueError, RecursionError):
        found.refused.append(Refusal(settings.path, "", "fields_unreadable", _("The label fields can't be read.")))
    if file := by_path.get(_beside(settings, MEANINGS)):
        _read_meanings(found, file)
    for name, columns in TABLES.items():
        if file := by_path.get(_beside(settings, name)):
            _read(found, file, name, columns)
    return found


def _beside(file: File, name: str) -> str:
    return file.path.removesuffix(file.name) + name


def _read_meanings(found: Ours, file: File) -> None:
    """What types are, as far as it is a label or a relation; anything else is refused by its type."""
    try:
        said = json.loads(file.read())
    except (Refused, ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or not all(isinstance(said.get(what, {}), dict) for what in KNOWN):
        found.refused.append(Refusal(file.path, "", "types_unreadable", _("The types can't be read.")))
        return
    meanings = {"labels": found.labels, "relations": found.relations}
    for what, known in KNOWN.items():
        for type_, becomes in said.get(what, {}).items():
            if becomes in known:
                meanings[what][type_] = becomes
            else:
                detail = _("%(type)s must be one of: %(known)s.") % {"type": type_[:40], "known": ", ".join(known)}
                found.refused.append(Refusal(file.path, f"{what}, {type_[:40]}", "malformed", detail))


def _read(found: Ours, file: File, name: str, columns: tuple[str, ...]) -> None:
    try:
        for number, row in _rows(file, columns):
            if len(row) != len(columns):
                detail = _("The row has %(found)s cells instead of %(wanted)s.") % {
                    "found": len(row),
                    "wanted": len(columns),
                }
                found.refused.append(Refusal(file.path, f"line {number}", "malformed", detail))
            elif name == DOCUMENTS:
                found.documents[row["document"]] = row
            else:
                found.links.setdefault(row["target_document"], []).append((number, row))
    except Refused as error:
        found.refused.append(error.refusal)
    except (UnicodeDecodeError, csv.Error) as error:
        found.refused.append(
            Refusal(file.path, "", "malformed", _("The table can't be read: %(error)s.") % {"error": error})
        )


def _rows(file: File, columns: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    with file.open() as stream, io.TextIOWrapper(stream, "utf-8", newline="") as lines:
        reader = csv.reader(lines, "excel-tab")
        if next(reader, None) != list(columns):
            raise Refused(
                file.path,
                "line 1",
                "malformed",
                _("The first line must name the columns %(columns)s.") % {"columns": ", ".join(columns)},
            )
        for cells in reader:
            yield (
                reader.line_num,
                dict(zip(columns, map(bare, cells), strict=False))
                | {str(extra): "" for extra in range(len(columns), len(cells))},
            )

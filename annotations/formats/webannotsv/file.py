"""A file of WebAnno TSV 3 as layers, a text, and rows. Its offsets are UTF-16 units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from annotations.formats.reading.records import Refused
from annotations.formats.reading.sources import LARGEST_DOCUMENT
from annotations.formats.webannotsv.cells import unescaped_text

FORMAT: Final = re.compile(r"#FORMAT=WebAnno TSV (3\.\d+)\s*")
LAYER: Final = re.compile(r"#T_(SP|CH|RL)=([^|]+)(?:\|(.*))?")
ROLE: Final = re.compile(r"ROLE_[^:]+:(?=\w++(?:\.\w++)++\Z)(\w+?)_([A-Za-z]\w*+(?:\.\w++)++)")
"""It looks ahead whether all of it is words and dots: else each underscore would be tried as the one that divides."""
ROW: Final = re.compile(r"(\d+-\d+(?:\.\d+)?)\t(\d{1,9})-(\d{1,9})")
MOST_ROWS: Final = 200_000
"""Rows of one file: each becomes an object."""
LONGEST: Final = LARGEST_DOCUMENT // 4
"""UTF-16 units of a text: its offsets alone could make it grow, since what lies between sentences becomes space."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is value, role, target, base or none (which only says that something is there)."""

    kind: str
    feature: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: `kind` is SP (spans), CH (chains) or RL (relations)."""

    kind: str
    name: str
    columns: list[Column]


@dataclass(frozen=True, slots=True)
class Row:
    """A token or a part of one, with its cells."""

    line: int
    unit: str
    begin: int
    end: int
    form: str
    cells: list[str]


@dataclass(slots=True)
class TsvFile:
    """The whole file."""

    layers: list[Layer] = field(default_factory=list)
    text: str = ""
    rows: list[Row] = field(default_factory=list)


def tsv_file(content: str, file: str) -> TsvFile:
    """Raises Refused where the file is no WebAnno TSV 3, or its tokens are not where it says."""
    lines = content.split("\n")
    found = FORMAT.fullmatch(lines[0])
    if found is None:
        raise Refused(file, "line 1", "not_webannotsv", _("The first line must be #FORMAT=WebAnno TSV 3."))
    reading = _Reading(file, found[1])
    for number, line in enumerate(lines[1:], 2):
        reading.take(number, line.removesuffix("\r"))
    reading.tsv.text = "".join(reading.text)
    _check(reading.tsv, file)
    return reading.tsv


class _Reading:
    def __init__(self, file: str, version: str) -> None:
        self.file, self.version = file, version
        self.tsv = TsvFile()
        self.text: list[str] = []
        self.units = 0
        """UTF-16 units of the text so far."""
        self.sentence: list[str] = []
        self.between = True
        """Whether a line that begins with # is no row."""

    def refused(self, line: int, code: str, detail: str) -> Refused:
        return Refused(self.file, f"line {line}", code, detail)

    def take(self, number: int, line: str) -> None:
        if not line:
            self.between = True
        elif self.between and line.startswith("#"):
            if line.startswith("#Text="):
                self.sentence.append(unescaped_text(line.removeprefix("#Text="), self.version))
            elif found := LAYER.fullmatch(line):
                if self.tsv.rows:
                    raise self.refused(number, "broken_tsv", _("A layer is after the first row."))
                self.tsv.layers.append(Layer(found[1], found[2], list(_columns(found[1], found[3] or ""))))
        else:
            self._take_row(number, line)

    def _take_row(self, number: int, line: str) -> None:
        found = ROW.match(line)
        cells = line.split("\t")
        wanted = 3 + sum(len(layer.columns) for layer in self.tsv.layers)
        if found is None or len(cells) < wanted:
            detail = _("A row must have a number, offsets, a token and %(count)s columns.") % {"count": wanted - 3}
            raise self.refused(number, "broken_tsv", detail)
        begin, end = int(found[2]), int(found[3])
        if self.between:
            self._begin(number, begin)
        if len(self.tsv.rows) >= MOST_ROWS:
            raise self.refused(
                number, "too_large", _("The file has more than %(most_rows)s rows.") % {"most_rows": f"{MOST_ROWS:,}"}
            )
        self.tsv.rows.append(Row(number, found[1], begin, end, cells[2], cells[3:wanted]))

    def _begin(self, number: int, begin: int) -> None:
        """The sentence's text, where its first token begins; between sentences TSV knows of no text but space."""
        if not self.sentence:
            raise self.refused(number, "broken_tsv", _("A row has no sentence before it."))
        gap = begin - self.units
        if begin > LONGEST:
            raise self.refused(
                number, "too_large", _("The text has more than %(longest)s characters.") % {"longest": f"{LONGEST:,}"}
            )
        if gap < 0:
            detail = _("The sentence starts at %(begin)s, but the one before it ends at %(end)s.") % {
                "begin": begin,
                "end": self.units,
            }
            raise self.refused(number, "fragments", detail)
        space = (" " if not self.units else "\n")[:gap] + " " * (gap - 1)
        added = space + "\n".join(self.sentence)
        self.text.append(added)
        self.units += len(added.encode("utf-16-le", "surrogatepass")) // 2
        self.sentence, self.between = [], False


def _columns(kind: str, declared: str) -> Iterator[Column]:
    if not declared:
        yield Column("none")
        return
    role: tuple[str, str] | None = None
    for name in declared.split("|"):
        if kind == "SP" and (found := ROLE.fullmatch(name)):
            role = (found[1], found[2])
            yield Column("role", *role)
        elif role:
            yield Column("target", role[0], name)
            role = None
        elif kind == "RL" and name.startswith("BT_"):
            yield Column("base", "", name.removeprefix("BT_"))
        else:
            yield Column("value", name)


def _check(tsv: TsvFile, file: str) -> None:
    """Raises Refused where a token is not what the text holds at its offsets."""
    units = tsv.text.encode("utf-16-le", "surrogatepass")
    for row in tsv.rows:
        # Half of a surrogate pair stays one, so that no token is like it, not even a replacement character.
        held = units[2 * row.begin : 2 * row.end].decode("utf-16-le", "surrogatepass")
        if held not in (row.form, unescaped_text(row.form, "3.3")):
            detail = _("The token is %(token)s, but the text at %(begin)s to %(end)s is %(text)s.") % {
                "token": f"{row.form[:40]!r}",
                "text": f"{held[:40]!r}",
                "begin": row.begin,
                "end": row.end,
            }
            if tsv.text[row.begin : row.end] == row.form:
                raise Refused(
                    file, f"line {row.line}", "offsets_in_code_points", f"{detail} {_('Offsets must be UTF-16 units.')}"
                )
            raise Refused(file, f"line {row.line}", "quote_mismatch", detail)

"""The rows of a file as a UIMA CAS, so that what becomes of it is decided as for any other."""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from cassis import Cas, TypeSystem
from django.utils.translation import gettext

from annotations.formats.reading.records import Refused
from annotations.formats.uima.layers import ANNOTATION, DKPRO, STRING
from annotations.formats.uima.reading.loader import Loaded
from annotations.formats.uima.reading.safety import refuse_costly
from annotations.formats.uima.reading.type_systems import UNREADABLE
from annotations.formats.webannotsv.cells import chained, numbered, split, value
from annotations.formats.webannotsv.file import Column, Layer, Row, TsvFile

TOKEN: Final = f"{DKPRO}segmentation.type.Token"
RESERVED: Final = ("self", "type", "get", "set")
"""Names of features that mean something else to cassis."""


def loaded(tsv: TsvFile, file: str, *, tokens: bool) -> Loaded:
    """The file as a CAS; its tokens are only counted where nobody wants them.

    Raises Refused where the layers or their references make no sense.
    """
    try:
        types = _types(tsv.layers)
    except UNREADABLE as error:
        raise Refused(
            file,
            "",
            "broken_tsv",
            gettext("The layers contradict each other: %(error)s.") % {"error": str(error)[:200]},
        ) from error
    referred = any(column.type == TOKEN for layer in tsv.layers for column in layer.columns)
    building = _Building(tsv, types, file, tokens or referred)
    for row in tsv.rows:
        try:
            building.take(row)
        except UNREADABLE as error:
            detail = gettext("The row can't be read: %(error)s") % {"error": str(error)[:200]}
            raise Refused(file, f"line {row.line}", "broken_tsv", detail) from error
    return building.finished()


def _types(layers: list[Layer]) -> TypeSystem:
    features = {
        layer.name: [_feature(column.feature) for column in layer.columns if column.feature] for layer in layers
    }
    refuse_costly({name: (ANNOTATION, names) for name, names in features.items()})
    types = TypeSystem()
    types.create_type(TOKEN, ANNOTATION)
    for layer in layers:
        made = types.create_type(layer.name, ANNOTATION)
        for column in layer.columns:
            if column.kind == "value":
                types.create_feature(made, _feature(column.feature), STRING)
            elif column.kind == "role":
                types.create_feature(made, column.feature, "uima.cas.FSArray")
                if not types.contains_type(column.type):
                    link = types.create_type(column.type, "uima.cas.TOP")
                    types.create_feature(link, "role", STRING)
                    types.create_feature(link, "target", ANNOTATION)
        references = {"RL": ("Governor", "Dependent"), "CH": ("next",)}.get(layer.kind, ())
        for name in references:
            types.create_feature(made, name, ANNOTATION)
        if layer.kind == "CH":
            types.create_feature(types.create_type(_chain(layer), "uima.cas.AnnotationBase"), "first", ANNOTATION)
    return types


def _feature(name: str) -> str:
    return f"{name}_" if name in RESERVED or keyword.iskeyword(name) else name


def _chain(layer: Layer) -> str:
    return f"{layer.name.removesuffix('Link')}Chain"


@dataclass(slots=True)
class _Reference:
    """A relation or slots that wait for what they join, which may stand further down."""

    row: Row
    layer: Layer
    made: Any
    column: Column
    cell: str
    roles: str = ""


@dataclass(slots=True)
class _Building:
    tsv: TsvFile
    types: TypeSystem
    file: str
    tokens: bool
    made: list[tuple[Any, str]] = field(default_factory=list)
    """Feature structures with their places."""
    units: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    """By token or part of one and by layer, what lies there."""
    numbers: dict[tuple[str, int], Any] = field(default_factory=dict)
    """By layer and the number in brackets."""
    chains: dict[tuple[str, int], dict[int, Any]] = field(default_factory=dict)
    waiting: list[_Reference] = field(default_factory=list)

    def take(self, row: Row) -> None:
        if self.tokens and "." not in row.unit:
            self.units.setdefault(row.unit, {})[TOKEN] = [self._new(TOKEN, row)]
        cells = iter(row.cells)
        for layer in self.tsv.layers:
            stacked = [split(next(cells), "|") for _ in layer.columns]
            if all(parts == ["_"] for parts in stacked):
                continue
            for index in range(max(map(len, stacked))):
                parts = [column[index] if index < len(column) else "*" for column in stacked]
                {"SP": self._span, "CH": self._link, "RL": self._relation}[layer.kind](row, layer, parts)

    def _new(self, name: str, row: Row) -> Any:
        made = self.types.get_type(name)(begin=row.begin, end=row.end)
        self.made.append((made, row.unit))
        return made

    def _span(self, row: Row, layer: Layer, parts: list[str]) -> None:
        """An annotation; one whose number was there before goes on here."""
        own = [
            (part, 0) if column.kind == "target" else numbered(part)[:2]
            for column, part in zip(layer.columns, parts, strict=True)
        ]
        number = max(number for _, number in own)
        made = self.numbers.get((layer.name, number))
        if made is None:
            made = self._new(layer.name, row)
            self._fill(row, layer, made, [part for part, _ in own])
        if number:
            self.numbers[layer.name, number] = made
        made.end = max(made.end, row.end)
        self.units.setdefault(row.unit, {}).setdefault(layer.name, []).append(made)

    def _fill(self, row: Row, layer: Layer, made: Any, parts: list[str]) -> None:
        roles = ""
        for column, part in zip(layer.columns, parts, strict=True):
            if column.kind == "value":
                made[_feature(column.feature)] = value(part)
            elif column.kind == "role":
                roles = part
            elif column.kind == "target" and value(part):
                self.waiting.append(_Reference(row, layer, made, column, part, roles))

    def _link(self, row: Row, layer: Layer, parts: list[str]) -> None:
        names = [column.feature for column in layer.columns]
        relation, chain, number = chained(parts[names.index("referenceRelation")])
        links = self.chains.setdefault((layer.name, chain), {})
        if number in links:
            links[number].end = max(links[number].end, row.end)
            return
        links[number] = self._new(layer.name, row)
        links[number]["referenceRelation"] = value(relation)
        if "referenceType" in names:
            links[number]["referenceType"] = value(numbered(parts[names.index("referenceType")])[0])

    def _relation(self, row: Row, layer: Layer, parts: list[str]) -> None:
        made = self._new(layer.name, row)
        for column, part in zip(layer.columns, parts, strict=True):
            if column.kind == "value":
                made[_feature(column.feature)] = value(numbered(part)[0])
            elif column.kind == "base":
                self.waiting.append(_Reference(row, layer, made, column, part))

    def finished(self) -> Loaded:
        for one in self.waiting:
            (self._join if one.layer.kind == "RL" else self._fill_slots)(one)
        case = Cas(typesystem=self.types)
        case.get_sofa()._sofaString = self.tsv.text  # not through the setter, which would convert offsets
        locations = {}
        for made, location in [*self.made, *self._heads()]:
            case.add(made)
            locations[made.xmiID] = location
        count = 0 if self.tokens else sum("." not in row.unit for row in self.tsv.rows)
        return Loaded(case, locations=locations, left_out={TOKEN: count} if count else {})

    def _heads(self) -> Iterator[tuple[Any, str]]:
        for (name, _), links in self.chains.items():
            ordered = [links[number] for number in sorted(links)]
            for link, following in pairwise(ordered):
                link["next"] = following
            layer = next(layer for layer in self.tsv.layers if layer.name == name)
            yield self.types.get_type(_chain(layer))(first=ordered[0]), ""

    def _join(self, one: _Reference) -> None:
        unit, source, target = numbered(one.cell)
        one.made["Governor"] = self._found(one, unit, source)
        one.made["Dependent"] = self._found(one, one.row.unit, target)

    def _fill_slots(self, one: _Reference) -> None:
        columns = [column for column in one.layer.columns if column.kind == "role"]
        kind = next(column.type for column in columns if column.feature == one.column.feature)
        link, roles = self.types.get_type(kind), split(one.roles, ";")
        links = []
        for index, part in enumerate(split(one.cell, ";")):
            unit, number, _ = numbered(part)
            role = value(roles[index]) if index < len(roles) else None
            links.append(link(role=role, target=self._found(one, unit, number)))
        one.made[one.column.feature] = self.types.get_type("uima.cas.FSArray")(elements=links)

    def _found(self, one: _Reference, unit: str, number: int) -> Any:
        """What a reference names: by its number, else what lies on the unit in the layer that it refers to.

        Raises Refused where there is none, or where it may be one of several.
        """
        wanted = one.column.type
        names = [layer.name for layer in self.tsv.layers] if wanted == ANNOTATION else [wanted]
        if number:
            there = [self.numbers[name, number] for name in names if (name, number) in self.numbers]
        else:
            lying = self.units.get(unit, {})
            there = [made for name in names for made in lying.get(name, [])]
        if len(there) != 1:
            detail = gettext("%(layer)s refers to %(cell)s, which is %(count)s of %(wanted)s.") % {
                "layer": one.layer.name,
                "cell": one.cell[:40],
                "count": len(there),
                "wanted": wanted,
            }
            raise Refused(self.file, f"line {one.row.line}", "broken_tsv", detail)
        return there[0]

"""From bytes to a CAS whose offsets are still UTF-16 units.

cassis converts offsets while it reads, but takes one that lies outside the text or within a character as it stands,
with a warning. Here each is converted by itself, so that such an annotation can be refused.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from cassis import Cas, TypeSystem
from cassis.cas import Utf16CodepointOffsetConverter
from cassis.json import CasJsonDeserializer
from cassis.xmi import CasXmiDeserializer
from django.utils.translation import gettext as _

from annotations.formats.reading.records import Refused
from annotations.formats.uima.reading.safety import refuse_costly, refuse_harmful
from annotations.formats.uima.reading.type_systems import UNREADABLE

XMI_ID = "{http://www.omg.org/XMI}id"


@dataclass(slots=True)
class Loaded:
    """A CAS, and what in it no type system describes."""

    case: Cas
    undescribed: dict[int, str] = field(default_factory=dict)
    """The type of each feature structure that was read as a mere annotation, by its id."""
    features: set[tuple[str, str]] = field(default_factory=set)
    """Types and features of theirs that were left out."""
    locations: dict[int, str] = field(default_factory=dict)
    """What says better than its id where a feature structure lies in the file."""
    left_out: dict[str, int] = field(default_factory=dict)
    """How many of each type were left out before."""


def from_xmi(content: bytes, types: TypeSystem, file: str) -> Loaded:
    """Raises Refused where the file is no XMI of UIMA that can be read."""
    refuse_harmful(content, file)
    reading = _FromXmi()
    try:
        case = reading.deserialize(BytesIO(content), typesystem=types, lenient=False, trusted=False)
    except UNREADABLE as error:
        raise Refused(
            file, "", "broken_xmi", _("This UIMA CAS can't be read: %(error)s") % {"error": _said(error)}
        ) from error
    return Loaded(case, reading.undescribed, reading.features)


def from_json(content: bytes, file: str) -> Loaded:
    """Raises Refused where the file is no CAS JSON (0.4.0) that can be read."""
    try:
        described = json.loads(content)["%TYPES"]
        refuse_costly(
            {name: (one["%SUPER_TYPE"], [key for key in one if key[0] != "%"]) for name, one in described.items()}
        )
        return Loaded(_FromJson().deserialize(content.decode(), TypeSystem()))
    except UNREADABLE as error:
        raise Refused(
            file, "", "broken_json", _("This UIMA CAS JSON can't be read: %(error)s") % {"error": _said(error)}
        ) from error


def _said(error: Exception) -> str:
    return f"{type(error).__name__}, {str(error)[:200]}."


class _FromXmi(CasXmiDeserializer):  # type: ignore[misc]  # cassis has no types
    def __init__(self) -> None:
        super().__init__()
        self.undescribed: dict[int, str] = {}
        self.features: set[tuple[str, str]] = set()

    def _parse_sofa(self, typesystem: TypeSystem, elem: Any) -> Any:
        text = elem.attrib.pop("sofaString", None)
        sofa = super()._parse_sofa(typesystem, elem)
        sofa._sofaString = text  # not through the setter, which would convert offsets
        return sofa

    def _parse_view(self, elem: Any) -> Any:
        view = super()._parse_view(elem)
        view.members = list(dict.fromkeys(view.members))
        return view

    def _parse_feature_structure(self, typesystem: TypeSystem, elem: Any, children: Any) -> Any:
        name = elem.tag[9:].replace("/", ".").replace("ecore}", "").strip()
        if not typesystem.contains_type(name):
            self.undescribed[int(elem.attrib[XMI_ID])] = name
            anchored = "begin" in elem.attrib and "end" in elem.attrib
            elem.tag = "{http:///uima/tcas.ecore}Annotation" if anchored else "{http:///uima/cas.ecore}TOP"
            kept = {XMI_ID, "sofa", "begin", "end"} if anchored else {XMI_ID}
            children = {}
        else:
            known = {one.name.removesuffix("_") for one in typesystem.get_type(name).all_features}
            kept = {XMI_ID, *known, *(one.name for one in typesystem.get_type(name).all_features)}
            self.features |= {(name, one) for one in {*elem.attrib, *children} - kept}
            children = {one: value for one, value in children.items() if one in kept}
        for attribute in set(elem.attrib) - kept:
            del elem.attrib[attribute]
        return super()._parse_feature_structure(typesystem, elem, children)


class _FromJson(CasJsonDeserializer):  # type: ignore[misc]
    def _parse_sofa(self, *parts: Any) -> Any:
        sofa = super()._parse_sofa(*parts)
        sofa._offset_converter = Utf16CodepointOffsetConverter()  # one that has no text converts nothing
        return sofa

    def _parse_view(self, cas: Cas, view_name: str, json_view: Any, feature_structures: Any) -> None:
        members = list(dict.fromkeys(json_view["%MEMBERS"]))
        super()._parse_view(cas, view_name, {**json_view, "%MEMBERS": members}, feature_structures)

"""CASes as other tools write them."""

from __future__ import annotations

from typing import Any

from cassis import Cas, TypeSystem

from annotations.formats.reading.records import ArticleRecord, Options, Refusal
from annotations.formats.reading.sources import File
from annotations.formats.uima.reader import read as reader
from tests.formats.given import file, read

STRING = "uima.cas.String"
ANNOTATION = "uima.tcas.Annotation"


def types(layers: dict[str, dict[str, str]]) -> TypeSystem:
    """A type system with these layers and their features; names without a dot are custom layers."""
    described = TypeSystem()
    for name, features in layers.items():
        layer = described.create_type(name if "." in name else f"webanno.custom.{name}", ANNOTATION)
        for feature, kind in features.items():
            described.create_feature(layer, feature, kind)
    return described


def case(text: str, described: TypeSystem) -> Cas:
    """An empty CAS with this text."""
    made = Cas(typesystem=described)
    made.sofa_string = text
    return made


def mark(made: Cas, layer: str, at: tuple[int, int], **values: Any) -> Any:
    """An annotation in a CAS; offsets are code points."""
    name = layer if "." in layer else f"webanno.custom.{layer}"
    annotation = made.typesystem.get_type(name)(begin=at[0], end=at[1], **values)
    made.add(annotation)
    return annotation


def files(made: Cas, path: str = "one.xmi") -> list[File]:
    """The CAS and its type system as files."""
    return [file(made.to_xmi(), path), file(made.typesystem.to_xml(), "TypeSystem.xml")]


def taken(made: Cas, **chosen: str) -> tuple[ArticleRecord, list[Refusal]]:
    """What comes in of a CAS with these types chosen, and what is refused."""
    [document], refused = read(reader, *files(made), options=Options(types=chosen))
    return document, refused

"""The type systems of an import: those that came with it, nearest first, and that of DKPro Core."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final
from xml.etree import ElementTree

from cassis import TypeSystem, load_typesystem
from cassis.typesystem import TypeNotFoundError
from django.utils.translation import gettext as _

from annotations.formats.reading.records import Refused
from annotations.formats.reading.sources import File, Source
from annotations.formats.uima.layers import METADATA
from annotations.formats.uima.reading.safety import is_feature_name, refuse_costly, refuse_harmful

UNREADABLE: Final = (LookupError, ValueError, TypeError, AttributeError, RuntimeError, SyntaxError, TypeNotFoundError)
"""What cassis and lxml raise on files that are not what they should be."""
LARGEST: Final = 4 * 1024**2
"""Bytes of a type system: that of DKPro Core has a twentieth."""


def is_type_system(file: File) -> bool:
    """Whether a file looks like a type system."""
    return file.extension == ".xml" and b"typeSystemDescription" in file.head()[:4096]


class TypeSystems:
    """The type systems among some files. `beyond` are those of the archive that these files' archive lies in."""

    def __init__(self, source: Source, beyond: TypeSystems | None = None) -> None:
        self.files = [file for file in source.files if is_type_system(file)]
        self.beyond = beyond

    def of(self, file: File) -> TypeSystem:
        """The types for a file: of its own folder, else of the nearest above it, else whatever there is.

        Raises Refused where a type system cannot be read.
        """
        near = self._near(file)
        return _united([_content(one) for one in near], near[0].path if near else file.path)

    def _near(self, file: File) -> Sequence[File]:
        folder = file.path
        while folder:
            folder = folder.rpartition("/")[0]
            if near := [one for one in self.files if one.path.rpartition("/")[0] == folder]:
                return near
        return self.files or (self.beyond.files if self.beyond else [])


def _content(file: File) -> bytes:
    content = file.read()
    if len(content) > LARGEST:
        raise Refused(
            file.path, "", "too_large", _("A type system can have at most %(size)s MB.") % {"size": LARGEST // 1024**2}
        )
    refuse_harmful(content, file.path)
    return content


_kept: dict[str, TypeSystem] = {}
KEPT: Final = 4
"""Type systems that are not parsed again: an archive has the same one beside each document."""


def _united(contents: Sequence[bytes], file: str) -> TypeSystem:
    """One type system of several, each type as the first describes it, and DKPro Core's where none does.

    cassis can merge type systems, but takes two wordings of a description for a contradiction.
    """
    key = hashlib.sha256(b"\0".join(contents)).hexdigest()
    if key not in _kept:
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)))
        try:
            _kept[key] = _loaded([*contents, _dkpro_core()])
        except UNREADABLE as error:
            detail = _("The type system can't be read: %(error)s, %(message)s.") % {
                "error": type(error).__name__,
                "message": str(error)[:200],
            }
            raise Refused(file, "", "type_system", detail) from error
    return _kept[key]


def _loaded(contents: Sequence[bytes]) -> TypeSystem:
    described: dict[str, ElementTree.Element] = {}
    for content in contents:
        for one in ElementTree.fromstring(content).findall(".//{*}typeDescription"):  # noqa: S314 - looked through before
            described.setdefault((one.findtext("{*}name") or "").strip(), one)
    refuse_costly(
        {
            name: ((one.findtext("{*}supertypeName") or "").strip(), _leave_features(one))
            for name, one in described.items()
        }
    )
    root = ElementTree.Element("typeSystemDescription")
    ElementTree.SubElement(root, "types").extend(described.values())
    types = load_typesystem(BytesIO(ElementTree.tostring(root)))
    if not types.contains_type(METADATA):
        metadata = types.create_type(METADATA, "uima.tcas.DocumentAnnotation")
        for name in ("documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri"):
            types.create_feature(metadata, name, "uima.cas.String")
        types.create_feature(metadata, "isLastSegment", "uima.cas.Boolean")
    return types


def _leave_features(described: ElementTree.Element) -> list[str]:
    """The names of a type's features; those that cannot be read are taken out, and named where they occur."""
    names = []
    for features in described.findall("{*}features"):
        for one in list(features):
            name = (one.findtext("{*}name") or "").strip()
            if is_feature_name(name):
                names.append(name)
            else:
                features.remove(one)
    return names


@lru_cache(maxsize=1)
def _dkpro_core() -> bytes:
    """DKPro Core's types, as cassis brings them; its metadata are not among them."""
    return files("cassis").joinpath("resources/dkpro-core-types.xml").read_bytes()

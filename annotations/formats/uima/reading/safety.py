"""What comes from outside, looked through before anything is built from it.

A document type declaration is how XML names files, fetches addresses and grows without bound; neither XMI nor a type
system needs one. So whatever has one is refused unread, and with it every entity that is not a character's.

cassis makes a class of each type, and a feature's name becomes Python code in it. So a name that is more than a name is
refused or left out, and so are types whose classes would take minutes to make.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any, Final
from xml.parsers import expat  # the C parser alone: it reads no file and opens no connection

from django.utils.translation import gettext

from annotations.formats.reading.records import Refused

DEEPEST: Final = 20
"""Elements within elements: a CAS has 3, a type system 9."""
MOST_ELEMENTS: Final = 300_000
"""Elements of one file: each becomes an object."""
MOST_ATTRIBUTES: Final = 1_000
"""Of one element: to see whether two are alike takes time by their square."""
MOST_TYPES: Final = 2_000
DEEPEST_TYPE: Final = 50
"""Types above a type."""
MOST_WORK: Final = 200_000
"""The squares of all types' features, own and inherited, added up: the time that cassis takes grows like that. Those of
DKPro Core come to 3,000."""


def is_feature_name(name: str) -> bool:
    """Whether a name can be a feature's without meaning anything else to Python or cassis."""
    plain = name.isidentifier() and unicodedata.normalize("NFKC", name) == name
    return plain and not keyword.iskeyword(name) and not name.startswith("__") and name not in ("get", "set", "xmiID")


def refuse_costly(types: Mapping[str, tuple[str, Collection[str]]]) -> None:
    """Types by name, each with the one above it and its features' names.

    Raises ValueError where a feature's name is none, or where the types are too many, too deep or too wide.
    """
    if len(types) > MOST_TYPES:
        raise ValueError(gettext("There are more than %(most_types)s types.") % {"most_types": f"{MOST_TYPES:,}"})
    if wrong := next((name for _, names in types.values() for name in names if not is_feature_name(name)), None):
        raise ValueError(gettext("%(name)s can't be the name of a feature.") % {"name": f"{wrong[:40]!r}"})
    work = 0
    for name in types:
        count, above, depth = 0, name, 0
        while above in types:
            if depth > DEEPEST_TYPE:
                raise ValueError(
                    gettext("%(name)s has more than %(most)s types above it, or is above itself.")
                    % {"name": name[:80], "most": DEEPEST_TYPE}
                )
            count, above, depth = count + len(types[above][1]), types[above][0], depth + 1
        work += count**2
    if work > MOST_WORK:
        raise ValueError(gettext("The types have too many features."))


def refuse_harmful(content: bytes, file: str) -> None:
    """Raises Refused where it is not well-formed XML 1.0, has a document type, or is deeper or larger than any."""
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s+version\s*=\s*[\"']1\.1", content):
        raise Refused(file, "line 1", "xml_1_1", gettext("This is XML 1.1. Export it as UIMA CAS XMI (XML 1.0)."))
    looking = _Looking(file)
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = looking.doctype
    parser.StartElementHandler = looking.start
    parser.EndElementHandler = looking.end
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        words = expat.errors.messages[error.code]
        location = f"line {error.lineno}"
        raise Refused(
            file, location, "broken_xml", gettext("This XML can't be read: %(words)s.") % {"words": words}
        ) from error


class _Looking:
    def __init__(self, file: str) -> None:
        self.file, self.depth, self.elements = file, 0, 0

    def doctype(self, *declared: Any) -> None:
        raise Refused(
            self.file, "", "document_type", gettext("XML with a document type declaration can't be imported.")
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST:
            raise Refused(
                self.file,
                "",
                "too_deep",
                gettext("The XML is nested more than %(levels)s levels deep.") % {"levels": DEEPEST},
            )
        if len(attributes) > MOST_ATTRIBUTES:
            raise Refused(
                self.file,
                "",
                "too_large",
                gettext("An element has more than %(most_attributes)s attributes.")
                % {"most_attributes": f"{MOST_ATTRIBUTES:,}"},
            )
        if self.elements > MOST_ELEMENTS:
            raise Refused(
                self.file,
                "",
                "too_large",
                gettext("The file has more than %(most_elements)s elements.") % {"most_elements": f"{MOST_ELEMENTS:,}"},
            )

    def end(self, name: str) -> None:
        self.depth -= 1

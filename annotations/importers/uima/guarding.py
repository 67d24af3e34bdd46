"""XML from outside, looked through before anything is built from it.

A document type declaration is how XML names files, fetches addresses and grows without bound; neither XMI nor a type
system needs one. So whatever has one is refused unread, and with it every entity that is not a character's.
"""

from __future__ import annotations

import re
from typing import Any, Final
from xml.parsers import expat  # the C parser alone: it reads no file and opens no connection

from annotations.importers.items import Refused

DEEPEST: Final = 20
"""Elements within elements: a CAS has 3, a type system 9."""
MOST_ELEMENTS: Final = 300_000
"""Elements of one file: each becomes an object."""


def refuse_harmful(content: bytes, file: str) -> None:
    """Raises Refused where it is not well-formed XML 1.0, has a document type, or is deeper or larger than any."""
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s+version\s*=\s*[\"']1\.1", content):
        raise Refused(file, "line 1", "xml_1_1", "This is XML 1.1. Export it as UIMA CAS XMI (XML 1.0).")
    looking = _Looking(file)
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = looking.doctype
    parser.StartElementHandler = looking.start
    parser.EndElementHandler = looking.end
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        words = expat.errors.messages[error.code]
        place = f"line {error.lineno}"
        raise Refused(file, place, "broken_xml", f"This is no XML that can be read: {words}.") from error


class _Looking:
    def __init__(self, file: str) -> None:
        self.file, self.depth, self.elements = file, 0, 0

    def doctype(self, *declared: Any) -> None:
        raise Refused(self.file, "", "document_type", "XML with a document type declaration is not read.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST:
            raise Refused(self.file, "", "too_deep", f"The XML is nested more than {DEEPEST} levels deep.")
        if self.elements > MOST_ELEMENTS:
            raise Refused(self.file, "", "too_large", f"The file has more than {MOST_ELEMENTS:,} elements.")

    def end(self, name: str) -> None:
        self.depth -= 1

"""`uima`: a UIMA type system and a CAS (XMI) for each article, for INCEpTION and whatever else reads UIMA."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from annotations.formats.jsonl.dataset import records
from annotations.formats.uima.cas import case_of
from annotations.formats.uima.layers import TYPE_SYSTEM_FILE, type_system
from annotations.formats.writing.format import Format, Loading, Member, Reader
from annotations.formats.writing.selection import Selection

CASSIS = """\
import zipfile, cassis
with zipfile.ZipFile("{file}") as archive:
    types = cassis.load_typesystem(archive.open("TypeSystem.xml"))
    names = [name for name in archive.namelist() if name.endswith(".xmi")]
    loaded = [cassis.load_cas_from_xmi(archive.open(name), types) for name in names]"""


def members(selection: Selection, reader: Reader) -> Iterator[Member]:
    """The type system, then a file for each article."""
    types = type_system(selection.project.label_fields)
    yield Member(TYPE_SYSTEM_FILE, [types.to_xml().encode()])
    for record in (json.loads(line) for chunk in reader.lines(records(selection)) for line in chunk.splitlines()):
        written = case_of(record, types).to_xmi(pretty_print=True)
        yield Member(f"{record['article']['id']}.xmi", [written.encode()])


UIMA = Format(
    name="uima",
    title=gettext_lazy("UIMA CAS (XMI) with its type system, for INCEpTION"),
    media_type="application/zip",
    extension="uima.zip",
    carries=gettext_lazy(
        "Articles with their sentences and metadata, spans with fragments and fields, links, verdicts and "
        "evidence sets, with ids, notes, annotators and times; `approval` of a verdict is `imported` where "
        "nobody approved it here. A layer for each label; links between two passages of an article are "
        "relations, links from another article stand on the passage at which they end. Offsets are UTF-16 "
        "units. In INCEpTION import TypeSystem.xml among a project's layers, then the others as UIMA CAS "
        "XMI (XML 1.0); it draws relations between different layers where it is set to allow them."
    ),
    leaves_out=gettext_lazy(
        "Comments; links and verdicts whose claim the filters leave out. Characters that XML cannot hold, "
        "such as the control character 0x0B, become U+FFFD, so that the offsets stay right."
    ),
    loadings=(Loading("cassis", CASSIS),),
    members=members,
)

"""`uima`: CASes as XMI or JSON with their type system, and archives of INCEpTION and WebAnno that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from annotations.formats.reading.importer import Importer
from annotations.formats.reading.records import Item, Options, Refusal, Refused
from annotations.formats.reading.sources import File, Source, within
from annotations.formats.uima.reading.documents import documents
from annotations.formats.uima.reading.loader import from_json, from_xmi
from annotations.formats.uima.reading.type_systems import TypeSystems, is_type_system
from annotations.formats.uima.reading.view import Origin

LOOKED_AT: Final = 50
"""Files whose first bytes are looked at to recognise the format, where their names do not tell."""
OF_SOMEBODY: Final = re.compile(r"(?:^|/)(annotation|curation)/([^/]+)/([^/]+)$")
"""How the archive of a whole project names the files: by document, then by person."""
PROJECT: Final = re.compile(r"(?:^|/)exportedproject[^/]*\.json$")
NOBODY: Final = ("INITIAL_CAS",)
NEITHER: Final = gettext_noop("This is neither a UIMA CAS nor a type system.")
OTHER: Final = {
    ".ser": ("java_serialized", gettext_noop("A Java-serialised CAS can't be read. Export it as UIMA CAS XMI.")),
    ".bin": ("java_serialized", gettext_noop("A binary CAS can't be read. Export it as UIMA CAS XMI.")),
}


def recognises(source: Source) -> bool:
    """Whether there is an XMI or a CAS JSON, or a project's archive with archives in it."""
    if any(file.extension == ".xmi" for file in source.files):
        return True
    if any(PROJECT.search(file.path) for file in source.files):
        return any(OF_SOMEBODY.search(file.path) and file.extension == ".zip" for file in source.files)
    looked_at = [file for file in source.files if file.extension in (".xml", ".json")][:LOOKED_AT]
    return any(_is_xmi(file) or _is_json(file) or _is_old_json(file) for file in looked_at)


def read(source: Source, options: Options) -> Iterator[Item]:
    """The documents of all files; files of other kinds are refused by name."""
    project = any(PROJECT.search(file.path) for file in source.files)
    types = TypeSystems(source)
    seen: set[str] = set()
    for file in source.files:
        try:
            yield from _read(file, origin_of(file, seen if project else None), types, options)
        except Refused as refused:
            yield refused.refusal


def _read(file: File, origin: Origin, types: TypeSystems, options: Options) -> Iterator[Item]:
    if file.extension == ".xmi" or (file.extension == ".xml" and _is_xmi(file)):
        yield from documents(from_xmi(file.read(), types.of(file), file.path), origin, options)
    elif file.extension == ".json" and _is_json(file):
        yield from documents(from_json(file.read(), file.path), origin, options)
    elif file.extension == ".json" and _is_old_json(file):
        detail = _("CAS JSON from before UIMA 3.3 can't be read. Export it as UIMA CAS JSON (0.4.0) or XMI.")
        yield Refusal(file.path, "", "old_json", detail)
    elif file.extension == ".zip":
        yield from _read_within(file, origin, types, options)
    elif not is_type_system(file):
        code, detail = OTHER.get(file.extension, ("not_read", NEITHER))
        yield Refusal(file.path, "", code, detail)


def _read_within(file: File, origin: Origin, types: TypeSystems, options: Options) -> Iterator[Item]:
    """An archive in the archive: INCEpTION makes one for each document, with its type system."""
    source = within(file)
    yield from source.refused
    inner = TypeSystems(source, types)
    for one in source.files:
        if one.extension == ".zip":
            yield Refusal(
                f"{file.path}/{one.path}", "", "too_deep", _("Archives inside archives are not opened at this depth.")
            )
            continue
        inside = File(f"{file.path}/{one.path}", one.size, one.opener, one.packed)
        try:
            yield from _read(inside, replace(origin, file=inside.path), inner, options)
        except Refused as refused:
            yield refused.refusal


def origin_of(file: File, seen: set[str] | None) -> Origin:
    """The file's place; in the archive of a project its folders say which document it is, and whose work.

    `seen` are the documents of the project that came before, and None where there is no project.
    """
    title = file.name.removesuffix(file.extension)
    found = None if seen is None else OF_SOMEBODY.search(file.path)
    if seen is None or found is None:
        return Origin(file.path, title)
    person = found[3].rpartition(".")[0] or found[3]
    is_further = found[2] in seen
    seen.add(found[2])
    return Origin(file.path, found[2], None if person in NOBODY else person, is_further)


def _is_xmi(file: File) -> bool:
    return b"http://www.omg.org/XMI" in file.head()


def _is_json(file: File) -> bool:
    head = file.head()
    return b'"%TYPES"' in head or b'"%FEATURE_STRUCTURES"' in head or b'"%VIEWS"' in head


def _is_old_json(file: File) -> bool:
    head = file.head()
    return b'"_context"' in head and b'"_types"' in head


UIMA = Importer(
    name="uima",
    title=gettext_lazy("UIMA CAS (XMI or JSON), INCEpTION"),
    extensions=(".xmi", ".json", ".zip"),
    takes=(
        "XMI with its type system (beside it or in the archive), CAS JSON 0.4.0, and archives of an "
        "INCEpTION project, in which each person's work is imported under that person's name. What "
        "Factcheck exported is imported as it was. Types called claim, premise, evidence, fact or "
        "attribution become claims, facts and attributions; relations called support or attack become "
        "corroborates or contradicts; other layers become facts that keep their type and their features; "
        "tokens and other linguistic layers are skipped and listed. Slots become relations if they have "
        "the name of one, and source and cue of attributions. Refused by name: annotations of no "
        "characters (zero_length), offsets outside the text (fragments) or inside a character "
        "(within_character); relations that are not chosen (relation_unknown), and chains; types that no "
        "type system describes (type_unknown); XML with a document type (document_type), XML 1.1, and "
        "Java-serialised CASes."
    ),
    recognises=recognises,
    read=read,
    crosses=True,
    names_strays=True,
)

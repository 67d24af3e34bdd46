"""`webannotsv`: WebAnno TSV 3, of WebAnno and INCEpTION, also out of the archive of a project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats.reading.decoding import decoded
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.records import Item, Options, Refusal, Refused
from annotations.formats.reading.sources import File, Source
from annotations.formats.uima.reader import PROJECT, origin_of
from annotations.formats.uima.reading.documents import documents
from annotations.formats.uima.reading.types import names_of
from annotations.formats.webannotsv.cas import TOKEN, loaded
from annotations.formats.webannotsv.file import tsv_file

LOOKED_AT: Final = 50
"""Files whose first bytes are looked at to recognise the format."""
NEW: Final = re.compile(rb"(?:\xef\xbb\xbf)?#FORMAT=WebAnno TSV")
OLD: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?: # [^\n]*\n)?#id=\d+\r?\n#text=")


def recognises(source: Source) -> bool:
    """Whether one of the tables is WebAnno's."""
    tables = list(source.with_extension(".tsv"))[:LOOKED_AT]
    return any(NEW.match(head) or OLD.match(head) for head in (file.head() for file in tables))


def read(source: Source, options: Options) -> Iterator[Item]:
    """A document for each file; files of other kinds are refused by name."""
    project = any(PROJECT.search(file.path) for file in source.files)
    seen: set[str] = set()
    for file in source.files:
        try:
            yield from _read(file, seen if project else None, options)
        except Refused as refused:
            yield refused.refusal


def _read(file: File, seen: set[str] | None, options: Options) -> Iterator[Item]:
    head = file.head()
    if NEW.match(head):
        content = decoded(file.read(), file=file.path, encoding="utf-8")
        tokens = any(name in options.types for name in names_of(TOKEN, {}))
        case = loaded(tsv_file(content, file.path), file.path, tokens=tokens)
        yield from documents(case, origin_of(file, seen), options)
    elif OLD.match(head):
        detail = _("WebAnno TSV 1 and 2 have no offsets. Export the project as WebAnno TSV 3.")
        yield Refusal(file.path, "line 1", "old_webannotsv", detail)
    elif file.extension == ".ser":
        detail = _("A Java-serialised CAS can't be read. Export the project as WebAnno TSV 3.")
        yield Refusal(file.path, "", "java_serialized", detail)
    else:
        detail = _("This is not WebAnno TSV 3. If it is a text only, it has no annotations.")
        yield Refusal(file.path, "", "not_webannotsv" if file.extension == ".tsv" else "not_read", detail)


WEBANNOTSV = Importer(
    name="webannotsv",
    title=gettext_lazy("WebAnno TSV 3 (WebAnno, INCEpTION)"),
    extensions=(".tsv", ".zip"),
    takes=(
        "WebAnno TSV 3 (3.0 to 3.3), also the archive of a project, in which each person's work is "
        "imported under that person's name. Layers, relations, slots and chains are treated as for uima. "
        "The text is put together from its sentences: between them the format keeps only the number of "
        "characters, which become a line end and spaces. Each token is compared with the text at its "
        "offsets, and the file is refused if they differ (quote_mismatch, offsets_in_code_points). Refused "
        "by name: rows that can't be read (broken_tsv), WebAnno TSV 1 and 2 (old_webannotsv), "
        "Java-serialised CASes, and other files in the archive."
    ),
    recognises=recognises,
    read=read,
    crosses=True,
    names_strays=True,
)

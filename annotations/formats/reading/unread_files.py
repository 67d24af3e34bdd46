"""Files that lie beside those of an import and are none of them: a README, a licence, a PDF.

One of them keeps nothing else out. It is named in the report: as a note where nobody's work can be in it, else as
refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annotations.formats.reading.importer import Importer
from annotations.formats.reading.records import Refusal
from annotations.formats.reading.sources import File, Source

ABOUT: Final = re.compile(
    r"(?:readme|licen[cs]e|copying|contributing|changelog|citation|makefile)(?:[._-].*)?|notice|\..*", re.IGNORECASE
)
"""What files are called that are about others, and settings of systems and tools, which begin with a dot."""

DOCUMENTS: Final = {
    ".pdf": gettext_noop("a PDF"), ".rtf": gettext_noop("an RTF document"), ".doc": gettext_noop("a Word document"),
    ".docx": gettext_noop("a Word document"), ".odt": gettext_noop("an OpenDocument text"),
    ".epub": gettext_noop("an EPUB"), ".pages": gettext_noop("a Pages document"),
    ".xls": gettext_noop("an Excel table"), ".xlsx": gettext_noop("an Excel table"),
    ".ods": gettext_noop("an OpenDocument table"), ".ppt": gettext_noop("a presentation"),
    ".pptx": gettext_noop("a presentation"), ".odp": gettext_noop("a presentation"),
}  # fmt: skip
"""Formats that people write in, and that none of ours reads."""

NO_DATA: Final = (
    ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".mp3", ".mp4", ".wav", ".py", ".sh", ".r", ".ipynb",
    ".js", ".css", ".yml", ".yaml", ".toml", ".ini", ".cfg", ".log",
)  # fmt: skip
"""Pictures, sounds, programs and settings."""

LOOKED_AT: Final = 200
"""Files of which each says by itself which format it has."""


def sifted(importer: Importer, source: Source) -> Source:
    """The files that an importer reads, with a note or a refusal for each that it does not.

    Where that would be none of them, it reads them all: somebody may know better what they are.
    """
    read, reported = list[File](), list[Refusal]()
    stems = Counter(file.stem for file in source.files)
    for file in source.files:
        if reason := _reason(importer, file, is_alone=stems[file.stem] == 1):
            reported.append(reason)
        else:
            read.append(file)
    return Source(read, [*source.refused, *reported]) if read else source


def _reason(importer: Importer, file: File, *, is_alone: bool) -> Refusal | None:
    if what := DOCUMENTS.get(file.extension):
        detail = _("This is %(what)s. Save it as plain text, HTML or CSV.") % {"what": _(what)}
        return Refusal(file.path, "", "not_text", detail)
    # An article may be called so where another file, of annotations, is about it.
    if ABOUT.fullmatch(file.name) and (is_alone or not importer.names_strays):
        return Refusal(file.path, "", "not_read", _("This file is about the other files, so it was skipped."))
    if importer.names_strays or file.extension in importer.extensions or not file.extension:
        return None
    if importer.recognises(Source([file])):
        return None
    if file.extension == ".zip":
        return Refusal(
            file.path, "", "too_deep", _("An archive inside an archive is not opened. Import it separately.")
        )
    return Refusal(
        file.path,
        "",
        "not_read",
        _("Files of this kind don't belong to the format %(title)s.") % {"title": importer.title},
    )


def plausible(source: Source) -> Source:
    """The files without those that by their names are none of any import."""
    no_data = {*NO_DATA, *DOCUMENTS}
    return Source([file for file in source.files if not ABOUT.fullmatch(file.name) and file.extension not in no_data])


def sample(source: Source) -> Iterator[File]:
    """Some files, from all parts of the list."""
    step = max(1, -(-len(source.files) // LOOKED_AT))
    yield from source.files[::step]

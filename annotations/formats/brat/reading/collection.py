"""Which files of an import are a text and its annotations, and whose these are."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from posixpath import commonpath
from typing import Final

from django.utils.translation import gettext as _

from annotations.formats.brat.names import DOCUMENTS, FIELDS, LINKS, MEANINGS
from annotations.formats.reading.people import people_of_files
from annotations.formats.reading.records import Refusal, Refused
from annotations.formats.reading.sources import File, Source

SEPARATORS: Final = re.compile(r"([/_.@ -])")
CONFIGURATION: Final = "annotation.conf"
NOBODY: Final = ("txt", "text", "brat")
"""What the name of annotations may have beside that of their text, and is no person."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A text with the annotations of one person, or of nobody in particular.

    `suffix` is whom the name of the annotations names beside that of the text; `is_further` says that other
    annotations of the same text came before.
    """

    text: File
    annotations: File | None
    annotator: str | None = None
    suffix: str = ""
    is_further: bool = False

    @property
    def document(self) -> str:
        """The path without extension, of the annotations where there are any."""
        return (self.annotations or self.text).stem


def pairs(source: Source, *, is_ours: bool = False) -> Iterator[Pair | Refusal]:
    """The texts and annotations, by path; a text without any annotations is a pair too.

    What else lies beside them is noted by name, unless the archive `is_ours`: then its tables were read.
    """
    texts = Texts(source)
    found: list[Pair | Refusal] = []
    taken: dict[str, list[str]] = defaultdict(list)
    for file in source.with_extension(".ann"):
        try:
            text, suffix = texts.of(file)
        except Refused as error:
            found.append(error.refusal)
        else:
            found.append(Pair(text, file, suffix=suffix))
            taken[text.stem] += [] if suffix else [file.stem]
    people = people_of_files([*taken.values(), *_equal_texts(list(texts.by_stem.values()))])
    found += [Pair(file, None) for stem, file in texts.by_stem.items() if stem not in taken]
    found += [
        Refusal(file.path, "", "not_read", _("The file is neither a text (.txt) nor annotations (.ann)."))
        for file in source.files
        if file.extension not in (".txt", ".ann")
        and not file.name.startswith(".")
        and not (is_ours and (file.name in (CONFIGURATION, DOCUMENTS, FIELDS, LINKS, MEANINGS)))
    ]
    seen: set[str] = set()
    for one in sorted(found, key=lambda one: one.file if isinstance(one, Refusal) else one.document):
        if isinstance(one, Pair):
            annotator = one.suffix or people.get(one.document)
            yield replace(one, annotator=annotator, is_further=one.text.stem in seen)
            seen.add(one.text.stem)
        else:
            yield one


class Texts:
    """The texts of an import, in which those of annotations are looked for."""

    def __init__(self, source: Source) -> None:
        self.by_stem = {file.stem: file for file in source.with_extension(".txt")}
        self.called: dict[str, list[File]] = defaultdict(list)
        for file in self.by_stem.values():
            self.called[file.stem.rpartition("/")[2]].append(file)

    def of(self, file: File) -> tuple[File, str]:
        """The text that annotations belong to, and the person whom the file's name names beside it.

        A text of the same name comes first, then the one whose name is most of it; in the same folder, then in the
        nearest one. Raises Refused where there is none, or where several are equally near.
        """
        folder, slash, name = file.stem.rpartition("/")
        cuts = [found.start() for found in SEPARATORS.finditer(name)]
        divided = [(name[:at], name[at + 1 :]) for at in cuts]
        divided += [(after, before) for before, after in divided]
        longest_first = sorted(filter(all, divided), key=lambda pair: len(pair[0]), reverse=True)
        wanted = [(name, ""), *((document, "" if one in NOBODY else one) for document, one in longest_first)]
        for document, person in wanted:
            if text := self.by_stem.get(folder + slash + document):
                return text, person
        for document, person in wanted:
            if texts := self.called.get(document):
                return self._nearest(texts, file), person
        detail = _("There is no .txt file with this name, so the offsets can't be used.")
        raise Refused(file.path, "", "text_missing", detail)

    @staticmethod
    def _nearest(texts: Sequence[File], file: File) -> File:
        """The text with which the path of the annotations begins longest. Raises Refused where several are as near."""
        shared = [len(commonpath(["/" + text.path, "/" + file.path])) for text in texts]
        nearest = [text for text, length in zip(texts, shared, strict=True) if length == max(shared)]
        if len(nearest) > 1:
            names = ", ".join(text.path for text in nearest[:5])
            raise Refused(
                file.path, "", "text_unclear", _("Several texts have this name: %(names)s.") % {"names": names[:300]}
            )
        return nearest[0]


def _equal_texts(texts: Sequence[File]) -> Iterator[list[str]]:
    """The documents of texts that are equal as they are stored, together; a byte order mark makes no difference."""
    equal: dict[bytes, list[str]] = defaultdict(list)
    for file in texts if len(texts) > 1 else []:
        try:
            content = file.read()
        except (Refused, OSError):
            continue
        content = content.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        equal[hashlib.sha256(content).digest()].append(file.stem)
    yield from equal.values()

"""Which files of an import are a text and its annotations, and whose these are."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from annotations.importers.items import Refusal, Refused
from annotations.importers.people import told_apart
from annotations.importers.sources import File, Source

SEPARATORS: Final = re.compile(r"([/_.@ -])")
SETTINGS: Final = (".conf", ".tsv", ".json")
"""What else lies in a folder of brat's, or of ours."""


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


def pairs(source: Source) -> Iterator[Pair | Refusal]:
    """The texts and annotations, by path; a text without any annotations is a pair too."""
    texts = {file.stem: file for file in source.with_extension(".txt")}
    called: dict[str, list[File]] = defaultdict(list)
    for file in texts.values():
        called[file.stem.rpartition("/")[2]].append(file)
    found: list[Pair | Refusal] = []
    taken: dict[str, list[str]] = defaultdict(list)
    for file in source.with_extension(".ann"):
        text, suffix = _text_of(file, texts, called)
        if text is None:
            detail = "There is no .txt of this name, so its offsets select nothing."
            found.append(Refusal(file.path, "", "text_missing", detail))
        else:
            found.append(Pair(text, file, suffix=suffix))
            taken[text.stem] += [] if suffix else [file.stem]
    people = told_apart([*taken.values(), *_equal_texts(list(texts.values()))])
    found += [Pair(file, None) for stem, file in texts.items() if stem not in taken]
    found += [
        Refusal(file.path, "", "not_brat", "The file is neither a text (.txt) nor annotations (.ann).")
        for file in source.files
        if file.extension not in (".txt", ".ann", *SETTINGS) and not file.name.startswith(".")
    ]
    seen: set[str] = set()
    for one in sorted(found, key=lambda one: one.file if isinstance(one, Refusal) else one.document):
        if isinstance(one, Pair):
            annotator = one.suffix or people.get(one.document)
            yield replace(one, annotator=annotator, is_further=one.text.stem in seen)
            seen.add(one.text.stem)
        else:
            yield one


def _text_of(file: File, texts: Mapping[str, File], called: Mapping[str, Sequence[File]]) -> tuple[File | None, str]:
    """The text that annotations belong to, and the person whom the file's name names beside it."""
    if file.stem in texts:
        return texts[file.stem], ""
    folder, slash, name = file.stem.rpartition("/")
    cuts = [found.start() for found in SEPARATORS.finditer(name)]
    divided = [(name[:at], name[at + 1 :]) for at in cuts]
    for document, person in sorted(
        divided + [(after, before) for before, after in divided], key=lambda pair: len(pair[0]), reverse=True
    ):
        if person and folder + slash + document in texts:
            return texts[folder + slash + document], person
    elsewhere = called.get(name, [])
    return (elsewhere[0], "") if len(elsewhere) == 1 and folder else (None, "")


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

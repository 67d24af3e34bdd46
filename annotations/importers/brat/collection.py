"""Which files of an import are a text and its annotations, and whose these are."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from annotations.importers.items import Refusal, Refused
from annotations.importers.sources import File, Source

SEPARATORS: Final = re.compile(r"([/_.@ -])")
SPLITS: Final = re.compile(r"train|dev|test|valid|gold|dup|copy", re.IGNORECASE)
"""Folders and files so called hold parts of a corpus, not somebody's work."""

SETTINGS: Final = (".conf", ".tsv", ".json")
"""What else lies in a folder of brat's, or of ours."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A text with the annotations of one person, or of nobody in particular."""

    text: File
    annotations: File | None
    annotator: str | None = None

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
    people = _by_equal_texts(list(texts.values()))
    taken: set[str] = set()
    found: list[Pair | Refusal] = []
    for file in source.with_extension(".ann"):
        text, person = _text_of(file, texts, called)
        if text is None:
            detail = "There is no .txt of this name, so its offsets select nothing."
            found.append(Refusal(file.path, "", "text_missing", detail))
        else:
            taken.add(text.stem)
            found.append(Pair(text, file, person or people.get(file.stem)))
    found += [Pair(file, None) for stem, file in texts.items() if stem not in taken]
    found += [
        Refusal(file.path, "", "not_brat", "The file is neither a text (.txt) nor annotations (.ann).")
        for file in source.files
        if file.extension not in (".txt", ".ann", *SETTINGS) and not file.name.startswith(".")
    ]
    yield from sorted(found, key=lambda one: one.file if isinstance(one, Refusal) else one.document)


def _text_of(
    file: File, texts: Mapping[str, File], called: Mapping[str, Sequence[File]]
) -> tuple[File | None, str | None]:
    """The text that annotations belong to, and the person whom the file's name or its folder names beside it."""
    if file.stem in texts:
        return texts[file.stem], None
    folder, slash, name = file.stem.rpartition("/")
    cuts = [found.start() for found in SEPARATORS.finditer(name)]
    divided = [(name[:at], name[at + 1 :]) for at in cuts]
    for document, person in sorted(
        divided + [(after, before) for before, after in divided], key=lambda pair: len(pair[0]), reverse=True
    ):
        if person and folder + slash + document in texts:
            return texts[folder + slash + document], person
    elsewhere = called.get(name, [])
    if len(elsewhere) == 1 and folder:
        return elsewhere[0], folder.rpartition("/")[2]
    return None, None


def _by_equal_texts(texts: Sequence[File]) -> dict[str, str]:
    """Who annotated, by document, where several files have one text: what tells their names apart names a person."""
    sizes: dict[int, list[File]] = defaultdict(list)
    for file in texts:
        sizes[file.size].append(file)
    people: dict[str, str] = {}
    for alike in sizes.values():
        equal: dict[bytes, list[str]] = defaultdict(list)
        for file in alike if len(alike) > 1 else []:
            equal[_digest(file)].append(file.stem)
        for stems in equal.values():
            people.update(_told_apart(stems) if len(stems) > 1 else {})
    return people


def _digest(file: File) -> bytes:
    digest = hashlib.sha256()
    try:
        with file.open() as stream:
            while chunk := stream.read(1024**2):
                digest.update(chunk)
    except (Refused, OSError):
        return file.path.encode()
    return digest.digest()


def _told_apart(stems: Sequence[str]) -> dict[str, str]:
    words = [SEPARATORS.split(stem) for stem in stems]
    shortest = min(map(len, words))
    start = next((at for at in range(shortest) if len({one[at] for one in words}) > 1), shortest)
    end = next((at for at in range(shortest - start) if len({one[-1 - at] for one in words}) > 1), shortest - start)
    people = {}
    for stem, one in zip(stems, words, strict=True):
        person = "".join(one[start : len(one) - end]).strip("_.- ")
        [*_, component] = "".join(one[: len(one) - end]).split("/")
        component += "".join(one[len(one) - end :]).split("/")[0]
        if "/" in person or not re.search(r"[^\W\d_]", person) or SPLITS.search(component):
            return {}
        people[stem] = person
    return people if len(set(people.values())) == len(stems) else {}

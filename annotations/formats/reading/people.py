"""Who annotated what the files hold.

A format's own field says so, else what tells apart the files on one text. Where somebody chose otherwise, the folder or
the name of the file says so for all that is in it, a field of the files, or nothing. Names come from outside: they are
cleaned of what no page can show, and are never guessed to be a member.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats.reading.importer import Importer
from annotations.formats.reading.records import ArticleRecord, Item, Options, Refusal, RowRecord, name_people
from annotations.formats.reading.sources import Source, shown

PERSON_FROM: Final[dict[str, Any]] = {
    "auto": gettext_lazy("The format; if it doesn't say, folders or file names"),
    "folder": gettext_lazy("The folder of each file"),
    "file": gettext_lazy("The name of each file"),
    "field": gettext_lazy("A field in the files"),
    "none": gettext_lazy("Nothing: all annotations are yours"),
}
"""What may name whoever annotated, as somebody chooses it."""

SEPARATORS: Final = re.compile(r"([_.@ -])")
LETTER: Final = re.compile(r"[^\W\d_]")
PARTS: Final = r"(?:train|training|dev|development|test|tests|val|valid|validation|gold|dup|duplicates?|copy|copies)"
SPLITS: Final = re.compile(rf"(?:[/_.@ -]|\A){PARTS}+\d*(?:[/_.@ -]|\Z)", re.IGNORECASE)
"""Folders and files so called hold parts of a corpus, not somebody's work."""
MOST_TEXTS: Final = 500_000
"""Texts that are remembered to see which files are on the same ones."""
LOOKS: Final = 200
"""Items after which it is asked whether to stop."""

Stopping = Callable[[], bool]


def with_people(importer: Importer, source: Source, *, stopping: Stopping) -> Importer:
    """The importer as it names whoever annotated in these files; `stopping` ends the look at them early."""
    if not importer.annotated:
        return importer
    naming = _Naming(importer, source, stopping)
    return replace(importer, read=naming.read)


class _Naming:
    """The reader of an importer whose documents then name people as was chosen."""

    def __init__(self, importer: Importer, source: Source, stopping: Stopping) -> None:
        self.importer, self.source, self.stopping = importer, source, stopping
        self.options = Options()

    def read(self, source: Source, options: Options) -> Iterator[Item]:
        """See `Importer`."""
        self.options = options
        for item in self.importer.read(source, options):
            if not isinstance(item, Refusal):
                # Makes names what can be shown; an empty one is none.
                for part in item.parts:
                    part.annotator = cleaned(part.annotator)
                for verdict in item.verdicts:
                    verdict.author, verdict.reviewer = cleaned(verdict.author), cleaned(verdict.reviewer)
                yield from self._name(item)
            yield item

    def _name(self, document: ArticleRecord | RowRecord) -> Iterator[Refusal]:
        """Names whoever made the parts of a document, and yields a note where nothing says who that is."""
        chosen = self.options.person_from
        if chosen == "none":
            name_people(document, None)
            for verdict in document.verdicts:
                verdict.reviewer = None
        elif chosen == "folder":
            name_people(document, cleaned(document.file.rpartition("/")[0].rpartition("/")[2]))
        elif chosen == "file":
            written = document.person if isinstance(document, ArticleRecord) else ""
            name_people(document, cleaned(written or without_extension(document.file).rpartition("/")[2]))
        elif (
            chosen == "auto"
            and not _is_named(document)
            and (person := self._by_file.get(without_extension(document.file)))
        ):
            name_people(document, person)
        nameless = sum(part.annotator is None for part in document.parts)
        if nameless and chosen in ("folder", "file", "field"):
            detail = {
                "folder": _("The file is not in a folder, so %(count)s spans and links were imported as yours."),
                "file": _("The file has no name, so %(count)s spans and links were imported as yours."),
                "field": _("The field %(field)s was not found, so %(count)s spans and links were imported as yours."),
            }[chosen] % {"count": nameless, "field": shown(self.options.person_field)}
            yield Refusal(document.file, document.location, "person_missing", detail)

    @cached_property
    def _by_file(self) -> PeopleOfFiles:
        """The people by their files, where these are on the same texts and the format names nobody."""
        are_several = len(self.source.files) > 1 or any(file.extension == ".zip" for file in self.source.files)
        if self.importer.tells_files_apart or not are_several:
            return PeopleOfFiles()
        first: dict[bytes, str] = {}
        groups: dict[str, list[str]] = {}
        for number, item in enumerate(self.importer.read(self.source, self.options)):
            if number and number % LOOKS == 0 and self.stopping():
                break
            if isinstance(item, Refusal) or not item.spans or _is_named(item):
                continue
            text = item.text if isinstance(item, ArticleRecord) else item.article
            digest = blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
            if digest not in first and len(first) >= MOST_TEXTS:
                continue
            file = without_extension(item.file)
            own, other = (groups.setdefault(one, [one]) for one in (file, first.setdefault(digest, file)))
            if own is not other:
                own += other
                groups.update(dict.fromkeys(other, own))
        return people_of_files({id(group): group for group in groups.values()}.values())


def _is_named(document: ArticleRecord | RowRecord) -> bool:
    """Whether the document itself says who made any of it."""
    parts = any(part.annotator for part in document.parts)
    return parts or any(verdict.author for verdict in document.verdicts)


def cleaned(name: str | None) -> str | None:
    """A name as it is shown and compared, or None where there is none."""
    return (shown(name).strip() or None) if name else None


def without_extension(path: str) -> str:
    """The path without its last extension."""
    folder, slash, name = path.rpartition("/")
    dot = name.rfind(".")
    return folder + slash + (name[:dot] if dot > 0 else name)


@dataclass(frozen=True, slots=True)
class PeopleOfFiles:
    """Who annotated, by the path of the file without its extension, or by the folder where folders name people."""

    files: dict[str, str] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)

    def get(self, stem: str) -> str | None:
        """Whose work the file of this path is."""
        return self.files.get(stem) or self.folders.get(stem.rpartition("/")[0])


def people_of_files(groups: Iterable[Sequence[str]]) -> PeopleOfFiles:
    """Who annotated the files of each group, which are on one text: what tells their paths apart.

    Their folders name people, or the names of the files, whichever tells more of them apart. What looks like no name,
    such as a number or `train`, names nobody; the others keep theirs.
    """
    people = PeopleOfFiles()
    for stems in groups:
        if len(stems) < 2:
            continue
        folders = _named([stem.split("/")[:-1] for stem in stems])
        names = _named([[stem.rpartition("/")[2]] for stem in stems])
        are_names = len(set(names.values())) > len(set(folders.values()))
        for number, person in (names if are_names else folders).items():
            people.files[stems[number]] = person
            if not are_names:
                people.folders.setdefault(stems[number].rpartition("/")[0], person)
    return people


def _named(paths: Sequence[Sequence[str]]) -> dict[int, str]:
    """Whom the parts of paths name that are not common to all, by the number of the path."""
    own = _without_common(paths)
    if all(len(parts) == 1 for parts in own):
        words = [SEPARATORS.split(parts[0]) for parts in own]
        names = ["".join(parts).strip("_.- ") for parts in _without_common(words)]
    else:
        names = ["/".join(parts) for parts in own]
    return {
        number: name
        for number, name in enumerate(names)
        if LETTER.search(name) and not SPLITS.search("/".join(own[number]))
    }


def _without_common(paths: Sequence[Sequence[str]]) -> list[list[str]]:
    """The paths without the parts with which all begin and those with which all end."""
    shortest = min(map(len, paths))
    start = next((at for at in range(shortest) if len({path[at] for path in paths}) > 1), shortest)
    rest = range(shortest - start)
    end = next((at for at in rest if len({path[-1 - at] for path in paths}) > 1), len(rest))
    return [list(path[start : len(path) - end]) for path in paths]

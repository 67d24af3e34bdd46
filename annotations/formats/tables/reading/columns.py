"""Which column of a table is which of an article's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django.utils.translation import gettext as _

from annotations.formats.reading.boilerplate import boilerplate_lines, proposed_language, without_lines
from annotations.formats.reading.decoding import UNSTORABLE, with_line_feeds
from annotations.formats.reading.metadata import particulars, title_of
from annotations.formats.reading.records import ArticleRecord, Item, Options, Refusal, Refused
from annotations.formats.reading.sources import shown

NAMES: Final = {
    "text": ("text", "body", "content"),
    "title": ("title", "headline"),
    "url": ("url", "address", "link"),
    "outlet": ("outlet", "publisher", "sitename"),
    "author": ("author", "byline"),
    "published_on": ("published_on", "date", "published", "published_at", "publication_date"),
    "language": ("language", "lang"),
    "direction": ("direction",),
    "id": ("id",),
}
"""What a column may be called, best first: in any case, with spaces or hyphens for underscores."""

COLUMNS: Final = {name: column for column, names in NAMES.items() for name in names}
EXPORTED: Final = (
    "id", "title", "url", "outlet", "author", "published_on", "language", "direction", "sha256", "text"
)  # fmt: skip
"""The columns of `articles` as the formats csv and parquet export it."""

ENOUGH: Final = 1000
"""Characters by which the language of one row among thousands is told."""

NAMED: Final = 10
"""How many columns a refusal lists."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is being read: the names of its columns, and its rows.

    `rows` takes the indexes of the columns that are wanted, and yields each row's place with its cells in that order,
    or why there is none. It is asked once.
    """

    names: Sequence[str]
    rows: Callable[[Sequence[int]], Iterator[tuple[str, list[Any]] | Refusal]]


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table of articles: for each of ours its place, and the names of those that are not taken."""

    indexes: Mapping[str, int]
    others: Sequence[str]
    ours: bool
    """Whether this is the table that Factcheck exports."""

    def unread(self, file: str) -> Iterator[Refusal]:
        """One refusal for all columns that are not taken."""
        if self.others:
            listed = _listed(self.others)
            yield Refusal(
                file,
                "header",
                "column_left_out",
                _("Articles have no such columns, so they were skipped: %(listed)s.") % {"listed": listed},
            )


def header(names: Sequence[str], file: str) -> Header:
    """What these columns are. Raises Refused where none of them is the text."""
    ours = tuple(names) == EXPORTED
    indexes: dict[str, int] = {}
    for location, name in enumerate(names):
        column = COLUMNS.get(_plain(name))
        if column and (column not in indexes or _rank(column, name) < _rank(column, names[indexes[column]])):
            indexes[column] = location
    if "text" not in indexes:
        listed = _listed([name for name in names if name.strip()]) or _("no columns")
        detail = _("The first row must name the columns, and one of them must be text or body. It has: %(listed)s.") % {
            "listed": listed
        }
        raise Refused(file, "header", "no_text_column", detail)
    if ours:
        indexes["sha256"] = EXPORTED.index("sha256")
    others = [name for location, name in enumerate(names) if location not in indexes.values() and name.strip()]
    return Header(indexes, others, ours)


def recognised(names: Sequence[str]) -> int:
    """How many columns of an article these names are."""
    return len({COLUMNS[name] for name in map(_plain, names) if name in COLUMNS})


def items(values: Mapping[str, Any], columns: Header, file: str, location: str, options: Options) -> Iterator[Item]:
    """The article of one row, after a refusal for each value of it that cannot be stored. Raises Refused without it."""
    text = values.get("text")
    if not isinstance(text, str) or not text.strip():
        raise Refused(file, location, "no_text", _("This row has no text."))
    if UNSTORABLE.search(text):
        raise Refused(file, location, "unstorable", _("The text contains NUL or half of a surrogate pair."))
    original = text
    text = _exact(text, values, file, location) if columns.ours else with_line_feeds(text).value
    # Offsets that a table of spans has later may count the line ends of the original.
    source = original.encode() if text != original and not columns.ours else None
    if options.without_boilerplate:
        text = without_lines(text, boilerplate_lines(text))
    said = {name: value for name, value in values.items() if name not in ("text", "sha256")}
    known, refused = particulars(said, file, location)
    yield from refused
    id_ = known.pop("id", None)
    metadata = {**options.metadata, **known}
    if "title" not in metadata:
        metadata["title"] = title_of(text, f"{file} {location}")
    if "language" not in metadata and not columns.ours:
        metadata["language"] = proposed_language(text[:ENOUGH])
    yield ArticleRecord(file=file, location=location, text=text, metadata=metadata, source=source, id=id_)


def _exact(text: str, values: Mapping[str, Any], file: str, location: str) -> str:
    """The text that was exported; a program may have written its line ends anew. Raises Refused where it is another."""
    for candidate in (text, with_line_feeds(text).value):
        if sha256(candidate.encode()).hexdigest() == values["sha256"]:
            return candidate
    raise Refused(
        file, location, "sha256_mismatch", _("The text doesn't match the SHA-256 in this row: one of them was changed.")
    )


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def _rank(column: str, name: str) -> int:
    return NAMES[column].index(_plain(name))


def _listed(names: Sequence[str]) -> str:
    first = ", ".join(shown(name.strip()[:40]) for name in names[:NAMED])
    if len(names) <= NAMED:
        return first
    return _("%(names)s and %(count)s more") % {"names": first, "count": len(names) - NAMED}

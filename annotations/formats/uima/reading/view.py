"""What is common to reading one view of a CAS: where it lies, what was chosen, and what was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from cassis.typesystem import ArrayBase, FeatureStructure, ListBase
from django.utils.translation import gettext as _

from annotations.formats.reading.decoding import UNSTORABLE, in_code_points, with_line_feeds
from annotations.formats.reading.records import ArticleRecord, Options, Refusal, Refused, SpanRecord
from annotations.formats.uima.layers import FEATURES, FIELDS, LABELS, MADE, STRING
from annotations.formats.uima.reading.loader import Loaded


class Offsets:
    r"""`text` is the original with ``\n`` as its line ends; `offset_of` finds offsets of the original in it."""

    def __init__(self, original: str, file: str) -> None:
        self.file = file
        self._moved = with_line_feeds(original)
        self._points = in_code_points(original)
        self.text = self._moved.value

    def offset_of(self, offset: int, where: str) -> int:
        """Raises Refused where it lies outside the text or in the middle of a character."""
        if not 0 <= offset < len(self._points):
            raise Refused(
                self.file, where, "fragments", _("The offset %(offset)s is outside the text.") % {"offset": offset}
            )
        point = self._points[offset]
        if point is None:
            raise Refused(
                self.file,
                where,
                "within_character",
                _("The offset %(offset)s is inside a character.") % {"offset": offset},
            )
        return self._moved.offset_of(point)

    def fragment(self, begin: int, end: int, where: str) -> tuple[int, int]:
        """Raises Refused too where nothing lies between them."""
        if begin == end:
            raise Refused(self.file, where, "zero_length", _("This annotation is empty: it selects no text."))
        start, stop = self.offset_of(begin, where), self.offset_of(end, where)
        if start >= stop:
            raise Refused(
                self.file,
                where,
                "fragments",
                _("The annotation ends (%(end)s) before it starts (%(begin)s).") % {"end": end, "begin": begin},
            )
        return start, stop


ANCHORS: Final = ("begin", "end", "sofa")
MOST_STEPS: Final = 500_000
"""Elements of lists, and characters in them, that one document may refer to."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document comes from: its file and, where the folders of an archive say so, whose work it is."""

    file: str
    title: str
    annotator: str | None = None
    is_further: bool = False
    """Whether other people's work on the same document came before."""

    def key(self, identifier: str) -> str:
        """An id as it is unique in the import: several people's files on one text may hold the same ids."""
        return f"{self.annotator}/{identifier}" if self.annotator else identifier


@dataclass(slots=True)
class Reading:
    """One view while it becomes a document."""

    loaded: Loaded
    origin: Origin
    view: str
    offsets: Offsets
    options: Options
    document: ArticleRecord
    refused: list[Refusal] = field(default_factory=list)
    spans: dict[int, SpanRecord] = field(default_factory=dict)
    """By the id of the feature structure that they come from."""
    left_out: Counter[str] = field(default_factory=Counter)
    """How often something of each type was left out."""
    features: set[tuple[str, str]] = field(default_factory=set)
    """Types and features of theirs that were left out."""
    spent: int = 0

    def where(self, fs: FeatureStructure) -> str:
        """The location of a feature structure in its file."""
        view = f"view {self.view}, " if self.view else ""
        location = self.loaded.locations.get(fs.xmiID, fs.xmiID)
        return f"{view}{self.type_of(fs).rpartition('.')[2]} {location}"

    def type_of(self, fs: FeatureStructure) -> str:
        """The name of its type, also where no type system describes it."""
        name: str = self.loaded.undescribed.get(fs.xmiID) or fs.type.name
        return name

    def refuse(self, fs: FeatureStructure, code: str, detail: str) -> None:
        self.refused.append(Refusal(self.origin.file, self.where(fs), code, detail))

    def is_made_here(self, fs: FeatureStructure, name: str) -> bool:
        """Whether it is of this type of our exports and not of one that is merely called like it."""
        if self.type_of(fs) != name:
            return False
        wanted = {**MADE, FIELDS: STRING} if name in LABELS else FEATURES[name]
        return wanted.items() <= {one.name: one.rangeType.name for one in fs.type.all_features}.items()

    def made(self, fs: FeatureStructure, plain: dict[str, Any]) -> dict[str, Any]:
        """Id, note, people and times of a span or a link, taken out of its values."""
        identifier = str(plain.pop("identifier", "") or "")
        annotator = self.origin.annotator or plain.get("annotator")
        if self.options.person_field:
            features = {one.name: fs[one.name] for one in fs.type.all_features if one.name not in ANCHORS}
            annotator = self.options.person_in(features)
        plain.pop("annotator", None)
        return {
            "key": self.origin.key(identifier or f"{self.origin.file}#{self.view}{fs.xmiID}"),
            "id": None if self.origin.annotator else uuid_in(identifier),
            "annotator": annotator,
            "note": plain.pop("note", "") or "",
            "created_at": self.time(fs, plain.pop("created_at", None)),
            "updated_at": self.time(fs, plain.pop("updated_at", None)),
        }

    def time(self, fs: FeatureStructure, text: str | None) -> datetime | None:
        """A time, or None where there is none; what is no time is refused and the rest comes in."""
        try:
            told = datetime.fromisoformat(text) if text else None
        except ValueError:
            told = None
        if text and (told is None or told.tzinfo is None):
            self.refuse(fs, "time", _("%(value)s is not a time with its offset.") % {"value": f"{text!r:.60}"})
            return None
        return told

    def spend(self, steps: int) -> None:
        """Counts what is followed by reference: many things may refer to one long list, each time anew.

        Raises Refused where it is more than a document of this size can mean.
        """
        self.spent += steps
        if self.spent > MOST_STEPS:
            raise Refused(self.origin.file, self.view, "too_large", _("The CAS refers to the same lists too often."))

    def values(self, fs: FeatureStructure) -> tuple[dict[str, Any], dict[str, Any]]:
        """What a feature structure holds by itself, several values as lines, and what it refers to (one or a list).

        Raises Refused where a value is no text that can be stored.
        """
        plain: dict[str, Any] = {}
        references: dict[str, Any] = {}
        for feature in fs.type.all_features:
            value = None if feature.name in ANCHORS else fs[feature.name]
            if isinstance(value, FeatureStructure):
                elements = self._elements(value)
                value = value if elements is None else [one for one in elements if one is not None]
            if isinstance(value, list) and not any(isinstance(one, FeatureStructure) for one in value):
                self.spend(sum(len(str(one)) for one in value))
                value = "\n".join(map(str, value)) or None
            if isinstance(value, str) and UNSTORABLE.search(value):
                detail = _("%(name)s has a character that is not allowed in a text.") % {"name": feature.name}
                raise Refused(self.origin.file, self.where(fs), "unstorable", detail)
            if value is not None:
                (references if isinstance(value, FeatureStructure | list) else plain)[feature.name] = value
        return plain, references

    def _elements(self, fs: FeatureStructure) -> list[Any] | None:
        """The elements of an array or a list, or None where it is neither."""
        if isinstance(fs, ArrayBase):
            self.spend(len(fs.elements or []))
            return list(fs.elements or [])
        return list(self._linked(fs)) if isinstance(fs, ListBase) else None

    def _linked(self, fs: Any) -> Iterator[Any]:
        seen: set[int] = set()
        while fs is not None and hasattr(fs, "head") and id(fs) not in seen:
            self.spend(1)
            seen.add(id(fs))
            yield fs.head
            fs = fs.tail


def uuid_in(text: str) -> UUID | None:
    """The UUID that a text is, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None

"""What is shown of an import before it begins, as plain values that are kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Final, Self

from annotations.formats.reading.records import ArticleRecord, Readings, Refusal
from annotations.formats.tables.reading.samples import TableSeen
from annotations.imports.excerpts import Excerpt, Piece, excerpt_of
from annotations.imports.proposal import Proposal

MOST_NAMES: Final = 500
"""People, or types, that are listed."""


@dataclass(frozen=True, slots=True)
class ArticleSeen:
    """The only article of an import, which is looked at line by line; `metadata` by columns of Article, as texts."""

    text: str
    metadata: dict[str, str]
    file: str
    file_title: str

    @property
    def document(self) -> ArticleRecord:
        """The document that it was read as, without its source."""
        return ArticleRecord(
            file=self.file, location="", text=self.text, metadata=dict(self.metadata), file_title=self.file_title
        )


@dataclass(slots=True)
class Preview:
    """What was seen of an import. Counts are of the first `read` documents; `more` says that others follow."""

    format: str = ""
    """The name of the format that the files look like, empty where they look like none."""
    has_tables: bool = False
    """Whether there are files whose columns may be mapped."""
    article: ArticleSeen | None = None
    excerpts: list[Excerpt] = field(default_factory=list)
    read: int = 0
    rows: int = 0
    """Rows that say something of articles from elsewhere."""
    more: bool = False
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Refusal] = field(default_factory=list)
    labels: list[tuple[str, int]] = field(default_factory=list)
    """Each with how often it occurs, the commonest first; relations and people likewise."""
    relations: list[tuple[str, int]] = field(default_factory=list)
    verdicts: int = 0
    passes: int = 0
    """Of people who found nothing."""
    people: list[tuple[str, int]] = field(default_factory=list)
    people_found: int = 0
    """How many there are, also of those that are not listed."""
    types: dict[str, str | None] = field(default_factory=dict)
    """What each of the format's own types becomes where nothing is chosen; None where that is the format's business."""
    readings: list[Readings] = field(default_factory=list)
    """Of the first spans whose offsets may mean different things."""
    digests: list[str] = field(default_factory=list)
    """By which the texts are known."""
    tables: list[TableSeen] = field(default_factory=list)
    further_tables: int = 0

    @property
    def marked(self) -> bool:
        """Whether anything is annotated."""
        return bool(self.labels or self.relations or self.verdicts or self.passes)

    @property
    def has_something(self) -> bool:
        """Whether anything comes in."""
        return bool(self.read or self.rows)

    @property
    def rows_of_readings(self) -> list[tuple[str, list[str]]]:
        """What offsets may count, and what those of each of `readings` then select."""
        units = dict.fromkeys(name for one in self.readings for name in one.quotes)
        return [(unit, [one.quotes.get(unit, "") for one in self.readings]) for unit in units]

    def take(self, proposal: Proposal) -> None:
        """Adds what was seen of documents."""
        self.excerpts = [excerpt_of(document) for document in proposal.documents]
        self.read, self.rows, self.more = proposal.read, proposal.rows, proposal.more
        self.refusals, self.notes = proposal.refusals, proposal.notes
        self.labels, self.relations = proposal.labels.most_common(), proposal.relations.most_common()
        self.verdicts, self.passes = proposal.verdicts, proposal.passes
        self.people, self.people_found = proposal.people.most_common(MOST_NAMES), len(proposal.people)
        self.types = dict(sorted(proposal.types.items())[:MOST_NAMES])
        self.readings, self.digests = proposal.readings, list(proposal.digests)

    def as_json(self) -> dict[str, Any]:
        """For the database: without the characters that it does not take."""
        # The order of what offsets may count says something, which the database would not keep in an object.
        readings = [{"label": one.label, "quotes": list(one.quotes.items())} for one in self.readings]
        plain: dict[str, Any] = _plain({**asdict(replace(self, readings=[])), "readings": readings})
        return plain

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_json` made."""
        return cls(
            **{
                **kept,
                "article": ArticleSeen(**kept["article"]) if kept["article"] else None,
                "excerpts": [_excerpt(one) for one in kept["excerpts"]],
                "refusals": [Refusal(**one) for one in kept["refusals"]],
                "notes": [Refusal(**one) for one in kept["notes"]],
                "readings": [Readings(one["label"], dict(one["quotes"])) for one in kept["readings"]],
                "tables": [TableSeen(**one) for one in kept["tables"]],
            }
        )


def _excerpt(kept: Mapping[str, Any]) -> Excerpt:
    day = kept["published_on"]
    pieces = [Piece(**piece) for piece in kept["pieces"]]
    return Excerpt(**{**kept, "pieces": pieces, "published_on": date.fromisoformat(day) if day else None})


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "�").encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {_plain(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value

"""What is shown of an import before it begins: plain values that are kept as JSON, and the one article to correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Self

from django.db import transaction
from django.utils import timezone

from annotations.formats.reading.records import ArticleRecord, Readings, Refusal, SpanRecord
from annotations.formats.tables.reading.samples import TableSeen
from annotations.models import Article, Import, ImportPreview, User

if TYPE_CHECKING:
    from annotations.imports.proposal import Proposal

LENGTH: Final = 700
"""Code points of a text that are shown."""
UNMARKED: Final = 320
"""And of one on which nothing is marked."""
VERDICTS: Final = 5
"""Verdicts whose ratings are shown."""
BEFORE: Final = 120
"""Code points shown before the first mark, where it stands far down."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under the same marks; `label` is the innermost, `labels` all of them as they are called."""

    text: str
    label: str = ""
    labels: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A document as it is shown. `cut` says at which ends the text goes on, `digest` by what its text is known."""

    title: str
    outlet: str
    author: str
    published_on: date | None
    language: str
    characters: int
    file: str
    location: str
    digest: str
    pieces: list[Piece]
    cut: tuple[bool, bool]
    labels: list[tuple[str, int]]
    """How many spans of each label it has."""
    relations: list[tuple[str, int]]
    ratings: list[str | None]
    """Of its first verdicts."""
    verdicts: int


def digest_of(text: str) -> str:
    """By which the database knows a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def excerpt_of(document: ArticleRecord) -> Excerpt:
    """What is shown of a document."""
    text, said = document.text, document.metadata
    marked = [start for span in document.spans for start, _ in span.fragments if 0 <= start < len(text)]
    start, end = window(text, min(marked, default=0), LENGTH if marked else UNMARKED)
    return Excerpt(
        **{name: str(said.get(name) or "") for name in ("title", "outlet", "author", "language")},
        published_on=day if isinstance(day := said.get("published_on"), date) else None,
        characters=len(text),
        file=document.file,
        location=document.location,
        digest=digest_of(text),
        pieces=list(pieces_of(text, start, end, document.spans)),
        cut=(bool(text[:start].strip()), bool(text[end:].strip())),
        labels=Counter(span.label for span in document.spans).most_common(),
        relations=Counter(link.relation for link in document.links).most_common(),
        ratings=[verdict.rating for verdict in document.verdicts[:VERDICTS]],
        verdicts=len(document.verdicts),
    )


def window(text: str, first: int, length: int = LENGTH) -> tuple[int, int]:
    """From where to where a text is shown: its beginning, or what stands around its first mark; whole words."""
    start = 0
    if first > length - BEFORE:
        start = first - BEFORE
        start = text.find(" ", start, first) + 1 or start
    start += len(text[start : first or None]) - len(text[start : first or None].lstrip())
    end = min(len(text), start + length)
    return start, end if end == len(text) else max(text.rfind(" ", end - BEFORE, end), 0) or end


def pieces_of(text: str, start: int, end: int, spans: Sequence[SpanRecord]) -> Iterator[Piece]:
    """The text between two places, cut wherever a mark begins or ends."""
    ranges = [
        (max(begin, start), min(stop, end), span.label)
        for span in spans
        for begin, stop in span.fragments
        if begin < end and stop > start and begin < stop
    ]
    ranges.sort(key=lambda one: one[1] - one[0])
    edges = sorted({start, end, *(one[0] for one in ranges), *(one[1] for one in ranges)})
    for here, there in pairwise(edges):
        over = [label for begin, stop, label in ranges if begin <= here and stop >= there]
        yield Piece(text[here:there], over[0] if over else "", ", ".join(dict.fromkeys(over)))


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


def add_single(proposed: Import, document: ArticleRecord, body: str, *, by: User, **metadata: Any) -> Article:
    """The article, with its source as it came; the import is done.

    Raises IntegrityError (`duplicate_article`) where the project already has one with this text.
    """
    with transaction.atomic():
        address = proposed.options.get("fetched_from")
        article: Article = Article.objects.add(
            proposed.project, body, by=by, source=document.source, imported_in=proposed, fetched_from=address,
            fetched_at=proposed.options.get("fetched_at"),
            title_from_file=document.is_name_of_file(metadata.get("title", "")), **metadata,
        )  # fmt: skip
        proposed.state, proposed.articles, proposed.done, proposed.total = Import.State.DONE, 1, 1, 1
        proposed.started_at = proposed.finished_at = timezone.now()
        proposed.save()
        ImportPreview.objects.filter(of=proposed).delete()
    return article

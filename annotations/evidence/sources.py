"""Who says what: the sources of spans, and whether evidence is independent of the claim it bears on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final, TypedDict, cast
from unicodedata import normalize
from uuid import UUID

from django.db.models import Func, TextField

from annotations.vocabulary import EVIDENCE

if TYPE_CHECKING:
    from django.db.models.sql.compiler import SQLCompiler

    from annotations.models.people.user import User


_GAPS: Final = r"[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
"""White space, as a regular expression of Python and of PostgreSQL alike."""

_WORDS: Final = f"btrim(regexp_replace({{}}, '{_GAPS}', ' ', 'g'))"

COMPARED_NAME: Final = f"""
    normalize(replace(lower(normalize(coalesce(
        nullif({_WORDS.format("coalesce({s}.fields ->> 'source_name', '')")}, ''),
        nullif({_WORDS.format("coalesce({s}.fields #>> '{{source,quote}}', '')")}, ''),
        {_WORDS.format("{s}.quote")}), NFC)), 'ς', 'σ'), NFC)
"""
"""SQL of what an attribution `s` names, in the form in which the same name compares equal: as `compared` has it."""


def compared(name: str) -> str:
    """A name in the form in which the same name compares equal, however it is spaced, composed or capitalised.

    What `COMPARED_NAME` gives in the database, and `names` in `model/evidence.js`. A final sigma is a sigma: which one
    lower case has depends on what stands around it, and on the library.
    """
    words = re.sub(_GAPS, " ", name).strip(" ")
    return normalize("NFC", normalize("NFC", words).lower().replace("ς", "σ"))


class Saying(TypedDict):
    """One attribution of a span: its id, its source and the stance of the source."""

    span: UUID
    source_name: str
    stance: str | None


class Weight(TypedDict):
    """How much evidence there is on one side: links, distinct sources, and those that are not the claim's own."""

    count: int
    sources: int
    independent: Annotated[int, "Sources that are not the claim's own."]


class Evidence(TypedDict):
    """How much evidence there is on each side of a claim."""

    corroborates: Weight
    contradicts: Weight


MOST_SAID: Final = 100
"""Attributions of one span that are told; lists repeat them for each link of the span."""


class Sayings(list[Saying]):
    """The first attributions of a span; `total` and `names` are of all of them.

    The names are in a form in which the same name compares equal.
    """

    def __init__(self) -> None:
        super().__init__()
        self.total = 0
        self.names: set[str] = set()

    @property
    def more(self) -> int:
        """How many are not told."""
        return self.total - len(self)

    def add(self, saying: Saying, *, always: bool = False) -> None:
        """Counts one more, and tells it where there is room, or `always`."""
        self.total += 1
        self.names.add(compared(saying["source_name"]))
        if always or len(self) < MOST_SAID:
            self.append(saying)


Said = Mapping[UUID, Sayings]


def said_by(span_ids: Iterable[UUID], reader: User) -> dict[UUID, Sayings]:
    """The attributions of each of these spans that `reader` may know of, in reading order, in two queries.

    An attribution speaks for itself, whatever its place. The spans are taken to be such as the reader may read.
    """
    from annotations.models.link import Link, sources_named_to
    from annotations.models.span import Span

    wanted = set(span_ids)
    said = {span_id: Sayings() for span_id in wanted}
    columns = ("target", "source", "source__fields", "source__quote")
    ties = Link.objects.filter(relation=Link.Relation.ATTRIBUTES, target__in=wanted)
    ties = ties.filter(sources_named_to(reader)).order_by("source__start", "source")
    for target, source, fields, quote in ties.values_list(*columns).iterator():
        said[target].add(_saying(source, fields, quote))
    own = Span.objects.filter(pk__in=wanted, label=Span.Label.ATTRIBUTION)
    for span_id, fields, quote in own.values_list("pk", "fields", "quote"):
        said[span_id].add(_saying(span_id, fields, quote), always=True)
    return said


def _saying(span_id: UUID, fields: Mapping[str, Any], quote: str) -> Saying:
    return {"span": span_id, "source_name": source_name(fields) or quote, "stance": fields.get("stance")}


def source_name(fields: Mapping[str, Any]) -> str:
    """Whom an attribution names: the name that was entered, else the words of the passage; empty where neither is."""
    passage = fields.get("source")
    words = passage.get("quote") if isinstance(passage, dict) else None
    return str(fields.get("source_name") or "").strip() or str(words or "").strip()


def same_source(claim_id: UUID, evidence_id: UUID, said: Said) -> bool:
    """Whether an attribution of the evidence names a source that an attribution of the claim names too."""
    return not said.get(claim_id, Sayings()).names.isdisjoint(said.get(evidence_id, Sayings()).names)


class ComparedName(Func):
    """What an attribution names, as `compared` has it, by the path to the attribution's quote."""

    output_field = TextField()

    def as_sql(self, compiler: SQLCompiler, *arguments: Any, **more: Any) -> tuple[str, tuple[()]]:
        quote, _ = compiler.compile(self.get_source_expressions()[0])
        return COMPARED_NAME.format(s=quote.removesuffix('."quote"')), ()


def weigh(claim_ids: Iterable[UUID], reader: User) -> dict[UUID, Evidence]:
    """Counts for each side of these claims, of the evidence that `reader` may know of, in two queries.

    Evidence that nobody is named for counts as the voice of its own article. A claim may have thousands of links, so no
    more of them is read than is counted.
    """
    from annotations.models.link import Link, sources_named_to
    from annotations.models.span import Span

    claims = set(claim_ids)
    links = Link.objects.visible_to(reader).evidence().filter(target__in=claims)
    ties = Link.objects.filter(sources_named_to(reader), relation=Link.Relation.ATTRIBUTES)
    named: dict[UUID, set[str]] = defaultdict(set)
    own = Span.objects.filter(pk__in=links.values("source"), label=Span.Label.ATTRIBUTION)
    tied = ties.order_by().values_list("target", ComparedName("source__quote"))
    of_claims, of_evidence = tied.filter(target__in=claims), tied.filter(target__in=links.values("source"))
    for span_id, name in of_claims.union(of_evidence, own.order_by().values_list("pk", ComparedName("quote"))):
        named[span_id].add(name)
    counts: Counter[tuple[UUID, str]] = Counter()
    voices: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    for claim_id, relation, source_id, article_id in links.values_list(
        "target", "relation", "source", "source_article"
    ):
        counts[claim_id, relation] += 1
        voices[claim_id, relation] |= named.get(source_id) or {f"article {article_id}"}
    return {
        claim_id: cast(
            Evidence,
            {
                side: {
                    "count": counts[claim_id, side],
                    "sources": len(voices[claim_id, side]),
                    "independent": len(voices[claim_id, side] - named.get(claim_id, set())),
                }
                for side in EVIDENCE
            },
        )
        for claim_id in claims
    }

"""Who says what: the sources of spans, and whether evidence is independent of the claim it bears on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypedDict
from unicodedata import normalize
from uuid import UUID

if TYPE_CHECKING:
    from annotations.models.link import Link
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
    """One attribution of a span: its id, whom it names and how they stand to the statement."""

    span: UUID
    source_name: str
    stance: str | None


class Weight(TypedDict):
    """How much evidence there is on one side: links, distinct sources, and those that are not the claim's own."""

    count: int
    sources: int
    independent: int


Said = Mapping[UUID, Sequence[Saying]]


def said_by(span_ids: Iterable[UUID], reader: User) -> dict[UUID, list[Saying]]:
    """The attributions of each of these spans that `reader` may know of, in reading order, in two queries.

    An attribution speaks for itself. The spans are taken to be such as the reader may read.
    """
    from annotations.models.link import Link, sources_named_to
    from annotations.models.span import Span

    wanted = set(span_ids)
    said: dict[UUID, list[Saying]] = {span_id: [] for span_id in wanted}
    columns = ("target", "source", "source__fields", "source__quote")
    ties = Link.objects.filter(relation=Link.Relation.ATTRIBUTES, target__in=wanted)
    ties = ties.filter(sources_named_to(reader)).order_by("source__start", "source")
    for target, source, fields, quote in ties.values_list(*columns):
        said[target].append(_saying(source, fields, quote))
    own = Span.objects.filter(pk__in=wanted, label=Span.Label.ATTRIBUTION)
    for span_id, fields, quote in own.values_list("pk", "fields", "quote"):
        said[span_id].append(_saying(span_id, fields, quote))
    return said


def _saying(span_id: UUID, fields: Mapping[str, Any], quote: str) -> Saying:
    return {"span": span_id, "source_name": source_name(fields) or quote, "stance": fields.get("stance")}


def source_name(fields: Mapping[str, Any]) -> str:
    """Whom an attribution names: the name that was entered, else the words of the passage; empty where neither is."""
    passage = fields.get("source")
    words = passage.get("quote") if isinstance(passage, dict) else None
    return str(fields.get("source_name") or "").strip() or str(words or "").strip()


def names(sayings: Sequence[Saying]) -> set[str]:
    """The sources, in a form in which the same name compares equal."""
    return {compared(saying["source_name"]) for saying in sayings}


def same_source(claim_id: UUID, evidence_id: UUID, said: Said) -> bool:
    """Whether an attribution of the evidence names a source that an attribution of the claim names too."""
    return bool(names(said.get(claim_id, ())) & names(said.get(evidence_id, ())))


def weigh(claim_id: UUID, links: Iterable[Link], said: Said) -> dict[str, Weight]:
    """Counts for each side of a claim. Evidence that nobody is named for counts as the voice of its own article.

    `links` are the claim's evidence links with their source spans loaded.
    """
    sides: dict[str, tuple[int, set[str]]] = {"corroborates": (0, set()), "contradicts": (0, set())}
    for link in links:
        if link.relation not in sides:
            continue
        count, sources = sides[link.relation]
        voices = names(said.get(link.source_id, ())) or {f"article {link.source.article_id}"}
        sides[link.relation] = (count + 1, sources | voices)
    claimed = names(said.get(claim_id, ()))
    return {
        side: {"count": count, "sources": len(sources), "independent": len(sources - claimed)}
        for side, (count, sources) in sides.items()
    }

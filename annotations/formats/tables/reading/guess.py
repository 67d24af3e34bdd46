"""What a table may be, guessed from the names of its columns and the values in them. People correct it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from annotations.formats.claims.ratings import FourWay, rating_for
from annotations.formats.tables.reading.mapping import COLUMNS, NEEDED, plain
from annotations.vocabulary import Label, Relation

CALLED: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "articles": {
        "id": ("id", "doc_id", "article_id", "document_id", "body_id"),
        "title": ("title", "headline"),
        "body": ("body", "text", "content", "articlebody", "article"),
        "url": ("url", "address", "link"),
        "outlet": ("outlet", "publisher", "sitename"),
        "author": ("author", "byline"),
        "published_on": ("published_on", "date", "published", "published_at", "publication_date"),
        "language": ("language", "lang"),
    },
    "spans": {
        "id": ("id", "span_id", "annotation_id"),
        "article": ("article", "article_id", "doc_id", "document_id", "doc", "document", "text_id"),
        "label": ("label", "type", "category", "tag", "span_type"),
        "quote": ("quote", "text", "span_text", "covered_text", "span", "words"),
        "start": ("start", "begin", "start_offset", "offset_start", "char_start"),
        "end": ("end", "stop", "end_offset", "offset_end", "char_end"),
        "annotator": ("annotator", "annotator_id", "who", "coder", "worker", "worker_id"),
        "note": ("note", "comment"),
    },
    "links": {
        "id": ("id", "relation_id", "link_id"),
        "source": ("source", "from", "source_id", "from_id", "head", "arg1"),
        "target": ("target", "to", "target_id", "to_id", "tail", "arg2"),
        "relation": ("relation", "type", "label", "stance"),
        "annotator": ("annotator", "annotator_id", "who", "coder", "worker", "worker_id"),
    },
    "verdicts": {
        "claim": ("claim", "claim_id"),
        "rating": ("rating", "verdict", "label", "veracity", "claim_label"),
        "rationale": ("rationale", "explanation", "justification", "reason"),
        "confidence": ("confidence",),
        "author": ("author", "annotator", "annotator_id", "coder", "worker", "worker_id"),
        "state": ("state",),
    },
    "claims": {
        "id": ("id", "claim_id"),
        "claim": ("claim", "claim_text", "statement", "hypothesis"),
        "evidence": ("evidence", "evidence_text", "premise", "context", "passage"),
        "article": ("article", "article_id", "doc_id", "document_id", "body_id"),
        "quote": ("quote",),
        "relation": ("relation", "stance", "evidence_label", "label"),
        "rating": ("rating", "verdict", "claim_label", "veracity"),
        "rationale": ("rationale", "explanation", "justification", "reason"),
        "speaker": ("speaker", "said_by", "claimant"),
        "date": ("date", "claim_date"),
        "annotator": ("annotator", "annotator_id", "coder", "worker", "worker_id"),
    },
}
"""What tables in use call our columns, the likeliest first."""

SUPPORTING: Final = frozenset(
    {"support", "supports", "supported", "supporting", "agree", "agrees", "for", "pro", "favor", "favour", "entailment",
     "entails", "true", "corroborates", "confirms"}
)  # fmt: skip
REFUTING: Final = frozenset(
    {"refute", "refutes", "refuted", "attack", "attacks", "disagree", "disagrees", "against", "con", "contradiction",
     "contradict", "contradicts", "deny", "denies", "false"}
)  # fmt: skip
UNDECIDED: Final = frozenset({"not_enough_info", "not_enough_information", "not_enough_evidence", "nei"})
UNRELATED: Final = frozenset({*UNDECIDED, "neutral", "none", "unrelated", "discuss", "discusses", "other", "query"})
CLAIMS: Final = frozenset({"claim", "major_claim", "majorclaim", "conclusion"})
FACTS: Final = frozenset({"premise", "evidence", "fact", "data", "grounds"})


def guessed_columns(table: str, header: Sequence[str]) -> dict[str, str]:
    """Which column of the file each of ours is, as far as the names tell."""
    by_name = {plain(name): name for name in reversed(header) if name.strip()}
    found: dict[str, str] = {}
    for ours in COLUMNS[table]:
        called = (name for name in CALLED[table][ours] if name in by_name)
        name = next((by_name[name] for name in called if by_name[name] not in found.values()), None)
        if name is not None:
            found[ours] = name
    return found


def guessed_table(header: Sequence[str]) -> str:
    """The kind of table that has all it needs, and then the most columns; that of articles where there is none."""
    guessed = {table: guessed_columns(table, header) for table in COLUMNS}
    complete = [
        table
        for table, columns in guessed.items()
        if all(any(all(ours in columns for ours in enough) for enough in need) for need in NEEDED[table])
    ]
    return max(complete, key=lambda table: len(guessed[table]), default="articles")


def guessed_values(
    kind: str, values: Iterable[str], known: frozenset[str], scale: Sequence[Mapping[str, Any]]
) -> dict[str, str | None]:
    """What values of a label, relation or rating become, as far as they are words in use; `known` ones stay out."""
    guessed: dict[str, str | None] = {}
    for value in values:
        word = plain(value)
        if value in known:
            continue
        if word in known:
            guessed[value] = word
        elif kind == "label":
            label = Label.CLAIM if word in CLAIMS else Label.FACT if word in FACTS else None
            guessed.update({value: label.value} if label else {})
        elif kind == "relation":
            means = Relation.CORROBORATES if word in SUPPORTING else Relation.CONTRADICTS if word in REFUTING else None
            guessed.update({value: means and means.value} if means or word in UNRELATED else {})
        elif (rating := _rating(word, scale)) is not None:
            guessed[value] = rating
    return guessed


def _rating(word: str, scale: Sequence[Mapping[str, Any]]) -> str | None:
    for words, means in ((SUPPORTING, FourWay.SUPPORTED), (REFUTING, FourWay.REFUTED), (UNDECIDED, FourWay.NOT_ENOUGH)):
        if word in words:
            return rating_for(scale, means)
    return next((str(one["key"]) for one in scale if word == plain(str(one["name"]))), None)

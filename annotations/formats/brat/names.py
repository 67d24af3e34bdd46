"""How what only Factcheck knows is written in brat: types, side tables and their columns, cells that are no formula.

`Types` says the other way round what brat's types are here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from annotations import vocabulary
from annotations.vocabulary import RELATIONS, Label, Relation

TYPES: Final = {label: label.capitalize() for label in vocabulary.LABELS}
"""The type of a label's text-bounds; an attribution's is that of its event too."""

LABELS: Final = {
    **{label: label for label in vocabulary.LABELS},
    "majorclaim": Label.CLAIM.value, "content": Label.CLAIM.value,
    "premise": Label.FACT.value, "evidence": Label.FACT.value,
    "attribution-no-source": Label.ATTRIBUTION.value,
}  # fmt: skip
"""AbstRCT and persuasive essays (claims and premises), attribution corpora (events and their contents), our own."""

NO_SOURCE: Final = "Attribution-no-source"
SOURCE: Final = "Source"
CONTENT: Final = "Content"

LINKING: Final = {
    "support": Relation.CORROBORATES.value, "supports": Relation.CORROBORATES.value,
    "attack": Relation.CONTRADICTS.value, "attacks": Relation.CONTRADICTS.value,
    "partial-attack": Relation.CONTRADICTS.value,
    **{relation: relation for relation in RELATIONS},
}  # fmt: skip
"""The relations of argument corpora, and our own."""

MEANINGS: Final = "types.json"
"""What the types of the documents are here, where that is not what they usually are: labels and relations by type."""

READ_AS: Final = "Read-as"
"""The type of a note on a line that is something else here than others of its type: a label, a relation, or:"""

NOTHING: Final = "nothing"
"""Of a text-bound, that nothing names its type; of an event, that it is no attribution; of a relation, no link."""

PART: Final = "part"
"""Of a text-bound, that it is a part of an attribution and no span."""

ANNOTATOR: Final = "Annotator"
"""The type of a note that names who made a span or a link, where that is not whose document it is."""

VERDICT: Final = "Verdict"
"""The type of an attribute of a claim: the rating of its verdict."""

STATE: Final = "Verdict-state"
APPROVAL: Final = "Verdict-approval"
"""The type of an attribute of a claim: that an import brought the approval of its verdict."""

RATIONALE: Final = "Rationale"
"""The type of a note on a claim: the rationale of its verdict."""

FRAGMENTS: Final = "Fragments"
"""The type of a note with the fragments of a text-bound, where these are not its ranges joined over line ends."""

DOCUMENTS: Final = "documents.tsv"
"""A row a document: its name without extension, whose it is, and the article's metadata."""

METADATA: Final = ("title", "url", "outlet", "author", "published_on", "language")
DOCUMENTS_COLUMNS: Final = ("document", "annotator", *METADATA)

LINKS: Final = "links.tsv"
"""A row a link from one document to another; spans are named by document, label, offsets and annotator."""

LINKS_COLUMNS: Final = (
    "relation", "source_document", "source_label", "source_offsets", "source_annotator", "source_text",
    "target_document", "target_label", "target_offsets", "target_annotator", "target_text", "annotator", "note",
)  # fmt: skip

FIELDS: Final = "fields.json"
"""The project's label fields: which attributes and notes are values of fields, and of which kind."""


def span_key(document: str, annotator: str | None, label: str, offsets: str) -> str:
    """What names a span within all documents; `offsets` as in a text-bound."""
    return "\t".join((document, annotator or "", label, offsets))


FORMULA: Final = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def guarded(value: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would run it, or a reader would take one away."""
    return f"'{value}" if FORMULA.match(value) else value


def bare(cell: str) -> str:
    """What was guarded."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


UNNAMED: Final = "fact"
"""The label of what nothing names."""


@dataclass(slots=True)
class Types:
    """What brat's types are here: what a person chose, what our archive says, else what they are in the corpora in use.

    This is the mapping of one import; `chosen` goes by the type as it is written, the defaults by its letters.

    `labels` and `relations` are what an archive of ours says of its types. It is asked for text-bounds, events and
    relations with what these usually become, so that a page can list them.
    """

    chosen: Mapping[str, str]
    labels: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    """Types of which the report has said that nothing names them."""
    left_out: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.left_out = frozenset(type_ for type_, becomes in self.chosen.items() if becomes == "")

    def label(self, type_: str) -> str | None:
        """The label of a text-bound or an event, or None where nothing names its type."""
        usual = self.labels.get(type_) or LABELS.get(type_.casefold())
        chosen = self.chosen.get(type_, usual or UNNAMED)
        return chosen if chosen in TYPES and (usual or type_ in self.chosen) else usual

    def relation(self, type_: str) -> str | None:
        """The relation of a link, or None where nothing names its type."""
        usual = self.relations.get(type_) or LINKING.get(type_.casefold())
        chosen = self.chosen.get(type_, usual)
        return chosen if chosen in RELATIONS else usual

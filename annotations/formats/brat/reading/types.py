"""What brat's types are here: what a person chose, what our archive says, else what they are in the corpora in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from annotations.formats.brat.names import LABELS, LINKING, TYPES
from annotations.vocabulary import RELATIONS

UNNAMED: Final = "fact"
"""The label of what nothing names."""


@dataclass(slots=True)
class Types:
    """The mapping of one import; `chosen` goes by the type as it is written, the defaults by its letters.

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

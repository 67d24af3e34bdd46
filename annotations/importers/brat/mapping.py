"""What brat's types are here: what a person chose, else what they are in the corpora in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from annotations.standoff.ours import LABELS, RELATIONS, TYPES

UNNAMED: Final = "fact"
"""The label of what nothing names."""

LINKING: Final = {
    "support": "corroborates", "supports": "corroborates",
    "attack": "contradicts", "attacks": "contradicts", "partial-attack": "contradicts",
    **{relation: relation for relation in RELATIONS},
}  # fmt: skip


@dataclass(slots=True)
class Types:
    """The mapping of one import; `chosen` goes by the type as it is written, the defaults by its letters.

    It is asked for text-bounds, events and relations with what these usually become, so that a page can list them.
    """

    chosen: Mapping[str, str]
    told: set[str] = field(default_factory=set)
    """Types of which the report has said that nothing names them."""
    left_out: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.left_out = frozenset(type_ for type_, becomes in self.chosen.items() if becomes == "")

    def label(self, type_: str) -> str | None:
        """The label of a text-bound or an event, or None where nothing names its type."""
        usual = LABELS.get(type_.casefold())
        chosen = self.chosen.get(type_, usual or UNNAMED)
        return chosen if chosen in TYPES and (usual or type_ in self.chosen) else usual

    def relation(self, type_: str) -> str | None:
        """The relation of a link, or None where nothing names its type."""
        usual = LINKING.get(type_.casefold())
        chosen = self.chosen.get(type_, usual)
        return chosen if chosen in RELATIONS else usual


def joins(relation: str, source: str, target: str) -> bool:
    """Whether a relation may go from one label to another."""
    if relation == "attributes":
        return source == "attribution" and target in ("claim", "fact")
    return target == "claim" and (relation != "restates" or source == "claim")

"""The words of the domain: labels, relations, field kinds. What else knows them is derived from here or held to it."""

from __future__ import annotations

from typing import Final

LABELS: Final = ("claim", "attribution", "fact")
RELATIONS: Final = ("corroborates", "contradicts", "attributes", "restates")
FIELD_KINDS: Final = ("text", "choice", "number", "flag", "date", "passage")

"""Query parameters, as views declare them: what they are called, what they mean, and what they take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from annotations.api.base.pagination import LARGEST_PAGE
from annotations.models.article import LONGEST_BODY

Kind = Mapping[str, Any]
"""What a parameter takes, as JSON Schema. Where "" is in it, the parameter may stand empty for *any*."""

TEXT: Final[Kind] = {"type": "string"}
ID: Final[Kind] = {"type": "string", "pattern": "^([0-9A-Fa-f]{8}(-?[0-9A-Fa-f]{4}){3}-?[0-9A-Fa-f]{12})?$"}
PERSON: Final[Kind] = {"type": "string", "pattern": "^(me|[0-9]{1,18})?$"}
DAY: Final[Kind] = {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"}
OFFSET: Final[Kind] = {"type": "integer", "minimum": 0, "maximum": LONGEST_BODY}
LIMIT: Final[Kind] = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE}


def choice(*values: str) -> Kind:
    """One of these texts."""
    return {"type": "string", "enum": list(values)}


class Parameter(NamedTuple):
    """One query parameter."""

    name: str
    meaning: str
    kind: Kind = TEXT
    required: bool = False


PAGED: Final = (
    Parameter("limit", f"Results a page, at most {LARGEST_PAGE}.", LIMIT),
    Parameter("cursor", "From `next` or `previous`."),
)

"""Query parameters, as views declare them, and lists a page at a time: `{"next", "previous", "results"}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, NamedTuple, TypeVar

from django.db.models import Func, Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from annotations.models.article import LONGEST_BODY
from annotations.paging import NotACursor, stretch_of
from annotations.serializers.base import invalid

Row = TypeVar("Row", bound=Model)

USUAL_PAGE: Final = 100
LARGEST_PAGE: Final = 500

_LIMIT: Final = re.compile(r"[1-9][0-9]{0,2}\Z")

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
    Parameter("limit", f"Results per page, at most {LARGEST_PAGE}.", LIMIT),
    Parameter("cursor", "From `next` or `previous`."),
)


def limit_in(request: Request, usual: int = USUAL_PAGE) -> int:
    """How many results the caller wants. Raises ValidationError."""
    asked = request.query_params.get("limit")
    if asked is None:
        return usual
    if not _LIMIT.match(asked) or int(asked) > LARGEST_PAGE:
        raise invalid("limit", _("Enter a number from 1 to %(largest_page)s.") % {"largest_page": LARGEST_PAGE})
    return int(asked)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of a page, and the addresses of those beside it."""

    rows: list[Row]
    next: str | None
    previous: str | None

    def response(self, results: Iterable[Mapping[str, Any]]) -> Response:
        """The page as it is answered."""
        return Response({"next": self.next, "previous": self.previous, "results": list(results)})


def page_in(
    request: Request,
    rows: QuerySet[Row],
    order: Sequence[str] = ("created_at", "id"),
    size: Func | None = None,
) -> Page[Row]:
    """The page that the address asks for, in an order and with a size as `stretch_of` takes them.

    Raises ValidationError.
    """
    limit = limit_in(request)
    try:
        found = stretch_of(rows, order, request.query_params.get("cursor", ""), limit, size)
    except NotACursor as error:
        raise invalid("cursor", _("This is not a cursor of this list.")) from error
    address = request.build_absolute_uri()

    def leading_to(cursor: str | None) -> str | None:
        if not cursor:
            return None if cursor is None else remove_query_param(address, "cursor")
        return replace_query_param(address, "cursor", cursor)

    return Page(found.rows, leading_to(found.next), leading_to(found.previous))

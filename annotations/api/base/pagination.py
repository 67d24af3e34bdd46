"""Lists a page at a time, by key: `{"next", "previous", "results"}` with opaque cursors."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.db.models import Func, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from annotations.paging import NotACursor, stretch_of
from annotations.serializers.base import invalid

USUAL_PAGE = 100
LARGEST_PAGE = 500
_LIMIT = re.compile(r"[1-9][0-9]{0,2}\Z")

Row = Any
"""A model's instance."""


class KeyPages:
    """Pages that go on from the last row's key, so that a long list costs no more at its end.

    However many rows share a time, come or go: nobody who walks the pages misses a row or meets one twice.
    """

    ordering: ClassVar[tuple[str, ...]] = ("created_at", "id")
    """Columns or annotations that are never null, ``-`` for descending; the last one is unique."""

    size: ClassVar[Func | None] = None
    """The bytes of what may be long in a row (`bytes_of`), where a full page could have too many of them."""

    def get_page_size(self, request: Request) -> int:
        """How many results the caller wants. Raises ValidationError."""
        asked = request.query_params.get("limit")
        if asked is None:
            return USUAL_PAGE
        if not _LIMIT.match(asked) or int(asked) > LARGEST_PAGE:
            raise invalid("limit", f"Give a number from 1 to {LARGEST_PAGE}.")
        return int(asked)

    def paginate_queryset(self, queryset: QuerySet[Any], request: Request, view: Any = None) -> list[Row]:
        """The rows of the page that the address asks for. Raises ValidationError."""
        limit = self.get_page_size(request)
        try:
            found = stretch_of(queryset, self.ordering, request.query_params.get("cursor", ""), limit, self.size)
        except NotACursor as error:
            raise invalid("cursor", "This is not a cursor of this list.") from error
        self.address, self.next, self.previous = request.build_absolute_uri(), found.next, found.previous
        return found.rows

    def get_paginated_response(self, data: Any) -> Response:
        """The page as it is answered."""
        return Response({"next": self._link(self.next), "previous": self._link(self.previous), "results": data})

    def _link(self, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        return (
            replace_query_param(self.address, "cursor", cursor)
            if cursor
            else remove_query_param(self.address, "cursor")
        )

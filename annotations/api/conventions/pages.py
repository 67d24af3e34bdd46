"""Lists a page at a time, by key: `{"next", "previous", "results"}` with opaque cursors."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Model, Q, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from annotations.api.conventions.errors import invalid
from annotations.cursors import key_in

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
    """Columns that are never null, ``-`` for descending; the last one is unique."""

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
        backwards, keys = self._read(request.query_params.get("cursor", ""), queryset.model)
        walked = [_turned(name) for name in self.ordering] if backwards else list(self.ordering)
        wanted = queryset.order_by(*walked)
        found = list((wanted.filter(_after(walked, keys)) if keys else wanted)[: limit + 1])
        more, found = len(found) > limit, found[:limit]
        if backwards:
            found.reverse()
        self.address = request.build_absolute_uri()
        self.next = self._cursor(found, -1, backwards=False) if (keys if backwards else more) else None
        self.previous = self._cursor(found, 0, backwards=True) if (more if backwards else keys) else None
        return found

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

    def _cursor(self, rows: Sequence[Row], position: int, *, backwards: bool) -> str:
        if not rows:
            return ""
        columns = [name.lstrip("-") for name in self.ordering]
        keys = [_text(getattr(rows[position], name)) for name in columns]
        return urlsafe_b64encode(json.dumps(["<" if backwards else ">", *keys]).encode()).decode().rstrip("=")

    def _read(self, cursor: str, model: type[Model]) -> tuple[bool, list[Any]]:
        if not cursor:
            return False, []
        try:
            towards, *texts = json.loads(urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
            if towards not in ("<", ">") or not all(isinstance(text, str) for text in texts):
                raise ValueError
            keys = [
                key_in(model._meta.get_field(name.lstrip("-")), text)
                for name, text in zip(self.ordering, texts, strict=True)
            ]
        except (ValueError, TypeError, RecursionError) as error:
            raise invalid("cursor", "This is not a cursor of this list.") from error
        return towards == "<", keys


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _after(order: Sequence[str], keys: Sequence[Any]) -> Q:
    """The rows that come after these keys in this order."""
    (name, *names), (key, *others) = order, keys
    column, follows = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
    if not names:
        return Q(**{f"{column}__{follows}": key})
    ties = Q(**{column: key}) & _after(names, others)
    # The first condition alone lets the database start at the right place of its index.
    return Q(**{f"{column}__{follows}e": key}) & (Q(**{f"{column}__{follows}": key}) | ties)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)

"""The pages of a list, as its address asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from annotations.paging import NotACursor, stretch_of

Row = TypeVar("Row", bound=Model)

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows. `next` and `previous` are query strings that keep the filters, or None."""

    rows: list[Row]
    next: str | None
    previous: str | None


def page_of(
    rows: QuerySet[Row], order: Sequence[str], query: QueryDict, *, length: int | None = None, name: str = "cursor"
) -> Page[Row]:
    """The page that `query` asks for by its parameter `name`, in an order as `stretch_of` takes it.

    `length` is PAGE_LENGTH where none is given. A cursor that cannot be read means the first page.
    """
    length = length or PAGE_LENGTH
    try:
        found = stretch_of(rows, order, query.get(name, ""), length)
    except NotACursor:
        found = stretch_of(rows, order, "", length)
    return Page(found.rows, _address(query, name, found.next), _address(query, name, found.previous))


def _address(query: QueryDict, name: str, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    kept = query.copy()
    kept[name] = cursor
    return kept.urlencode()

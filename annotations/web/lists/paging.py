"""Pages of a list by key: a page starts after the last row of the one before, however many rows come or go."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from annotations.cursors import key_in

Row = TypeVar("Row", bound=Model)

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows. `next` and `previous` are query strings that keep the filters, or None."""

    rows: list[Row]
    next: str | None
    previous: str | None


def page_of(rows: QuerySet[Row], order: Sequence[str], query: QueryDict, *, length: int = PAGE_LENGTH) -> Page[Row]:
    """The page that `query` asks for.

    `order` names columns or annotations that are never null, ``-`` for descending, and ends with a unique one.
    A cursor that cannot be read means the first page.
    """
    backwards, keys = _read(query.get("cursor", ""), [_column(rows, name.lstrip("-")) for name in order])
    walked = [_turned(name) for name in order] if backwards else list(order)
    wanted = rows.order_by(*walked)
    if keys:
        wanted = wanted.filter(_after(walked, keys))
    found = list(wanted[: length + 1])
    more, found = len(found) > length, found[:length]
    if backwards:
        found.reverse()
    after, before = (bool(keys), more) if backwards else (more, bool(keys))
    return Page(
        rows=found,
        next=_address(query, order, found[-1], backwards=False) if found and after else None,
        previous=_address(query, order, found[0], backwards=True) if found and before else None,
    )


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _after(order: Sequence[str], keys: Sequence[Any]) -> Q:
    """The rows after `keys` in `order`: greater in the first column, or equal there and greater in the next."""
    condition = Q()
    for name, key in reversed(list(zip(order, keys, strict=True))):
        column, comparison = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        condition = Q(**{f"{column}__{comparison}": key}) | (
            Q(**{column: key}) & condition if condition else Q(pk__in=[])
        )
    return condition


def _address(query: QueryDict, order: Sequence[str], row: Model, *, backwards: bool) -> str:
    values = [_plain(_value(row, name.lstrip("-"))) for name in order]
    packed = json.dumps([backwards, values], separators=(",", ":")).encode()
    kept = query.copy()
    kept["cursor"] = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return kept.urlencode()


def _value(row: Model, path: str) -> Any:
    value: Any = row
    for part in path.split("__"):
        value = getattr(value, part)
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | float | str) else str(value)


def _column(rows: QuerySet[Any], path: str) -> Any:
    """The field of a column or an annotation."""
    if path in rows.query.annotations:
        return rows.query.annotations[path].output_field
    model: Any = rows.model
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return model._meta.get_field(name)


def _read(cursor: str, columns: Sequence[Any]) -> tuple[bool, list[Any]]:
    try:
        backwards, keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(backwards, bool) or not isinstance(keys, list):
            return False, []
        return backwards, [key_in(column, key) for column, key in zip(columns, keys, strict=True)]
    except (ValueError, TypeError, RecursionError):
        return False, []

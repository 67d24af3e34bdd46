"""Lists a page at a time, by key: a page goes on after the last row of the one before, however many rows come or go.

A cursor is JSON in base64: ``[">" or "<", key, …]``, the keys as text, in the order of the list.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import accumulate
from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, DateTimeField, Func, IntegerField, Model, Q, QuerySet
from django.http import QueryDict

from annotations.strict_json import unstorable, value_of
from annotations.times import time_of

Row = TypeVar("Row", bound=Model)

LARGEST: Final = 2**63
"""Of PostgreSQL's numbers."""

MOST_BYTES: Final = 4_000_000
"""Of the long texts on one page: what is on a page has no limit by the number of its rows alone."""

PAGE_LENGTH: Final = 50
"""Rows of a list on a page of the site, unless it says otherwise."""

LONGEST_CURSOR: Final = 20_000
"""Letters. The longest titles and outlets, each letter escaped, take fewer."""


def bytes_of(*columns: str) -> Func:
    """The bytes of these columns as text together, for a query."""
    return Func(*columns, template="octet_length(concat(%(expressions)s))", output_field=IntegerField())


class NotACursor(ValueError):
    """No list gave this cursor."""


class NotAKey(ValueError):
    """No row has such a key in this column."""


@dataclass(frozen=True, slots=True)
class Stretch(Generic[Row]):
    """Rows of a list that follow one another. The cursors lead on from them: "" to the first rows, None nowhere."""

    rows: list[Row]
    next: str | None
    previous: str | None


def stretch_of(
    rows: QuerySet[Row], order: Sequence[str], cursor: str, length: int, size: Func | None = None
) -> Stretch[Row]:
    """At most `length` rows from where the cursor leads; "" is the beginning. Raises NotACursor.

    `order` names columns or annotations that are never null, ``-`` for descending, and ends with a unique one.
    `size` is the bytes of what may be long in a row: then the rows end with the one that brings them to `MOST_BYTES`.
    """
    backwards, keys = _read(cursor, [_column(rows, name.lstrip("-")) for name in order])
    turned = [name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in order]
    walked = turned if backwards else list(order)
    wanted = rows.order_by(*walked)
    wanted = wanted.filter(_after(walked, keys)) if keys else wanted
    if size is not None:
        taken = accumulate(wanted.values_list(size, flat=True)[:length])
        length = min(length, 1 + sum(bytes_ < MOST_BYTES for bytes_ in taken))
    found = list(wanted[: length + 1])
    more, found = len(found) > length, found[:length]
    if backwards:
        found.reverse()
    after, before = (bool(keys), more) if backwards else (more, bool(keys))
    return Stretch(
        rows=found,
        next=_written(">", order, found[-1:]) if after else None,
        previous=_written("<", order, found[:1]) if before else None,
    )


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """A page of a list on the site. `next` and `previous` are query strings that keep the filters, or None."""

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


def key_in(field: Any, given: Any) -> Any:
    """The key in the column's type, such that PostgreSQL can compare it. Raises NotAKey."""
    if isinstance(given, list | dict) or (isinstance(given, bool) and not isinstance(field, BooleanField)):
        raise NotAKey
    try:
        value = time_of(str(given)) if isinstance(field, DateTimeField) else field.to_python(given)
    except (ValueError, TypeError, OverflowError, ValidationError) as error:
        raise NotAKey from error
    if value is None or isinstance(value, datetime) != isinstance(field, DateTimeField):
        raise NotAKey
    if any(unstorable(value)) or (isinstance(value, int | float) and not -LARGEST <= value < LARGEST):
        raise NotAKey
    return value


def _read(cursor: str, columns: Sequence[Any]) -> tuple[bool, list[Any]]:
    if not cursor:
        return False, []
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise NotACursor
        towards, *texts = value_of(urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode())
        if towards not in ("<", ">") or not all(isinstance(text, str) for text in texts):
            raise NotACursor
        return towards == "<", [key_in(column, text) for column, text in zip(columns, texts, strict=True)]
    except (ValueError, TypeError) as error:
        raise NotACursor from error


def _written(towards: str, order: Sequence[str], row: Sequence[Any]) -> str:
    if not row:
        return ""
    values = (reduce(getattr, name.lstrip("-").split("__"), row[0]) for name in order)
    keys = [value.isoformat() if isinstance(value, datetime) else str(value) for value in values]
    return urlsafe_b64encode(json.dumps([towards, *keys]).encode()).decode().rstrip("=")


def _column(rows: QuerySet[Any], path: str) -> Any:
    """The field of a column or an annotation."""
    if path in rows.query.annotations:
        return rows.query.annotations[path].output_field
    model: Any = rows.model
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return model._meta.get_field(name)


def _after(order: Sequence[str], keys: Sequence[Any]) -> Q:
    """The rows that come after these keys in this order."""
    (name, *names), (key, *others) = order, keys
    column, follows = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
    if not names:
        return Q(**{f"{column}__{follows}": key})
    ties = Q(**{column: key}) & _after(names, others)
    # The first condition alone lets the database start at the right place of its index.
    return Q(**{f"{column}__{follows}e": key}) & (Q(**{f"{column}__{follows}": key}) | ties)

"""Keys of rows in cursors, as they come back from whoever got one."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, DateTimeField

from annotations.strict_json import unstorable
from annotations.times import time_of

LARGEST: Final = 2**63
"""Of PostgreSQL's numbers."""


class NotAKey(ValueError):
    """No row has such a key in this column."""


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

"""Times as people and programs write them."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext_lazy

EXAMPLE = gettext_lazy("Enter a time in the years 1 to 9999 with its offset, as in 2026-01-31T12:00:00Z.")


def time_of(text: str) -> datetime:
    """The time in UTC (RFC 3339, with its offset). Raises ValueError.

    PostgreSQL reads no offset of 16 hours and more, and Python no year beyond 9999: what is in UTC, both can read.
    """
    time = parse_datetime(text)
    if time is None or is_naive(time):
        raise ValueError(EXAMPLE)
    try:
        return time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(EXAMPLE) from error

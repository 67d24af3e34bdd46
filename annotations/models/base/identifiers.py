"""Identifiers that sort by time: UUID version 7 (RFC 9562), and ids that came from outside."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from uuid_utils.compat import uuid7

LONGEST_EXTERNAL_ID: Final = 200
"""Characters of an id that came from outside."""


def new_id() -> UUID:
    """A fresh UUID version 7, for what the client did not name itself."""
    return uuid7()

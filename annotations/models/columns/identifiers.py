"""Identifiers that sort by time: UUID version 7 (RFC 9562)."""

from __future__ import annotations

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh UUID version 7, for what the client did not name itself."""
    return uuid7()

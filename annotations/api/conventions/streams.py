"""Streams whose first bytes are there before the answer has a status."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import psycopg
from asgiref.sync import async_to_sync
from django.core.handlers.asgi import ASGIRequest
from django.db import OperationalError
from rest_framework.request import Request

from annotations.exporters.streaming import begun_later


def begun_where_it_is_sent(request: Request, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same chunks. What fails before the first of them raises now, and 200 is not answered to it.

    Only a server with an event loop can begin: without one (in tests) there is none that the rest could be read on.
    """
    return async_to_sync(begun_later)(chunks) if isinstance(request._request, ASGIRequest) else chunks


@contextmanager
def own_connection() -> Iterator[None]:
    """Where a stream opens a connection of its own. Raises Django's OperationalError where the database is away."""
    try:
        yield
    except psycopg.OperationalError as error:
        raise OperationalError(*error.args) from error

"""Streams whose first bytes are there before the answer has a status."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import psycopg
from asgiref.sync import async_to_sync
from django.core.handlers.asgi import ASGIRequest
from django.db import OperationalError
from rest_framework.request import Request

from annotations.streams import Stream, Streams


def begun_where_it_is_sent(request: Request, stream: Stream) -> Stream:
    """The same stream. What fails before its first chunk raises now, and 200 is not answered to it.

    Only a server with an event loop can begin: without one (in tests) there is none that the rest could be read on.
    """
    if isinstance(request._request, ASGIRequest):
        cast(Streams, request._request.scope[Streams.IN_SCOPE]).add(stream)
        async_to_sync(stream.begin)()
    return stream


@contextmanager
def own_connection() -> Iterator[None]:
    """Where a stream opens a connection of its own. Raises Django's OperationalError where the database is away."""
    try:
        yield
    except psycopg.OperationalError as error:
        raise OperationalError(*error.args) from error

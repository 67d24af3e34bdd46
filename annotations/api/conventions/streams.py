"""Streams whose first bytes are there before the answer has a status."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import psycopg
from django.core.handlers.asgi import ASGIRequest
from django.db import OperationalError
from rest_framework.request import Request

from annotations.streams import Stream, Streams


def begun(request: Request, stream: Stream) -> Stream:
    """The same stream. What fails before its first chunk raises now, and 200 is not answered to it."""
    if isinstance(request._request, ASGIRequest):
        cast(Streams, request._request.scope[Streams.IN_SCOPE]).add(stream)
    stream.begin()
    return stream


@contextmanager
def own_connection() -> Iterator[None]:
    """Where a stream opens a connection of its own. Raises Django's OperationalError where the database is away."""
    try:
        yield
    except psycopg.OperationalError as error:
        raise OperationalError(*error.args) from error

"""Files and streams: their media type, and first bytes that are there before the answer has a status."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final, cast

import psycopg
from django.core.handlers.asgi import ASGIRequest
from django.db import InterfaceError, OperationalError, connection
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from annotations.api.base.resource import caller
from annotations.live.access import holds
from annotations.live.subscribers import Entry
from annotations.models import Token
from annotations.streams import Stream, Streams


def started(request: Request, stream: Stream) -> Stream:
    """The same stream. What fails before its first chunk raises now, and 200 is not answered to it.

    It ends half way when the session or token that it was asked for with ends.
    """
    if isinstance(request._request, ASGIRequest):
        cast(Streams, request._request.scope[Streams.IN_SCOPE]).add(stream)
        stream.may_go_on = partial(_still_holds, entry_of(request))
    stream.begin()
    return stream


def entry_of(request: Request) -> Entry:
    """The token or the session by which the caller got in."""
    token = request.auth if isinstance(request.auth, Token) else None
    session = None if token else request._request.session.session_key
    return Entry(caller(request).pk, token and token.digest, session)


def _still_holds(entry: Entry) -> bool:
    try:
        return holds(entry)
    except (OperationalError, InterfaceError):
        return True  # Nobody can say now: it is asked again.
    finally:
        connection.close()


@contextmanager
def own_connection() -> Iterator[None]:
    """Where a stream opens a connection of its own. Raises Django's OperationalError where the database is away."""
    try:
        yield
    except psycopg.OperationalError as error:
        raise OperationalError(*error.args) from error


JSON: Final = JSONRenderer.media_type


class AnyType(JSONRenderer):
    """For views that answer with files or streams: the view itself compares `Accept`, once it knows what it sends.

    Errors come first, and are JSON whatever the caller accepts.
    """

    media_type = "*/*"


def must_accept(request: Request, media_type: str) -> None:
    """Raises NotAcceptable (406) where the caller accepts neither this type nor JSON.

    JSON alone is what clients of the API send with every request, so it does not refuse a file. Parameters of the
    type, such as a charset or a profile, are not compared.
    """
    own = media_type.partition(";")[0].strip()
    try:
        DefaultContentNegotiation().select_renderer(request, [_renderer(own), _renderer(JSON)])
    except NotAcceptable as error:
        raise NotAcceptable(
            _("This resource is %(own)s. Send Accept: %(own)s, %(json)s or */*.") % {"own": own, "json": JSON}
        ) from error


def _renderer(media_type: str) -> BaseRenderer:
    renderer = BaseRenderer()
    renderer.media_type = media_type
    return renderer

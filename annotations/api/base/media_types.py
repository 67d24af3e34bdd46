"""Which media type a file or a stream has, and whether the caller accepts it."""

from __future__ import annotations

from typing import Final

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

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
        raise NotAcceptable(f"This is {own}. Send Accept: {own}, {JSON} or */*.") from error


def _renderer(media_type: str) -> BaseRenderer:
    renderer = BaseRenderer()
    renderer.media_type = media_type
    return renderer

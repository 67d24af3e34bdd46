"""`schema/`: the OpenAPI description"""

from __future__ import annotations

import hashlib
from threading import Lock
from typing import Any, Final, cast

from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from annotations.api.base.resource import is_among

_lock: Final = Lock()
_made: Final[dict[str, bytes]] = {}
"""The description by media type. It does not change while the process runs, and takes seconds to make."""


class SchemaView(SpectacularAPIView):
    """The OpenAPI 3.1 description of the API: YAML, or with `?format=json` or an `Accept` header JSON."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        renderer: Any = cast(Any, request).accepted_renderer
        if request.query_params.get("format") == "json" and renderer.format == "yaml":
            renderer = next(one for one in self.get_renderers() if one.format == "json")
        content = self.rendered(renderer)
        headers = {
            "ETag": f'"{hashlib.sha256(content).hexdigest()}"',
            "Cache-Control": "no-cache",
            "Vary": "Accept",
            "Content-Disposition": f'inline; filename="Factcheck (1).{renderer.format}"',
        }
        if is_among(headers["ETag"], request.headers.get("If-None-Match"), missing=False):
            return HttpResponseNotModified(headers=headers)
        return HttpResponse(content, content_type=renderer.media_type, headers=headers)

    def rendered(self, renderer: BaseRenderer) -> bytes:
        """The description in this format, made once a process."""
        with _lock:
            if renderer.media_type not in _made:
                generator: Any = self.generator_class(api_version="v1")
                content: Any = renderer.render(generator.get_schema(public=True), renderer.media_type, {})
                _made[renderer.media_type] = content
            return _made[renderer.media_type]

"""`releases/{id}/files/{name}`"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Final
from uuid import UUID

from django.db import close_old_connections, connection
from django.http import Http404, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method
from annotations.api.base.resource import Resource, caller, is_among
from annotations.api.base.streams import AnyType, must_accept, started
from annotations.api.files.ranges import Part, Unsatisfiable, between, content_range, parts
from annotations.api.files.releases import find_release
from annotations.formats.export_registry import FORMATS
from annotations.models import ReleaseFile
from annotations.releases.files import read
from annotations.streams import Stream
from factcheck.problems import MEDIA_TYPE, problem

BOUNDARY: Final = "factcheck-part-"

FILE: Final = OpenApiResponse(OpenApiTypes.ANY, description="The file; its ETag is its SHA-256.")
MEDIA_TYPES: Final = sorted({*(chosen.media_type for chosen in FORMATS.values()), "application/json", "text/markdown"})

HEADERS: Final = tuple(
    OpenApiParameter(name, OpenApiTypes.STR, OpenApiParameter.HEADER, description=meaning)
    for name, meaning in (
        ("Range", "Up to four ranges that don't overlap, as in bytes=0-99."),
        ("If-Range", "The ETag that the ranges belong to."),
        ("If-None-Match", "The ETag of the copy that you have."),
    )
)


class ReleaseFileView(Resource):
    """A file of a release, whole or in ranges."""

    streams = True
    renderer_classes = (AnyType,)

    @method(
        "release_file",
        "releases",
        FILE,
        status=(200, FORMATS["jsonl"].media_type),
        parameters=HEADERS,
        also={
            **{(200, media_type): FILE for media_type in MEDIA_TYPES},
            206: OpenApiResponse(description="The requested ranges."),
            304: OpenApiResponse(description="Your copy is current."),
        },
        refusals=(412, 413, 416),
    )
    def get(self, request: Request, key: UUID, name: str) -> HttpResponseBase:
        release = find_release(caller(request), key)
        file = release.published.filter(name=name, release__state="done").first()
        if file is None:
            raise Http404
        must_accept(request, file.media_type)
        answer = _answer(request, file)
        # The file is read while it is sent; this request's connection would else be held until its last byte.
        if not connection.in_atomic_block:
            close_old_connections()
        return answer


def _answer(request: Request, file: ReleaseFile) -> HttpResponseBase:
    tag = f'"{file.sha256}"'
    headers = {
        "ETag": tag,
        "Accept-Ranges": "bytes",
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "Cache-Control": "private, no-cache",
        "Vary": "Authorization, Cookie",
        "X-Content-Type-Options": "nosniff",
        "X-Accel-Buffering": "no",
    }
    if not is_among(tag, request.headers.get("If-Match"), missing=True):
        return _refused(412, _("This file has another hash."), headers)
    if is_among(tag, request.headers.get("If-None-Match"), missing=False):
        return HttpResponseNotModified(headers=headers)
    asked = request.headers.get("Range", "")
    try:
        # Parts need the very tag: those of what a proxy compressed do not fit those of what it did not.
        found = parts(asked, file.size) if request.headers.get("If-Range", tag) == tag else []
    except Unsatisfiable:
        return _refused(
            416, _("The requested range is outside the file."), {**headers, "Content-Range": f"bytes */{file.size}"}
        )
    status, kind, pieces = 200, file.media_type, [(b"", (0, file.size))]
    if len(found) == 1:
        status, pieces = 206, [(b"", found[0])]
        headers["Content-Range"] = content_range(found[0], file.size)
    elif found:
        boundary = BOUNDARY + file.sha256[:16]
        status, kind = 206, f"multipart/byteranges; boundary={boundary}"
        pieces = list(between(found, file.size, file.media_type, boundary))
    headers["Content-Length"] = str(sum(len(words) + stop - start for words, (start, stop) in pieces))
    if request.method == "HEAD":
        return HttpResponse(status=status, content_type=kind, headers=headers)
    stream = started(request, Stream(_bytes(file, pieces)))
    return StreamingHttpResponse(stream, status=status, content_type=kind, headers=headers)


def _refused(status: int, why: str, headers: dict[str, str]) -> Response:
    kept = {name: value for name, value in headers.items() if name != "Content-Disposition"}
    return Response(problem(status, why), status, headers=kept, content_type=MEDIA_TYPE)


def _bytes(file: ReleaseFile, pieces: Iterable[tuple[bytes, Part]]) -> Generator[bytes]:
    for words, (start, stop) in pieces:
        if words:
            yield words
        yield from read(file.stored, start, stop)

"""`imports/{id}/refused.csv`, `imports/{id}/notes.csv`"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import close_old_connections, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework.request import Request

from annotations.api.base.openapi import method
from annotations.api.base.resource import Resource
from annotations.api.base.streams import AnyType, must_accept, own_connection, started
from annotations.api.files.imports import find_import
from annotations.formats.tables.writing.csv import BOM, safe
from annotations.formats.writing.selection import literal
from annotations.formats.writing.streaming import connection_parameters, streamed_csv

MEDIA_TYPE: Final = "text/csv; charset=utf-8"
COLUMNS: Final = ("file", "place", "code", "detail")
TABLE: Final = OpenApiResponse(OpenApiTypes.STR, description="File, location, code and message of each item.")


class RefusedView(Resource):
    """The first 10,000 items that an import refused, for a spreadsheet. No cell runs as a formula."""

    streams = True
    renderer_classes = (AnyType,)

    @method("import_refused", "imports", TABLE, status=(200, "text/csv"), refusals=(413,))
    def get(self, request: Request, key: UUID) -> HttpResponseBase:
        return _table(request, key, "refused")


class NotesView(Resource):
    """The notes of an import, in the same form."""

    streams = True
    renderer_classes = (AnyType,)

    @method("import_notes", "imports", TABLE, status=(200, "text/csv"), refusals=(413,))
    def get(self, request: Request, key: UUID) -> HttpResponseBase:
        return _table(request, key, "notes")


def _table(request: Request, key: UUID, name: str) -> HttpResponseBase:
    one = find_import(request, key)
    must_accept(request, MEDIA_TYPE)
    headers = {"Content-Disposition": f'attachment; filename="{name}-{one.pk}.csv"', "Cache-Control": "no-store"}
    if request.method == "HEAD":
        return HttpResponse(content_type=MEDIA_TYPE, headers=headers)
    columns = ", ".join(f"{safe(column)} AS {column}" for column in COLUMNS)
    kind = "is_note" if name == "notes" else "NOT is_note"
    statement = f"SELECT {columns} FROM annotations_reporteditem WHERE of_id = {literal(one.pk)} AND {kind} ORDER BY id"  # noqa: S608
    if not connection.in_atomic_block:
        close_old_connections()
    with own_connection():
        rows = started(request, streamed_csv(statement, connection_parameters(), before=BOM))
    return StreamingHttpResponse(rows, content_type=MEDIA_TYPE, headers=headers)

"""Spans as columns: twenty thousand at once, as JSON that PostgreSQL made."""

from __future__ import annotations

from typing import Any, Final

from django.db import connection
from django.db.models import F
from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer

from annotations.models import User

TIME: Final = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""

COLUMNS: Final = {
    "id": "id",
    "label": "label",
    "fragments": "fragments",
    "assignment": "assignment_id",
    "annotator": "annotator",
    "fields": "fields",
    "note": "note",
    "external_id": "external_id",
    "version": "version",
    "created_at": TIME.format("created_at"),
    "updated_at": TIME.format("updated_at"),
}
"""The names of the columns and what each of them holds; start, end and quote follow from the fragments."""


def span_columns(spans: Any) -> str:
    """A query set of spans as JSON: ``{"id": […], "label": […], …, "people": [{"id", "name"}, …]}``."""
    plain = ("id", "label", "fragments", "assignment_id", "fields", "note", "external_id", "version", "created_at",
             "updated_at")  # fmt: skip
    rows = spans.values(*plain, annotator=F("assignment__assignee_id"))
    sql, parameters = rows.query.sql_with_params()
    lists = ", ".join(f"'{name}', coalesce(json_agg({value}), '[]')" for name, value in COLUMNS.items())
    with connection.cursor() as cursor:
        # The names are the constants above, and the rest is what Django made of the query set.
        cursor.execute(f"SELECT json_build_object({lists})::text FROM ({sql}) span", parameters)  # noqa: S608
        text: str = cursor.fetchone()[0]
    people = User.objects.filter(pk__in=spans.order_by().values("assignment__assignee_id")).order_by("pk")
    named = JSONRenderer().render([{"id": user.pk, "name": str(user)} for user in people]).decode()
    return f'{text.rstrip()[:-1]}, "people": {named}}}'


def joined(rest: dict[str, Any], spans: str) -> HttpResponse:
    """The answer with these spans, which are JSON already."""
    head = JSONRenderer().render(rest)
    return HttpResponse(head[:-1] + b', "spans": ' + spans.encode() + b"}", content_type="application/json")

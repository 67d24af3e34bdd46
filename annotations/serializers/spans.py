"""Spans: one by one, as seen from elsewhere, and twenty thousand at once as columns that PostgreSQL made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, NotRequired, TypedDict
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from annotations.evidence.sources import Said, Saying, Sayings
from annotations.models import Span, User
from annotations.models.span import GoesWithIt
from annotations.serializers.articles import ArticleLabelAnswer, article_label
from annotations.serializers.base import Choice, Strict, VersionedAnswer
from annotations.serializers.people import PersonAnswer, person


class FragmentAnswer(TypedDict):
    start: Annotated[int, "First code point."]
    end: Annotated[int, "After the last code point."]


class SpanAnswer(VersionedAnswer):
    article: UUID
    assignment: int
    annotator: PersonAnswer
    label: Annotated[str, Choice(Span.Label.choices)]
    start: int
    end: int
    fragments: list[FragmentAnswer]
    quote: str
    note: str
    external_id: Annotated[str | None, "The id from an imported table."]
    goes_with_it: NotRequired[Annotated[GoesWithIt, "In responses to GET, for those who can delete it."]]
    fields: dict[str, Any]


def span_json(span: Span) -> SpanAnswer:
    """A span; `assignment__assignee` should be loaded."""
    return {
        "id": span.pk,
        "article": span.article_id,
        "assignment": span.assignment_id,
        "annotator": person(span.assignment.assignee),
        "label": span.label,
        "start": span.start,
        "end": span.end,
        "fragments": [{"start": start, "end": end} for start, end in span.fragments],
        "quote": span.quote,
        "fields": span.fields,
        "note": span.note,
        "external_id": span.external_id,
        "version": span.version,
        "created_at": span.created_at,
        "updated_at": span.updated_at,
    }


FIRST_SAID: Final = "The first 100 attributions."
HOW_MANY_SAID: Final = "The number of attributions."


class FarEndAnswer(TypedDict):
    id: UUID
    label: str
    quote: str
    start: int
    end: int
    article: ArticleLabelAnswer
    said_by: Annotated[list[Saying], FIRST_SAID]
    said_by_count: Annotated[int, HOW_MANY_SAID]


def far_end(span: Span, said: Said) -> FarEndAnswer:
    """A span as seen from elsewhere: its words, article and who said them."""
    return {
        "id": span.pk,
        "label": span.label,
        "quote": span.quote,
        "start": span.start,
        "end": span.end,
        "article": article_label(span.article),
        "said_by": said.get(span.pk, Sayings()),
        "said_by_count": said.get(span.pk, Sayings()).total,
    }


OFFSET: dict[str, Any] = {"min_value": 0, "max_value": 2**31 - 1}


class Fragment(Strict):
    """A range of the text in code points, end exclusive."""

    start = serializers.IntegerField(**OFFSET)
    end = serializers.IntegerField(**OFFSET)


class SpanBody(Strict):
    """A span as its creator sends it: `start` and `end`, or `fragments`."""

    article = serializers.UUIDField()
    label = serializers.ChoiceField(Span.Label.choices)  # type: ignore[assignment]  # a field named like an attribute
    start = serializers.IntegerField(required=False, **OFFSET)
    end = serializers.IntegerField(required=False, **OFFSET)
    fragments = Fragment(  # type: ignore[call-arg]
        many=True, required=False, allow_empty=False, max_length=1000
    )
    quote = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    fields_ = serializers.DictField(required=False)
    note = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False, max_length=20_000)

    def get_fields(self) -> dict[str, Any]:
        # A serializer has an attribute `fields` of its own, so the field of that name is declared aside.
        fields = super().get_fields()
        fields["fields"] = fields.pop("fields_")
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        start, end = attrs.pop("start", None), attrs.pop("end", None)
        fragments = [[one["start"], one["end"]] for one in attrs.pop("fragments", [])]
        if not fragments:
            missing = {
                name: _("Send start and end, or fragments.")
                for name, at in (("start", start), ("end", end))
                if at is None
            }
            if missing and (len(missing) == 1 or not self.partial):
                raise serializers.ValidationError(missing, code="required")
            fragments = [] if missing else [[start, end]]
        elif start not in (None, fragments[0][0]) or end not in (None, fragments[-1][1]):
            raise serializers.ValidationError({"fragments": _("start and end don't match the fragments.")})
        if fragments:
            attrs["fragments"] = fragments
        return attrs


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


def joined(rest: Mapping[str, Any], spans: str) -> HttpResponse:
    """The answer with these spans, which are JSON already."""
    head = JSONRenderer().render(rest)
    return HttpResponse(head[:-1] + b', "spans": ' + spans.encode() + b"}", content_type="application/json")

"""`spans/{uuid}/`"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404
from rest_framework import serializers

from annotations.api.base.openapi import described
from annotations.api.base.permission import must
from annotations.api.base.resource import Answer, VersionedResource
from annotations.api.base.versions import Stated
from annotations.models import Project, Span, User
from annotations.operations.spans import Mark, Place, mark, mark_all, place_for, places_in, was_made_as
from annotations.permissions import Action, can
from annotations.project_settings import complaints_about_values
from annotations.rules import SPAN_MOVED, RuleBroken
from annotations.serializers.base import Strict, checked, invalid
from annotations.serializers.shapes import span_json

OFFSET: dict[str, Any] = {"min_value": 0, "max_value": 2**31 - 1}


class Fragment(Strict):
    """A range of the text in code points, end exclusive."""

    start = serializers.IntegerField(**OFFSET)
    end = serializers.IntegerField(**OFFSET)


class SpanBody(Strict):
    """A span as its maker sends it: `start` and `end`, or `fragments`."""

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
                name: "Give start and end, or fragments." for name, at in (("start", start), ("end", end)) if at is None
            }
            if missing and (len(missing) == 1 or not self.partial):
                raise serializers.ValidationError(missing, code="required")
            fragments = [] if missing else [[start, end]]
        elif start not in (None, fragments[0][0]) or end not in (None, fragments[-1][1]):
            raise serializers.ValidationError({"fragments": "start and end are not those of the fragments."})
        if fragments:
            attrs["fragments"] = fragments
        return attrs


@described(SpanBody, "span")
class SpanView(VersionedResource[Span]):
    """One labelled passage."""

    shape = SpanBody

    def find(self, user: User, key: UUID) -> Span:
        span: Span | None = Span.objects.visible_to(user).with_people().with_article().filter(pk=key).first()
        if span is None:
            raise Http404
        return span

    def perform(self, method: str, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        if method != "GET":
            return super().perform(method, user, key, body, stated)
        span = self.find(user, key)
        answer = span_json(span)
        if can(user, Action.CHANGE_SPAN, span):
            answer["goes_with_it"] = span.goes_with_it(user)
        return Answer(200, answer, span.version)

    def represent(self, thing: Span, reader: User) -> dict[str, Any]:
        return span_json(thing)

    def create(self, user: User, key: UUID, data: dict[str, Any]) -> Span:
        wanted = Mark(key, **data)
        place = place_for(user, wanted.article)
        return mark(allowed(user, place, wanted), user, wanted)

    def was_made_as(self, thing: Span, user: User, data: dict[str, Any]) -> bool:
        return was_made_as(thing, user, {"fields": {}, "note": "", **data})

    def change(self, user: User, thing: Span, data: dict[str, Any], version: int) -> None:
        must(user, Action.CHANGE_SPAN, thing)
        if data.pop("article", thing.article_id) != thing.article_id:
            raise RuleBroken(SPAN_MOVED)
        label = data.get("label", thing.label)
        if "fields" in data:
            check_values(data["fields"], label, thing.article.project.label_fields)
        elif label != thing.label:
            known = {field["key"] for field in thing.article.project.label_fields.get(label, [])}
            data["fields"] = {key: value for key, value in thing.fields.items() if key in known}
        quote = data.pop("quote", "")
        if quote and "fragments" not in data:
            data["fragments"] = thing.fragments
        thing.change(by=user, from_version=version, quote=quote, **data)

    def remove(self, user: User, thing: Span, version: int) -> None:
        must(user, Action.CHANGE_SPAN, thing)
        thing.remove(by=user, from_version=version)


def create_together(project: Project, user: User, bodies: Iterable[tuple[UUID, Any]]) -> list[dict[str, Any]]:
    """The JSON of new spans of one project, by their ids and bodies, made in one statement: all of them or none.

    Raises what the first one that is refused would raise by itself.
    """
    wanted = [Mark(key, **checked(SpanBody, body)) for key, body in bodies]
    places = places_in(project, user, {one.article for one in wanted})
    for one in wanted:
        allowed(user, places.get(one.article), one)
    return [span_json(span) for span in mark_all(places, user, wanted)]


def allowed(user: User, place: Place | None, wanted: Mark) -> Place:
    """The place, where `user` may mark there what they want to. Raises ValidationError or PermissionDenied."""
    if place is None:
        raise invalid("article", "There is no such article in your projects.", "does_not_exist")
    must(user, Action.MARK, place.article)
    check_values(wanted.fields, wanted.label, place.label_fields)
    return place


def check_values(values: Mapping[str, Any], label: str, label_fields: dict[str, list[dict[str, Any]]]) -> None:
    """Raises ValidationError where field values do not fit the label."""
    wrong = {
        f"fields.{place}": [serializers.ErrorDetail(words, code)]
        for place, code, words in complaints_about_values(values, label, label_fields)
    }
    if wrong:
        raise serializers.ValidationError(wrong)

"""`spans/{uuid}/`"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from annotations.api.base.openapi import described
from annotations.api.base.resource import NOT_MADE, Answer, Stated, VersionedResource, needed_version, savepoint
from annotations.models import Project, Span, User
from annotations.models.new_span import NewSpan, Workplace
from annotations.models.span import workplace_of
from annotations.operations.spans import create_spans, was_made_as, workplaces_in
from annotations.permissions import Action, can, must
from annotations.rules import SPAN_MOVED, RuleBroken
from annotations.serializers.base import checked, invalid, refuse
from annotations.serializers.spans import SpanAnswer, SpanBody, span_json
from annotations.vocabulary import complaints_about_values


@described(SpanBody, "span")
class SpanView(VersionedResource[Span]):
    """One labelled span of text."""

    def find(self, user: User, key: UUID) -> Span:
        span: Span | None = Span.objects.visible_to(user).with_people().with_article().filter(pk=key).first()
        if span is None:
            raise Http404
        return span

    def answer(self, thing: Span, reader: User, status: int = 200) -> Answer:
        return Answer(status, span_json(thing), thing.version)

    def read(self, user: User, key: UUID) -> Answer:
        span = self.find(user, key)
        answer = span_json(span)
        if can(user, Action.CHANGE_SPAN, span):
            answer["goes_with_it"] = span.goes_with_it(user)
        return Answer(200, answer, span.version)

    def write(self, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        data = checked(SpanBody, body)
        if stated is not None:
            return self._change(user, key, data, stated)
        new = NewSpan(key, **data)
        try:
            workplace = allowed(user, new, workplace_of(user, new.article))
            with savepoint():
                span = Span.create(new, workplace, by=user)
        except NOT_MADE as error:
            return self.made_before(error, user, key, lambda span: was_made_as(span, user, new))
        return self.answer(span, user, 201)

    def edit(self, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        return self._change(user, key, checked(SpanBody, body, partial=True), stated)

    def _change(self, user: User, key: UUID, data: dict[str, Any], stated: Stated | None) -> Answer:
        span = self.find(user, key)
        version = needed_version(stated, span.version)
        must(user, Action.CHANGE_SPAN, span)
        if data.pop("article", span.article_id) != span.article_id:
            raise RuleBroken(SPAN_MOVED)
        label, label_fields = data.get("label", span.label), span.article.project.label_fields
        if "fields" in data:
            check_values(data["fields"], label, label_fields)
        elif label != span.label:
            known = {field["key"] for field in label_fields.get(label, [])}
            data["fields"] = {key: value for key, value in span.fields.items() if key in known}
        quote = data.pop("quote", "")
        if quote and "fragments" not in data:
            data["fragments"] = span.fragments
        with self.current_shown(user, key):
            span.change(by=user, from_version=version, quote=quote, **data)
        return self.answer(span, user)

    def erase(self, user: User, key: UUID, stated: Stated | None) -> Answer:
        span = self.find(user, key)
        version = needed_version(stated, span.version)
        must(user, Action.CHANGE_SPAN, span)
        with self.current_shown(user, key):
            span.remove(by=user, from_version=version)
        return Answer(204)


def create_together(project: Project, user: User, bodies: Iterable[tuple[UUID, Any]]) -> list[SpanAnswer]:
    """The JSON of new spans of one project, by their ids and bodies, made in one statement: all of them or none.

    Raises what the first one that is refused would raise by itself.
    """
    new = [NewSpan(key, **checked(SpanBody, body)) for key, body in bodies]
    workplaces = workplaces_in(project, user, {one.article for one in new})
    for one in new:
        allowed(user, one, workplaces.get(one.article))
    return [span_json(span) for span in create_spans(new, workplaces, by=user)]


def allowed(user: User, new: NewSpan, workplace: Workplace | None) -> Workplace:
    """The workplace, where `user` may make the span there. Raises ValidationError or PermissionDenied."""
    if workplace is None:
        raise invalid("article", _("There is no such article in your projects."), "does_not_exist")
    must(user, Action.MARK, workplace.article)
    check_values(new.fields, new.label, workplace.article.project.label_fields)
    return workplace


def check_values(values: Mapping[str, Any], label: str, label_fields: dict[str, list[dict[str, Any]]]) -> None:
    """Raises ValidationError where field values do not fit the label."""
    refuse((f"fields.{key}", code, words) for key, code, words in complaints_about_values(values, label, label_fields))

"""`links/{uuid}/`"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from rest_framework import serializers

from annotations.api.base.openapi import described
from annotations.api.base.permission import must
from annotations.api.base.resource import VersionedResource
from annotations.evidence.sources import said_by, same_source
from annotations.models import Event, Link, Span, User, acting
from annotations.permissions import Action, project_of
from annotations.rules import SELF_LINK, RuleBroken
from annotations.serializers.base import Strict, invalid
from annotations.serializers.shapes import link_json


class LinkBody(Strict):
    """A link as its maker sends it."""

    source = serializers.UUIDField()  # type: ignore[assignment]  # a field named like an attribute
    target = serializers.UUIDField()
    relation = serializers.ChoiceField(Link.Relation.choices)
    note = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False, max_length=20_000)


@described(LinkBody, "link")
class LinkView(VersionedResource[Link]):
    """One relation between two spans."""

    shape = LinkBody

    def find(self, user: User, key: UUID) -> Link:
        found = Link.objects.visible_to(user).with_people().with_ends()
        link: Link | None = found.filter(pk=key).first()
        if link is None:
            raise Http404
        return link

    def represent(self, thing: Link, reader: User) -> dict[str, Any]:
        said = said_by([thing.source_id, thing.target_id], reader)
        return link_json(thing, same_source=same_source(thing.target_id, thing.source_id, said))

    def create(self, user: User, key: UUID, data: dict[str, Any]) -> Link:
        source, target = data.pop("source"), data.pop("target")
        if source == target:
            raise RuleBroken(SELF_LINK)
        spans = Span.objects.visible_to(user).with_article().in_bulk([source, target])
        for name, span_id in (("source", source), ("target", target)):
            if span_id not in spans:
                raise invalid(name, "There is no such span that you may read.", "does_not_exist")
        link = Link(id=key, source=spans[source], target=spans[target], author=user, **data)
        must(user, Action.LINK, link)
        data.update(source=source, target=target)
        with acting(user):
            link.save(force_insert=True)
        return link

    def was_made_as(self, thing: Link, user: User, data: dict[str, Any]) -> bool:
        made = Event.objects.creation_of(project_of(thing).pk, "link", thing.pk)
        wanted = {"relation": data["relation"], "note": data.get("note", "")}
        wanted |= {"source_id": str(data["source"]), "target_id": str(data["target"])}
        return made is not None and made.by_id == user.pk and made.made_with(wanted)

    def change(self, user: User, thing: Link, data: dict[str, Any], version: int) -> None:
        must(user, Action.LINK, thing)
        for name in ("source", "target"):
            if data.pop(name, getattr(thing, f"{name}_id")) != getattr(thing, f"{name}_id"):
                raise invalid(name, "A link keeps its ends. Delete it and make another.", "immutable")
        thing.change(by=user, from_version=version, **data)

    def remove(self, user: User, thing: Link, version: int) -> None:
        must(user, Action.LINK, thing)
        thing.remove(by=user, from_version=version)

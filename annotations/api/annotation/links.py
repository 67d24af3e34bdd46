"""`links/{uuid}/`"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from annotations.api.base.openapi import described
from annotations.api.base.resource import NOT_MADE, Answer, Stated, VersionedResource, needed_version, savepoint
from annotations.evidence.sources import said_by, same_source
from annotations.models import Event, Link, Span, User, acting
from annotations.permissions import Action, must, project_of
from annotations.rules import SELF_LINK, RuleBroken
from annotations.serializers.base import checked, invalid
from annotations.serializers.links import LinkBody, link_json


@described(LinkBody, "link")
class LinkView(VersionedResource[Link]):
    """One relation between two spans."""

    def find(self, user: User, key: UUID) -> Link:
        found = Link.objects.visible_to(user).with_people().with_ends()
        link: Link | None = found.filter(pk=key).first()
        if link is None:
            raise Http404
        return link

    def answer(self, thing: Link, reader: User, status: int = 200) -> Answer:
        said = said_by([thing.source_id, thing.target_id], reader)
        told = link_json(thing, same_source=same_source(thing.target_id, thing.source_id, said))
        return Answer(status, told, thing.version)

    def write(self, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        data = checked(LinkBody, body)
        if stated is not None:
            return self._change(user, key, data, stated)
        try:
            with savepoint():
                link = create_link(user, key, **data)
        except NOT_MADE as error:
            return self.made_before(error, user, key, lambda link: was_made_as(link, user, data))
        return self.answer(link, user, 201)

    def edit(self, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        return self._change(user, key, checked(LinkBody, body, partial=True), stated)

    def _change(self, user: User, key: UUID, data: dict[str, Any], stated: Stated | None) -> Answer:
        link = self.find(user, key)
        version = needed_version(stated, link.version)
        must(user, Action.LINK, link)
        for name in ("source", "target"):
            if data.pop(name, getattr(link, f"{name}_id")) != getattr(link, f"{name}_id"):
                raise invalid(
                    name, _("The ends of a link can't be changed. Delete the link and create another one."), "immutable"
                )
        with self.current_shown(user, key):
            link.change(by=user, from_version=version, **data)
        return self.answer(link, user)

    def erase(self, user: User, key: UUID, stated: Stated | None) -> Answer:
        link = self.find(user, key)
        version = needed_version(stated, link.version)
        must(user, Action.LINK, link)
        with self.current_shown(user, key):
            link.remove(by=user, from_version=version)
        return Answer(204)


def create_link(user: User, key: UUID, source: UUID, target: UUID, **values: Any) -> Link:
    """A new link of `user`. Raises ValidationError, PermissionDenied, RuleBroken or IntegrityError."""
    if source == target:
        raise RuleBroken(SELF_LINK)
    spans = Span.objects.visible_to(user).with_article().in_bulk([source, target])
    for name, span_id in (("source", source), ("target", target)):
        if span_id not in spans:
            raise invalid(name, _("This span doesn't exist, or you don't have access to it."), "does_not_exist")
    link = Link(id=key, source=spans[source], target=spans[target], author=user, **values)
    must(user, Action.LINK, link)
    with acting(user):
        link.save(force_insert=True)
    return link


def was_made_as(link: Link, user: User, data: dict[str, Any]) -> bool:
    """Whether `user` made the link by this very creation, whatever became of it since."""
    made = Event.objects.creation_of(project_of(link).pk, "link", link.pk)
    wanted = {"relation": data["relation"], "note": data.get("note", "")}
    wanted |= {"source_id": str(data["source"]), "target_id": str(data["target"])}
    return made is not None and made.by_id == user.pk and made.made_with(wanted)

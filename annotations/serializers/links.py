"""Links, also with what one needs to know of each end without opening its article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Final, NotRequired, cast
from uuid import UUID

from rest_framework import serializers

from annotations.evidence.sources import Said, same_source
from annotations.models import Article, Link
from annotations.serializers.base import Choice, Strict, VersionedAnswer
from annotations.serializers.people import PersonAnswer, person
from annotations.serializers.spans import FarEndAnswer, far_end

NOT_NEAR: Final = "Left out with `spans=columns` if it is in the article itself."


class LinkAnswer(VersionedAnswer):
    source: UUID
    target: UUID
    relation: Annotated[str, Choice(Link.Relation.choices)]
    note: str
    author: PersonAnswer
    same_source: Annotated[bool, "The evidence is from the claim's own source, so it is not independent."]


def link_json(link: Link, *, same_source: bool) -> LinkAnswer:
    """A link; `author` should be loaded."""
    return {
        "id": link.pk,
        "source": link.source_id,
        "target": link.target_id,
        "relation": link.relation,
        "note": link.note,
        "author": person(link.author),
        "version": link.version,
        "created_at": link.created_at,
        "updated_at": link.updated_at,
        "same_source": same_source,
    }


class FarLinkAnswer(LinkAnswer):
    source_span: NotRequired[Annotated[FarEndAnswer, NOT_NEAR]]
    target_span: NotRequired[Annotated[FarEndAnswer, NOT_NEAR]]


def far_links(links: Iterable[Link], said: Said, near: Article | None = None) -> Iterator[FarLinkAnswer]:
    """Links with what one needs to know of each end without opening its article; not of ends in the article `near`."""
    for link in links:
        told = cast(FarLinkAnswer, link_json(link, same_source=same_source(link.target_id, link.source_id, said)))
        if near is None or link.source.article_id != near.pk:
            told["source_span"] = far_end(link.source, said)
        if near is None or link.target.article_id != near.pk:
            told["target_span"] = far_end(link.target, said)
        yield told


class LinkBody(Strict):
    """A link as its creator sends it."""

    source = serializers.UUIDField()  # type: ignore[assignment]  # a field named like an attribute
    target = serializers.UUIDField()
    relation = serializers.ChoiceField(Link.Relation.choices)
    note = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False, max_length=20_000)

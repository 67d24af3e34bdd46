"""Objects as the API shows them to a reader, and which ones a reader sees at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from rest_framework.utils.encoders import JSONEncoder

from annotations.evidence.sources import said_by
from annotations.live.subscribers import Key
from annotations.models import Comment, Link, Span, User, Verdict
from annotations.serializers.comments import comment_json
from annotations.serializers.links import far_links
from annotations.serializers.spans import span_json
from annotations.serializers.verdicts import verdict_json


def as_text(value: Any) -> str:
    """JSON on one line."""
    return json.dumps(value, cls=JSONEncoder, ensure_ascii=False, separators=(",", ":"))


def shown(user: User, keys: Iterable[Key]) -> dict[Key, Mapping[str, Any]]:
    """Those of these objects that `user` may read, a few queries for all of them together."""
    ids: dict[str, list[str]] = {}
    for kind, key in keys:
        ids.setdefault(kind, []).append(key)
    found: dict[Key, Mapping[str, Any]] = {}
    for kind, wanted in ids.items():
        for answer in SHAPES[kind](user, wanted):
            found[kind, str(answer["id"])] = answer
    return found


def seen(user: User, articles: Iterable[UUID]) -> frozenset[Key]:
    """The keys of everything on these articles that `user` may read."""
    lying = list(articles)
    visible = {
        "span": Span.objects.visible_to(user).filter(article__in=lying),
        "link": Link.objects.visible_to(user).filter(Q(source_article__in=lying) | Q(target_article__in=lying)),
        "verdict": Verdict.objects.visible_to(user).filter(claim__article__in=lying),
        "comment": Comment.objects.visible_to(user).in_articles(lying),
    }
    return frozenset(
        (kind, str(key)) for kind, found in visible.items() for key in found.order_by().values_list("pk", flat=True)
    )


def _spans(user: User, ids: list[str]) -> Iterator[Mapping[str, Any]]:
    yield from map(span_json, Span.objects.visible_to(user).filter(pk__in=ids).with_people())


def _links(user: User, ids: list[str]) -> Iterator[Mapping[str, Any]]:
    links = Span.objects.load_ends(Link.objects.visible_to(user).filter(pk__in=ids).with_people())
    yield from far_links(links, said_by({end for link in links for end in (link.source_id, link.target_id)}, user))


def _verdicts(user: User, ids: list[str]) -> Iterator[Mapping[str, Any]]:
    yield from map(verdict_json, Verdict.objects.visible_to(user).filter(pk__in=ids).with_people())


def _comments(user: User, ids: list[str]) -> Iterator[Mapping[str, Any]]:
    yield from map(comment_json, Comment.objects.visible_to(user).filter(pk__in=ids).with_people())


SHAPES = {"span": _spans, "link": _links, "verdict": _verdicts, "comment": _comments}

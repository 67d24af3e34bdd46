"""Who is here: each open stream is a row, confirmed as long as its process lives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from annotations.live.subscribers import Reader
from annotations.models.people.presence import CAME_OR_WENT, FORGOTTEN_AFTER, Presence

PROCESS = uuid4()


def came(reader: Reader) -> None:
    """Somebody opened an article."""
    with transaction.atomic():
        _row(reader).save(force_insert=True)
        _say(reader.articles[0])


def went(streams: Iterable[UUID]) -> None:
    """These streams have ended."""
    with transaction.atomic():
        ended = Presence.objects.filter(pk__in=list(streams))
        articles = set(ended.values_list("article", flat=True))
        ended.delete()
        for article in articles:
            _say(article)


def still_here(readers: Iterable[Reader]) -> None:
    """Confirms the streams of this process, and forgets those of processes that have long died."""
    rows = [_row(reader) for reader in readers]
    Presence.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=["seen"])
    Presence.objects.filter(seen__lt=timezone.now() - 4 * FORGOTTEN_AFTER).delete()


def people(articles: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Who is on each of these articles."""
    return Presence.objects.on(articles)


def _row(reader: Reader) -> Presence:
    article, person = reader.articles[0], reader.entry.user_id
    return Presence(id=reader.id, process=PROCESS, article_id=article, user_id=person, seen=timezone.now())


def _say(article: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CAME_OR_WENT, str(article)])

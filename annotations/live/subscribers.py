"""Those who listen: what each has been told so far, what waits to be sent, and that they are here."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from annotations.models.people.presence import CAME_OR_WENT, FORGOTTEN_AFTER, Presence

PROCESS: Final = uuid4()

MOST_WAITING: Final = 1_000_000
"""Bytes that may wait for a slow reader. One who does not keep up is cut off, and resumes where the bytes ended."""

Key = tuple[str, str]
"""Kind and id of an object."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How somebody got in: their id with the token or the session that let them."""

    user_id: int
    token: str | None
    session: str | None


@dataclass(eq=False, slots=True)
class Reader:
    """One open stream on one article, and on the one beside it."""

    entry: Entry
    project_id: int
    articles: tuple[UUID, ...]
    position: str | None
    """The snapshot up to which they know everything; None for one who begins now."""
    starts_anew: bool = False
    """The point they asked to resume from is none."""
    sees_all: bool | None = None
    known: frozenset[Key] | None = None
    """What of the articles they see, for those who do not see everything."""
    id: UUID = field(default_factory=uuid4)
    waiting: deque[bytes] = field(default_factory=deque)
    size: int = 0
    ended: bool = False
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[object] | None = None

    def give(self, chunk: bytes) -> None:
        """Puts bytes in line to be sent."""
        if self.waiting and self.size + len(chunk) > MOST_WAITING:
            self.cut()
            return
        self.waiting.append(chunk)
        self.size += len(chunk)
        self.bell.set()

    def end(self) -> None:
        """Lets the stream end after what waits."""
        self.ended = True
        self.bell.set()

    def cut(self) -> None:
        """Ends the stream though the client takes no more bytes."""
        self.waiting.clear()
        self.end()
        if self.task is not None:
            self.task.cancel()

    async def next(self, seconds: float) -> bytes | None:
        """What is to be sent next; empty after so many seconds without anything, None at the end."""
        if not self.waiting and not self.ended:
            self.bell.clear()
            try:
                await asyncio.wait_for(self.bell.wait(), seconds)
            except TimeoutError:
                return b""
        if not self.waiting:
            return None if self.ended else b""
        chunk = b"".join(self.waiting)
        self.waiting.clear()
        self.size = 0
        return chunk


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


def people_on(articles: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Who is on each of these articles."""
    return Presence.objects.on(articles)


def _row(reader: Reader) -> Presence:
    article, person = reader.articles[0], reader.entry.user_id
    return Presence(id=reader.id, process=PROCESS, article_id=article, user_id=person, seen=timezone.now())


def _say(article: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CAME_OR_WENT, str(article)])

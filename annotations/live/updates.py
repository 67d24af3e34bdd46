"""What to tell each reader of a project now: one look at the history for all who know the same.

Events are written as text/event-stream (HTML Living Standard 9.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from annotations.live import changes, hidden, snapshots, visible_objects
from annotations.live.access import admitted
from annotations.live.changes import Happened, Touch
from annotations.live.subscribers import Key, Reader
from annotations.models import Role, User
from annotations.models.visibility import sees_all_work
from annotations.serializers.people import PersonAnswer, person

OPENING: Final = b"retry: 1500\n\n"

MOST_POINTS: Final = 40
"""Transactions told at once, up to which each has a point of its own to resume from."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one reader gets, and what they know after it; `ended` where they may no longer listen."""

    text: bytes = b""
    position: str | None = None
    sees_all: bool | None = None
    known: frozenset[Key] | None = None
    ended: bool = False


def tell_as_of_now(project_id: int, readers: Sequence[Reader]) -> dict[Reader, Told]:
    """The same, with all that is read belonging to one moment: an object never runs ahead of its event."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return tell(project_id, readers)


def tell(project_id: int, readers: Sequence[Reader]) -> dict[Reader, Told]:
    """What each of these readers, all of one project, is to be told."""
    users = admitted(project_id, readers)
    told = {reader: Told(ended=True) for reader in readers if reader not in users}
    knowing: dict[str | None, list[Reader]] = {}
    for reader in users:
        knowing.setdefault(None if reader.starts_anew else reader.position, []).append(reader)
    for position, group in knowing.items():
        told |= _Batch(project_id, position, {reader: users[reader] for reader in group}).told()
    return told


class _Batch:
    """Readers who know the same, and what is news to them."""

    def __init__(self, project_id: int, position: str | None, users: dict[Reader, User]) -> None:
        self.project_id, self.users, self.begins = project_id, users, position is None
        news = changes.News(snapshots.now(), []) if position is None else changes.since(position, project_id)
        self.until, self.events = news.until, news.events
        self.touches = changes.touched(news.events or (), project_id)
        self.texts: dict[tuple[UUID, ...], bytes] = {}
        self.names = self._names()
        self.shown: dict[Key, Mapping[str, Any]] | None = None

    def told(self) -> dict[Reader, Told]:
        return {reader: self._told(reader, user) for reader, user in self.users.items()}

    def _told(self, reader: Reader, user: User) -> Told:
        sees_all = sees_all_work(user, self.project_id)
        changed = reader.sees_all not in (None, sees_all)
        if reader.starts_anew or self.events is None or changed or self._turns_around(reader):
            known = None if sees_all else visible_objects.seen(user, reader.articles)
            return Told(_reset(self.until), self.until, sees_all, known)
        if sees_all:
            return Told(self._text_for_all(reader, user), self.until, sees_all)
        return self._told_what_they_see(reader, user)

    def _turns_around(self, reader: Reader) -> bool:
        """Whether more than objects changed for them: their rights, the project's settings, the article itself."""
        articles = {str(article) for article in reader.articles}
        return any(_turns_around(event, reader.entry.user_id, articles) for event in self.events or ())

    def _text_for_all(self, reader: Reader, user: User) -> bytes:
        """The news of the reader's articles, the same for everybody from whom nothing is hidden."""
        if reader.articles not in self.texts:
            if self.shown is None:
                self.shown = visible_objects.shown(user, [touch.key for touch in self.touches])
            near = [touch for touch in self.touches if touch.articles.intersection(reader.articles)]
            self.texts[reader.articles] = self._text(near, self.shown)
        text = self.texts[reader.articles]
        return text or (_point(self.until) if reader.position is None else b"")

    def _told_what_they_see(self, reader: Reader, user: User) -> Told:
        """For one from whom something is hidden: what they see now, against what they saw."""
        near = {touch.key: touch for touch in self._near(reader, user)}
        if reader.known is not None and not near and not self._may_open(reader):
            return Told(b"", self.until, False, reader.known)
        seen = visible_objects.seen(user, reader.articles)
        if reader.known is None and reader.position is not None:
            # They come back, and what they saw before is forgotten.
            if hidden.opened_or_closed(user, self.project_id, self.events or ()):
                return Told(_reset(self.until), self.until, False, seen)
            missing = near.keys() - seen
            before = seen | hidden.gone_seen_by(user, self.project_id, missing, self.events or ())
        else:
            before = seen if reader.known is None else reader.known
        keys = (seen & set(near)) | (seen ^ before)
        if len(keys) > changes.MOST:
            return Told(_reset(self.until), self.until, False, seen)
        last = max((event.xid for event in self.events or ()), default=0)
        touches = [near.get(key) or Touch(key, set(), created=key in seen, xid=last) for key in sorted(keys)]
        text = self._text(sorted(touches, key=lambda touch: touch.xid), visible_objects.shown(user, seen & keys))
        return Told(text or (_point(self.until) if reader.position is None else b""), self.until, False, seen)

    def _near(self, reader: Reader, user: User) -> list[Touch]:
        """What happened on their articles. An attribution that they may not know of makes nothing read otherwise."""
        near = [touch for touch in self.touches if touch.articles.intersection(reader.articles)]
        causes = {span for touch in near for span in touch.because}
        if not causes or not user.places[self.project_id].has(Role.ANNOTATOR):
            return near  # Whoever sees only what is approved is told all sources of it.
        known = hidden.spans_read_by(user, self.project_id, causes)
        return [touch for touch in near if not touch.because or touch.because & known]

    def _may_open(self, reader: Reader) -> bool:
        """Whether something happened by which work that was there already opens to somebody, or closes."""
        articles = {str(article) for article in reader.articles}
        return any(
            event.kind in ("verdict", "review")
            or (event.kind == "assignment" and event.what != "created" and event.row.get("article_id") in articles)
            for event in self.events or ()
        )

    def _text(self, touches: Sequence[Touch], shown: dict[Key, Mapping[str, Any]]) -> bytes:
        """Events with, at the end of each transaction, the point from which the rest would follow."""
        xids = sorted({touch.xid for touch in touches})
        parts = []
        for position, touch in enumerate(touches):
            last = position == len(touches) - 1
            ends = last or touches[position + 1].xid != touch.xid
            point = None
            if last:
                point = self.until
            elif ends and len(xids) <= MOST_POINTS:
                point = snapshots.without(self.until, (xid for xid in xids if xid > touch.xid))
            parts.append(_change(touch, shown.get(touch.key), self.names.get(touch.by or 0), point))
        return b"".join(parts)

    def _names(self) -> dict[int, PersonAnswer]:
        ids = {touch.by for touch in self.touches if touch.by is not None}
        return {user.pk: person(user) for user in User.objects.filter(pk__in=ids)} if ids else {}


def _turns_around(event: Happened, user_id: int, articles: Iterable[str]) -> bool:
    match event.kind:
        case "project":
            return True
        case "membership":
            return event.row.get("user_id") == user_id
        case "article":
            return event.id in articles
    return False


def message(event: str, data: Any, point: str | None = None) -> bytes:
    """One event; with a point to resume from behind it."""
    name = f"id: {point}\n" if point else ""
    return f"{name}event: {event}\ndata: {visible_objects.as_text(data)}\n\n".encode()


def _point(snapshot: str) -> bytes:
    """Nothing but a point to resume from."""
    return f"id: {snapshot}\n\n".encode()


def beat(snapshot: str | None, presence: bytes) -> bytes:
    """Says, when nothing else was to be said for a while, that the stream lives, and who is here: once more."""
    return b": still here\n" + (f"id: {snapshot}\n\n".encode() if snapshot else b"\n") + presence


def _reset(snapshot: str) -> bytes:
    """More changed than can be told: fetch the article again."""
    return message("reset", {}, snapshot)


def _change(touch: Touch, shown: Mapping[str, Any] | None, by: Mapping[str, Any] | None, snapshot: str | None) -> bytes:
    """What became of one object; None as `shown` where it is gone for this reader."""
    kind, key = touch.key
    what = "deleted" if shown is None else "created" if touch.created else "updated"
    version = shown and shown["version"]
    said = {"kind": kind, "id": key, "what": what, "version": version, "by": by, "object": shown}
    return message("change", said, snapshot)

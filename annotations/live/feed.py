"""The change feed: the history of a project after a cursor, in the order in which it was committed.

Event ids are given out when a row is written, not when its transaction ends, so a reader that goes on after the highest
id it saw loses whatever was still under way. Here a cursor is a snapshot (`annotations.live.snapshots`): what it does
not see is news, however long it took to commit. While a reader goes through a long stretch of news, the cursor also
holds where the stretch ends and how far it has come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from annotations.live import snapshots
from annotations.models import Event, User
from annotations.paging import MOST_BYTES
from annotations.vocabulary import OVERSEERS

BETWEEN: Final = "~"
"""Stands between the parts of a cursor within a stretch: `since~until~id`."""

BEGIN: Final = """
    SELECT factcheck_snapshot()::text,
           (SELECT min(id) - 1 FROM annotations_event
            WHERE xid >= pg_snapshot_xmin(%(since)s::pg_snapshot)
              AND NOT pg_visible_in_snapshot(xid, %(since)s::pg_snapshot)),
           pg_snapshot_xmax(%(since)s::pg_snapshot) > pg_snapshot_xmax(factcheck_snapshot())
"""
"""Where a stretch ends, and an id that all of its events come after."""

STRETCH: Final = """
    SELECT id, committed, sum(bytes) OVER (ORDER BY id) FROM (
        SELECT id, octet_length(concat(after)) AS bytes,
               CASE WHEN current_setting('track_commit_timestamp') = 'on'
                         AND xid::text::bigint >= coalesce((SELECT base FROM annotations_epoch), 0)
                    THEN pg_xact_commit_timestamp(xid::xid) END AS committed
        FROM annotations_event
        WHERE project_id = %(project)s AND id > %(after)s
          AND pg_visible_in_snapshot(xid, %(until)s::pg_snapshot)
          AND (%(since)s::text IS NULL OR NOT pg_visible_in_snapshot(xid, %(since)s::pg_snapshot))
          AND (kind <> 'release' OR %(oversees)s OR coalesce(
               (SELECT release.audience FROM annotations_release release WHERE release.id::text = object_id),
               (SELECT gone.before ->> 'audience' FROM annotations_event gone
                WHERE gone.project_id = %(project)s AND gone.kind = 'release'
                  AND gone.object_id = annotations_event.object_id AND gone.what = 'deleted'),
               '') = 'members')
        ORDER BY id LIMIT %(most)s
    ) AS news
"""
"""Of releases for managers and reviewers only these are told, also when one was removed."""


class NotACursor(Exception):
    """A cursor that this feed never gave, or that another database did."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a reader is: they know what `since` sees, and of what `until` sees, the events up to the id `after`."""

    since: str | None = None
    until: str | None = None
    after: int = 0

    @classmethod
    def read(cls, text: str) -> Cursor:
        """The cursor that was given as this text; an empty one is the beginning. Raises NotACursor."""
        if not text:
            return cls()
        if BETWEEN not in text:
            return cls(since=_snapshot(text))
        since, until, after = [*text.split(BETWEEN), "", ""][:3]
        if not (after.isascii() and after.isdigit() and len(after) < 19) or text.count(BETWEEN) != 2:
            raise NotACursor
        return cls(_snapshot(since) if since else None, _snapshot(until), int(after))

    def __str__(self) -> str:
        if self.until is None:
            return self.since or ""
        return BETWEEN.join((self.since or "", self.until, str(self.after)))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of the news, where to go on, and whether there is more at once."""

    events: Sequence[Event]
    next: Cursor
    more: bool


def read(user: User, project_id: int, cursor: Cursor, most: int) -> Stretch:
    """At most so many events of the project after the cursor, for somebody who sees all work there.

    They end with the one that brings their rows to `MOST_BYTES`. Raises NotACursor where another database gave it.
    """
    here = cursor if cursor.until else _begun(cursor)
    values: dict[str, Any] = {"project": project_id, "since": here.since, "until": here.until, "after": here.after}
    values["oversees"] = user.places[project_id].has(*OVERSEERS)
    with connection.cursor() as statement:
        statement.execute(STRETCH, values | {"most": most + 1})
        rows: list[tuple[int, datetime | None, int]] = statement.fetchall()
    most = min(most, 1 + sum(taken < MOST_BYTES for *_, taken in rows))
    more, found = len(rows) > most, [(key, committed) for key, committed, _ in rows[:most]]
    following = Cursor(here.since, here.until, found[-1][0]) if more else Cursor(here.until)
    events = Event.objects.select_related("by").in_bulk([key for key, _ in found])
    return Stretch([events[key] for key in _as_committed(found)], following, more)


def _begun(cursor: Cursor) -> Cursor:
    with connection.cursor() as statement:
        statement.execute(BEGIN, {"since": cursor.since})
        until, first, foreign = statement.fetchone()
    if foreign:
        raise NotACursor
    # Without any news the end of the stretch is reached at once.
    nothing = cursor.since is not None and first is None
    return Cursor(cursor.since, until, 2**62 if nothing else first or 0)


def _as_committed(found: Sequence[tuple[int, datetime | None]]) -> list[int]:
    """The ids by the time of their commit, where the server keeps it.

    Else by id: then only transactions that knew nothing of one another may stand in another order.
    """
    times = [time for _, time in found if time is not None]
    ordered = sorted(found, key=lambda one: (one[1], one[0])) if len(times) == len(found) else found
    return [key for key, _ in ordered]


def _snapshot(text: str) -> str:
    if not snapshots.is_one(text):
        raise NotACursor
    return text

"""Transaction ids that go on growing when a database is restored on another server."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import connection, models, transaction

STEP: Final = 2**40
"""The ids of an epoch begin at a multiple of this. No server comes near to so many transactions."""

CREATE_FUNCTIONS: Final = """
CREATE FUNCTION factcheck_xid() RETURNS xid8 LANGUAGE sql STABLE AS $$
    SELECT (pg_current_xact_id()::text::bigint + coalesce((SELECT base FROM annotations_epoch), 0))::text::xid8
$$;
CREATE FUNCTION factcheck_snapshot() RETURNS pg_snapshot LANGUAGE sql STABLE AS $$
    SELECT concat_ws(':', pg_snapshot_xmin(now)::text::bigint + base, pg_snapshot_xmax(now)::text::bigint + base,
                     coalesce((SELECT string_agg((xid::text::bigint + base)::text, ',' ORDER BY xid)
                               FROM pg_snapshot_xip(now) xid), ''))::pg_snapshot
    FROM (SELECT pg_current_snapshot() AS now, coalesce((SELECT base FROM annotations_epoch), 0) AS base) here
$$;
"""
"""The id of the current transaction and the current snapshot, as the history counts them."""

DROP_FUNCTIONS: Final = "DROP FUNCTION factcheck_xid(); DROP FUNCTION factcheck_snapshot();"

STATE: Final = """
    SELECT (SELECT system_identifier::text FROM pg_control_system()), epoch.server,
           coalesce(epoch.base, 0), pg_current_xact_id()::text::bigint,
           coalesce((SELECT xid::text::bigint FROM annotations_event ORDER BY xid DESC LIMIT 1), 0)
    FROM (SELECT) always LEFT JOIN annotations_epoch epoch ON true
"""


class Epoch(models.Model):
    """The server that writes the history now, and what is added to the ids of its transactions. One row at most.

    A dump brings events along whose transaction ids the new server has not reached yet. Were they compared with ids
    of its own, new events would lie before old cursors and be skipped. So each server begins above all ids before it.
    """

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    server = models.CharField(max_length=20)
    base = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(id=1), name="epoch_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.base} on {self.server}"


def begin_epoch(*, was_set_back: bool = False) -> bool:
    """Begins an epoch if the database came from another server, or `was_set_back` on its own. Tells whether it did."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Nobody writes an event meanwhile.
        cursor.execute("LOCK TABLE annotations_event IN EXCLUSIVE MODE")
        cursor.execute(STATE)
        server, earlier, base, now, newest = cursor.fetchone()
        is_foreign = earlier not in (None, server)
        begins = was_set_back or is_foreign or newest > now + base
        if begins:
            base = (max(newest, now + base) // STEP + 1) * STEP
        if begins or earlier is None:
            Epoch.objects.update_or_create(pk=1, defaults={"server": server, "base": base})
    return begins


def begin_epoch_after_migrating(**about: Any) -> None:
    """The receiver of `post_migrate`: each start migrates, so a start on a restored database settles it."""
    if connection.alias == about["using"] and "annotations_epoch" in connection.introspection.table_names():
        begin_epoch()

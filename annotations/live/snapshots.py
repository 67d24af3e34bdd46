"""Points to go on from: the text of a snapshot of PostgreSQL, `xmin:xmax:xid,xid,…` (`annotations.models.epoch`).

A snapshot names the transactions that had not ended when it was taken. What they commit later is news to whoever has
this snapshot, however long they took; so nothing is skipped, nothing comes twice and nobody waits for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from django.db import connection

LONGEST: Final = 6000
"""Characters: some hundreds of transactions. Longer ones would not pass through every proxy as a header."""

FORM: Final = re.compile(r"[0-9]{1,19}:[0-9]{1,19}:([0-9]{1,19}(,[0-9]{1,19})*)?")


def now() -> str:
    """The snapshot of this moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT factcheck_snapshot()::text")
        return str(cursor.fetchone()[0])


def is_one(snapshot: str) -> bool:
    """Whether a text is a snapshot."""
    if len(snapshot) > LONGEST or FORM.fullmatch(snapshot) is None:
        return False
    # As PostgreSQL reads it; only from version 16 on can it be asked without an error.
    low, high, running = snapshot.split(":")
    missing = [int(xid) for xid in running.split(",") if xid]
    return (
        0 < int(low) <= int(high) and missing == sorted(missing) and all(int(low) <= xid < int(high) for xid in missing)
    )


def without(snapshot: str, unseen: Iterable[int]) -> str:
    """The same snapshot for somebody who has not yet been told of these transactions."""
    low, high, running = snapshot.split(":")
    missing = {int(xid) for xid in running.split(",") if xid} | set(unseen)
    first = min([int(low), *missing])
    return f"{first}:{high}:{','.join(map(str, sorted(missing)))}"

"""Which texts are points to go on from."""

from __future__ import annotations

import pytest
from django.db import DataError, connection, transaction

from annotations.live import snapshots

TEXTS = [
    "1:1:", "1:2:1", "3:9:3,5,8", "3:9:5,5", "9999999999999999999:9999999999999999999:",
    "0:1:", "2:1:", "1:1:1", "3:9:5,4", "3:9:2", "3:9:9", "1:1", "a:b:", "", "1:1:\x00", "-1:1:", "١:١:",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_a_snapshot_where_the_database_reads_it_as_one(db: None, text: str) -> None:
    assert snapshots.is_one(text) == reads(text)


def test_the_snapshot_of_this_moment_is_one(db: None) -> None:
    assert snapshots.is_one(snapshots.now())


def reads(text: str) -> bool:
    """Whether PostgreSQL reads the text."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT %s::pg_snapshot", [text])
    except DataError:
        return False
    return True

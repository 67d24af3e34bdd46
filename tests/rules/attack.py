"""How the rules are attacked below the API: in the ORM and in plain SQL, by one connection or by two at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import Error as DatabaseError
from django.db import IntegrityError, connection, transaction

from annotations.rules import Rule, RuleBroken, broken_rule
from tests.api.refusals import nothing_changed

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def sql(statement: str, *values: Any) -> None:
    """Runs one statement as any script could, with the checks at once that PostgreSQL would put off to the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def values(table: str, key: Any, *columns: str) -> tuple[Any, ...]:
    """What a row holds now."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM annotations_{table} WHERE id = %s", [key])
        found: tuple[Any, ...] = cursor.fetchone()
    return found


@contextmanager
def broken(rule: Rule) -> Iterator[None]:
    """The block must be refused for this rule, and leave everything as it was."""
    with (
        nothing_changed(),
        pytest.raises((IntegrityError, RuleBroken)) as refusal,
        transaction.atomic(),
    ):
        yield
    assert rule_of(refusal.value) is rule, refusal.value


def rule_of(error: Exception) -> Rule | None:
    """The rule that an error speaks of."""
    if isinstance(error, RuleBroken):
        return error.rule
    return broken_rule(error) if isinstance(error, DatabaseError) else None


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> Rule | None:
    """Does `first`, lets another connection try `second` before that is committed, and commits.

    Returns the rule that refused `second`, or None where it was done after all.
    """
    refusals: list[Exception] = []

    def try_second() -> None:
        try:
            second()
        except (DatabaseError, RuleBroken) as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    thread = threading.Thread(target=try_second)
    with transaction.atomic():
        first()
        thread.start()
        _until_it_waits(thread)
    thread.join(timeout=20)
    assert not thread.is_alive()
    if not refusals:
        return None
    rule = rule_of(refusals[0])
    assert rule, f"refused, but not by a rule: {refusals[0]}"
    return rule


def _until_it_waits(thread: threading.Thread) -> None:
    """Returns once the other connection waits for a lock, or is through."""
    with connection.cursor() as cursor:
        for _ in range(500):
            thread.join(timeout=0.01)
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,) or not thread.is_alive():
                return
    raise AssertionError("the other connection neither waits nor ends")

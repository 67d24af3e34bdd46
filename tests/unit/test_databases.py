"""Tables are emptied after a test, whatever the role may do and whoever still writes."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread

import psycopg
import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from annotations.models import Event, Project, Span, User
from tests import databases
from tests.cast import Cast, make_span
from tests.working import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.mark.parametrize("statement", [databases.DELETE, databases.TRUNCATE], ids=["delete", "truncate"])
def test_nothing_is_left_but_what_migrations_made(cast: Cast, statement: str) -> None:
    make_span(cast.annotator, cast.article)
    kept = ContentType.objects.count(), Permission.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute(f"SELECT oid::regclass::text {databases.TABLES}")
        names = [name for (name,) in cursor.fetchall()]
        assert {model._meta.db_table for model in (Event, Project, Span, User)} < set(names)
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {name}")
            assert (name, cursor.fetchone()) == (name, (0,))
    assert (ContentType.objects.count(), Permission.objects.count()) == kept != (0, 0)


@pytest.mark.parametrize("statement", [databases.DELETE, databases.TRUNCATE], ids=["delete", "truncate"])
def test_somebody_who_still_writes_is_waited_for(cast: Cast, statement: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "DELETE", statement)
    at = connection.settings_dict
    other = psycopg.connect(host=at["HOST"], user=at["USER"], dbname=at["NAME"], autocommit=True)
    with other, suppress(psycopg.errors.DeadlockDetected), other.transaction():
        (first, *_, last) = [name for (name,) in other.execute(f"SELECT oid::regclass::text {databases.TABLES}")]
        other.execute(f"LOCK TABLE {last} IN ROW EXCLUSIVE MODE")  # as every change of a row does
        emptying = Thread(target=empty_and_disconnect)
        emptying.start()
        wait_until(lambda: other.execute(WAITING).fetchone() == (1,))
        # Now each waits for the other. The one who began to wait first gives in, or this one, where that had looked for
        # a deadlock before there was one.
        other.execute(f"LOCK TABLE {first} IN ROW EXCLUSIVE MODE")
    emptying.join()
    assert not User.objects.exists()


def empty_and_disconnect() -> None:
    """In a thread of its own, which has a connection of its own."""
    databases.empty_tables()
    connection.close()

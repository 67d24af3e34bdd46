"""The databases of the tests: one for each worker, all copies of one that was migrated once."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any
from zlib import crc32

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.state import ProjectState
from django.test import TransactionTestCase
from pgtrigger.migrations import AddTrigger, RemoveTrigger
from psycopg.errors import DeadlockDetected
from pytest_django import DjangoDbBlocker

from factcheck import database

TEMPLATE = f"test_factcheck_{crc32(bytes(settings.DATA_DIR)):x}"
"""Named after the checkout, so that the tests of several may use one server."""

KEPT = "'django_migrations', 'django_content_type', 'auth_permission', 'annotations_epoch'"
"""Tables that migrations fill."""

TABLES = f"""
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT IN ({KEPT})"""

DELETE = f"""
DO $do$ DECLARE found regclass; BEGIN
    EXECUTE (SELECT 'LOCK TABLE ' || string_agg(oid::regclass::text, ', ') || ' IN EXCLUSIVE MODE' {TABLES});
    SET LOCAL session_replication_role = replica;  -- neither triggers nor foreign keys are checked
    FOR found IN SELECT oid {TABLES} AND pg_relation_size(oid) > 0
    LOOP EXECUTE format('DELETE FROM %s', found); END LOOP;
END $do$"""

TRUNCATE = f"""
DO $do$ BEGIN
    SET LOCAL factcheck.removal = 'on';  -- the history refuses it otherwise
    EXECUTE (SELECT 'TRUNCATE ' || string_agg(oid::regclass::text, ', ') {TABLES});
END $do$"""

UNWATCHED = f"""
DO $do$ DECLARE found regclass; BEGIN
    FOR found IN SELECT oid {TABLES}
    LOOP EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', found); END LOOP;
END $do$"""
"""Keeps what the planner knows of the tables as it is.

PostgreSQL would else count a table just when a test has emptied it, and read the thousand rows of the next test in the
way that is best for none: the evidence map once in some thousand times took minutes.
"""


def empty_tables() -> None:
    """Empties every table but those that migrations fill.

    Deleting the few rows of a test takes a tenth of the time of truncating 60 tables, but only roles that may switch
    triggers off can do it. Both wait for what a server still writes for a page that was closed, and begin anew where
    it in turn waits for them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        statement = DELETE if cursor.fetchone() == (True,) else TRUNCATE
        while True:
            try:
                cursor.execute(statement)
                return
            except OperationalError as error:
                if not isinstance(error.__cause__, DeadlockDetected):
                    raise


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """This worker's database, in place of pytest-django's, which would migrate one for each worker."""
    TransactionTestCase._fixture_teardown = lambda self: empty_tables()  # type: ignore[attr-defined]
    # Commits don't wait for the disk: what a power failure takes from a test, nobody misses.
    connection.settings_dict["OPTIONS"]["options"] += " -c synchronous_commit=off"
    own = f"{TEMPLATE}_{os.getpid()}"
    with database.running(), django_db_blocker.unblock(), _migrated_template():
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {own} TEMPLATE {TEMPLATE}")
        connection.settings_dict["NAME"] = own
        yield


@contextmanager
def _migrated_template() -> Iterator[None]:
    """The database to copy: made by the first worker, and dropped with all copies by the last.

    Each holds a shared lock on a file, which the kernel gives back when a process is killed.
    """
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "tests.turn").open("a") as turn, (settings.DATA_DIR / "tests.users").open("a") as users:
        with _turn(turn):
            if _is_alone(users):
                _drop_databases()
                connection.settings_dict["TEST"]["NAME"] = TEMPLATE
                with _triggers_reload_no_models():
                    connection.creation.create_test_db(verbosity=0, serialize=False)
                with connection.cursor() as cursor:
                    cursor.execute(UNWATCHED)
                _disconnect()
            fcntl.flock(users, fcntl.LOCK_SH)
        yield
        _disconnect()
        with _turn(turn):
            fcntl.flock(users, fcntl.LOCK_UN)
            if _is_alone(users):
                _drop_databases()


@contextmanager
def _triggers_reload_no_models() -> Iterator[None]:
    """Has migrations, for which all other workers wait, take little more than half of their time.

    Each of the 180 times that they add or remove a trigger, they would make the classes of the model and of all around
    it anew, though nothing in these depends on triggers.
    """
    originals = {operation: operation.state_forwards for operation in (AddTrigger, RemoveTrigger)}

    def state_forwards(self: Any, app_label: str, state: ProjectState) -> None:
        models = state.__dict__.pop("apps", None)  # Without them there is nothing to reload.
        originals[type(self)](self, app_label, state)
        if models is not None:
            state.__dict__["apps"] = models

    for operation in originals:
        operation.state_forwards = state_forwards  # type: ignore[method-assign]
    try:
        yield
    finally:
        for operation, original in originals.items():
            operation.state_forwards = original  # type: ignore[method-assign]


@contextmanager
def _turn(file: IO[str]) -> Iterator[None]:
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


def _is_alone(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _drop_databases() -> None:
    """Also those of a run that was killed."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEMPLATE])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _disconnect() -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]

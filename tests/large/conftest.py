"""A large database of its own, made by the worker that needs it first and only read by all."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.databases import TEMPLATE
from tests.large.world import World, fill, world

ARTICLES = 2_000
"""A tenth of the size that `make bench` makes."""

LARGE = f"{TEMPLATE}_large"


@pytest.fixture(scope="module")
def large(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The database, with this worker's connection to it."""
    own = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        with (settings.DATA_DIR / "tests.large").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            if not _exists(LARGE):
                _make()
        _connect(LARGE)
        yield world()
        _connect(own)


def _make() -> None:
    """Under another name until it is whole: a worker may be killed on the way."""
    making = f"{LARGE}_making"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {making} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {making} TEMPLATE {TEMPLATE}")
    _connect(making)
    fill(ARTICLES)
    _connect(TEMPLATE)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {making} RENAME TO {LARGE}")


def _exists(name: str) -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _connect(name: str) -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
    connection.settings_dict["NAME"] = name

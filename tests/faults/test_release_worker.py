"""A release in a real worker: it is made there, and begun clean by the next where one was killed."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from annotations.jobs.releases import Wish, ask
from annotations.models import Release
from tests.cast import Cast, make_cast
from tests.working import expire_heartbeats, wait_until, working

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> str:
    """The DATA_DIR that this test and its workers share."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return str(tmp_path)


def asked(cast: Cast) -> Release:
    """A release that waits for a worker."""
    return ask(cast.project, Wish("1.0", ["jsonl"]), by=cast.manager)


def state_of(release: Release) -> str:
    """What has become of it."""
    release.refresh_from_db()
    return release.state


def test_a_worker_makes_it(place: str) -> None:
    release = asked(make_cast())

    with working(DATA_DIR=place):
        wait_until(lambda: state_of(release) == "done")

    with default_storage.open(release.published[0].stored) as file:
        content = file.read()
    assert content.count(b"\n") == 1
    assert release.done == release.total == 2


def test_nothing_half_made_is_seen_when_the_worker_is_killed(place: str) -> None:
    release = asked(make_cast())
    lying = Path(default_storage.path(f"releases/{release.pk}"))

    with transaction.atomic(), connection.cursor() as cursor:
        # Nobody can store what files there are, so that the worker waits with all of them written.
        cursor.execute("LOCK TABLE annotations_releasefile IN SHARE MODE")
        with working(DATA_DIR=place) as process:
            wait_until(somebody_waits_to_store)
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert (state_of(release), release.files.count()) == ("running", 0)
        assert list(lying.iterdir())

    expire_heartbeats()
    with working(DATA_DIR=place):
        wait_until(lambda: state_of(release) == "done")
    assert {one.name for one in lying.iterdir()} == {one.name for one in release.files.all()}


def somebody_waits_to_store() -> bool:
    """Whether a connection waits for the lock on the table of files."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_locks WHERE relation = 'annotations_releasefile'::regclass AND NOT granted")
        return cursor.fetchone() is not None

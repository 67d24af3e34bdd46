"""A real worker over the test database, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection

from tests.serving import over_the_test_database

PATIENCE = 60
AT_ONCE = ("--nice", "0")
"""A worker that stands back would wait for the tests of the other processes."""


@contextmanager
def working(*arguments: str, script: str = "", **variables: str) -> Iterator[subprocess.Popen[str]]:
    """A worker, or the script in its stead, gone after the block whatever happens in it."""
    with subprocess.Popen(
        [sys.executable, *(["-c", script] if script else ["manage.py", "worker", *AT_ONCE, *arguments])],
        cwd=settings.BASE_DIR,
        env=over_the_test_database(**variables),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def expire_heartbeats() -> None:
    """As if the quarter of a minute had gone by after which a worker counts as dead."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")


def wait_until(condition: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Returns when the condition holds, and fails where it does not come to hold."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail("It did not come to that in time.")
        time.sleep(0.05)

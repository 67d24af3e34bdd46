"""The real server over the test database, in a process of its own."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

NAME = "server-under-test"
"""How the names of its connections to the database begin."""


@contextmanager
def serving(
    application: str = "factcheck.server.asgi:application", complaints: Path | None = None, **variables: str
) -> Iterator[int]:
    """A server over the test database; gives its port. What it complains of goes to the file `complaints`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    name = f"{NAME} {port}"
    environment = over_the_test_database(name, **variables)
    level = "error" if complaints else "critical"
    command = [sys.executable, "-m", "tests.server", application, str(port), level]
    with complaints.open("wb") if complaints else nullcontext() as told:
        server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stderr=told)
        try:
            _wait_for(server, port)
            yield port
        finally:
            server.kill()
            server.wait()
            _end_what_it_began(name)


def _end_what_it_began(name: str) -> None:
    """A statement that waits does not notice that whoever asked for it is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
            "WHERE datname = %s AND application_name = %s",
            [connection.settings_dict["NAME"], name],
        )


def over_the_test_database(name: str = NAME, **variables: str) -> dict[str, str]:
    """The environment of a process that is to use the database of the test that starts it."""
    at = connection.settings_dict
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}&application_name={quote(name)}",
        "SECRET_KEY": settings.SECRET_KEY,
        **variables,
    }


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(OSError):
            client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            client.request("GET", "/healthz", headers={"Connection": "close"})
            if client.getresponse().status == 200:
                return
        time.sleep(0.05)
    pytest.fail("The server did not come up.")

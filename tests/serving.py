"""The real server over the test database, in a process of its own."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.conf import settings
from django.db import connection

NAME = "server-under-test"
"""What its connections to the database are called."""


@contextmanager
def serving(application: str = "factcheck.asgi:application", **variables: str) -> Iterator[int]:
    """A server over the test database; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = over_the_test_database(**variables)
    command = [sys.executable, "-m", "uvicorn", application, "--port", str(port)]
    server = subprocess.Popen([*command, "--log-level", "critical"], cwd=settings.BASE_DIR, env=environment)
    try:
        _wait_for(server, port)
        yield port
    finally:
        server.kill()
        server.wait()


def over_the_test_database(**variables: str) -> dict[str, str]:
    """The environment of a process that is to use the database of the test that starts it."""
    at = connection.settings_dict
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}&application_name={NAME}",
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

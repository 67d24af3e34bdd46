"""The whole site as an operator runs it: `manage.py serve` over a data directory of its own."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import psutil
import psycopg
import pytest

from factcheck.postgres import embedded

ROOT: Final = Path(__file__).parents[1]
PATIENCE: Final = 180
"""Seconds that anything may take on a machine that has much else to do: a first start is ten seconds of a processor."""
# What a developer has set for other purposes must not reach the servers started here.
OURS: Final = [
    "HOST", "PORT", "DATABASE_URL", "DATA_DIR", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DEBUG", "DEMO", "EMAIL_URL",
    "SIGNUP", "WORKER",
]  # fmt: skip
ALONE: Final = {"WORKER": "off"}
"""A server without a worker, which takes as much processor time to start as the server itself."""


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of all tests of a module: a copy of one that a first start filled."""
    folder = tmp_path_factory.mktemp("data")
    # Unlike Python's own, this leaves the files to their owner: PostgreSQL is run as somebody else where root tests.
    subprocess.run(["cp", "-Rp", f"{filled()}/.", str(folder)], check=True)
    return folder


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    return free_port()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
        return number


def filled() -> Path:
    """The data directory to copy: whichever process of the run comes first starts a site from nothing, and stops it.

    Beside it lie `told`, what that start said, and `token`, one of the demo's manager that reads and writes.
    """
    # The temporary folder is the run's own (tests/machine.py).
    folder = Path(tempfile.gettempdir()) / "site"
    with folder.with_suffix(".turn").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not folder.exists():
            making = Path(tempfile.mkdtemp(prefix="site-"))
            port = free_port()
            with serving(making, port, **ALONE) as process:
                made = manage(making, "createtoken", "manager@example.org", "--scope", "read", "--scope", "write")
                (making / "token").write_text(made.strip())
                process.terminate()
                (making / "told").write_text(process.communicate(timeout=PATIENCE)[0])
            making.rename(folder)
    return folder


def token(data_dir: Path) -> str:
    """A token of the demo's manager."""
    return (data_dir / "token").read_text()


def manage(data_dir: Path, *arguments: str) -> str:
    """What a command says that somebody runs beside the site."""
    environment = {**_inherited(), "DATA_DIR": str(data_dir)}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def _inherited() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in OURS}


def command(data_dir: Path, port: int, script: str = "", **variables: str) -> subprocess.Popen[str]:
    """`manage.py serve`, or what is like it, in a session of its own, as a terminal would start it."""
    return subprocess.Popen(
        [sys.executable, *(["-c", script] if script else ["manage.py", "serve"])],
        cwd=ROOT,
        env={**_inherited(), "DATA_DIR": str(data_dir), "PORT": str(port), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@contextmanager
def serving(data_dir: Path, port: int, script: str = "", **variables: str) -> Iterator[subprocess.Popen[str]]:
    """A server that is ready, and gone after the block whatever happens in it."""
    with command(data_dir, port, script, **variables) as process:
        try:
            wait_until_ready(process, port)
            yield process
        finally:
            if process.poll() is None:
                process.terminate()


def wait_until_ready(process: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.05)
    process.kill()
    pytest.fail(f"the server is not ready: {process.communicate()}")


def database_processes(data_dir: Path) -> list[psutil.Process]:
    """The embedded server's processes, those that have ended but were not taken note of left out."""
    note = data_dir / "postgres" / "postmaster.pid"
    if not note.exists():
        return []
    with suppress(psutil.NoSuchProcess):
        server = psutil.Process(int(note.read_text().splitlines()[0]))
        return [process for process in [server, *server.children()] if runs(process)]
    return []


def runs(process: psutil.Process) -> bool:
    """Whether a process has not ended, also where nobody has taken note of its end."""
    with suppress(psutil.NoSuchProcess):
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False


def ask(data_dir: Path, statement: str) -> list[tuple[Any, ...]]:
    """What the embedded database answers, asked past the site."""
    host = str(embedded.address(data_dir)["HOST"])
    with psycopg.connect(host=host, user=embedded.NAME, dbname=embedded.NAME) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []

"""`manage.py serve` as an operator meets it: it starts, is stopped, is killed, and starts again."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import psutil
import pytest

from factcheck.postgres import embedded
from factcheck.settings import WORKERS
from tests.whole_site import (
    ALONE,
    PATIENCE,
    ROOT,
    ask,
    command,
    data_dir,
    database_processes,
    port,
    runs,
    serving,
    token,
)

__all__ = ["data_dir", "port"]

STUCK = """
import sys, threading
import uvicorn
from django.core.handlers.wsgi import WSGIHandler
import manage

class Impatient(uvicorn.Config):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options | {"timeout_graceful_shutdown": 1})

uvicorn.Config = Impatient
answer = WSGIHandler.__call__

def answer_or_never(self, environ, start_response):
    if environ["PATH_INFO"] == "/stuck":
        threading.Event().wait()
    return answer(self, environ, start_response)

WSGIHandler.__call__ = answer_or_never
sys.argv = ["manage.py", "serve"]
manage.main()
"""
"""A server whose threads for clicks never come back from one address. It gives them a second to end, not five."""


def workers(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """The workers that a server keeps beside it."""
    with suppress(psutil.ZombieProcess):
        return [child for child in psutil.Process(process.pid).children() if "worker" in child.cmdline()]
    return []


def wait_for_another_worker(process: subprocess.Popen[str], before: list[psutil.Process]) -> list[psutil.Process]:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := [worker for worker in workers(process) if worker not in before]:
            return found
        time.sleep(0.05)
    pytest.fail("there is no other worker")


def test_a_first_start_makes_everything_and_a_later_one_finds_it(data_dir: Path) -> None:
    told = (data_dir / "told").read_text()
    assert "migrations …\nNo project yet: loading the seeds …\n" in told
    assert told.endswith("Stopped.\n")


def test_ctrl_c_stops_the_server_and_the_database(data_dir: Path, port: int) -> None:
    with serving(data_dir, port) as process:
        left = database_processes(data_dir)
        os.killpg(process.pid, signal.SIGINT)
        told, complaints = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert complaints == ""
    assert f"http://127.0.0.1:{port}/" in told
    assert "manager@example.org" in told
    assert told.endswith("Stopped.\n")
    assert left
    assert not [process for process in left if process.is_running()]


def test_a_worker_that_dies_is_started_again_and_stops_with_the_server(data_dir: Path, port: int) -> None:
    with serving(data_dir, port) as process:
        first = wait_for_another_worker(process, [])
        first[0].kill()
        second = wait_for_another_worker(process, first)
        os.killpg(process.pid, signal.SIGINT)
        told, complaints = process.communicate(timeout=PATIENCE)
    assert complaints.count("\n") == 1
    assert "the worker stopped with -9; starting it again" in complaints
    assert told.endswith("Stopped.\n")
    assert not [worker for worker in first + second if worker.is_running()]


def test_a_worker_does_not_outlive_a_killed_server(data_dir: Path, port: int) -> None:
    with serving(data_dir, port) as process:
        left = wait_for_another_worker(process, [])
        process.kill()
        assert psutil.wait_procs(left, timeout=PATIENCE)[1] == []


def test_a_stream_that_is_open_does_not_hold_up_the_end(data_dir: Path, port: int) -> None:
    with serving(data_dir, port, **ALONE) as process:
        article = ask(data_dir, "SELECT id FROM annotations_article LIMIT 1")[0][0]
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        client.request(
            "GET", f"/api/v1/articles/{article}/events/", headers={"Authorization": f"Bearer {token(data_dir)}"}
        )
        with closing(client), client.getresponse() as events:
            begun = events.readline()
            assert begun == b"retry: 1500\n"
            stopped = time.monotonic()
            os.killpg(process.pid, signal.SIGINT)
            told, complaints = process.communicate(timeout=PATIENCE)
            assert time.monotonic() - stopped < 3
            assert (begun + events.read()).endswith(b"\n\n")
    assert (process.returncode, complaints) == (0, "")
    assert told.endswith("Stopped.\n")


def test_probes_answer_and_the_server_ends_while_every_thread_for_clicks_is_stuck(data_dir: Path, port: int) -> None:
    with serving(data_dir, port, STUCK, **ALONE) as process, ExitStack() as opened:
        for _ in range(WORKERS + 3):
            client = opened.enter_context(closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)))
            client.request("GET", "/stuck")
        for probe in ("healthz", "readyz", "metrics"):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{probe}", timeout=PATIENCE) as answer:
                assert answer.status == 200
        process.terminate()
        told, complaints = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert told.endswith("Stopped.\n")
    assert "graceful shutdown exceeded" in complaints
    assert database_processes(data_dir) == []


def test_an_end_that_is_held_up_comes_hard_after_the_grace_period() -> None:
    modules = "import threading; from factcheck.server import shutdown"
    script = f"{modules}; shutdown.end_at_the_latest(0.1); threading.Event().wait()"
    ended = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert "ending hard" in ended.communicate(timeout=PATIENCE)[1]
    assert ended.returncode == 1


def test_a_second_start_is_ready_in_a_few_seconds_and_sigterm_stops_it(data_dir: Path, port: int) -> None:
    start = time.monotonic()
    with serving(data_dir, port) as process:
        assert time.monotonic() - start < 10
        process.terminate()
        told, complaints = process.communicate(timeout=PATIENCE)
    assert (process.returncode, complaints) == (0, "")
    assert "Applying" not in told
    assert database_processes(data_dir) == []


def test_what_was_stored_outlives_the_killing_of_server_and_database(data_dir: Path, port: int) -> None:
    with serving(data_dir, port, **ALONE) as process:
        ask(data_dir, "CREATE TABLE kept AS SELECT 1 AS one")
        process.kill()
        for victim in database_processes(data_dir)[:1]:
            victim.kill()
    with serving(data_dir, port, **ALONE):
        assert ask(data_dir, "SELECT one FROM kept") == [(1,)]


def test_a_database_that_a_killed_server_left_behind_is_taken_over(data_dir: Path, port: int) -> None:
    with serving(data_dir, port, **ALONE) as process:
        process.kill()
    left = database_processes(data_dir)
    with serving(data_dir, port, **ALONE):
        assert database_processes(data_dir)[:1] == left[:1]
    assert not [process for process in left if runs(process)]


def test_the_database_stays_up_for_another_process_that_uses_it(data_dir: Path, port: int) -> None:
    with serving(data_dir, port, **ALONE) as process, embedded.running(data_dir):
        process.terminate()
        process.wait(PATIENCE)
        assert ask(data_dir, "SELECT 1") == [(1,)]
    assert database_processes(data_dir) == []


def test_a_taken_port_is_told_in_one_line(data_dir: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)), command(data_dir, port) as process:
        told, complaints = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert told == ""
    assert complaints == f"Factcheck can't start: 127.0.0.1 port {port}: another program uses it; change HOST or PORT\n"


@pytest.mark.parametrize(
    "variables",
    [
        {"SIGNUP": "maybe"},
        {"HOST": "0.0.0.0"},  # noqa: S104
        {"ALLOWED_HOSTS": "desk.example.org"},
        {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "SECRET_KEY": "s" * 40},
    ],
)
def test_a_start_that_cannot_be_is_refused_in_one_line(variables: dict[str, str], data_dir: Path, port: int) -> None:
    with command(data_dir, port, **variables) as process:
        complaints = process.communicate(timeout=PATIENCE)[1]
    assert process.returncode == 1
    assert complaints.startswith("Factcheck can't start: ")
    assert complaints.count("\n") == 1

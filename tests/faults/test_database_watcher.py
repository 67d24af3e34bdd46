"""The embedded database is killed under a running site: it comes back, and with it everything that was confirmed."""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from factcheck.postgres import embedded, watcher
from tests.whole_site import (
    ALONE,
    PATIENCE,
    ask,
    data_dir,
    database_processes,
    port,
    runs,
    serving,
    token,
    wait_until_ready,
)
from tests.working import wait_until

__all__ = ["data_dir", "port"]

TOLD = "the embedded database stopped; starting it again in 1 s\n"


def post(port: int, path: str, key: str, body: bytes, kind: str = "application/json") -> Any:
    """The answer to a request, which is a success. Raises OSError where there is none."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": kind}
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    client.request("POST", f"/api/v1/projects/raqqa-2017/{path}", body, headers)
    with closing(client), client.getresponse() as answer:
        if answer.status >= 500:
            raise ConnectionError(answer.status)
        assert answer.status in (201, 202)
        return json.load(answer)


@contextmanager
def writing(port: int, key: str) -> Iterator[list[str]]:
    """Somebody who adds one article after the other; gives the ids of those that were confirmed."""
    confirmed: list[str] = []
    stopping = threading.Event()

    def write() -> None:
        for number in iter(int, 1):
            if stopping.is_set():
                return
            body = json.dumps({"title": f"Rain {number}", "body": f"It rains {len(confirmed)}, {os.urandom(8).hex()}."})
            with suppress(OSError):
                confirmed.append(post(port, "articles/", key, body.encode())["id"])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield confirmed
    finally:
        stopping.set()
        writer.join()


def kill_database(data_dir: Path) -> None:
    """Ends the server's first process without a chance to tell the others."""
    server = database_processes(data_dir)[0]
    server.kill()
    wait_until(lambda: not runs(server))


def test_what_was_confirmed_is_there_when_it_is_back(data_dir: Path, port: int) -> None:
    with serving(data_dir, port, **ALONE) as process, writing(port, token(data_dir)) as confirmed:
        wait_until(lambda: len(confirmed) > 3)
        kill_database(data_dir)
        wait_until_ready(process, port)
        before = len(confirmed)
        wait_until(lambda: len(confirmed) > before + 1)
        known = set(confirmed)
        assert known <= {str(row[0]) for row in ask(data_dir, "SELECT id FROM annotations_article")}


def test_the_worker_goes_on_when_it_is_back(data_dir: Path, port: int) -> None:
    form = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nIt rained.\r\n'
        b'--x\r\nContent-Disposition: form-data; name="format"\r\n\r\ntxt\r\n--x--\r\n'
    )
    with serving(data_dir, port) as process:
        kill_database(data_dir)
        wait_until_ready(process, port)
        made = post(port, "imports/", token(data_dir), form, "multipart/form-data; boundary=x")
        state = f"SELECT state FROM annotations_import WHERE id = '{made['id']}'"
        wait_until(lambda: ask(data_dir, state) == [("done",)])


def test_a_long_query_that_outlives_the_server_does_not_keep_it_away(data_dir: Path, port: int) -> None:
    with serving(data_dir, port, **ALONE) as process:
        host = str(embedded.address(data_dir)["HOST"])
        with psycopg.connect(host=host, user=embedded.NAME, dbname=embedded.NAME) as busy:
            asking = threading.Thread(target=count_for_long, args=[busy])
            asking.start()
            kill_database(data_dir)
            wait_until_ready(process, port)
            asking.join(PATIENCE)
            assert not asking.is_alive()


def count_for_long(connection: psycopg.Connection[Any]) -> None:
    """Asks what takes an hour, until the connection breaks."""
    with suppress(psycopg.Error):
        connection.execute("SELECT count(*) FROM generate_series(1, 9999999999::bigint) a WHERE a % 7 = 8")


def test_a_stop_before_it_is_back_stops_everything(data_dir: Path, port: int) -> None:
    with serving(data_dir, port) as process:
        kill_database(data_dir)
        assert process.stderr is not None
        assert process.stderr.readline().endswith(TOLD)
        os.killpg(process.pid, signal.SIGINT)
        told = process.communicate(timeout=PATIENCE)[0]
    assert (process.returncode, told.splitlines()[-1]) == (0, "Stopped.")
    assert database_processes(data_dir) == []


class Pauses(threading.Event):
    """Lets no time pass, and stops after so many pauses."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most, self.told = most, list[float]()

    def wait(self, timeout: float | None = None) -> bool:
        """Notes how long the pause would be."""
        self.told.append(timeout or 0)
        return len(self.told) > self.most


def test_a_database_that_does_not_stay_up_is_started_less_and_less_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*ignored: Any) -> None:
        raise embedded.ServerFailed("the disk is full")

    monkeypatch.setattr(embedded, "start_again", fail)
    pauses = Pauses(14)
    watcher._watch(tmp_path, pauses)
    assert pauses.told[1::2] == [1, 2, 4, 8, 16, 30, 30]

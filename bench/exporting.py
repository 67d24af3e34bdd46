"""Export: the stream over HTTP beside psql's COPY of the very same statement."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from statistics import median
from typing import Final

from annotations.exporters import FORMATS
from annotations.exporters.selection import Selection
from annotations.exporters.streaming import COPY
from bench.clients import Download, download
from bench.postgres import program, where
from bench.project import Built, Say
from bench.server import Server

ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Exported:
    """Medians of some rounds: seconds by HTTP and by psql, seconds to the first byte; bytes; growth of the server."""

    http: float
    psql: float
    first: float
    size: int
    growth: int


def measure(built: Built, server: Server, say: Say) -> Exported:
    """Exports the project by turns over HTTP and through psql."""
    statement = FORMATS["jsonl"].statement(Selection(project=built.project, user=built.manager))
    copy = COPY.format(statement)
    size = _bytes_of(copy)  # reads everything once, so that both sides find the same caches
    before = server.resident()
    server.forget_peak()
    downloads: list[Download] = []
    copies: list[float] = []
    for number in range(ROUNDS):
        say(f"  round {number + 1} of {ROUNDS} …")
        copies.append(_copied(copy))
        downloads.append(download(server.port, f"/api/v1/projects/{built.project.slug}/export/", built.manager_token))
    assert all(one.size > size for one in downloads), "the export is shorter than the copy"
    return Exported(
        http=median(one.last for one in downloads),
        psql=median(copies),
        first=median(one.first for one in downloads),
        size=size,
        growth=server.peak() - before,
    )


def _copied(copy: str) -> float:
    """Seconds that psql takes, start and all, to write the copy to nowhere."""
    begun = time.perf_counter()
    with open(os.devnull, "wb") as nowhere:
        failed = _psql(copy, nowhere.fileno()).wait()
    assert not failed, "psql's copy failed"
    return time.perf_counter() - begun


def _bytes_of(copy: str) -> int:
    size = 0
    with _psql(copy, subprocess.PIPE) as process:
        assert process.stdout
        while part := process.stdout.read(1024 * 1024):
            size += len(part)
    return size


def _psql(copy: str, output: int) -> subprocess.Popen[bytes]:
    command = [program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", copy, *where()]
    return subprocess.Popen(command, stdout=output, env=os.environ | {"PGTZ": "UTC"})

"""Export: each format over HTTP beside psql's COPY of the very same queries, where PostgreSQL builds it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final

from annotations.formats.export_registry import FORMATS
from annotations.formats.writing.format import Format
from annotations.formats.writing.selection import Selection
from annotations.formats.writing.streaming import COPY, CSV
from bench.clients import Download, download
from bench.postgres import program, where
from bench.project import Built, Say
from bench.server import Server

ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Exported:
    """Medians of some rounds: seconds by HTTP and by psql, seconds to the first byte; bytes; growth of the server.

    Where Python builds the format, there is nothing to compare with and `psql` is None.
    """

    format: str
    http: float
    psql: float | None
    first: float
    size: int
    growth: int


@dataclass(slots=True)
class Overheard:
    """A reader that reads nothing and notes which copies it would have made; rows are read by Python."""

    copies: list[str] = field(default_factory=list)
    by_rows: bool = False

    def lines(self, statement: str) -> Iterator[bytes]:
        self.copies.append(COPY.format(statement))
        yield from ()

    def csv(self, statement: str) -> Iterator[bytes]:
        self.copies.append(CSV.format(statement))
        yield from ()

    def rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        self.by_rows = True
        yield from ()


def measure(built: Built, server: Server, say: Say) -> list[Exported]:
    """Exports the project in every format, by turns over HTTP and through psql."""
    selection = Selection(project=built.project, user=built.manager)
    return [_measured(one, copies_of(one, selection), built, server, say) for one in FORMATS.values()]


def copies_of(chosen: Format, selection: Selection) -> list[str]:
    """The COPY statements that make the format, or none where Python makes it of rows."""
    if chosen.statement is not None:
        return [COPY.format(chosen.statement(selection))]
    assert chosen.members is not None
    overheard = Overheard()
    for member in chosen.members(selection, overheard):
        for _ in member.chunks:
            pass
    return [] if overheard.by_rows or chosen.name not in BY_POSTGRES else overheard.copies


BY_POSTGRES: Final = {"csv", "fever"}
"""Archives whose files are what PostgreSQL sends."""


def _measured(chosen: Format, copies: Sequence[str], built: Built, server: Server, say: Say) -> Exported:
    address = f"/api/v1/projects/{built.project.slug}/export/?format={chosen.name}"
    # Reads everything once, so that both sides find the same caches.
    warm = download(server.port, address, built.manager_token)
    before = server.memory.resident()
    server.memory.forget_peak()
    downloads: list[Download] = []
    seconds: list[float] = []
    rounds = ROUNDS if copies else 1
    for number in range(rounds):
        say(f"  {chosen.name}, round {number + 1} of {rounds} …")
        if copies:
            seconds.append(sum(map(_copied, copies)))
        downloads.append(download(server.port, address, built.manager_token))
    assert all(one.size == warm.size for one in downloads), "the same export came in different lengths"
    return Exported(
        format=chosen.name,
        http=median(one.last for one in downloads),
        psql=median(seconds) if seconds else None,
        first=median(one.first for one in downloads),
        size=warm.size,
        growth=server.memory.peak() - before,
    )


def _copied(copy: str) -> float:
    """Seconds that psql takes, start and all, to write the copy to nowhere."""
    begun = time.perf_counter()
    with open(os.devnull, "wb") as nowhere:
        failed = _psql(copy, nowhere.fileno()).wait()
    assert not failed, "psql's copy failed"
    return time.perf_counter() - begun


def _psql(copy: str, output: int) -> subprocess.Popen[bytes]:
    command = [program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", copy, *where()]
    return subprocess.Popen(command, stdout=output, env=os.environ | {"PGTZ": "UTC"})

"""How long `annotations/` of one project takes while articles with spans come into another one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Final

from django.db import transaction

from annotations.models import Project, Token
from bench.clients import Load, load, request
from bench.jobs import PATIENCE, asked, awaited
from bench.project import Built, Say
from bench.server import Server
from tests.large.world import World, key

SECONDS: Final = 20
IMPORTED: Final = 2_000
"""Articles of the import that goes on meanwhile: enough for as many seconds."""

BOUNDARY: Final = "bench-6512bd43d9caa6e0"


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Milliseconds of 95 of 100 requests, without an import and during one, and what the import did."""

    idle: float
    busy: float
    requests: int
    articles: int

    @property
    def ratio(self) -> float:
        """How many times as long it takes."""
        return self.busy / self.idle


def measure(there: World, server: Server, say: Say) -> Meanwhile:
    """By turns: idle, and while an import runs."""
    manager = there.people["manager"]
    token = Token.objects.create(manager, scopes=[Token.Scope.READ, Token.Scope.WRITE])[1]
    built = Built(there.articles, there.shared, manager, manager, token, token)
    with transaction.atomic():
        project = Project.objects.start(by=manager, slug="bench-meanwhile", name="Meanwhile")
    _reads(there, server, token, 3)  # the server's first requests fill its caches
    say("  idle …")
    idle = _reads(there, server, token, SECONDS)
    say("  while an import runs …")
    body = _file(there, server, token)
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    status, answer = asked(server, built, "POST", f"projects/{project.slug}/imports/", body, headers)
    assert status == 202, answer
    ended = threading.Event()
    done: list[int] = []

    def watch() -> None:
        done.append(awaited(server, built, f"imports/{answer['id']}/")["made"]["articles"])
        ended.set()

    watcher = threading.Thread(target=watch)
    watcher.start()
    busy = Load()
    while not ended.is_set() and busy.seconds < SECONDS:
        some = _reads(there, server, token, 1)
        if not ended.is_set():
            busy.each += some.each
            busy.seconds += some.seconds
    watcher.join()
    return Meanwhile(idle.share(0.95) * 1000, busy.share(0.95) * 1000, len(busy.each), done[0])


def _reads(there: World, server: Server, token: str, seconds: float) -> Load:
    """One client that reads one article after the other."""

    def requests(client: int) -> Iterator[bytes]:
        while True:
            for number in range(0, there.articles, 2):
                yield request("GET", f"/api/v1/articles/{key('a', number)}/annotations/", token)

    return load(server.port, 1, seconds, requests, b"HTTP/1.1 200")


def _file(there: World, server: Server, token: str) -> bytes:
    """Articles of the one project with all that is on them, as a file to upload into another one."""
    client = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        address = f"/api/v1/projects/{there.shared.slug}/export/?format=jsonl"
        client.request("GET", address, headers={"Authorization": f"Bearer {token}"})
        answer = client.getresponse()
        lines = b"".join(line for _, line in zip(range(IMPORTED), answer, strict=False))
    finally:
        client.close()
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="meanwhile.jsonl"\r\n\r\n'
    return head.encode() + lines + f"\r\n--{BOUNDARY}--\r\n".encode()

"""A release of the whole project, made by the worker: how long it takes, and what it takes of memory."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any, Final

from annotations.models import Article, Release
from annotations.releases.files import remove_release
from bench.jobs import asked, awaited
from bench.project import Built, Say
from bench.server import Server

WISH: Final[dict[str, Any]] = {
    "name": "bench",
    "formats": ["jsonl", "claims", "csv", "parquet"],
    "splits": {"train": 0.8, "dev": 0.1, "test": 0.1},
    "filters": {"state": "any"},
    "seed": 7,
}


@dataclass(frozen=True, slots=True)
class Released:
    """Seconds until the worker is done, bytes of all files, growth of the worker."""

    seconds: float
    size: int
    growth: int


def measure(built: Built, server: Server, say: Say) -> Released:
    """Makes a release with splits, after one of a single article: what is loaded only once is not counted."""
    article = str(Article.objects.filter(project=built.project).values_list("pk", flat=True)[0])
    _made(built, server, WISH | {"filters": {"article": article}})
    worker = server.worker()
    before = worker.resident()
    worker.forget_peak()
    say(f"  {', '.join(WISH['formats'])} in three splits …")
    begun = time.perf_counter()
    size = _made(built, server, WISH)
    return Released(time.perf_counter() - begun, size, worker.peak() - before)


def _made(built: Built, server: Server, wish: dict[str, Any]) -> int:
    """The bytes of a release that was made, and is taken away again."""
    body, headers = json.dumps(wish).encode(), {"Content-Type": "application/json"}
    status, answer = asked(server, built, "POST", f"projects/{built.project.slug}/releases/", body, headers)
    assert status == 202, answer
    try:
        return sum(file["bytes"] for file in awaited(server, built, f"releases/{answer['id']}/")["files"])
    finally:
        remove_release(Release.objects.get(pk=answer["id"]), "It was made to measure how long that takes.")

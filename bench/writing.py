"""Writes: `PUT /spans/` and `batch/` over HTTP beside the same insertions by pgbench."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from uuid_utils import uuid7

from bench.clients import Load, load, request
from bench.postgres import program, where
from bench.project import KEY, SLUG, Built, Say, key
from bench.server import Server
from bench.texts import LONGEST_QUOTE

ROUNDS: Final = 3
SECONDS: Final = 5
MANY: Final = 8
OPERATIONS: Final = 500
STARTS: Final = 2_500
EACH_CLIENT: Final = 20_000
SHORTEST: Final = LONGEST_QUOTE + 10
"""Code points of the spans that are written here: longer than those of the project, and longer again in each run, so
that no span comes twice."""

SCRIPT: Final = f"""
\\set index :client_id * {EACH_CLIENT} + :turn
\\set turn :turn + 1
\\set article :index % :articles
\\set start :index / :articles % {STARTS}
\\set end :start + :length
INSERT INTO annotations_span (id, version, assignment_id, article_id, fragments, start, "end", quote, label, fields,
                              note)
SELECT uuidv7(), 1, :article::bigint + 1, ('{KEY}' || lpad(to_hex(:article::bigint), 12, '0'))::uuid,
       ARRAY[ARRAY[:start::int, :end::int]], 0, 0, '', 'claim', '{{}}', ''
FROM (SELECT set_config('factcheck.actor', :actor::text, true)) AS actor
RETURNING version, start, "end", quote, fields, created_at, updated_at;
"""
"""The one insertion of `annotations.models.new_span`, as a statement that pgbench prepares once and then repeats."""


@dataclass(slots=True)
class Rates:
    """Requests (or insertions, or operations) a second in each round, and with HTTP the medians in milliseconds."""

    rounds: list[float] = field(default_factory=list)
    p50s: list[float] = field(default_factory=list)
    p95s: list[float] = field(default_factory=list)

    def add(self, done: Load, times: int = 1) -> None:
        """Notes one round."""
        self.rounds.append(done.rate * times)
        self.p50s.append(done.share(0.5) * 1000)
        self.p95s.append(done.share(0.95) * 1000)

    @property
    def rate(self) -> float:
        return median(self.rounds)

    @property
    def p50(self) -> float:
        return median(self.p50s)

    @property
    def p95(self) -> float:
        return median(self.p95s)


@dataclass(slots=True)
class Written:
    """Single requests and pgbench by the number of clients, and batches."""

    put: dict[int, Rates]
    pgbench: dict[int, Rates]
    batch: Rates


class Writing:
    """Measures writes on a server; every run has spans of a length of its own."""

    def __init__(self, built: Built, server: Server, say: Say) -> None:
        self.built, self.server, self.say = built, server, say
        self.lengths = count(SHORTEST)

    def measure(self) -> Written:
        """By turns: requests, pgbench, batches."""
        done = Written({1: Rates(), MANY: Rates()}, {1: Rates(), MANY: Rates()}, Rates())
        self._put(1, 1)  # the server's first requests fill its caches
        for clients in (1, MANY):
            for number in range(ROUNDS):
                self.say(f"  {clients} client{'s' * (clients > 1)}, round {number + 1} of {ROUNDS} …")
                done.put[clients].add(self._put(clients, SECONDS))
                done.pgbench[clients].rounds.append(self._pgbench(clients))
                if clients == 1:
                    done.batch.add(self._batch(), OPERATIONS)
        return done

    def _put(self, clients: int, seconds: float) -> Load:
        length = next(self.lengths)
        token = self.built.annotator_token

        def requests(client: int) -> Iterator[bytes]:
            for path, body in self._creations(client, length):
                yield request("PUT", path, token, body.encode())

        return load(self.server.port, clients, seconds, requests, b"HTTP/1.1 201")

    def _batch(self) -> Load:
        length = next(self.lengths)

        def requests(client: int) -> Iterator[bytes]:
            creations = self._creations(client, length)
            while True:
                operations = ",".join(
                    f'{{"method":"PUT","path":"{path}","body":{body}}}'
                    for _, (path, body) in zip(range(OPERATIONS), creations, strict=False)
                )
                body = f'{{"operations":[{operations}]}}'.encode()
                yield request("POST", f"/api/v1/projects/{SLUG}/batch/", self.built.annotator_token, body)

        return load(self.server.port, 1, SECONDS, requests, b"HTTP/1.1 200")

    def _creations(self, client: int, length: int) -> Iterator[tuple[str, str]]:
        """Paths and bodies of new spans, all over the project."""
        for index in count(client * EACH_CLIENT):
            start = index // self.built.articles % STARTS
            body = {
                "article": str(key(index % self.built.articles)),
                "label": "claim",
                "start": start,
                "end": start + length,
            }
            yield f"/api/v1/spans/{uuid7()}/", json.dumps(body)

    def _pgbench(self, clients: int) -> float:
        """Insertions a second."""
        values = {"turn": 0, "articles": self.built.articles, "actor": self.built.annotator.pk}
        values["length"] = next(self.lengths)
        with TemporaryDirectory() as folder:
            script = Path(folder) / "insert.sql"
            script.write_text(SCRIPT)
            defined = [f"--define={name}={value}" for name, value in values.items()]
            how = ["--no-vacuum", "--protocol=prepared", f"--time={SECONDS}", f"--client={clients}", *defined]
            command = [program("pgbench"), *how, f"--file={script}", *where()]
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = re.search(r"^tps = ([0-9.]+)", told, re.MULTILINE)
        assert found, told
        return float(found[1])

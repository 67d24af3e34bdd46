"""What the worker does, asked for and waited for through the API."""

from __future__ import annotations

import json
import time
from http.client import HTTPConnection
from typing import Any, Final

from bench.project import Built
from bench.server import Server

PATIENCE: Final = 1800


def asked(
    server: Server, built: Built, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    """The status and the JSON of an answer to the manager."""
    client = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        sent = {"Authorization": f"Bearer {built.manager_token}", **(headers or {})}
        client.request(method, f"/api/v1/{path}", body=body, headers=sent)
        answer = client.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")
    finally:
        client.close()


def awaited(server: Server, built: Built, path: str) -> dict[str, Any]:
    """What a job came to that is done."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        _, answer = asked(server, built, "GET", path)
        if answer["state"] not in ("waiting", "running"):
            assert answer["state"] == "done", answer
            return answer
        time.sleep(0.2)
    raise SystemExit("The worker did not come to an end.")

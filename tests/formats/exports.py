"""Reading exports in tests."""

from __future__ import annotations

import json
from typing import Any

from annotations.models import User
from tests.cast import Api, Cast
from tests.loop import finished


def lines(answer: Any) -> bytes:
    """All that a streamed answer sends."""

    async def drained() -> bytes:
        return b"".join([chunk async for chunk in answer])

    return finished(drained())


def export(cast: Cast, by: User | None = None, **filters: Any) -> list[dict[str, Any]]:
    """The records of an export as `by` gets it; the manager, where nobody is named."""
    answer = ask(cast, by, **filters)
    assert answer.status_code == 200, answer.content
    return [json.loads(line) for line in lines(answer).splitlines()]


def ask(cast: Cast, by: User | None = None, **filters: Any) -> Any:
    """The answer to a request for an export."""
    path = f"projects/{cast.project.slug}/export/"
    return Api(by or cast.manager).call("get", path, query_params={"format": "jsonl", **filters})

"""What a refusal must look like, and that it left everything as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

TABLES = (
    "article", "assignment", "comment", "event", "evidencelink", "evidenceset", "invitation", "link", "membership",
    "notice", "project", "review", "sentence", "span", "user", "verdict",
)  # fmt: skip


def refused(answer: Any, status: int, slug: str, field: str | None = None) -> dict[str, Any]:
    """The problem in an answer, which must be this one and, where a field is given, name it."""
    asked = f"{answer.request['REQUEST_METHOD']} {answer.request['PATH_INFO']}"
    told = f"{asked} got {answer.status_code} instead of {status}: {answer.content[:500]!r}"
    assert answer.status_code == status, told
    assert answer["Content-Type"] == "application/problem+json", told
    problem: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail"} <= set(problem)
    assert (problem["type"], problem["status"]) == (f"/problems/{slug}", status), told
    assert problem["title"]
    assert problem["detail"]
    if field is not None:
        assert field in [error["field"] for error in problem["errors"]], problem
        assert all(error["code"] and error["detail"] for error in problem["errors"])
    return problem


def rows() -> dict[str, int]:
    """How many rows each table has. Every change of any of them adds one to the events."""
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM annotations_{name}" for name in TABLES)
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


@contextmanager
def nothing_changed() -> Iterator[None]:
    """Fails where the block changed anything in the database."""
    before = rows()
    yield
    assert rows() == before

"""How PostgreSQL carries out the statements of a request: what it reads whole, and what it reads only to leave out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

WATCHED: Final = frozenset(
    f"annotations_{name}"
    for name in (
        "article", "sentence", "span", "link", "verdict", "event", "evidenceset", "evidencelink", "comment", "review",
        "assignment",
    )
)  # fmt: skip
"""The tables that grow with the work."""

MOST_REMOVED: Final = 200
"""Rows of one of them that a statement may read and leave out."""

REMOVED: Final = ("Rows Removed by Filter", "Rows Removed by Join Filter", "Rows Removed by Index Recheck")

Statement = tuple[str, Any]
"""SQL and its parameters."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A table that a statement reads whole (`removed` is 0), or of which it removes so many rows."""

    table: str
    removed: int
    statement: str

    def __str__(self) -> str:
        what = f"{self.removed} rows removed by a filter" if self.removed else "read whole"
        return f"{self.table}: {what}: {' '.join(self.statement.split())}"


@contextmanager
def overheard() -> Iterator[list[Statement]]:
    """The statements that read something in the block, with their parameters."""
    heard: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not many and str(sql).lstrip(" \n(").upper().startswith(("SELECT", "WITH")):
            heard.append((str(sql), params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield heard


def findings(statement: Statement) -> list[Finding]:
    """What is wrong with the plan of a statement, which is carried out once more for it."""
    sql, params = statement
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
        [(found,)] = cursor.fetchall()
    [explained] = json.loads(found) if isinstance(found, str) else found
    return list(_wrong(explained["Plan"], sql))


def _wrong(node: dict[str, Any], sql: str) -> Iterator[Finding]:
    table = str(node.get("Relation Name", ""))
    # PostgreSQL gives the mean of each time that the node was carried out.
    removed = round(sum(node.get(name, 0) for name in REMOVED) * node.get("Actual Loops", 1))
    if table in WATCHED and "Seq Scan" in node["Node Type"] and node.get("Actual Loops", 1):
        yield Finding(table, 0, sql)
    elif removed > MOST_REMOVED and (table in WATCHED or not table):
        yield Finding(table or "join", removed, sql)
    for below in node.get("Plans", ()):
        yield from _wrong(below, sql)

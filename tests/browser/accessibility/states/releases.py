"""Releases in every state: two that differ, and those that have no files yet or never will."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from annotations.models import Project, Release, User
from tests.releasing import release_with

COUNTS: Final = {"articles": 2, "spans": 46, "links": 21, "verdicts": 5}
SIDES: Final = {"train": {**COUNTS, "articles": 1}, "test": {**COUNTS, "articles": 1}}
MANIFEST: Final[dict[str, Any]] = {
    "counts": COUNTS,
    "filters": {"state": "any"},
    "as_of": {"event": 812, "at": "2026-11-21T10:00:00.000000Z"},
    "splits": {"seed": 7, "groups": 2, "largest_group": 1, "counts": SIDES},
}


def make_releases(project: Project, by: User) -> dict[str, Release]:
    """A release in each state, by its name; two are done."""
    found = {
        name: release_with(project, by, name, items=_items(label), manifest=MANIFEST)
        for name, label in (("1.0", "claim"), ("2.0", "fact"))
    }
    begun = timezone.now() - timedelta(minutes=2)
    states: dict[str, dict[str, Any]] = {
        "waiting": {},
        "running": {"done": 120, "total": 400, "started_at": begun},
        "failed": {"failure": "A server error stopped it (OSError). See the worker's log."},
    }
    for state, values in states.items():
        found[state] = Release.objects.create(
            project=project, by=by, name=state, state=state, formats=["jsonl", "claims"], **values
        )
    return found


def _items(label: str) -> bytes:
    span = {"label": label, "quote": "the dam broke"}
    lines = [("article", 1, {"title": "The dam"}), ("span", 2, span)]
    if label == "fact":
        lines.append(("verdict", 3, {"rating": "refuted"}))
    return b"".join(
        f"{kind}\t00000000-0000-7000-8000-{number:012}\t{json.dumps(values)}\n".encode()
        for kind, number, values in lines
    )

"""Imports as tests send them: lines of factcheck/1, run in the foreground."""

from __future__ import annotations

import io
import json
from typing import Any
from uuid import uuid4

from annotations.imports.run import run
from annotations.imports.uploads import receive
from annotations.models import Import, Project, User
from tests.cast import TEXT


def line(text: str = TEXT, **parts: Any) -> dict[str, Any]:
    """A record with this text; `parts` are its spans, links and verdicts, or more of its article."""
    lists = {name: parts.pop(name, []) for name in ("spans", "links", "verdicts")}
    article = {"id": str(uuid4()), "title": "The bridge", "language": "en", **parts, "text": text}
    return {"schema": "factcheck/1", "article": article, **lists}


def span(at: tuple[int, int], label: str = "claim", **more: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "fragments": [list(at)], "label": label, **more}


def link(source: dict[str, Any], target: dict[str, Any], relation: str = "corroborates", **more: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "source": source["id"], "target": target["id"], "relation": relation, **more}


def verdict(claim: dict[str, Any], rating: str = "supported", **more: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "claim": claim["id"], "rating": rating, **more}


def proposed(project: Project, by: User, *lines: Any, **about: Any) -> Import:
    """An import of these lines; text stands as it is."""
    content = "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in lines).encode()
    return receive(project, by, [("records.jsonl", io.BytesIO(content))], **{"format": "jsonl", **about})


def received(project: Project, by: User, *lines: Any, **about: Any) -> Import:
    """The same as if somebody had said go, without a job for it."""
    return waiting(proposed(project, by, *lines, **about))


def waiting(one: Import) -> Import:
    """An import that somebody said go to, without a job for it."""
    one.state = Import.State.WAITING
    one.save()
    return one


def brought(project: Project, by: User, *lines: Any, **about: Any) -> Import:
    """The same, over."""
    one = received(project, by, *lines, **about)
    assert run(one.pk, stopping=lambda: False)
    one.refresh_from_db()
    return one


def refusals(one: Import) -> list[tuple[str, str]]:
    """Place and code of what was refused or is noted."""
    return list(one.reported.values_list("place", "code"))

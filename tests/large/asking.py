"""Asks the site as somebody, and looks at the plan of every statement that this takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.large.calls import Call
from tests.large.plans import Finding, Statement, findings, overheard
from tests.large.world import World

PAGE: Final = re.compile(r'href="\?([^"]*cursor=[^"]+)"')
REFUSED: Final = (403, 404)
"""Not everybody may read everything; what was looked up to find that out is looked at too."""


def found_by(calls: list[Call], world: World) -> list[tuple[Call, Finding]]:
    """What is wrong with the plans of these calls and of the pages after theirs. What they change is undone."""
    found: dict[tuple[str, str], tuple[Call, Finding]] = {}
    for call in calls:
        for one in _asked(call, world):
            found.setdefault((one.table, one.statement), (call, one))
    return list(found.values())


def _asked(call: Call, world: World) -> Iterator[Finding]:
    cache.clear()  # where the rates are counted
    client = Client()
    with transaction.atomic():
        client.force_login(world.people[call.who])
        with overheard() as heard:
            answer = client.generic(call.method, call.address)
            assert answer.status_code == 200 or answer.status_code in REFUSED, (call, answer.content[:500])
            if further := _further(call, answer):
                assert client.get(further).status_code == 200, further
        for statement in _different(heard):
            yield from findings(statement)
        transaction.set_rollback(True)


def _further(call: Call, answer: Any) -> str | None:
    """The address of the next page, where there is one."""
    if "json" in answer.get("Content-Type", ""):
        following: str | None = answer.json().get("next") if b'"next"' in answer.content[:1000] else None
        return following if following and following.startswith("http") else None
    pages = PAGE.findall(answer.content.decode()) if answer.status_code == 200 else []
    return f"{call.address.partition('?')[0]}?{pages[-1].replace('&amp;', '&')}" if pages else None


def _different(heard: list[Statement]) -> list[Statement]:
    return list({(sql, repr(params)): (sql, params) for sql, params in heard}.values())

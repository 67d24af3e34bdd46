"""Every route of the site, and every way to ask for one."""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import Api, Cast

ROLES = ("manager", "annotator", "annotator2", "reviewer", "viewer", "outsider", "anonymous")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

Table = dict[str, dict[str, str]]
"""Route → method → the status that each of ROLES gets, in that order. What is not listed is not allowed (405)."""


def routes() -> dict[str, URLPattern]:
    """Every route by its name, or by its pattern where it has none."""
    found: dict[str, URLPattern] = {}
    for name, pattern in _walk(get_resolver()):
        assert name not in found, f"two routes are called {name}"
        found[name] = pattern
    return found


def _walk(resolver: Any, spaces: tuple[str, ...] = (), before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        place = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, (*spaces, entry.namespace) if entry.namespace else spaces, place)
        else:
            yield ":".join((*spaces, entry.name)) if entry.name else place, entry


def callers(cast: Cast, *, with_tokens: bool) -> dict[str, Client]:
    """A client for each role: with a token, or signed in."""
    clients: dict[str, Client] = {"anonymous": Client()}
    for name, user in cast.everybody.items():
        clients[name] = Api(user) if with_tokens else Client()
        if not with_tokens:
            clients[name].force_login(user)
    return clients


def status_of(client: Client, method: str, address: str, **options: Any) -> int:
    """What somebody gets; whatever the request changed is undone, here and in the client."""
    cookies = SimpleCookie(client.cookies)
    with transaction.atomic():
        status: int = client.generic(method, address, **options).status_code
        transaction.set_rollback(True)
    client.cookies = cookies
    return status

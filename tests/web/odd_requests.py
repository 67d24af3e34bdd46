"""Requests to pages with values that Python or PostgreSQL refuse sooner or later."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote_plus, urlsplit

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from lxml import html

WORST: Final = (*map(quote_plus, ("\x00", "9" * 400, "9" * 5000, "a" * 70_000)), "%ED%A0%80")
ODD_VALUES: Final = (
    *WORST, "%FF", "%", "9" * 19, "1e400", "Infinity", "NaN", "0" * 32,
    *map(quote_plus, ("[" * 20_000, '{"a": NaN}', "9999-12-31T23:59:59-23:59", "٣", "\\", "http://[")),
)  # fmt: skip
"""As they stand in an address or in the body of a form; some are no UTF-8."""

CSRF: Final = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Request:
    """A request; its fields are names and what a browser would send untouched."""

    method: str
    address: str
    fields: tuple[tuple[str, str], ...] = ()

    def sent(self, client: Client, names: Collection[str] = (), values: Collection[str] = ()) -> Any:
        """The answer, with these values, which are encoded already, for each of the names. Nothing stays changed."""
        kept = [f"{quote_plus(other)}={quote_plus(text)}" for other, text in self.fields if other not in names]
        body = "&".join([*kept, *(f"{quote_plus(name)}={value}" for name in names for value in values)])
        address, body = (self.address, body) if self.method == "POST" else (f"{self.address}?{body}", "")
        with transaction.atomic():
            answer = client.generic(self.method, address, body, "application/x-www-form-urlencoded")
            transaction.set_rollback(True)
        return answer


@contextmanager
def names_asked() -> Iterator[set[str]]:
    """The names of parameters and fields that views look for in the block."""
    found: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        for method in ("get", "getlist", "__getitem__", "__contains__"):
            original = getattr(QueryDict, method)

            def asked(self: Any, name: Any, *more: Any, _original: Any = original, **others: Any) -> Any:
                found.add(str(name))
                return _original(self, name, *more, **others)

            patch.setattr(QueryDict, method, asked)
        yield found


def requests_of(client: Client, address: str) -> list[Request]:
    """The page itself, the forms on it, and an empty form that is sent to it."""
    page, found = client.get(address), [Request("GET", address), Request("POST", address)]
    if page["Content-Type"].startswith("text/html") and page.content:
        for form in html.fromstring(page.content.decode()).forms:
            action = urlsplit(form.get("action") or address).path
            fields = tuple((name, str(value)) for name, value in form.form_values())
            if form.method in ("GET", "POST") and action != "/accounts/logout/":
                found.append(Request(form.method, action, fields))
    # Rows of a list have forms that differ in a number.
    return list({(one.method, _alike(one.address), len(one.fields)): one for one in found}.values())


def failures(client: Client, requests: Iterable[Request]) -> list[str]:
    """Which requests with odd values end in an error of the server.

    A form is refused for one wrong field, so each gets the values by itself; a parameter of a page spoils no other.
    """
    client.raise_request_exception = False
    found = []
    for request in requests:
        with names_asked() as asked:
            request.sent(client)
        names = [name for name in {_alike(name): name for name in sorted(asked, reverse=True)}.values() if name != CSRF]
        tried: list[tuple[list[str], Collection[str]]] = [(names, (value,)) for value in ODD_VALUES]
        if request.method == "POST":
            tried += [([name], (value,)) for name in names for value in WORST]
        for group, values in [*tried, (names, WORST), (names, ())]:
            if request.sent(client, group, values).status_code >= 500:
                found.append(f"{request.method} {request.address} {group} {values}"[:300])
    return found


def _alike(name: str) -> str:
    return re.sub(r"\d+", "0", name)

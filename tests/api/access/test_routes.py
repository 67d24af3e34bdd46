"""Every route of the site, by every role and every method, against one table."""

from __future__ import annotations

import json
from typing import Any

from django.core.cache import cache
from django.urls import reverse

from tests.api.access.api_table import API, Asked, asked
from tests.api.access.others_table import ADMIN, KWARGS, OTHERS
from tests.api.access.pages_table import PAGES, places
from tests.api.access.routes import METHODS, ROLES, Table, callers, routes, status_of
from tests.cast import Cast

Found = dict[tuple[str, str], str]


def expected(table: Table, unlisted: str) -> Found:
    """What the table says of every method."""
    return {
        (name, method): " ".join(row.get(method, unlisted).split()) for name, row in table.items() for method in METHODS
    }


def differences(found: Found, wanted: Found) -> list[str]:
    return [f"{place}: {found[place]} instead of {wanted[place]}" for place in wanted if found[place] != wanted[place]]


def test_every_route_is_in_one_table() -> None:
    listed = [*API, *PAGES, *OTHERS, *ADMIN]

    assert len(listed) == len(set(listed))
    assert set(routes()) == set(listed)


def test_the_api_answers_each_role_as_the_table_says(cast: Cast) -> None:
    how, clients = asked(cast), callers(cast, with_tokens=True)
    found: Found = {}
    for name in API:
        ask = how.get(name, Asked())
        for method in METHODS:
            makes = method == "PUT" and ask.new
            address = reverse(name, kwargs=ask.new if makes else ask.kwargs) + ask.query
            options: dict[str, Any] = {"headers": {} if makes else {"If-Match": f'"{ask.version}"'}}
            if method in ask.bodies:
                options |= {"data": json.dumps(ask.bodies[method]), "content_type": "application/json"}
            codes = (status_of(clients[role], method, address, **options) for role in ROLES)
            found[name, method] = " ".join(map(str, codes))

    open_to_all = expected({name: API[name] for name in ("api:schema", "api:docs")}, "405 405 405 405 405 405 405")
    assert not differences(found, expected(API, "405 405 405 405 405 405 401") | open_to_all)


def test_the_pages_answer_each_role_as_the_table_says(cast: Cast) -> None:
    how, clients = places(cast), callers(cast, with_tokens=False)
    found: Found = {}
    for name in PAGES:
        for method in METHODS:
            address = reverse(name, kwargs=how.get(name, {}))
            found[name, method] = " ".join(str(status_of(clients[role], method, address)) for role in ROLES)

    assert not differences(found, expected(PAGES, ""))


def test_the_other_routes_answer_each_role_as_the_table_says(cast: Cast, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for user in cast.everybody.values():
        user.set_password("a pass phrase")
        user.save()
    clients = callers(cast, with_tokens=False)
    found: Found = {}
    for name in OTHERS:
        for method in METHODS:
            cache.clear()  # where the sign-in pages count how often they were asked
            address = reverse(name, kwargs=KWARGS.get(name))
            found[name, method] = " ".join(str(status_of(clients[role], method, address)) for role in ROLES)

    assert not differences(found, expected(OTHERS, ""))


def test_the_operators_pages_open_to_nobody_else(cast: Cast) -> None:
    clients = callers(cast, with_tokens=False)
    for name, address in ADMIN.items():
        for method, roles in (("GET", ROLES), ("POST", ("manager", "anonymous"))):
            for role in roles:
                wanted = 403 if name == "admin:login" and role != "anonymous" else 302
                assert status_of(clients[role], method, address) == wanted, (name, method, role)

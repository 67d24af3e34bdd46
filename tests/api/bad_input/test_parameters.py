"""Every query parameter of every route, with values that Python or PostgreSQL refuse sooner or later."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from tests.api.access.api_table import API, asked
from tests.api.description.schema import operation
from tests.api.refusals import refused
from tests.cast import Api, Cast
from tests.formats.exports import lines

TIMES = [
    "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "2026-01-01T00:00:00-23:59", "2026-01-01T00:00:00-99:99",
    "10000-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31", "9999-99-99", "infinity",
]  # fmt: skip
NUMBERS = ["9" * 18, "9" * 19, "9" * 30, "9" * 5000, "-1", "1e400", "NaN", "0x10", "٣", "2147483648", "1.5"]
IDS = ["0" * 32, "urn:uuid:1", "g" * 36, "0dcfb414-d592-4b27-9195-c32ed90520a", "0dcfb414-d592-4b27-9195-c32ed90520a4"]
TEXTS = ["\x00", "a\x00b", "\ufffd", "\\", "'", '"', "%s", "a" * 3000, "a & | !", "<->", "http://a.b/c\\d'e", "- OR"]
BYTES = ["%ED%A0%80", "%FF", "%C0%80", "%", "%F4%90%80%80"]
"""Halves of surrogate pairs, NUL in two bytes and the like, as they stand in an address."""

VALUES = [*(quote(value) for value in (*TIMES, *NUMBERS, *IDS, *TEXTS)), *BYTES]

KEYS: list[Any] = [
    *TIMES, *NUMBERS, *IDS, "\x00", "\ud800", "2026-01-01T00:00:00", True, None, 1, 10**30, 1e300, float("nan"),
    float("inf"), [], {},
]  # fmt: skip

CREATED = "2026-01-01T00:00:00Z"
WRONG = [name for name in API if name != "api:schema"]


def cursors() -> Iterator[str]:
    """Cursors whose keys no list ever gave."""
    for key in KEYS:
        for given in ([">", key], ["<", key, "1"], [">", CREATED, key], ["<", "true", key], [">", "a", "a", key], key):
            yield urlsafe_b64encode(json.dumps(given).encode()).decode()
    for whole in (b"[" * 20_000, b"[" * 2_000, b'{"a":' * 2_000, b"Infinity", b'[">", Infinity]', b"\xff", b"9" * 5000):
        yield urlsafe_b64encode(whole).decode()
    yield from ("=", "é", "[" * 20_000, "A" * 100_001)


def address_of(cast: Cast, name: str) -> str:
    how = asked(cast)
    return reverse(name, kwargs=how[name].kwargs if name in how else {})


def parameters(address: str) -> list[str]:
    """The query parameters with which an address is read."""
    try:
        described = operation("get", address).get("parameters", [])
    except AssertionError:
        return []
    return [parameter["name"] for parameter in described if parameter["in"] == "query"]


def check(api: Api, address: str, name: str, value: str) -> None:
    """Fails unless the answer is whole, or names the parameter, or says that there is no such thing."""
    needed = "q=bridge&" if address.endswith("/search/") and name != "q" else ""
    answer = api.get(f"{address}?{needed}{name}={value}")
    if answer.status_code == 400:
        refused(answer, 400, "invalid-input", name)
    elif answer.streaming:
        assert answer.status_code == 200
        lines(answer)
    else:
        assert answer.status_code in ((200, 404) if name == "also" else (200,)), (address, name, value, answer.content)


@pytest.mark.parametrize("name", WRONG)
def test_a_parameter_is_taken_or_refused_by_name(cast: Cast, name: str) -> None:
    address, api = address_of(cast, name), Api(cast.manager)
    for parameter in parameters(address):
        for value in VALUES:
            check(api, address, parameter, value)


@pytest.mark.parametrize("name", WRONG)
def test_a_cursor_that_no_list_gave_is_refused_by_name(cast: Cast, name: str) -> None:
    address, api = address_of(cast, name), Api(cast.manager)
    if "cursor" in parameters(address):
        for value in cursors():
            check(api, address, "cursor", value)


@pytest.mark.parametrize("last", [*TIMES, *NUMBERS, *TEXTS[3:], "1:1:", "0:0:", "5:3:", "1:9:9", "1:9:5,3", "1:9:0"])
def test_a_last_event_that_is_none_begins_anew(cast: Cast, last: str) -> None:
    address = reverse("api:events", args=[cast.article.pk])

    answer = Api(cast.manager).get(address, headers={"Last-Event-ID": last.encode().decode("latin-1")})

    assert answer.status_code == 200


@pytest.mark.parametrize("place", ["release-file"])
def test_a_name_in_an_address_that_cannot_be_stored_is_not_found(cast: Cast, place: str) -> None:
    address = address_of(cast, f"api:{place}").rpartition("/")[0]

    refused(Api(cast.manager).get(f"{address}/a%00b"), 404, "not-found")

"""How the description of the API is served: made once, and not sent again to those who have it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from annotations.api import schema

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/schema/"


@pytest.fixture
def times_made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with each time that the description is made, from nothing."""
    made: list[int] = []

    def get_schema(*args: Any, **kwargs: Any) -> dict[str, Any]:
        made.append(1)
        return {"openapi": "3.1.0", "title": "é"}

    monkeypatch.setattr(schema, "_made", {})
    monkeypatch.setattr(SchemaGenerator, "get_schema", get_schema)
    return made


def test_the_description_is_made_once_for_each_format(times_made: list[int]) -> None:
    for accept in ("*/*", "application/yaml", "application/vnd.oai.openapi", "application/json") * 3:
        for query in ({}, {"format": "json"}, {"lang": "de"}, {"version": "2"}, {"a": "b" * 1000}):
            assert Client(headers={"Accept": accept}).get(ADDRESS, query).status_code == 200

    assert len(times_made) <= 4


def test_who_has_the_description_is_not_sent_it_again(times_made: list[int]) -> None:
    tag = Client().get(ADDRESS)["ETag"]

    for stated in (tag, f"W/{tag}", f'{tag[:-1]}-gzip"', f'"other", {tag}', "*"):
        answer = Client().get(ADDRESS, headers={"If-None-Match": stated})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert Client().get(ADDRESS, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_format_of_the_description_is_chosen_by_the_address_or_by_accept(times_made: list[int]) -> None:
    assert Client().get(ADDRESS)["Content-Type"] == "application/vnd.oai.openapi"
    assert Client().get(f"{ADDRESS}?format=json").json()["title"] == "é"
    assert Client().get(ADDRESS, headers={"Accept": "application/json"}).json()["title"] == "é"
    assert yaml.safe_load(Client().get(ADDRESS).content)["title"] == "é"
    assert Client().get(ADDRESS, headers={"Accept": "text/html"}).status_code == 406
    assert Client().head(ADDRESS)["ETag"] == Client().get(ADDRESS)["ETag"]

"""Files and streams answer whoever accepts what they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.formats.export_registry import FORMATS
from annotations.models import Import, Release
from tests.api.access.routes import routes
from tests.api.description.schema import described
from tests.api.refusals import refused
from tests.cast import Api, Cast
from tests.formats.releases.made import made

by_format = pytest.mark.parametrize("name", FORMATS)


def export(cast: Cast, name: str, accept: str) -> Any:
    """The answer to a request for the dataset in a format."""
    path = f"projects/{cast.project.slug}/export/?format={name}"
    return Api(cast.viewer).call("get", path, headers={"Accept": accept})


def own_type(answer: Any) -> str:
    """The media type of an answer, without its parameters."""
    return str(answer["Content-Type"]).partition(";")[0]


def without_parameters(media_type: str) -> str:
    return media_type.partition(";")[0]


@by_format
def test_an_export_comes_to_those_who_accept_what_it_is(cast: Cast, name: str) -> None:
    media_type = FORMATS[name].media_type
    for accept in (media_type, without_parameters(media_type), f"text/html, {media_type};q=0.5"):
        answer = export(cast, name, accept)

        assert (answer.status_code, answer["Content-Type"]) == (200, media_type)


@by_format
@pytest.mark.parametrize("accept", ["*/*", "application/*", "application/json", "application/json; charset=utf-8"])
def test_an_export_comes_to_those_who_accept_anything_or_json(cast: Cast, name: str, accept: str) -> None:
    answer = export(cast, name, accept)

    assert (answer.status_code, answer["Content-Type"]) == (200, FORMATS[name].media_type)


@by_format
@pytest.mark.parametrize("accept", ["text/html", "image/*", "nonsense", "application/problem+json"])
def test_an_export_that_is_something_else_says_what_it_is(cast: Cast, name: str, accept: str) -> None:
    problem = refused(export(cast, name, accept), 406, "not-acceptable")

    assert without_parameters(FORMATS[name].media_type) in problem["detail"]


def test_a_format_is_not_chosen_by_the_accept_header(cast: Cast) -> None:
    refused(export(cast, "jsonl", "application/zip"), 406, "not-acceptable")


def test_what_is_wrong_with_the_address_comes_before_what_is_accepted(cast: Cast) -> None:
    refused(export(cast, "none", "application/zip"), 400, "invalid-input", "format")
    refused(Api(cast.outsider).get(f"/api/v1/projects/{cast.project.slug}/export/"), 404, "not-found")


@pytest.fixture
def release(cast: Cast) -> Release:
    """A release with a file in every format."""
    return made(cast, formats=tuple(FORMATS))


@pytest.mark.django_db(transaction=True)
def test_every_file_of_a_release_comes_to_those_who_accept_what_it_is(cast: Cast, release: Release) -> None:
    found = list(release.published)

    assert {"manifest.json", "README.md", "croissant.json"} < {file.name for file in found}
    assert {file.format for file in found} == {"", *FORMATS}
    for file in found:
        for accept in (file.media_type, without_parameters(file.media_type), "application/json", "*/*"):
            answer = fetch(cast, release, file.name, accept)
            assert (answer.status_code, answer["Content-Type"]) == (200, file.media_type), file.name


@pytest.mark.django_db(transaction=True)
def test_a_file_of_a_release_that_is_something_else_says_what_it_is(cast: Cast, release: Release) -> None:
    for file in release.published:
        path = f"releases/{release.pk}/files/{file.name}"
        answer = Api(cast.viewer).call("get", path, headers={"Accept": "image/png"})
        problem = refused(answer, 406, "not-acceptable")
        assert without_parameters(file.media_type) in problem["detail"]


def fetch(cast: Cast, release: Release, name: str, accept: str) -> Any:
    """The answer to a look at a file of the release."""
    return Api(cast.viewer).call("head", f"releases/{release.pk}/files/{name}", headers={"Accept": accept})


def other_types() -> dict[str, set[str]]:
    """The media types other than JSON that each route answers with, by the description of the API."""
    found: dict[str, set[str]] = {}
    for path, methods in described()["paths"].items():
        answers = methods.get("get", {}).get("responses", {}).items()
        kinds = {kind for status, answer in answers if status < "300" for kind in answer.get("content", {})}
        if others := {kind for kind in kinds if kind != "application/json"}:
            found[path] = others
    return found


def test_every_other_route_that_is_not_json_comes_to_those_who_accept_what_it_is(cast: Cast) -> None:
    brought = Import.objects.create(project=cast.project, by=cast.manager)
    addresses = {
        "/api/v1/articles/{key}/events/": reverse("api:events", args=[cast.article.pk]),
        "/api/v1/imports/{key}/refused.csv": reverse("api:import-refused", args=[brought.pk]),
        "/api/v1/imports/{key}/notes.csv": reverse("api:import-notes", args=[brought.pk]),
    }
    tested_above = {"/api/v1/projects/{slug}/export/", "/api/v1/releases/{key}/files/{name}"}

    assert set(other_types()) == {*addresses, *tested_above}
    for path, address in addresses.items():
        for accept in (*other_types()[path], "application/json", "*/*"):
            answer = Api(cast.manager).get(address, headers={"Accept": accept})
            assert (answer.status_code, {own_type(answer)}) == (200, other_types()[path])
        refused(Api(cast.manager).get(address, headers={"Accept": "image/png"}), 406, "not-acceptable")


@pytest.mark.parametrize("accept", ["application/yaml", "application/vnd.oai.openapi+json", "application/json"])
def test_the_description_comes_in_the_type_that_is_accepted(db: None, accept: str) -> None:
    answer = Client().get("/api/v1/schema/", headers={"Accept": accept})

    assert (answer.status_code, own_type(answer)) == (200, accept)


@pytest.mark.parametrize("name", ["api:schema", "api:docs"])
def test_the_description_refuses_other_types_with_a_problem(db: None, name: str) -> None:
    assert name in routes()

    refused(Client().get(reverse(name), headers={"Accept": "image/png"}), 406, "not-acceptable")

"""A release for managers and reviewers is not there for anybody else, by no route."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from annotations.models import Event, Release, User
from tests.cast import Api, Cast
from tests.releasing import finished

NAME = "Only for some"


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def other(cast: Cast) -> Release:
    """A release for all members, made before."""
    return finished(cast, "For all")


@pytest.fixture
def release(cast: Cast, other: Release) -> Release:
    return finished(cast, NAME, audience="managers")


def routes(cast: Cast, release: Release, other: Release) -> list[str]:
    """Everything that is about the one release."""
    one, page = f"/api/v1/releases/{release.pk}/", f"/projects/{cast.project.slug}/releases/{release.pk}/"
    files = [f"{one}files/{file.name}" for file in release.published]
    compared = [f"{one}compare/{other.pk}/", f"/api/v1/releases/{other.pk}/compare/{release.pk}/"]
    pages = [page, f"{page}compare/", f"/projects/{cast.project.slug}/releases/{other.pk}/compare/?with={release.pk}"]
    return [one, *files, *compared, *pages]


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("name", ["annotator", "viewer"])
def test_it_is_not_there_for_other_members(cast: Cast, release: Release, other: Release, name: str) -> None:
    client = browser(cast.everybody[name])

    assert {client.get(path).status_code for path in routes(cast, release, other)} == {404}
    assert {client.head(path).status_code for path in routes(cast, release, other) if "/api/" in path} == {404}


@pytest.mark.parametrize("name", ["reviewer", "manager"])
def test_managers_and_reviewers_read_it(cast: Cast, release: Release, other: Release, name: str) -> None:
    client = browser(cast.everybody[name])

    assert {client.get(path).status_code for path in routes(cast, release, other)} == {200}


def test_no_list_and_no_page_names_it(cast: Cast, release: Release, other: Release) -> None:
    root = f"/projects/{cast.project.slug}/"
    paths = [f"/api/v1{root}releases/", f"{root}releases/", f"{root}releases/{other.pk}/", root, "/api/v1/me/"]

    for path in paths:
        told = browser(cast.annotator).get(path).content.decode()
        assert NAME not in told
        assert str(release.pk) not in told
    assert NAME in browser(cast.reviewer).get(paths[1]).content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_change_feed_tells_of_it_only_whom_it_is_for(cast: Cast, release: Release) -> None:
    path = f"projects/{cast.project.slug}/changes/"

    told, all_told = (Api(by).call("get", path).json()["results"] for by in (cast.annotator, cast.reviewer))

    assert NAME not in json.dumps(told)
    assert str(release.pk) not in json.dumps(told)
    assert "For all" in json.dumps(told)
    assert str(release.pk) in json.dumps(all_told)


@pytest.mark.django_db(transaction=True)
def test_nor_does_the_feed_tell_that_it_was_removed(cast: Cast, release: Release, other: Release) -> None:
    keys = [release.pk, other.pk]
    for key in keys:
        call_command("removerelease", key, "--reason", "Order 12", "--yes")

    told = Api(cast.annotator).call("get", f"projects/{cast.project.slug}/changes/").json()["results"]

    assert {one["id"] for one in told if one["kind"] == "release"} == {str(keys[1])}
    assert Event.objects.of(cast.project.pk, "release", keys[0]).exists()


def test_a_member_who_becomes_a_reviewer_reads_it(cast: Cast, release: Release) -> None:
    cast.project.memberships.filter(user=cast.viewer).update(roles=["viewer", "reviewer"])

    assert Api(cast.viewer).call("get", f"releases/{release.pk}/").status_code == 200

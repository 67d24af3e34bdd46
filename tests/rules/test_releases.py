"""Rule 11: a release never changes."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from annotations.models import Event, Release, ReleaseFile, acting
from annotations.rules import HISTORY_APPEND_ONLY, RELEASE_AUDIENCE, RELEASE_FIXED, RELEASE_NAME
from tests.cast import Cast
from tests.rules.attack import broken, sql


def make_release(cast: Cast, name: str = "1.0", **values: Any) -> Release:
    """A release without files."""
    with acting(cast.manager):
        return Release.objects.create(project=cast.project, by=cast.manager, name=name, formats=["jsonl"], **values)


def add_file(release: Release, name: str = "data.jsonl") -> ReleaseFile:
    """A file of a release that is being made."""
    return ReleaseFile.objects.create(
        release=release, position=1, name=name, media_type="x/y", size=1, sha256="0" * 64, stored=f"releases/{name}"
    )


@pytest.fixture
def done(cast: Cast) -> Release:
    """A release with one file, finished."""
    release = make_release(cast)
    add_file(release)
    release.state, release.manifest, release.sha256 = Release.State.DONE, {"counts": {}}, "0" * 64
    with acting(cast.manager):
        release.save()
    return release


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE annotations_release SET name = 'other'",
        "UPDATE annotations_release SET manifest = '{}'",
        "UPDATE annotations_release SET state = 'running'",
        "UPDATE annotations_release SET audience = 'managers'",
        "DELETE FROM annotations_release",
        "UPDATE annotations_releasefile SET sha256 = repeat('1', 64)",
        "DELETE FROM annotations_releasefile",
        "INSERT INTO annotations_releasefile (release_id, position, name, media_type, format, split, size, sha256, "
        "stored, listed) SELECT release_id, 2, 'b', '', '', '', 1, '', '', true FROM annotations_releasefile",
    ],
)
def test_a_finished_release_does_not_change(done: Release, attack: str) -> None:
    with broken(RELEASE_FIXED):
        sql(attack)


def test_a_file_cannot_be_moved_out_of_a_finished_release(cast: Cast, done: Release) -> None:
    other = make_release(cast, "2.0")

    with broken(RELEASE_FIXED):
        done.files.update(release=other)


@pytest.mark.parametrize("table", ["release", "releasefile"])
def test_releases_are_not_emptied(done: Release, table: str) -> None:
    with broken(HISTORY_APPEND_ONLY):
        sql(f"TRUNCATE annotations_{table} CASCADE")


def test_a_release_under_way_changes(cast: Cast) -> None:
    release = make_release(cast)
    add_file(release)

    release.files.all().delete()
    release.state = Release.State.CANCELLED
    release.save()

    assert Release.objects.get().state == Release.State.CANCELLED


def test_an_operator_can_remove_a_release(done: Release) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('factcheck.removal', 'on', true)")
        done.delete()
        cursor.execute("SELECT set_config('factcheck.removal', '', true)")

    assert not Release.objects.exists()


def test_a_name_stands_once_in_a_project(cast: Cast) -> None:
    make_release(cast)

    with broken(RELEASE_NAME):
        make_release(cast)


def test_the_name_of_one_that_failed_is_free(cast: Cast) -> None:
    make_release(cast, state=Release.State.FAILED)

    assert make_release(cast).name == "1.0"


def test_the_history_tells_of_a_release_but_not_how_far_it_has_come(cast: Cast) -> None:
    release = make_release(cast)
    Release.objects.filter(pk=release.pk).update(done=1, total=3)
    Release.objects.filter(pk=release.pk).update(state="running")

    events = Event.objects.of(cast.project.pk, "release", release.pk).order_by("id")
    assert [(event.what, (event.after or {})["state"]) for event in events] == [
        ("created", "waiting"),
        ("updated", "running"),
    ]
    assert events[0].by == cast.manager


@pytest.mark.parametrize(
    "filters",
    [{"state": "any"}, {"state": None}, {"names": True}, {"names": "yes"}, {"label": "claim", "comments": True}],
)
def test_what_not_all_members_may_read_is_not_for_all_of_them(cast: Cast, filters: dict[str, Any]) -> None:
    with broken(RELEASE_AUDIENCE):
        make_release(cast, filters=filters)

    make_release(cast, filters=filters, audience="managers")
    with broken(RELEASE_AUDIENCE):
        sql("UPDATE annotations_release SET audience = 'members'")


def test_releases_from_before_audiences_are_for_managers_where_they_may_hold_hidden_work(
    cast: Cast, independent_cast: Cast
) -> None:
    for name, wide in (("open", {}), ("wide", {"state": "any"}), ("named", {"names": True})):
        make_release(cast, name, filters=wide, audience="managers")
    make_release(independent_cast, "independent")
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE annotations_release DROP CONSTRAINT release_audience"
        )
        cursor.execute("UPDATE annotations_release SET audience = 'members'")
        cursor.execute(import_module("annotations.migrations.0019_releases_have_audiences").RESTRICT)

    assert list(Release.objects.filter(audience="members").values_list("name", flat=True)) == ["open"]

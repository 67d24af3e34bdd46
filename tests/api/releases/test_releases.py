"""Asking for releases, looking at them, and comparing two."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from annotations.models import Release
from annotations.times import EXAMPLE
from tests.api.refusals import refused
from tests.cast import Api, Cast, make_article, make_cast
from tests.formats.exports import lines
from tests.releasing import finished


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def ask(cast: Cast, **body: Any) -> Any:
    """A manager's wish for a release."""
    path = f"projects/{cast.project.slug}/releases/"
    return Api(cast.manager).call("post", path, {"name": "1.0", "formats": ["jsonl"], **body})


def jobs() -> int:
    """How many releases wait for a worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'make_release'")
        [(count,)] = cursor.fetchall()
    return int(count)


def test_asking_leaves_it_to_a_worker(cast: Cast) -> None:
    before, splits = jobs(), {"train": 0.8, "test": 0.2}
    answer = ask(cast, formats=["jsonl", "claims"], filters={"state": "any"}, splits=splits, seed=7)

    told = answer.json()
    assert (answer.status_code, jobs()) == (202, before + 1)
    assert (told["state"], told["manifest"], told["files"]) == ("waiting", None, [])
    assert (told["filters"], told["splits"], told["seed"]) == ({"state": "any"}, splits, 7)
    assert Api(cast.reviewer).call("get", f"releases/{told['id']}/").json() == told


@pytest.mark.parametrize("filters", [{"state": "submitted"}, {"state": "any"}, {"names": True}, {"comments": True}])
def test_what_not_all_members_may_read_is_for_managers(cast: Cast, filters: dict[str, Any]) -> None:
    refused(ask(cast, filters=filters, audience="members"), 400, "invalid-input", "audience")

    assert ask(cast, filters=filters).json()["audience"] == "managers"
    assert ask(cast, filters=filters, name="2.0", audience="managers").status_code == 202


def test_any_other_is_for_all_members_unless_it_says_otherwise(cast: Cast) -> None:
    open_filters = {"state": "approved", "names": False, "comments": False, "label": "claim"}

    assert ask(cast, filters=open_filters, audience="members").json()["audience"] == "members"
    assert ask(cast, name="2.0").json()["audience"] == "members"
    assert ask(cast, name="3.0", audience="managers").json()["audience"] == "managers"


def test_filters_that_change_nothing_are_not_kept(cast: Cast) -> None:
    body = {"state": "approved", "label": "", "names": False, "updated_after": "2026-01-31T12:00:00+02:00"}

    assert ask(cast, filters=body).json()["filters"] == {"updated_after": "2026-01-31T10:00:00+00:00"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"formats": []}, "formats"),
        ({"formats": ["xml"]}, "formats"),
        ({"formats": "jsonl"}, "formats"),
        ({"filters": {"color": "red"}}, "filters.color"),
        ({"filters": {"state": "secret"}}, "filters.state"),
        ({"filters": {"updated_after": "yesterday"}}, "filters.updated_after"),
        ({"filters": {"updated_after": "9999-12-31T23:59:59-23:59"}}, "filters.updated_after"),
        ({"splits": {"train": 0.8, "exam": 0.2}}, "splits"),
        ({"splits": {"train": 0.8, "test": 0.1}}, "splits"),
        ({"splits": {"train": 2, "test": -1}}, "splits"),
        ({"splits": {"train": "nan", "test": 0.5}}, "splits"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**40}, "seed"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_bad_wishes_are_refused_by_field(cast: Cast, body: dict[str, Any], field: str) -> None:
    answer = ask(cast, **body)

    assert answer.status_code == 400
    assert any(error["field"].startswith(field) for error in answer.json()["errors"]), answer.json()
    assert not Release.objects.exists()


@pytest.mark.parametrize("time", ["2026-01-31T12:00:00", "2026-01-31", "2026-01-31T12:00", 5, True, [], {}, ""])
def test_a_time_without_its_offset_is_refused_as_an_export_refuses_it(cast: Cast, time: Any) -> None:
    answer = ask(cast, filters={"updated_after": time})

    refused(answer, 400, "invalid-input", "filters.updated_after")
    assert answer.json()["errors"][0]["detail"] == EXAMPLE


def test_a_time_with_its_offset_is_kept_in_utc(cast: Cast) -> None:
    ask(cast, filters={"updated_after": "2026-01-31T12:00:00+05:30"})

    assert Release.objects.get().filters["updated_after"] == "2026-01-31T06:30:00+00:00"


def test_an_article_of_another_project_is_none(cast: Cast) -> None:
    other = make_article(make_cast().project, "Elsewhere.")

    refused(ask(cast, filters={"article": str(other.pk)}), 400, "invalid-input", "filters.article")


def test_a_name_is_taken_once(cast: Cast) -> None:
    ask(cast)

    refused(ask(cast), 409, "release-name", "name")


def test_the_newest_stands_first_in_the_list(cast: Cast) -> None:
    for name in ("first", "second", "third"):
        ask(cast, name=name)

    told = Api(cast.viewer).call("get", f"projects/{cast.project.slug}/releases/?limit=2").json()

    assert [one["name"] for one in told["results"]] == ["third", "second"]
    assert told["next"]


def test_one_that_waits_is_cancelled(cast: Cast) -> None:
    key = ask(cast).json()["id"]

    assert Api(cast.manager).call("delete", f"releases/{key}/").status_code == 204
    assert Release.objects.get(pk=key).state == "cancelled"


def test_one_that_is_done_is_not_cancelled(cast: Cast) -> None:
    release = finished(cast)

    refused(Api(cast.manager).call("delete", f"releases/{release.pk}/"), 409, "release-fixed", "id")


def item(kind: str, number: int, **values: Any) -> bytes:
    """A line of what comparisons read."""
    return f"{kind}\t00000000-0000-7000-8000-{number:012}\t{json.dumps(values)}\n".encode()


BEFORE = item("article", 1, title="A") + item("link", 2, note="") + item("span", 3, label="claim", note="n")
AFTER = item("article", 1, title="A") + item("span", 3, label="fact", note="n") + item("verdict", 4, rating="refuted")


def compare(cast: Cast, by: Any, one: Release, other: Release) -> Any:
    """The comparison as somebody gets it."""
    return json.loads(lines(Api(by).call("get", f"releases/{one.pk}/compare/{other.pk}/")))


def test_a_comparison_tells_what_was_added_removed_and_changed(cast: Cast) -> None:
    one, other = finished(cast, "1", items=BEFORE), finished(cast, "2", items=AFTER)

    told = compare(cast, cast.viewer, one, other)

    assert (told["earlier"]["name"], told["later"]["name"]) == ("1", "2")
    assert [(diff["kind"], diff["what"], diff["fields"]) for diff in told["results"]] == [
        ("link", "removed", []), ("span", "changed", ["label"]), ("verdict", "added", [])
    ]  # fmt: skip
    assert [diff["before"] for diff in told["results"]] == [{"note": ""}, {"label": "claim"}, None]
    assert [diff["after"] for diff in told["results"]] == [None, {"label": "fact"}, {"rating": "refuted"}]
    assert told["counts"]["span"] == {"added": 0, "removed": 0, "changed": 1}


def test_whichever_is_named_first_the_earlier_one_comes_first(cast: Cast) -> None:
    one, other = finished(cast, "1", items=BEFORE), finished(cast, "2", items=AFTER)

    assert compare(cast, cast.viewer, other, one) == compare(cast, cast.viewer, one, other)


def test_a_release_is_no_different_from_itself(cast: Cast) -> None:
    one = finished(cast, "1", items=BEFORE)

    assert compare(cast, cast.viewer, one, one)["results"] == []


def test_what_the_files_do_not_say_only_managers_read(cast: Cast) -> None:
    one, other = (finished(cast, n, items=items, formats=("claims",)) for n, items in (("1", BEFORE), ("2", AFTER)))

    told = compare(cast, cast.viewer, one, other)["results"]

    assert {(diff["before"], diff["after"]) for diff in told} == {(None, None)}
    assert told[1]["fields"] == ["label"]
    assert compare(cast, cast.manager, one, other)["results"][1]["after"] == {"label": "fact"}


def test_only_finished_releases_of_one_project_are_compared(cast: Cast) -> None:
    one, waiting = finished(cast), ask(cast, name="2.0").json()["id"]
    another = make_cast()
    another.project.memberships.create(user=cast.manager, roles=["viewer"])
    foreign = finished(another)

    for key in (waiting, foreign.pk):
        path = f"releases/{one.pk}/compare/{key}/"
        refused(Api(cast.manager).call("get", path), 400, "invalid-input", "other")

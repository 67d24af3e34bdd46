"""What a release consists of, and that it is the same bytes each time."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from annotations.formats.export_registry import FORMATS
from annotations.jobs.releases import cancel, make_release
from annotations.models import Membership, Project, Release, Role
from annotations.releases import build
from tests.cast import Cast, fresh, make_article, make_cast, make_comment, make_supported, person
from tests.formats.exports import export
from tests.formats.releases.made import ask_for, files, made, records

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = make_cast()
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    return cast


def test_it_has_the_data_and_what_describes_it(cast: Cast) -> None:
    release = made(cast)

    slug = cast.project.slug
    assert list(files(release)) == [f"{slug}.jsonl", "items.tsv", "croissant.json", "README.md", "manifest.json"]
    assert [one.name for one in release.published] == [f"{slug}.jsonl", "croissant.json", "README.md", "manifest.json"]
    assert records(release, f"{slug}.jsonl") == export(cast)


def test_each_file_is_what_the_manifest_says_of_it(cast: Cast) -> None:
    release = made(cast)

    content = files(release)
    manifest = json.loads(content["manifest.json"])
    assert manifest == release.manifest
    assert release.sha256 == hashlib.sha256(content["manifest.json"]).hexdigest()
    for file in manifest["files"]:
        assert file["bytes"] == len(content[file["name"]])
        assert file["sha256"] == hashlib.sha256(content[file["name"]]).hexdigest()


def test_the_manifest_says_what_it_holds_and_from_when(cast: Cast) -> None:
    manifest = made(cast, filters={"state": "any"}).manifest or {}

    last = cast.project.events.filter(kind="verdict").order_by("-id")[0]
    assert manifest["counts"]["articles"] == 1
    assert manifest["counts"]["labels"] == {"claim": 1, "fact": 1}
    assert manifest["counts"]["relations"] == {"corroborates": 1}
    assert manifest["counts"]["ratings"] == {"supported": 1}
    assert manifest["as_of"]["event"] == last.pk
    assert manifest["filters"] == {"state": "any"}
    assert [rating["key"] for rating in manifest["scale"]][:2] == ["supported", "refuted"]
    assert manifest["splits"] is None


def test_made_again_it_is_the_same_bytes(cast: Cast) -> None:
    formats = tuple(FORMATS)
    first = made(cast, "first", formats, splits={"train": 0.5, "test": 0.5}, seed=7)
    Membership.objects.create(project=cast.project, user=person("new"), roles=[Role.ANNOTATOR])
    make_comment(cast.annotator, cast.article)

    second = made(cast, "second", formats, splits={"train": 0.5, "test": 0.5}, seed=7)

    assert files(first) == files(second)


def test_it_stays_as_it_was_when_the_project_goes_on(cast: Cast) -> None:
    release = made(cast)
    before = files(release)

    make_article(cast.project, "A later text.")
    Project.objects.filter(pk=cast.project.pk).update(guidelines="Others")
    release.refresh_from_db()

    assert files(release) == before
    assert release.manifest == json.loads(before["manifest.json"])
    assert release.manifest["counts"]["articles"] == 1


def test_all_files_are_of_one_moment(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    write = build._Making.write

    def meanwhile(self: build._Making, name: str, *about: object, **more: object) -> None:
        make_article(cast.project, f"Meanwhile {name}")
        write(self, name, *about, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(build._Making, "write", meanwhile)
    release = made(cast)

    assert files(release)["items.tsv"].count(b"article\t") == len(records(release, f"{cast.project.slug}.jsonl")) == 1


def test_a_half_written_one_is_begun_clean(cast: Cast) -> None:
    release = ask_for(cast)
    Release.objects.filter(pk=release.pk).update(state="running", done=3)
    default_storage.save(f"releases/{release.pk}/{cast.project.slug}.jsonl", ContentFile(b"half"))

    build.make(release.pk)

    release.refresh_from_db()
    assert release.state == "done"
    assert records(release, f"{cast.project.slug}.jsonl") == export(cast)
    assert len(default_storage.listdir(f"releases/{release.pk}")[1]) == release.files.count()


def test_one_that_fails_leaves_no_file(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.releases.dataset_card.written", lambda *about: 1 / 0)
    release = ask_for(cast)

    context: Any = SimpleNamespace(job=SimpleNamespace(attempts=0), should_abort=bool)
    with pytest.raises(ZeroDivisionError):
        make_release.func(context, str(release.pk))

    release.refresh_from_db()
    assert (release.state, release.files.count()) == ("failed", 0)
    assert "ZeroDivisionError" in release.failure
    assert not default_storage.exists(f"releases/{release.pk}")


def test_one_that_is_cancelled_stops_and_leaves_no_file(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "TELLING", -1.0)
    write = build._Making.write
    release = ask_for(cast)

    def cancelling(self: build._Making, name: str, *about: object, **more: object) -> None:
        cancel(release, by=cast.manager)
        write(self, name, *about, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(build._Making, "write", cancelling)

    assert build.make(release.pk)
    release.refresh_from_db()
    assert (release.state, release.files.count()) == ("cancelled", 0)
    assert not default_storage.exists(f"releases/{release.pk}")


def test_a_worker_that_stops_leaves_it_to_the_next(cast: Cast) -> None:
    release = ask_for(cast)

    assert not build.make(release.pk, stopping=lambda: True)
    assert build.make(release.pk)

    release.refresh_from_db()
    assert release.state == "done"


def test_whoever_manages_no_more_gets_none(cast: Cast) -> None:
    release = ask_for(cast)
    Membership.objects.create(project=cast.project, user=person("other"), roles=[Role.MANAGER])
    Membership.objects.filter(user=cast.manager).update(roles=[Role.VIEWER])

    build.make(release.pk)

    release.refresh_from_db()
    assert (release.state, fresh(cast.manager).places[cast.project.pk].roles) == ("failed", ["viewer"])


def test_file_names_tell_formats_apart() -> None:
    assert len({one.extension for one in FORMATS.values()}) == len(FORMATS)

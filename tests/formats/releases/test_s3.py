"""Releases on S3 as on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage

from annotations.releases.build import make
from annotations.releases.files import discard, read, store
from factcheck.storage import on_s3
from tests.cast import Api, Cast, make_article, make_cast
from tests.formats.exports import lines
from tests.formats.releases.made import ask_for, files, made

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _bucket(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    import boto3  # type: ignore[import-untyped]  # both take half a second, in the worker that has this test only
    from moto import mock_aws

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="desk-files")
        options = {"bucket_name": "desk-files", "location": "a", "endpoint_url": None, "region_name": "us-east-1"}
        settings.STORAGES = {**settings.STORAGES, "default": on_s3(options)}
        yield


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_a_release_is_the_same_bytes_as_on_the_disk(cast: Cast, settings: Any, tmp_path: Any) -> None:
    there = files(made(cast, "1"))
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    }  # fmt: skip

    assert files(made(cast, "2")) == there


def test_a_part_of_a_file_is_fetched_alone(cast: Cast) -> None:
    release = made(cast)
    path = f"releases/{release.pk}/files/{cast.project.slug}.jsonl"

    part = Api(cast.viewer).call("get", path, headers={"Range": "bytes=10-29"})

    assert (part.status_code, lines(part)) == (206, files(release)[f"{cast.project.slug}.jsonl"][10:30])


def test_a_file_of_several_parts_is_whole(cast: Cast) -> None:
    content = [bytes([number]) * 1024 * 1024 for number in range(20)]

    stored = store("releases/large", iter(content))

    assert stored.size == 20 * 1024 * 1024
    assert b"".join(read("releases/large", 0, stored.size)) == b"".join(content)


def test_what_broke_off_is_taken_away(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make_article(cast.project, "Another.")
    monkeypatch.setattr("annotations.releases.dataset_card.written", lambda *about: 1 / 0)
    release = ask_for(cast)

    with pytest.raises(ZeroDivisionError):
        make(release.pk)

    assert default_storage.listdir(f"releases/{release.pk}")[1] == []
    discard(release.pk)

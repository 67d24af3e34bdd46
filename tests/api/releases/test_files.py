"""A release's files as they are served: whole, in parts, or not at all where one has them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from annotations.models import Release
from tests.cast import Api, Cast
from tests.formats.exports import lines
from tests.releasing import finished

CONTENT = bytes(range(256)) * 4


@pytest.fixture
def release(cast: Cast, settings: Any, tmp_path: Path) -> Release:
    settings.MEDIA_ROOT = tmp_path
    return finished(cast, content=CONTENT)


def fetch(cast: Cast, release: Release, method: str = "get", **headers: str) -> Any:
    """The answer to a request for the file, by a viewer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Api(cast.viewer).call(method, f"releases/{release.pk}/files/data.jsonl", headers=named)


def etag() -> str:
    return f'"{hashlib.sha256(CONTENT).hexdigest()}"'


def test_the_whole_file_comes_with_its_hash_and_length(cast: Cast, release: Release) -> None:
    answer = fetch(cast, release)

    assert (answer.status_code, lines(answer)) == (200, CONTENT)
    assert (answer["ETag"], answer["Content-Length"], answer["Accept-Ranges"]) == (etag(), "1024", "bytes")
    assert answer["Content-Disposition"] == 'attachment; filename="data.jsonl"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_look_at_the_headers_sends_nothing(cast: Cast, release: Release) -> None:
    answer = fetch(cast, release, "head")

    assert (answer.status_code, answer["Content-Length"], answer["ETag"]) == (200, "1024", etag())
    assert answer.content == b""


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-0", 0, 1), ("bytes=10-19", 10, 20), ("bytes=1000-", 1000, 1024), ("bytes=-4", 1020, 1024),
     ("bytes=1000-99999", 1000, 1024), ("bytes=-99999", 0, 1024), ("bytes=5-1,", 0, 1024)],
)  # fmt: skip
def test_a_part(cast: Cast, release: Release, asked: str, start: int, stop: int) -> None:
    answer = fetch(cast, release, Range=asked)

    whole = asked == "bytes=5-1,"  # says nothing that can be heeded
    assert answer.status_code == (200 if whole else 206)
    assert lines(answer) == CONTENT[start:stop]
    assert answer["Content-Length"] == str(stop - start)
    assert answer.get("Content-Range") == (None if whole else f"bytes {start}-{stop - 1}/1024")


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=2000-3000", "bytes=-0", "bytes=1024-,5000-6000"])
def test_no_such_part(cast: Cast, release: Release, asked: str) -> None:
    answer = fetch(cast, release, Range=asked)

    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */1024")


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes", "bytes=", "bytes=a-b", "bytes=-", "bytes=" + "0-1," * 40])
def test_what_is_no_range_is_ignored(cast: Cast, release: Release, asked: str) -> None:
    answer = fetch(cast, release, Range=asked)

    assert (answer.status_code, lines(answer)) == (200, CONTENT)


def test_several_parts_come_in_one_answer(cast: Cast, release: Release) -> None:
    answer = fetch(cast, release, Range="bytes=0-3, 1020-")

    content = lines(answer)
    boundary = answer["Content-Type"].partition("boundary=")[2].encode()
    first, second, end = content.split(b"--" + boundary)[1:]
    assert (answer.status_code, answer["Content-Length"]) == (206, str(len(content)))
    assert (
        first == b"\r\nContent-Type: application/x-ndjson\r\nContent-Range: bytes 0-3/1024\r\n\r\n\x00\x01\x02\x03\r\n"
    )
    assert second.endswith(b"Content-Range: bytes 1020-1023/1024\r\n\r\n\xfc\xfd\xfe\xff\r\n")
    assert end == b"--\r\n"


@pytest.mark.parametrize("asked", ["0-," * 16, "0-9,9-20", "-10,1000-", "0-1023,5-5", "0-0,0-0", "0-0,2-2,4-4,6-6,8-8"])
def test_parts_that_overlap_or_are_many_get_the_whole_file_once(cast: Cast, release: Release, asked: str) -> None:
    answer = fetch(cast, release, Range=f"bytes={asked}")

    assert (answer.status_code, lines(answer), answer["Content-Length"]) == (200, CONTENT, "1024")


def test_parts_beside_each_other_may_be_four_in_any_order(cast: Cast, release: Release) -> None:
    answer = fetch(cast, release, Range="bytes=10-19,0-9,1000-,20-29")

    assert answer.status_code == 206
    assert lines(answer).count(b"Content-Range") == 4


def as_proxies_send_it() -> list[str]:
    """The file's tag with what proxies that compress do to it."""
    tag = etag()
    return [tag, f"W/{tag}", tag[:-1] + '-gzip"', f'"other", W/{tag}', "*"]


@pytest.mark.parametrize("way", range(5))
def test_who_has_it_is_told_so(cast: Cast, release: Release, way: int) -> None:
    answer = fetch(cast, release, If_None_Match=as_proxies_send_it()[way])

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag())


@pytest.mark.parametrize(("tag", "status"), [("etag", 206), ('"other"', 200), ("Sat, 21 Nov 2026 10:00:00 GMT", 200)])
def test_parts_only_of_what_one_has(cast: Cast, release: Release, tag: str, status: int) -> None:
    answer = fetch(cast, release, Range="bytes=0-0", If_Range=etag() if tag == "etag" else tag)

    assert answer.status_code == status


@pytest.mark.parametrize("tag", ['"other"', 'W/"other"', '"other", W/"third"'])
def test_another_version_is_not_sent_where_one_is_insisted_on(cast: Cast, release: Release, tag: str) -> None:
    assert fetch(cast, release, If_Match=tag).status_code == 412


@pytest.mark.parametrize("way", range(5))
def test_the_version_that_is_insisted_on_is_sent(cast: Cast, release: Release, way: int) -> None:
    answer = fetch(cast, release, If_Match=as_proxies_send_it()[way])

    assert (answer.status_code, lines(answer)) == (200, CONTENT)


def test_a_weak_tag_gets_no_parts(cast: Cast, release: Release) -> None:
    assert fetch(cast, release, Range="bytes=0-0", If_Range=f"W/{etag()}").status_code == 200


def test_a_file_that_cannot_be_read_is_no_success(cast: Cast, release: Release) -> None:
    file = release.published.get(name="data.jsonl")
    default_storage.delete(file.stored)

    with pytest.raises(FileNotFoundError):
        fetch(cast, release)


@pytest.mark.parametrize("name", ["items.tsv", "none", "..%2Fsecret"])
def test_there_is_no_other_file(cast: Cast, release: Release, name: str) -> None:
    assert Api(cast.manager).call("get", f"releases/{release.pk}/files/{name}").status_code == 404


def test_nor_any_of_one_that_is_not_done(cast: Cast, release: Release) -> None:
    other = Release.objects.create(project=cast.project, by=cast.manager, name="2", formats=["jsonl"])

    assert Api(cast.manager).call("get", f"releases/{other.pk}/files/data.jsonl").status_code == 404

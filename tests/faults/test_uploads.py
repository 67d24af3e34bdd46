"""Uploads over the real server: asked who sends first, counted while they come, refused before they are read."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from annotations.models import Import, Token, User
from tests.cast import Cast, make_cast
from tests.serving import serving

pytestmark = pytest.mark.django_db(transaction=True)

MEGABYTE = 1024 * 1024
HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
TAIL = b"\r\n--x--\r\n"
KIND = {"Content-Type": "multipart/form-data; boundary=x"}


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture(scope="module")
def port(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of one server for all tests here that do not measure it."""
    folder = str(tmp_path_factory.mktemp("data"))
    with django_db_blocker.unblock(), serving(IMPORT_MAX_MB="64", DATA_DIR=folder) as number:
        yield number


def sender(user: User, scopes: tuple[str, ...] = ("read", "write")) -> dict[str, str]:
    return {"Authorization": f"Bearer {Token.objects.create(user, scopes=list(scopes))[1]}", **KIND}


def answered(client: http.client.HTTPConnection) -> tuple[int, str]:
    """Status and type of the problem, or nothing."""
    with closing(client), client.getresponse() as answer:
        return answer.status, json.loads(answer.read()).get("type", "")


def begin(port: int, cast: Cast, headers: dict[str, str], length: int) -> http.client.HTTPConnection:
    """A request that says its length and has sent its head only."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    client.putrequest("POST", f"/api/v1/projects/{cast.project.slug}/imports/")
    for name, value in {**headers, "Content-Length": str(length)}.items():
        client.putheader(name, value)
    client.endheaders()
    return client


def test_two_gigabytes_are_refused_before_a_byte_of_them_is_read(cast: Cast, port: int) -> None:
    client = begin(port, cast, sender(cast.manager), 2 * 1024 * MEGABYTE)
    assert answered(client) == (413, "/problems/too-large")


@pytest.mark.parametrize(
    ("who", "status"), [("outsider", 404), ("annotator", 403), ("viewer", 403), ("nobody", 401)]
)  # fmt: skip
def test_who_may_not_import_is_told_before_the_body_comes(cast: Cast, port: int, who: str, status: int) -> None:
    headers = sender(cast.everybody[who]) if who in cast.everybody else {**KIND, "Authorization": "Bearer fc_wrong"}
    assert answered(begin(port, cast, headers, 60 * MEGABYTE))[0] == status


def test_a_token_that_only_reads_may_not_import_and_one_that_only_writes_may(cast: Cast, port: int) -> None:
    assert answered(sent(port, cast, sender(cast.manager, ("read",)), 1))[0] == 403
    assert answered(sent(port, cast, sender(cast.manager, ("write",)), 1))[0] == 202


def sent(port: int, cast: Cast, headers: dict[str, str], megabytes: int) -> http.client.HTTPConnection:
    """A form with a file of this size, in pieces that say no length beforehand."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = iter([HEAD, *[b"text " * (MEGABYTE // 5)] * megabytes, TAIL])
    path = f"/api/v1/projects/{cast.project.slug}/imports/"
    with suppress(BrokenPipeError, ConnectionResetError):  # where the answer comes first
        client.request("POST", path, body, headers, encode_chunked=True)
    return client


def test_a_stream_without_end_is_cut_off_at_the_limit(cast: Cast, port: int) -> None:
    # The system may drop the answer with the rest of what was sent.
    with closing(sent(port, cast, sender(cast.manager), 2000)) as client, suppress(ConnectionResetError):
        assert answered(client)[0] == 413
    assert not Import.objects.exists()


def test_a_large_upload_is_kept_whole_and_the_memory_stays_flat(cast: Cast, tmp_path: Path) -> None:
    # A server of its own: in the memory that earlier uploads took, this one would not show.
    with serving(IMPORT_MAX_MB="64", DATA_DIR=str(tmp_path)) as port:
        server = next(one for one in psutil.Process().children() if str(port) in one.cmdline())
        assert answered(sent(port, cast, sender(cast.manager), 1))[0] == 202
        before = server.memory_info().rss
        assert answered(sent(port, cast, sender(cast.manager), 60))[0] == 202
        assert server.memory_info().rss - before < 24 * MEGABYTE
    sizes = [file.size for one in Import.objects.order_by("created_at") for file in one.files.all()]
    assert sizes == [megabytes * (MEGABYTE // 5 * 5) for megabytes in (1, 60)]

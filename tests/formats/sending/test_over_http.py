"""The export as a client meets it: a real server, real sockets."""

from __future__ import annotations

import gzip
import http.client
import json
import time
import zipfile
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
from django.db import connection

from annotations.exporters import FORMATS
from annotations.exporters.format import Format
from annotations.exporters.selection import Selection
from annotations.exporters.streaming import connection_parameters, snapshot, written
from annotations.models import Token
from tests import serving as server
from tests.cast import Api, Cast, make_article, make_cast, make_supported

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = make_cast()
    make_supported(cast)
    for number in range(20):
        make_article(cast.project, f"Text {number}. " * 100)
    return cast


def serving(script: str = "") -> AbstractContextManager[int]:
    """The server with an export whose rows a test decides; gives its port."""
    return server.serving("tests.formats.scripted:application", SCRIPT=script)


def get(port: int, path: str, token: str = "", **headers: str) -> http.client.HTTPResponse:
    """One request; the answer's body is still to be read, and closes the connection."""
    headers["Connection"] = "close"
    if token:
        headers["Authorization"] = f"Bearer {token}"
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    client.request("GET", path, headers=headers)
    return client.getresponse()


def status_of(port: int, path: str, token: str = "") -> int:
    """The status of one request."""
    with get(port, path, token) as answer:
        return answer.status


def token_of(cast: Cast) -> str:
    """A token of the manager's."""
    secret: str = Token.objects.create(cast.manager, scopes=["read"])[1]
    return secret


def export_path(cast: Cast, name: str = "jsonl") -> str:
    return f"/api/v1/projects/{cast.project.slug}/export/?format={name}"


def test_it_leaves_plain_or_compressed_as_the_client_asks(cast: Cast) -> None:
    token, path = token_of(cast), export_path(cast)
    with serving() as port:
        plain = get(port, path, token)
        small = get(port, path, token, **{"Accept-Encoding": "gzip"})
        whole, compressed = plain.read(), small.read()

    assert whole.count(b"\n") == 21
    assert (plain.getheader("Content-Encoding"), small.getheader("Content-Encoding")) == (None, "gzip")
    assert plain.getheader("Content-Type") == "application/x-ndjson"
    assert gzip.decompress(compressed) == whole
    assert len(compressed) < len(whole) / 4


def test_a_look_at_the_headers_copies_nothing(cast: Cast) -> None:
    answer = Api(cast.manager).call("head", f"projects/{cast.project.slug}/export/?format=jsonl")

    assert (answer.status_code, answer.streaming) == (200, False)
    assert answer["Content-Disposition"] == f'attachment; filename="{cast.project.slug}.jsonl"'


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_failure_half_way_breaks_the_transfer_off(cast: Cast, encoding: str) -> None:
    token, path = token_of(cast), export_path(cast)
    with serving("breaks") as port:
        answer = get(port, path, token, **{"Accept-Encoding": encoding})
        assert answer.status == 200
        with answer, pytest.raises(http.client.IncompleteRead) as broken:
            answer.read()

    assert len(broken.value.partial) > 0


def test_what_fails_before_the_first_row_is_no_success(cast: Cast) -> None:
    token = token_of(cast)
    with serving("fails") as port:
        for name in ("jsonl", "averitec", "parquet"):
            with get(port, export_path(cast, name), token) as answer:
                assert (answer.status, answer.getheader("Content-Type")) == (500, "application/problem+json"), name
                assert json.loads(answer.read())["type"] == "/problems/internal"


def test_an_export_in_any_format_comes_whole(cast: Cast) -> None:
    token = token_of(cast)
    with serving() as port:
        for name, chosen in FORMATS.items():
            with get(port, export_path(cast, name), token) as answer:
                content = answer.read()
                assert answer.status == 200
                assert content == whole(cast, chosen) or chosen.members is not None, name
                assert zipfile.is_zipfile(BytesIO(content)) == (chosen.members is not None), name


def test_an_export_of_nothing_comes_whole(cast: Cast) -> None:
    token, nothing = token_of(cast), "&updated_after=2100-01-01T00:00:00Z"
    with serving() as port:
        for name, empty in {"jsonl": b"", "averitec": b"[\n]\n", "labelstudio": b"[\n]\n"}.items():
            with get(port, export_path(cast, name) + nothing, token) as answer:
                assert (answer.status, answer.read()) == (200, empty), name


def whole(cast: Cast, chosen: Format) -> bytes:
    """The same export without a server."""
    selection = Selection(project=cast.project, user=cast.manager)
    with snapshot(connection_parameters()) as reader:
        return b"".join(written(chosen, selection, reader))


def test_slow_readers_hold_up_no_clicks(cast: Cast) -> None:
    token, path = token_of(cast), export_path(cast)
    with serving("endless") as port:
        readers = [get(port, path, token) for _ in range(8)]
        assert all(reader.read(10) == b"xxxxxxxxxx" for reader in readers)
        clicks = [status_of(port, "/api/v1/me/", token) for _ in range(20)]
        for reader in readers:
            reader.close()

    assert clicks == [200] * 20


def test_an_export_that_is_given_up_ends_in_the_database_too(cast: Cast) -> None:
    token, path = token_of(cast), export_path(cast)
    with serving("endless") as port:
        reader = get(port, path, token)
        reader.read(10)
        assert copies_running() == 1
        reader.close()
        for _ in range(100):
            if not copies_running():
                break
            time.sleep(0.05)

        assert copies_running() == 0


def copies_running() -> int:
    """How many exports the database is busy with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY %%' AND datname = %s",
            [connection.settings_dict["NAME"]],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0

"""The export as a client meets it: a real server, real sockets."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from annotations.formats.export_registry import FORMATS
from annotations.formats.writing.format import Format
from annotations.formats.writing.selection import Selection
from annotations.formats.writing.streaming import BY_ONE, connection_parameters, snapshot, written
from annotations.models import Token, User
from tests.cast import Api, Cast, make_article, make_cast, make_supported
from tests.serving import NAME, serving

pytestmark = pytest.mark.django_db(transaction=True)

SCRIPTED = "tests.formats.scripted:application"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = make_cast()
    make_supported(cast)
    for number in range(20):
        make_article(cast.project, f"Text {number}. " * 100)
    return cast


@pytest.fixture(scope="module")
def shared_port(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """The port of one server for all tests here, whose exports may follow a script."""
    with django_db_blocker.unblock(), serving(SCRIPTED) as number:
        yield number


@pytest.fixture
def port(cast: Cast, shared_port: int) -> Iterator[int]:
    """The same, for a test that finds no export under way and leaves none."""
    yield shared_port
    wait_for(lambda: exports_open() == 0)


def get(port: int, path: str, token: str = "", **headers: str) -> http.client.HTTPResponse:
    """One request; the answer's body is still to be read, and closes the connection."""
    return asked(port, path, token, **headers).getresponse()


def asked(port: int, path: str, token: str = "", **headers: str) -> http.client.HTTPConnection:
    """One request, whose answer is still to come."""
    headers["Connection"] = "close"
    if token:
        headers["Authorization"] = f"Bearer {token}"
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    client.request("GET", path, headers=headers)
    return client


def status_of(port: int, path: str, token: str = "") -> int:
    """The status of one request."""
    with get(port, path, token) as answer:
        return answer.status


def token_of(cast: Cast, user: User | None = None) -> str:
    """A token of somebody's; the manager's, where nobody is named."""
    secret: str = Token.objects.create(user or cast.manager, scopes=["read"])[1]
    return secret


def export_path(cast: Cast, name: str = "jsonl", script: str = "") -> str:
    return f"/api/v1/projects/{cast.project.slug}/export/?format={name}{f'&annotator={script}' if script else ''}"


def test_it_leaves_plain_or_compressed_as_the_client_asks(cast: Cast, port: int) -> None:
    token, path = token_of(cast), export_path(cast)
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
def test_a_failure_half_way_breaks_the_transfer_off(cast: Cast, port: int, encoding: str) -> None:
    token, path = token_of(cast), export_path(cast, script="breaks")
    answer = get(port, path, token, **{"Accept-Encoding": encoding})
    assert answer.status == 200
    with answer, pytest.raises(http.client.IncompleteRead) as broken:
        answer.read()

    assert len(broken.value.partial) > 0


def test_what_fails_before_the_first_row_is_no_success(cast: Cast, port: int) -> None:
    token = token_of(cast)
    for name in ("jsonl", "averitec", "parquet"):
        with get(port, export_path(cast, name, "fails"), token) as answer:
            assert (answer.status, answer.getheader("Content-Type")) == (500, "application/problem+json"), name
            assert json.loads(answer.read())["type"] == "/problems/internal"


def test_an_export_in_any_format_comes_whole(cast: Cast, port: int) -> None:
    token = token_of(cast)
    for name, chosen in FORMATS.items():
        with get(port, export_path(cast, name), token) as answer:
            content = answer.read()
            assert answer.status == 200
            assert content == whole(cast, chosen) or chosen.members is not None, name
            assert zipfile.is_zipfile(BytesIO(content)) == (chosen.members is not None), name


def test_an_export_of_nothing_comes_whole(cast: Cast, port: int) -> None:
    token, nothing = token_of(cast), "&updated_after=2100-01-01T00:00:00Z"
    for name, empty in {"jsonl": b"", "averitec": b"[\n]\n", "labelstudio": b"[\n]\n"}.items():
        with get(port, export_path(cast, name) + nothing, token) as answer:
            assert (answer.status, answer.read()) == (200, empty), name


def whole(cast: Cast, chosen: Format) -> bytes:
    """The same export without a server."""
    selection = Selection(project=cast.project, user=cast.manager)
    with snapshot(connection_parameters()) as reader:
        return b"".join(written(chosen, selection, reader))


def test_slow_readers_hold_up_no_clicks(cast: Cast, port: int) -> None:
    token, path = token_of(cast), export_path(cast, script="endless")
    tokens = [token_of(cast, user) for user in (cast.manager, cast.annotator, cast.annotator2, cast.reviewer)]
    readers = [get(port, path, one) for one in tokens * 2]
    assert all(reader.read(10) == b"xxxxxxxxxx" for reader in readers)
    clicks = [status_of(port, "/api/v1/me/", token) for _ in range(20)]
    for reader in readers:
        reader.close()

    assert clicks == [200] * 20


@pytest.mark.parametrize("script", ["endless", "sleeps", "silent"])
@pytest.mark.parametrize("name", ["jsonl", "parquet"])
def test_an_export_that_is_given_up_ends_in_the_database_too(cast: Cast, port: int, script: str, name: str) -> None:
    token, path = token_of(cast), export_path(cast, name, script)
    client = asked(port, path, token)
    # The connection ends with the answer, so the answer is kept: nothing else holds it open until it is closed.
    held = client if script == "silent" else client.getresponse()
    if isinstance(held, http.client.HTTPResponse):
        held.read(10)
    wait_for(lambda: exports_open() == 1)
    held.close()
    wait_for(lambda: exports_open() == 0)


def test_fifty_exports_that_are_given_up_leave_nothing_behind(cast: Cast, tmp_path: Path) -> None:
    token, told = token_of(cast), tmp_path / "complaints"
    with serving(SCRIPTED, told) as port:
        for number in range(50):
            name = ("parquet", "jsonl", "brat", "csv", "uima")[number % 5]
            client = asked(port, export_path(cast, name, "sleeps"), token)
            if number % 2:
                assert client.getresponse().read(10)
            client.close()
            wait_for(lambda: exports_open() < BY_ONE)
        wait_for(lambda: exports_open() == 0)
        with get(port, export_path(cast, "averitec"), token) as answer:
            assert answer.status == 200

    assert told.read_text() == ""


def test_nobody_holds_more_than_a_few_exports(cast: Cast, port: int) -> None:
    token, path = token_of(cast), export_path(cast, script="sleeps")
    readers = [get(port, path, token) for _ in range(BY_ONE)]
    assert [reader.status for reader in readers] == [200] * BY_ONE
    with get(port, path, token) as answer:
        detail = json.loads(answer.read())["detail"]
        assert (answer.status, detail.partition(".")[0]) == (429, f"You already have {BY_ONE} exports running")
    with get(port, path, token_of(cast, cast.annotator)) as answer:
        assert answer.status == 200
    readers[0].close()
    wait_for(lambda: exports_open() < BY_ONE)
    with get(port, path, token) as answer:
        assert answer.status == 200
    for reader in readers:
        reader.close()


def test_a_reader_who_takes_nothing_is_left(cast: Cast) -> None:
    with serving(SCRIPTED, SEND_TIMEOUT="1") as port:
        for name in ("jsonl", "parquet"):
            reader = get(port, export_path(cast, name, "endless"), token_of(cast))
            assert reader.read(10)
            wait_for(lambda: exports_open() == 0)
            reader.close()


def test_an_export_ends_with_the_token_or_the_account_that_asked_for_it(cast: Cast, tmp_path: Path) -> None:
    with serving(SCRIPTED, tmp_path / "complaints", ASKED_EVERY="0.1") as port:
        for name, script, ended in (("jsonl", "endless", "token"), ("parquet", "sleeps", "account")):
            answer = get(port, export_path(cast, name, script), token_of(cast))
            assert answer.read(10)
            if ended == "token":
                Token.objects.filter(user=cast.manager).delete()
            else:
                User.objects.filter(pk=cast.manager.pk).update(is_active=False)
            with answer, Path(os.devnull).open("wb") as nowhere, pytest.raises(http.client.IncompleteRead):
                shutil.copyfileobj(answer, nowhere)
            wait_for(lambda: exports_open() == 0)
    assert "Traceback" not in (tmp_path / "complaints").read_text()


def wait_for(condition: Callable[[], bool]) -> None:
    """Waits until the condition holds."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "It did not come to that in time."
        time.sleep(0.02)


def exports_open() -> int:
    """How many connections of exports there are, busy or in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND application_name LIKE %s "
            "AND state <> 'idle' AND (query LIKE 'COPY %%' OR xact_start IS NOT NULL)",
            [connection.settings_dict["NAME"], f"{NAME}%"],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0

"""What clients may take of memory, disk and time before anything is known of them: each limit, and who exceeds it."""

from __future__ import annotations

import json
import os
import resource
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.conf import settings

from annotations.models import Token, User
from tests.cast import Cast, make_cast
from tests.serving import serving
from tests.working import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

APPLICATION = "factcheck.server.asgi:application"
MEGABYTE = 1024 * 1024
ME = "PATCH /api/v1/me/"
EXPECT, CONTINUE = "Expect: 100-continue", b"HTTP/1.1 100 Continue\r\n\r\n"
SMALL = {
    "CONNECTIONS_MAX": "12",
    "HEADERS_MAX_KB": "4",
    "HEADERS_TIMEOUT": "1",
    "BODY_TIMEOUT": "1",
    "SEND_TIMEOUT": "1",
    "IDLE_TIMEOUT": "1",
    "BODIES_MAX_MB": "16",
    "IMPORT_MAX_MB": "2",
    "UPLOADS_MAX_MB": "3",
}
PATIENT = {"HEADERS_TIMEOUT": "60", "BODY_TIMEOUT": "60", "SEND_TIMEOUT": "60", "IDLE_TIMEOUT": "60"}


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture(scope="module")
def port(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of one server with small limits."""
    folder = str(tmp_path_factory.mktemp("data"))
    with django_db_blocker.unblock(), serving(APPLICATION, None, DATA_DIR=folder, **SMALL) as number:
        yield number


@pytest.fixture(scope="module")
def patient_port(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """The port of a server that gives a body all the time it needs, but has little room."""
    with django_db_blocker.unblock(), serving(APPLICATION, None, **SMALL | PATIENT) as number:
        yield number


def bearer(user: User) -> str:
    """The header of a token of theirs."""
    return f"Authorization: Bearer {Token.objects.create(user, scopes=['read', 'write'])[1]}"


def head(line: str, *headers: str) -> bytes:
    """The head of a request."""
    return "\r\n".join([f"{line} HTTP/1.1", "Host: localhost", *headers, "", ""]).encode()


@contextmanager
def connected(port: int, *sent: bytes) -> Iterator[socket.socket]:
    """A connection on which this was sent, or as much of it as the server takes before it closes."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as client:
        with suppress(BrokenPipeError, ConnectionResetError):
            for part in sent:
                client.sendall(part)
        yield client


def server_at(port: int) -> psutil.Process:
    """The process of a server that a test started."""
    return next(one for one in psutil.Process().children() if str(port) in one.cmdline())


def received(client: socket.socket) -> bytes:
    """All that comes until the server closes the connection."""
    content = b""
    with suppress(ConnectionResetError):
        while part := client.recv(65536):
            content += part
    return content


def refusal(client: socket.socket) -> tuple[int, str]:
    """The answer's status and the type of its problem, after which the connection is closed."""
    told, _, content = received(client).partition(b"\r\n\r\n")
    assert b"connection: close" in told.lower()
    return int(told.split()[1]), json.loads(content)["type"] if content else ""


def status(client: socket.socket) -> int:
    """The status of an answer that begins."""
    return int(client.recv(12).split()[1])


# Memory


@pytest.mark.skipif(not hasattr(psutil.Process, "memory_maps"), reason="this system does not tell what is loaded")
def test_libraries_that_few_files_need_are_not_loaded_before_one_does(port: int) -> None:
    loaded = {part for file in server_at(port).memory_maps() for part in Path(file.path).parts}
    assert loaded & {"psycopg_binary", "numpy", "pyarrow"} == {"psycopg_binary"}


# Streams


@pytest.mark.parametrize(
    ("path", "length"),
    [
        ("projects/any/export/", "Content-Length: 314572800"),
        ("articles/0/events/", "Content-Length: 1"),
        ("releases/0/files/a", "Transfer-Encoding: chunked"),
        ("imports/0/notes.csv", "Content-Length: 314572800"),
    ],
)
def test_a_stream_takes_no_body(port: int, path: str, length: str) -> None:
    with connected(port, head(f"GET /api/v1/{path}", length)) as client:
        assert refusal(client) == (413, "/problems/too-large")


def test_a_refusal_is_seen_by_a_client_that_goes_on_sending(port: int) -> None:
    with connected(port, head("GET /api/v1/projects/any/export/", "Content-Length: 8000000")) as client:
        client.sendall(b"x" * 8_000_000)
        assert refusal(client) == (413, "/problems/too-large")


# Bodies


def test_a_large_body_is_not_read_from_strangers(port: int) -> None:
    for who in ("Accept: */*", "Authorization: Bearer fc_wrong", "Cookie: factcheck_session=wrong"):
        for length in ("Content-Length: 9000000", "Transfer-Encoding: chunked"):
            chunks = b"10000\r\n" + b"x" * 65536 + b"\r\n3\r\nabc\r\n" if "chunked" in length else b""
            with connected(port, head(ME, who, length), chunks) as client:
                assert refusal(client) == (401, "/problems/unauthenticated")


def test_a_large_form_from_a_stranger_leads_to_the_page_to_sign_in(port: int) -> None:
    with connected(port, head("POST /projects/any/import/", "Content-Length: 9000000")) as client:
        told = received(client)
    assert b" 303 " in told
    assert b"location: /accounts/login/?next=/projects/any/import/" in told


def test_a_small_body_is_read_from_anybody(port: int) -> None:
    with connected(port, head(ME, "Content-Length: 9", "Connection: close"), b'{"a": "b"') as client:
        assert refusal(client)[0] == 401


def test_a_token_that_only_writes_sends_large_bodies(cast: Cast, port: int) -> None:
    secret = Token.objects.create(cast.manager, scopes=["write"])[1]
    content = json.dumps({"title": "Long", "body": "It rains. " * 10_000}).encode()
    headers = [f"Authorization: Bearer {secret}", f"Content-Length: {len(content)}", "Content-Type: application/json"]
    with connected(port, head(f"POST /api/v1/projects/{cast.project.slug}/articles/", *headers), content) as client:
        assert status(client) == 201


def test_bodies_beyond_the_room_of_the_server_are_sent_again_later(cast: Cast, patient_port: int) -> None:
    asked = head(ME, bearer(cast.manager), f"Content-Length: {16 * MEGABYTE}", EXPECT)
    small = head(ME, bearer(cast.viewer), f"Content-Length: {2 * MEGABYTE}")
    with connected(patient_port, asked) as first:
        assert first.recv(65536) == CONTINUE
        with connected(patient_port, small) as client:
            told = received(client)
        assert b" 503 " in told
        assert b"retry-after: 5" in told
    # The first has gone, and its room is free.
    with connected(patient_port, small, b"x" * (2 * MEGABYTE)) as client:
        assert status(client) == 415


def test_many_large_bodies_take_no_more_memory_than_there_is_room_for(cast: Cast) -> None:
    asked = head(ME, bearer(cast.manager), "Transfer-Encoding: chunked")
    with serving(BODIES_MAX_MB="32", BODY_TIMEOUT="60") as number, ExitStack() as clients:
        memory = server_at(number).memory_info
        before = memory().rss
        for _ in range(20):
            client = clients.enter_context(connected(number, asked))
            with suppress(OSError):
                for _ in range(15):
                    client.sendall(b"100000\r\n" + b"x" * MEGABYTE + b"\r\n")
        assert memory().rss - before < 150 * MEGABYTE


# Heads


@pytest.mark.parametrize(
    "sent",
    [
        head("GET /healthz", f"A: {'x' * 5000}"),
        head("GET /healthz", *["A:"] * 200),
        head(f"GET /{'x' * 5000}"),
        b"GET /healthz HTTP/1.1\r\nA: " + b"x" * 9000,
        b"GET /" + b"x" * 9000,
    ],
    ids=["one", "many", "address", "without an end", "an address without an end"],
)
def test_a_head_beyond_its_limit_is_refused(port: int, sent: bytes) -> None:
    with connected(port, *[sent[at : at + 1000] for at in range(0, len(sent), 1000)]) as client:
        assert refusal(client) == (431, "/problems/headers-too-large")


def test_headers_after_a_body_are_limited_and_count_for_nothing(cast: Cast, port: int) -> None:
    chunked = head("GET /api/v1/me/", "Transfer-Encoding: chunked")
    with connected(port, chunked, f"0\r\n{bearer(cast.manager)}\r\n\r\n".encode()) as client:
        assert status(client) == 401
    with connected(port, chunked, b"0\r\n", *[b"A: " + b"x" * 1000] * 9) as client:
        assert received(client) == b""


def test_requests_that_wait_for_one_another_are_limited(port: int) -> None:
    with connected(port, head("GET /healthz") * 20) as client:
        assert received(client).count(b"HTTP/1.1 200") < 20


# Time


def test_a_head_has_its_time_however_it_comes(port: int) -> None:
    with connected(port, b"GET /healthz HTTP/1.1\r\n") as client:
        client.settimeout(0.1)
        told = b""
        while not told:
            client.sendall(b"A: b\r\n")
            with suppress(TimeoutError):
                told = client.recv(65536)
    assert told.startswith(b"HTTP/1.1 408 ")
    assert b"/problems/timeout" in told


@pytest.mark.parametrize("sent", [b"", b"\r\n", head("GET /healthz"), head("GET /healthz") + b"\r\n"])
def test_a_connection_that_asks_nothing_is_closed(port: int, sent: bytes) -> None:
    with connected(port, sent) as client:
        assert received(client).count(b"HTTP/1.1") == sent.count(b"HTTP/1.1")


def test_a_body_has_its_time(port: int) -> None:
    with connected(port, head(ME, "Content-Length: 9"), b"x") as client:
        assert refusal(client) == (408, "/problems/timeout")


def test_an_answer_that_nobody_takes_is_given_up(cast: Cast, port: int) -> None:
    schema = head("GET /api/v1/schema/?format=json", bearer(cast.manager))
    with connected(port) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        ends = client.getsockname()
        client.sendall(schema * 8)
        wait_until(lambda: ends not in [one.raddr for one in server_at(port).net_connections()])


# Numbers


@pytest.mark.parametrize("sent", [b"", b"GET", head(ME, "Content-Length: 9")], ids=["nothing", "a head", "a body"])
def test_a_new_connection_takes_the_place_of_one_that_waits_for_a_stranger(patient_port: int, sent: bytes) -> None:
    with ExitStack() as clients:
        waiting = [clients.enter_context(connected(patient_port, sent)) for _ in range(12)]
        with connected(patient_port, head("GET /healthz")) as client:
            assert status(client) == 200
        [closed] = select.select(waiting, [], [], 20)[0]
        assert received(closed) == b""


def test_connections_beyond_their_number_are_refused(cast: Cast, patient_port: int) -> None:
    asked = head(ME, bearer(cast.viewer), "Content-Length: 70000", EXPECT)
    with ExitStack() as clients:
        busy = [clients.enter_context(connected(patient_port, asked)) for _ in range(12)]
        assert {one.recv(65536) for one in busy} == {CONTINUE}
        with connected(patient_port) as client:
            told = received(client)
        assert told.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 5\r\n" in told
        busy[0].close()
        with connected(patient_port, head("GET /healthz")) as client:
            assert status(client) == 200


def test_the_server_may_open_a_file_for_each_connection() -> None:
    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (100, 5000))

    modules = "import django; django.setup(); from factcheck.server import connections"
    code = f"{modules}; print(connections.allow_open_files())"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "factcheck.settings", "CONNECTIONS_MAX": "2000"}
    command = [sys.executable, "-c", code]
    told = subprocess.check_output(command, cwd=settings.BASE_DIR, env=environment, preexec_fn=few)
    assert int(told) == 2300


def test_uploads_beyond_the_room_on_the_disk_are_sent_again_later(cast: Cast, patient_port: int) -> None:
    path, kind = f"/api/v1/projects/{cast.project.slug}/imports/", "Content-Type: multipart/form-data; boundary=x"
    asked = head(f"POST {path}", bearer(cast.manager), kind, f"Content-Length: {2 * MEGABYTE}", EXPECT)
    with connected(patient_port, asked) as first, connected(patient_port) as client:
        assert first.recv(65536) == CONTINUE
        client.sendall(asked)
        assert refusal(client) == (503, "/problems/unavailable")

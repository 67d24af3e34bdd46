"""The server's application: what reaches Django of a request, and which requests never do."""

import json
from contextlib import suppress
from itertools import combinations
from typing import Any
from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, reverse

from factcheck.server import asgi
from factcheck.server.request_body import is_utf8
from factcheck.server.wsgi_bridge import Bridge, Message, environ
from tests.api.access.routes import routes
from tests.loop import finished


def scope(
    path: str = "/healthz", method: str = "GET", headers: list[tuple[bytes, bytes]] | None = None
) -> dict[str, Any]:
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "http_version": "1.1",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50000),
        "headers": [(b"host", b"localhost"), *(headers or [])],
    }


def answer(asked: dict[str, Any], *incoming: Message) -> list[Message]:
    """What the application sends to a client that sends `incoming`."""
    waiting, sent = list(incoming), []

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    finished(asgi.application(asked, receive, send))
    return sent


def test_a_header_with_an_underscore_cannot_pass_for_one_with_a_hyphen() -> None:
    headers = [(b"x_forwarded_proto", b"https"), (b"x-forwarded-for", b"192.0.2.1")]
    variables = environ(scope(headers=headers), b"")
    assert "HTTP_X_FORWARDED_PROTO" not in variables
    assert variables["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"


@pytest.mark.parametrize(
    "stated",
    [
        "application/x-www-form-urlencoded; charset=rot13", "text/plain; charset=undefined", "a/b; charset=utf-16",
        "application/json; charset=latin-1", "a/b; name*=nonsense''%41", "a/b; charset=\x00",
        "a/b; charset=" + "x" * 9000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/api/v1/me/", "/api/v1/projects/x/export/", "/projects/x/import/upload/"])
def test_a_charset_other_than_utf_8_is_refused_everywhere(path: str, stated: str) -> None:
    start, body, *_ = answer(scope(path, "POST", [(b"content-type", stated.encode())]) | {"query_string": b"q=a"})

    assert start["status"] == 415
    assert json.loads(body["body"])["detail"] == "Bodies and URLs must be UTF-8."


@pytest.mark.parametrize(
    "stated", ["application/json", 'a/b; charset="UTF-8"', "a/b; charset=us-ascii", "nonsense", ""]
)
def test_utf_8_is_taken_however_it_is_stated(stated: str) -> None:
    assert is_utf8(scope(headers=[(b"content-type", stated.encode())]))


def test_headers_that_come_twice_are_joined_as_their_kind_wants() -> None:
    headers = [(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"accept", b"text/html"), (b"accept", b"*/*")]
    variables = environ(scope(headers=headers), b"")
    assert variables["HTTP_COOKIE"] == "a=1; b=2"
    assert variables["HTTP_ACCEPT"] == "text/html,*/*"


def test_a_body_sent_in_pieces_has_a_length_when_it_reaches_django() -> None:
    variables = environ(scope(headers=[(b"content-length", b"99"), (b"transfer-encoding", b"chunked")]), b"abc")
    assert variables["CONTENT_LENGTH"] == "3"
    assert variables["wsgi.input"].read() == b"abc"


def test_a_path_beyond_ascii_reaches_django_as_the_standard_has_it() -> None:
    assert environ(scope("/projects/رقة/"), b"")["PATH_INFO"].encode("latin-1").decode() == "/projects/رقة/"


def test_an_answer_is_sent_whole() -> None:
    start, body = answer(scope(), {"type": "http.request", "body": b""})
    assert start["status"] == 200
    assert json.loads(body["body"]) == {"alive": True}


def test_a_request_that_says_it_is_too_large_is_refused_before_it_is_read() -> None:
    start, body, _ = answer(scope("/api/v1/projects/", "POST", [(b"content-length", b"16777217")]))
    assert start["status"] == 413
    assert dict(start["headers"])[b"content-type"] == b"application/problem+json"
    assert json.loads(body["body"])["type"] == "/problems/too-large"


def test_a_request_that_turns_out_too_large_is_refused_on_the_way() -> None:
    piece = {"type": "http.request", "body": b"x" * 17_000_000, "more_body": True}
    sent = answer(scope("/api/v1/projects/", "POST", [(b"transfer-encoding", b"chunked")]), piece, piece)
    assert sent[0]["status"] == 413


def test_a_client_that_leaves_in_the_middle_gets_nothing_and_breaks_nothing() -> None:
    piece = {"type": "http.request", "body": b"{", "more_body": True}
    assert answer(scope("/api/v1/projects/", "POST"), piece, {"type": "http.disconnect"}) == []


def test_the_application_is_told_when_its_answer_is_over() -> None:
    closed = []

    class Parts(list[bytes]):
        def close(self) -> None:
            closed.append(True)

    def application(variables: dict[str, Any], start_response: Any) -> Parts:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return Parts([b"a", b"b"])

    async def ask() -> list[Message]:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        bridge = Bridge(application, workers=1)
        await bridge(scope(), b"", send)
        bridge.close()
        return sent

    start, body = finished(ask())
    assert start == {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]}
    assert body["body"] == b"ab"
    assert closed == [True]


API = {name: pattern for name, pattern in routes().items() if name.startswith("api:")}
PARTS = {
    "key": uuid4(),
    "other": uuid4(),
    "slug": "raqqa",
    "name": "data.jsonl",
    "member_id": 1,
    "invitation_id": 1,
    "assignment_id": 1,
}


def address(name: str) -> str:
    """An address of this route."""
    for number in range(len(PARTS)):
        for parts in combinations(PARTS, number):
            with suppress(NoReverseMatch):
                return reverse(name, kwargs={part: PARTS[part] for part in parts})
    raise LookupError(name)


@pytest.mark.parametrize("name", API)
def test_streams_and_nothing_else_take_their_own_way(name: str) -> None:
    view = getattr(API[name].callback, "view_class", None)
    assert bool(asgi.STREAMS.fullmatch(address(name))) == getattr(view, "streams", False)


@pytest.mark.parametrize("name", ["import-preview", "import-fetched"])
def test_who_waits_for_a_preview_or_a_page_takes_no_thread_for_clicks(name: str) -> None:
    assert asgi.STREAMS.fullmatch(reverse(name, args=["raqqa", uuid4()]))


@pytest.mark.parametrize("path", ["/api/v1/projects/a/b/export/", "/api/v1/projects/raqqa/", "/projects/raqqa/export/"])
def test_nothing_else_is_taken_for_a_stream(path: str) -> None:
    assert not asgi.STREAMS.fullmatch(path)

"""Large files on their way to the import page, through the real server."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from annotations.models import Import
from tests.cast import Cast, make_cast
from tests.serving import serving

BOUNDARY: Final = "import"
PART: Final = 'Content-Disposition: form-data; name="files"; filename="{}.txt"\r\n\r\n'


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast where the server can see it."""
    return make_cast()


@pytest.fixture(scope="module")
def port(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """The port of one server that takes 30 MB."""
    with django_db_blocker.unblock(), serving(IMPORT_MAX_MB="30") as number:
        yield number


def form(files: int, megabytes: int) -> Iterator[bytes]:
    """A form of so many files of this size."""
    for number in range(files):
        yield f"--{BOUNDARY}\r\n{PART.format(number)}".encode()
        for _ in range(megabytes):
            yield b"The dam broke.\n\n" * 65_536
        yield b"\r\n"
    yield f"--{BOUNDARY}--\r\n".encode()


def answered(port: int, cast: Cast, body: Iterator[bytes] | bytes, **other: str) -> int:
    """The status of the server's answer to the manager who sends this."""
    client = Client()
    client.force_login(cast.manager)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    headers = {
        "Accept": "application/json",
        "Connection": "close",
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={'x' * 32}",
        "X-CSRFToken": "x" * 32,
    }
    sender = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    sender.request("POST", reverse("import-upload", args=[cast.project.slug]), body, headers | other)
    with sender.getresponse() as answer:
        return answer.status


def test_files_beyond_what_a_click_may_send_come_in(cast: Cast, port: int) -> None:
    assert answered(port, cast, form(files=3, megabytes=8)) == 201
    assert [file.size for file in Import.objects.get().files.all()] == [8 * 1024**2] * 3


def test_files_without_the_pages_token_are_refused(cast: Cast, port: int) -> None:
    assert answered(port, cast, form(files=1, megabytes=1), **{"X-CSRFToken": "y" * 32}) == 403
    assert not Import.objects.exists()


def test_more_than_an_import_may_have_is_refused_before_it_is_sent(cast: Cast, port: int) -> None:
    assert answered(port, cast, b"", **{"Content-Length": str(40 * 1024**2)}) == 413
    assert not Import.objects.exists()

"""A server behind a proxy on its own machine, and one that has none: SITE_URL decides what is safe."""

from __future__ import annotations

import http.client
from contextlib import closing

import pytest

from tests.serving import serving

LOGIN, STREAM = "/accounts/login/", "/api/v1/projects/raqqa/export"


def ask(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    """The head of an answer; the connection is closed."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as client:
        client.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        with client.getresponse() as answer:
            return answer


@pytest.mark.django_db(transaction=True)
def test_a_site_behind_a_proxy_on_the_same_machine_is_safe() -> None:
    with serving(SITE_URL="https://desk.example.org:8443") as port:
        page = ask(port, LOGIN, Host="desk.example.org", X_Forwarded_For="192.0.2.1")
        strange = [ask(port, path, Host="elsewhere.example").status for path in (LOGIN, STREAM)]

    assert page.status == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "; Secure" in page.headers["Set-Cookie"]
    assert strange == [400, 400]


@pytest.mark.django_db(transaction=True)
def test_a_site_without_an_address_answers_its_own_machine_alone() -> None:
    with serving() as port:
        local = [ask(port, LOGIN, Host=f"{name}:{port}").status for name in ("localhost", "127.0.0.1")]
        strange = [ask(port, path, Host="desk.example.org").status for path in (LOGIN, STREAM)]
        proxied = [ask(port, path, X_Forwarded_For="192.0.2.1").status for path in (LOGIN, STREAM)]

    assert (local, strange, proxied) == ([200, 200], [400, 400], [400, 400])

"""What a form that is refused is told, and that forms arrive through every proxy."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import AT_HOME


def sent(host: str, origin: str, **headers: str) -> Any:
    """The answer to a form of the sign-in page, from a browser at `origin` through a proxy that says `host`."""
    client = Client(enforce_csrf_checks=True, headers={"Host": host, **headers})
    page = client.get(reverse("account_login"), secure=origin.startswith("https"))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    assert token
    values = {"login": "x@example.org", "password": "x", "csrfmiddlewaretoken": token[1]}
    return client.post(reverse("account_login"), values, headers={"Origin": origin})


@pytest.mark.parametrize("host", ["desk.example.org", "desk.example.org:8443", "127.0.0.1:8000"])
@pytest.mark.parametrize("headers", [{}, {"X-Forwarded-Proto": "https"}])
def test_forms_arrive_whatever_the_proxy_makes_of_the_address(
    host: str, headers: dict[str, str], public: Any, db: None
) -> None:
    public.CSRF_COOKIE_SECURE = public.SESSION_COOKIE_SECURE = False  # the test client has no TLS

    assert sent(host, AT_HOME, **headers).status_code == 200


def test_a_form_from_another_address_is_told_both(public: Any, db: None) -> None:
    public.CSRF_COOKIE_SECURE = public.SESSION_COOKIE_SECURE = False

    response = sent("old.example.org", "https://old.example.org:9443")
    page = response.content.decode()

    assert response.status_code == 403
    assert "This form came from another address" in page
    assert "https://old.example.org:9443" in page
    assert "proxy_set_header Host $http_host" in page


@pytest.mark.django_db
def test_a_form_without_a_cookie_is_told_so(settings: Any) -> None:
    for secure, told in ((False, "Allow cookies in your browser"), (True, "sent over https only")):
        settings.CSRF_COOKIE_SECURE = secure
        page = Client(enforce_csrf_checks=True).post(reverse("account_login")).content.decode()
        assert "Your browser sent no cookie" in page
        assert told in page


@pytest.mark.django_db
def test_only_an_old_form_is_called_old() -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("account_login"))

    response = client.post(reverse("account_login"), {"csrfmiddlewaretoken": "x" * 64})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()

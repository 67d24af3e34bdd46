"""Which requests are for this site, and where its links lead."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as configured
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.cast import Api, Cast
from tests.invited import invited, mailed
from tests.web.conftest import AT_HOME

FORWARDED = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Real-IP"]


@pytest.mark.parametrize("host", ["localhost", "localhost:9999", "127.0.0.1:8000", "[::1]:8000"])
def test_a_site_for_this_machine_answers_under_its_names(host: str) -> None:
    assert Client().get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["desk.example.org", "10.0.0.5:8000", "localhost.example.org", "local host", ""])
@pytest.mark.parametrize("path", ["/healthz", "/accounts/login/", "/static/x.css"])
def test_a_site_for_this_machine_answers_under_no_other_name(host: str, path: str, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

    answer = Client(headers={"Host": host or "testserver"}).get(path)

    assert answer.status_code == 400
    assert "Operators: set SITE_URL" in answer.content.decode()


@pytest.mark.parametrize("header", FORWARDED)
def test_a_site_for_this_machine_answers_no_proxy(header: str) -> None:
    page = Client().get(reverse("account_login"), headers={header: "192.0.2.1"})
    answer = Api(None).call("get", "me/", headers={header: "192.0.2.1"})

    assert (page.status_code, answer.status_code) == (400, 400)
    assert f"came through a proxy ({header})" in page.content.decode()
    assert f"came through a proxy ({header})" in answer.json()["detail"]
    assert answer["Content-Type"] == "application/problem+json"


def test_a_site_for_others_answers_under_its_names_alone(public: Any) -> None:
    hosts = ("desk.example.org", "desk.example.org:8443", "old.example.org", "localhost:8000", "elsewhere.example")

    codes = [Client().get("/healthz", headers={"Host": host}).status_code for host in hosts]

    assert codes == [200, 200, 200, 200, 400]


@pytest.mark.parametrize("headers", [{}, {"X-Forwarded-Proto": "http"}, {"X-Forwarded-Proto": "https"}])
def test_a_site_with_tls_is_secure_whatever_its_proxy_says(headers: dict[str, str], public: Any, db: None) -> None:
    page = Client().get(reverse("account_login"), headers={"Host": "desk.example.org", **headers})

    assert page["Strict-Transport-Security"] == "max-age=60"
    assert page.cookies[configured.CSRF_COOKIE_NAME]["secure"]


def test_who_asks_on_the_machine_itself_gets_no_hsts(public: Any) -> None:
    assert "Strict-Transport-Security" not in Client().get("/healthz", headers={"Host": "localhost:8000"})


@pytest.mark.parametrize("host", ["desk.example.org", "desk.example.org:1234", "DESK.example.org:8443"])
def test_addresses_in_answers_have_the_sites_own_port(host: str, public: Any, cast: Cast) -> None:
    page = Api(cast.manager).call("get", f"projects/{cast.project.slug}/members/?limit=1", headers={"Host": host})

    assert page.json()["next"].startswith(f"{AT_HOME}/api/v1/projects/")


@pytest.mark.parametrize("host", ["localhost:9999", "desk.example.org:9999", "old.example.org", "127.0.0.1"])
def test_every_mail_leads_to_the_site_whatever_host_was_asked(host: str, public: Any, cast: Cast) -> None:
    cache.clear()  # where the sign-in pages count how often they were asked
    public.SIGNUP, public.ACCOUNT_EMAIL_VERIFICATION = "open", "mandatory"
    EmailAddress.objects.create(user=cast.viewer, email=cast.viewer.email, verified=True, primary=True)
    client = Client(headers={"Host": host})
    passwords = {"password1": "a bridge too far away", "password2": "a bridge too far away"}

    for email in (cast.viewer.email, "nobody@example.org"):
        client.post(reverse("account_reset_password"), {"email": email})
        client.post(reverse("account_signup"), {"email": email, **passwords})
    mailed(invited(cast))

    assert len(mail.outbox) >= 5
    for message in mail.outbox:
        found = re.findall(r"https?://[^/\s]+", str(message.body))
        assert set(found) <= {AT_HOME}, message.body
        assert "9999" not in message.body
    assert sum("/accounts/" in message.body or "/invitations/" in message.body for message in mail.outbox) >= 4


def test_mails_of_a_site_for_this_machine_lead_to_its_own_port(cast: Cast) -> None:
    Client(headers={"Host": "localhost:9999"}).post(reverse("account_reset_password"), {"email": cast.viewer.email})

    assert f"\nhttp://127.0.0.1:{configured.PORT}/accounts/password/reset/key/" in mail.outbox[0].body
    assert "9999" not in mail.outbox[0].body


@pytest.mark.django_db
def test_figures_of_a_site_for_others_are_not_for_those_behind_its_proxy(public: Any) -> None:
    codes = [
        Client().get("/metrics", headers={"Host": host}).status_code for host in ("desk.example.org", "localhost:8000")
    ]

    assert codes == [401, 200]


OF_THE_REQUEST = {
    "annotations/api/projects/claims.py", "annotations/api/base/pagination.py",
    "annotations/web/account/views.py", "annotations/web/claims/views.py",
    "annotations/templates/annotations/releases/body.html", "factcheck/server/error_views.py",
    "factcheck/server/health.py",
}  # fmt: skip
"""What is shown to nobody but who asks."""


def test_only_answers_are_made_of_the_host_that_was_asked() -> None:
    named = {
        str(path.relative_to(configured.BASE_DIR))
        for folder in ("annotations", "factcheck")
        for path in (configured.BASE_DIR / folder).rglob("*.*")
        if path.suffix in (".py", ".html", ".txt")
        and re.search(r"build_absolute_uri|get_host\b|current_site\.", path.read_text("utf-8"))
    }

    # Mails have `factcheck.site.address` instead. The sign-in library's mails name the site as the adapter says.
    assert named == OF_THE_REQUEST | {"annotations/templates/account/email/base_message.txt"}

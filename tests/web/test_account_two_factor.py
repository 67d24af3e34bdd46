"""Two-factor authentication from setting it up to turning it off."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from annotations.models import User
from tests.web.visit import words

PASSWORD = "a bridge too far away"


@pytest.fixture(autouse=True)
def _one_half_minute(monkeypatch: Any) -> None:
    """The code that an app shows does not change in the middle of a test."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.yield_hotp_counters_from_time", lambda: iter([1]))


@pytest.fixture
def person(db: None) -> User:
    cache.clear()
    return User.objects.create_user("desk@example.org", PASSWORD)


def with_password() -> Client:
    """A browser in which the password was entered."""
    client = Client()
    client.post(reverse("account_login"), {"login": "desk@example.org", "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def shown_by(secret: str) -> str:
    """What the app with this key shows now."""
    shown: str = format_hotp_value(hotp_value(secret, 1))
    return shown


def set_up(client: Client) -> str:
    """Sets up an app; gives its key."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'<output class="secret">([A-Z2-7]+)</output>', page)
    assert secret
    client.post(reverse("mfa_activate_totp"), {"code": shown_by(secret[1])})
    cache.clear()  # as if that code were of another half minute
    return secret[1]


def codes_of(client: Client) -> list[str]:
    """The recovery codes that the page shows."""
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    found = re.search(r'<pre class="secret"[^>]*>([\d\s]+)</pre>', page)
    assert found
    return found[1].split()


def enter(code: str) -> Any:
    """A browser in which the password and then this code was entered."""
    client = with_password()
    client.post(reverse("mfa_authenticate"), {"code": code})
    return client


def test_it_asks_for_the_password_before_it_is_set_up(person: User) -> None:
    assert "Confirm it's you" in words(with_password().get(reverse("mfa_activate_totp"), follow=True))


def test_once_it_is_on_the_password_alone_lets_nobody_in(person: User) -> None:
    secret = set_up(with_password())
    assert not is_in(with_password())
    assert is_in(enter(shown_by(secret)))


def test_a_code_of_the_app_works_once(person: User) -> None:
    code = shown_by(set_up(with_password()))
    assert is_in(enter(code))
    assert not is_in(enter(code))


def test_a_recovery_code_works_once(person: User) -> None:
    client = with_password()
    set_up(client)
    codes = codes_of(client)
    assert len(codes) == 10
    assert is_in(enter(codes[0]))
    assert not is_in(enter(codes[0]))
    assert is_in(enter(codes[1]))


def test_new_recovery_codes_end_the_old_ones(person: User) -> None:
    client = with_password()
    set_up(client)
    old = codes_of(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    new = codes_of(client)
    assert not set(old) & set(new)
    assert not is_in(enter(old[0]))
    assert is_in(enter(new[0]))


def test_turned_off_it_leaves_nothing_behind_and_the_password_lets_in(person: User) -> None:
    client = with_password()
    set_up(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert is_in(with_password())


def test_turning_it_off_asks_for_the_password_or_a_code(person: User) -> None:
    secret = set_up(with_password())
    client = enter(shown_by(secret))
    assert "Confirm it's you" in words(client.post(reverse("mfa_deactivate_totp"), follow=True))
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_code_shows_too_that_it_is_you(person: User) -> None:
    secret = set_up(with_password())
    client = enter(shown_by(secret))
    cache.clear()
    form = {"code": shown_by(secret), "next": reverse("mfa_view_recovery_codes")}
    assert "Incorrect code" in words(client.post(reverse("mfa_reauthenticate"), {**form, "code": "000000"}))
    answer = client.post(reverse("mfa_reauthenticate"), form, follow=True)
    assert "Recovery codes" in words(answer)


def test_a_new_password_leaves_it_on(person: User) -> None:
    client = with_password()
    secret = set_up(client)
    form = {"oldpassword": PASSWORD, "password1": PASSWORD + "!", "password2": PASSWORD + "!"}
    client.post(reverse("account_change_password"), form)
    client = Client()
    client.post(reverse("account_login"), {"login": "desk@example.org", "password": PASSWORD + "!"})
    assert not is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": shown_by(secret)})
    assert is_in(client)

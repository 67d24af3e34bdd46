"""Signing in: by address and password, for the operators' pages too, and not by guessing."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from annotations.models import User

PASSWORD = "a bridge of sighs"


@pytest.fixture
def person(db: None) -> User:
    """Somebody with an account and a password."""
    return User.objects.create_user("desk@example.org", password=PASSWORD, name="Desk")


def sign_in(client: Client, password: str) -> int:
    answer = client.post(reverse("account_login"), {"login": "Desk@example.org", "password": password})
    return answer.status_code


def test_the_right_password_lets_in_and_signing_out_leads_back(client: Client, person: User) -> None:
    assert sign_in(client, PASSWORD) == 302
    assert client.session["_auth_user_id"] == str(person.pk)
    answer = client.post(reverse("account_logout"))
    assert answer["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_guessing_is_stopped_even_when_the_last_guess_is_right(client: Client, person: User) -> None:
    for _ in range(5):
        sign_in(client, "a guess")
    sign_in(client, PASSWORD)
    assert "_auth_user_id" not in client.session


def test_the_operators_pages_have_no_way_in_of_their_own(client: Client, db: None) -> None:
    answer = client.get("/admin/login/?next=/admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_strangers_cannot_make_an_account_unless_the_operator_opened_it(
    client: Client, db: None, settings: Settings
) -> None:
    form = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), form)
    assert not User.objects.filter(email="new@example.org").exists()
    settings.SIGNUP = "open"
    client.post(reverse("account_signup"), form)
    assert User.objects.filter(email="new@example.org").exists()


def test_every_page_forbids_scripts_and_styles_that_are_not_files_of_ours(client: Client, db: None) -> None:
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy

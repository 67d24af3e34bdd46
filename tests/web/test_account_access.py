"""What is asked again before somebody changes how they sign in, and what ends with a password or an account."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from annotations.models import Token, User
from tests.web.visit import password_link, signed_in, words

PASSWORD = "a bridge too far away"
OTHER = "a ferry across the mersey"


@pytest.fixture
def person(db: None) -> User:
    """Somebody with a password and two tokens."""
    user = User.objects.create_user("desk@example.org", PASSWORD, name="Ada Keller")
    for name in ("notebook", "crawler"):
        Token.objects.create(user, name=name, scopes=["read"])
    return user


def new_token(client: Client) -> Any:
    form = {"name": "script", "scopes": ["read"], "project": "", "lifetime": "90"}
    return client.post(reverse("new-token"), form, follow=True)


def names(user: User) -> set[str]:
    """The tokens that somebody has."""
    return set(Token.objects.filter(user=user).values_list("name", flat=True))


def is_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def change_password(client: Client, **values: Any) -> Any:
    form = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER, **values}
    return client.post(reverse("account_change_password"), form)


def reset_password(user: User) -> None:
    client = Client()
    form = client.get(password_link(user), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": OTHER, "password2": OTHER})


def test_a_token_is_made_after_the_password_was_entered_again(person: User) -> None:
    client = signed_in(person)
    assert "Confirm it's you" in words(new_token(client))
    assert names(person) == {"notebook", "crawler"}
    form = {"password": PASSWORD, "next": reverse("new-token")}
    made = client.post(reverse("account_reauthenticate"), form)
    assert re.search(r'id="token-secret">fc_', made.content.decode())
    assert names(person) == {"notebook", "crawler", "script"}


def test_the_wrong_password_makes_no_token(person: User) -> None:
    client = signed_in(person)
    new_token(client)
    form = {"password": "a guess", "next": reverse("new-token")}
    assert "Incorrect password" in words(client.post(reverse("account_reauthenticate"), form))
    assert names(person) == {"notebook", "crawler"}


def test_no_browser_keeps_a_page_that_shows_a_secret(person: User) -> None:
    client = signed_in(person)
    new_token(client)
    made = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("new-token")})
    shown = [made, *(client.get(reverse(name)) for name in ("account", "mfa_activate_totp", "account_reauthenticate"))]
    assert [page.status_code for page in shown] == [201, 200, 200, 200]
    assert {page["Cache-Control"] for page in shown} == {"no-store"}


def test_changing_the_password_asks_which_tokens_to_end_and_offers_all(person: User) -> None:
    page = signed_in(person).get(reverse("account_change_password")).content.decode()
    assert "Revoke these API tokens" in page
    assert len(re.findall(r'name="tokens"[^>]* checked', page)) == 2


def test_changing_the_password_ends_the_tokens_chosen_and_keeps_the_others(person: User) -> None:
    change_password(signed_in(person), tokens=[Token.objects.get(name="crawler").pk])
    assert names(person) == {"notebook"}


def test_changing_the_password_ends_other_sessions_and_keeps_ones_own(person: User) -> None:
    here, elsewhere = signed_in(person), signed_in(person)
    assert change_password(here).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)


def test_nobody_ends_a_token_of_somebody_else(person: User) -> None:
    other = User.objects.create_user("other@example.org", PASSWORD)
    token, _ = Token.objects.create(other, name="theirs", scopes=["read"])
    assert change_password(signed_in(person), tokens=[token.pk]).status_code == 200
    assert names(other) == {"theirs"}
    assert person.check_password(PASSWORD)


def test_a_wrong_current_password_changes_nothing(person: User) -> None:
    answer = change_password(signed_in(person), oldpassword="a guess", tokens=[])
    assert "current password" in words(answer)
    assert is_in(signed_in(User.objects.get(pk=person.pk)))
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_a_reset_ends_every_session_and_token_and_the_change_of_the_email(person: User) -> None:
    elsewhere = signed_in(person)
    person.new_email = "thief@example.org"
    person.save()
    reset_password(person)
    person.refresh_from_db()
    assert not is_in(elsewhere)
    assert (names(person), person.new_email) == (set(), "")


def test_deactivation_ends_every_session_and_token_for_good(person: User) -> None:
    client = signed_in(person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert not is_in(client)
    User.objects.filter(pk=person.pk).update(is_active=True)
    assert not is_in(client)
    assert names(person) == set()


def test_a_deactivated_person_is_told_so_and_stays_out(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    client = Client()
    form = {"login": person.email, "password": PASSWORD}
    assert "Your account is deactivated" in words(client.post(reverse("account_login"), form, follow=True))
    assert not is_in(client)


def test_the_sessions_from_before_all_could_be_ended_at_once_go_on(person: User) -> None:
    before = AbstractBaseUser._get_session_auth_hash(person)  # type: ignore[attr-defined]
    assert person.get_session_auth_hash() == before


def test_whoever_is_activated_again_signs_in_as_before(person: User) -> None:
    for active in (False, True):
        User.objects.filter(pk=person.pk).update(is_active=active)
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert is_in(client)


def test_no_token_is_made_for_a_deactivated_account(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(CommandError, match="deactivated"):
        call_command("createtoken", person.email)


def test_a_password_that_an_operator_gives_ends_sessions_and_tokens(person: User) -> None:
    operator, client = User.objects.create_superuser("operator@example.org", PASSWORD), signed_in(person)
    form = {"password1": OTHER, "password2": OTHER, "usable_password": "true"}
    signed_in(operator).post(reverse("admin:auth_user_password_change", args=[person.pk]), form)
    assert User.objects.get(pk=person.pk).check_password(OTHER)
    assert not is_in(client)
    assert names(person) == set()


def test_a_password_from_the_command_line_ends_them_too(person: User) -> None:
    with mock.patch("getpass.getpass", return_value=OTHER):
        call_command("changepassword", person.email, stdout=StringIO())
    assert User.objects.get(pk=person.pk).check_password(OTHER)
    assert names(person) == set()


def test_operators_change_their_own_password_where_everybody_does(db: None) -> None:
    operator = User.objects.create_superuser("operator@example.org", PASSWORD)
    answer = signed_in(operator).post("/admin/password_change/", {})
    assert answer["Location"] == reverse("account_change_password")

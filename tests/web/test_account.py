"""One's own account: profile, tokens, and the pages by which one signs in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from annotations.models import Token, User
from tests.cast import Cast
from tests.web.visit import signed_in, words


def made(cast: Cast, **values: Any) -> Any:
    """What the account page answers to a new token."""
    form = {"name": "notebook", "scopes": ["read"], "project": "", "lifetime": "90", **values}
    return signed_in(cast.annotator).post(reverse("new-token"), form)


def secret_in(response: Any) -> str:
    """The token that the page shows."""
    found = re.search(r'id="token-secret">(fc_[^<]+)<', response.content.decode())
    assert found
    return found[1]


def test_a_new_token_is_shown_once_and_opens_the_api(cast: Cast) -> None:
    response = made(cast)
    secret = secret_in(response)
    assert response.status_code == 201
    answer = Client().get("/api/v1/me/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.json()["email"] == cast.annotator.email
    again = signed_in(cast.annotator).get(reverse("account")).content.decode()
    assert secret not in again
    assert secret[:8] in again


def test_a_token_has_the_scopes_project_and_end_that_were_chosen(cast: Cast) -> None:
    made(cast, scopes=["read", "write"], project=cast.project.pk, lifetime="0")
    token = Token.objects.get(user=cast.annotator)
    assert (token.name, token.scopes, token.project, token.expiry) == (
        "notebook",
        ["read", "write"],
        cast.project,
        None,
    )


def test_a_token_for_a_project_of_others_is_refused(cast: Cast, independent_cast: Cast) -> None:
    response = made(cast, project=independent_cast.project.pk)
    assert response.status_code == 400
    assert not Token.objects.filter(user=cast.annotator).exists()


@pytest.mark.parametrize(
    ("values", "complaint"),
    [({"name": ""}, "Enter a name"), ({"scopes": []}, "Choose what the token can do")],
)
def test_a_bad_token_form_names_the_field(cast: Cast, values: dict[str, Any], complaint: str) -> None:
    response = made(cast, **values)
    assert response.status_code == 400
    assert complaint in words(response)


def test_a_revoked_token_opens_nothing(cast: Cast) -> None:
    secret = secret_in(made(cast))
    token = Token.objects.get(user=cast.annotator)
    signed_in(cast.annotator).post(reverse("revoke-token", args=[token.pk]))
    assert Client().get("/api/v1/me/", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_nobody_revokes_a_token_of_somebody_else(cast: Cast) -> None:
    made(cast)
    token = Token.objects.get(user=cast.annotator)
    assert signed_in(cast.manager).post(reverse("revoke-token", args=[token.pk])).status_code == 404
    assert Token.objects.filter(pk=token.pk).exists()


def test_the_profile_is_stored(cast: Cast) -> None:
    signed_in(cast.annotator).post(reverse("account"), {"name": "Ada Keller", "language": "de"})
    assert User.objects.get(pk=cast.annotator.pk).name == "Ada Keller"
    response = signed_in(cast.annotator).post(reverse("account"), {"name": "Ada", "language": ""})
    assert response.status_code == 400


def test_a_wrong_password_is_refused_in_words_and_the_address_stays(cast: Cast) -> None:
    response = Client().post(reverse("account_login"), {"login": cast.viewer.email, "password": "wrong"})
    assert "not correct" in words(response)
    assert f'value="{cast.viewer.email}"' in response.content.decode()


def test_a_forgotten_password_is_replaced_through_the_mail(cast: Cast) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": cast.viewer.email})
    link = re.search(rf"{settings.SITE_URL}(/\S+)", str(mail.outbox[0].body))
    assert link
    form = client.get(link[1], follow=True)
    assert "Choose a password" in words(form)
    password = "a bridge too far away"
    done = client.post(form.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True)
    assert "Your password has been changed" in words(done)
    assert client.login(email=cast.viewer.email, password=password)


def test_accounts_are_made_by_invitation_unless_the_operator_says_otherwise(settings: Any, db: None) -> None:
    assert "You need an invitation" in words(Client().get(reverse("account_signup")))
    settings.SIGNUP = "open"
    assert "Create an account" in words(Client().get(reverse("account_signup")))
    assert reverse("account_signup") in Client().get(reverse("account_login")).content.decode()


@pytest.mark.parametrize(
    "name", ["account_logout", "change-email", "account_change_password", "mfa_index", "account_reset_password"]
)
def test_the_pages_about_signing_in_open_in_the_house_style(cast: Cast, name: str) -> None:
    response = signed_in(cast.annotator).get(reverse(name), follow=True)
    body = response.content.decode()
    assert response.status_code == 200
    assert "annotations/css/tokens.css" in body
    assert " style=" not in body


def test_a_second_factor_is_set_up_with_a_picture_and_a_key_after_the_password_is_asked_again(cast: Cast) -> None:
    password = "a bridge too far away"
    cast.viewer.set_password(password)
    cast.viewer.save()
    client = signed_in(cast.viewer)
    asked = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "Confirm it's you" in words(asked)
    client.post(reverse("account_reauthenticate"), {"password": password})
    response = client.get(reverse("mfa_activate_totp"))
    assert 'src="data:image/svg+xml;base64' in response.content.decode()
    assert "Turn on" in words(response)


def test_mail_about_a_password_speaks_plainly_and_tells_strangers_nothing_on_the_page(cast: Cast) -> None:
    known = Client().post(reverse("account_reset_password"), {"email": cast.viewer.email}, follow=True)
    unknown = Client().post(reverse("account_reset_password"), {"email": "nobody@example.org"}, follow=True)
    assert words(known) == words(unknown)
    assert mail.outbox[0].subject == "Factcheck: Reset your password"
    assert "Your password doesn't change" in mail.outbox[0].body
    assert "There is no account with this email" in mail.outbox[1].body


def test_an_address_that_no_token_has_is_not_found(cast: Cast) -> None:
    client = signed_in(cast.annotator)
    assert client.post("/account/tokens/%00/revoke/").status_code == 404
    assert client.post("/account/tokens/abc/revoke/").status_code == 404

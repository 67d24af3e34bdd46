"""Changing the address that one signs in with, walked to its end, and what keeps the old one until then."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as configured
from django.core import mail, signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from annotations.models import Event, User
from annotations.operations.email_change import SALT
from tests.web.visit import password_link, words

PASSWORD = "a bridge too far away"


@pytest.fixture(params=["invite", "open"])
def mode(request: Any, settings: Any, db: None) -> str:
    """Both ways in which accounts come to be, as the settings have them."""
    settings.SIGNUP = request.param
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory" if request.param == "open" else "none"
    return str(request.param)


@pytest.fixture
def person(mode: str) -> User:
    """Somebody who followed the link of a password reset."""
    user = User.objects.create_user("old@example.org", name="Ada Keller")
    choose_password(user)
    mail.outbox.clear()
    return user


def choose_password(user: User, password: str = PASSWORD) -> Any:
    """Follows the link of a reset, and chooses a password."""
    client = Client()
    form = client.get(password_link(user), follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True)


def signed_in_as(email: str, password: str = PASSWORD) -> Client:
    """A browser whose user entered these at the sign-in page."""
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def ask(client: Client, email: str) -> Any:
    """Asks for another address, and gives the password again where it is asked for."""
    answer = client.post(reverse("change-email"), {"email": email}, follow=True)
    if answer.request["PATH_INFO"] == reverse("account_reauthenticate"):
        form = {"password": PASSWORD, "next": reverse("change-email")}
        answer = client.post(reverse("account_reauthenticate"), form, follow=True)
    return answer


def link_in(message: Any) -> str:
    """The link of ours in a message."""
    found = re.search(rf"{configured.SITE_URL}(/\S+)", str(message.body))
    assert found
    return found[1]


def test_the_new_address_counts_once_its_link_was_followed(person: User) -> None:
    client = signed_in_as("old@example.org")
    assert "Pending confirmation" in words(ask(client, "New@example.org"))
    link = link_in(mail.outbox[0])
    assert mail.outbox[0].to == ["new@example.org"]
    assert "new@example.org" in words(client.get(link))
    assert "Your email is now" in words(client.post(link, follow=True))
    assert is_in(signed_in_as("new@example.org"))
    assert not is_in(signed_in_as("old@example.org"))


def test_until_then_the_old_address_signs_in_and_the_new_one_does_not(person: User) -> None:
    ask(signed_in_as("old@example.org"), "new@example.org")
    person.refresh_from_db()
    assert (person.email, person.new_email) == ("old@example.org", "new@example.org")
    assert is_in(signed_in_as("old@example.org"))
    assert not is_in(signed_in_as("new@example.org"))


def test_an_unconfirmed_address_gets_no_reset_link(person: User) -> None:
    ask(signed_in_as("old@example.org"), "new@example.org")
    mail.outbox.clear()
    Client().post(reverse("account_reset_password"), {"email": "new@example.org"})
    assert "There is no account with this email" in mail.outbox[0].body


def test_changing_it_asks_for_the_password_again(person: User) -> None:
    client = signed_in_as("old@example.org")
    answer = client.post(reverse("change-email"), {"email": "new@example.org"}, follow=True)
    assert "Confirm it's you" in words(answer)
    person.refresh_from_db()
    assert person.new_email == ""
    assert not mail.outbox


def test_two_people_change_one_after_the_other(person: User) -> None:
    other = User.objects.create_user("other@example.org", PASSWORD)
    other.confirm_email(other.email)
    assert "Pending" in words(ask(signed_in_as("old@example.org"), "a@example.org"))
    assert "Pending" in words(ask(signed_in_as("other@example.org"), "b@example.org"))


def test_the_old_address_is_told(person: User) -> None:
    client = signed_in_as("old@example.org")
    ask(client, "new@example.org")
    client.post(link_in(mail.outbox[0]))
    assert mail.outbox[1].to == ["old@example.org"]
    assert mail.outbox[1].subject == "Factcheck: Your email has been changed"


def test_a_change_is_cancelled_and_its_link_works_no_longer(person: User) -> None:
    client = signed_in_as("old@example.org")
    ask(client, "new@example.org")
    assert "Your email is still" in words(client.post(reverse("pending-email"), {"cancel": ""}, follow=True))
    link = link_in(mail.outbox[0])
    assert client.get(link).status_code == client.post(link).status_code == 404


def test_only_the_link_to_the_last_address_works_however_often_it_is_sent(person: User) -> None:
    client = signed_in_as("old@example.org")
    ask(client, "typo@example.org")
    ask(client, "new@example.org")
    client.post(reverse("pending-email"))
    typo, new, again = map(link_in, mail.outbox)
    assert client.post(typo).status_code == 404
    assert new.split(":")[0] == again.split(":")[0]
    assert client.post(again).status_code == 302
    assert client.post(new).status_code == 404


def test_the_link_is_for_the_account_that_asked(person: User) -> None:
    ask(signed_in_as("old@example.org"), "new@example.org")
    link = link_in(mail.outbox[0])
    assert Client().post(link)["Location"].startswith(reverse("account_login"))
    other = User.objects.create_user("other@example.org", PASSWORD)
    other.confirm_email(other.email)
    assert signed_in_as("other@example.org").post(link).status_code == 404


def test_the_link_expires(person: User, monkeypatch: Any) -> None:
    client = signed_in_as("old@example.org")
    ask(client, "new@example.org")
    with monkeypatch.context() as earlier:
        earlier.setattr("time.time", lambda: 1_000_000_000)
        token = signing.dumps([person.pk, "new@example.org"], salt=SALT)
    assert client.post(reverse("confirm-email", args=[token])).status_code == 404


def test_somebody_elses_address_looks_like_any_other_and_cannot_be_confirmed(person: User) -> None:
    User.objects.create_user("taken@example.org")
    client = signed_in_as("old@example.org")
    assert "Pending confirmation" in words(ask(client, "taken@example.org"))
    answer = client.post(link_in(mail.outbox[0]))
    assert answer.status_code == 409
    assert "belongs to another account" in words(answer)
    person.refresh_from_db()
    assert person.email == "old@example.org"


@pytest.mark.parametrize(
    ("email", "complaint"),
    [("", "Enter your new email"), ("nonsense", "valid email"), ("Old@example.org", "already your email")],
)
def test_a_bad_address_is_refused_at_the_field(person: User, email: str, complaint: str) -> None:
    answer = signed_in_as("old@example.org").post(reverse("change-email"), {"email": email})
    assert answer.status_code == 400
    assert complaint in words(answer)


def test_a_password_reset_confirms_the_address_that_it_went_to(person: User) -> None:
    assert EmailAddress.objects.get(user=person).verified
    assert is_in(signed_in_as("old@example.org"))


def test_a_reset_confirms_the_address_that_it_went_to(mode: str) -> None:
    User.objects.create_user("desk@example.org", PASSWORD)
    Client().post(reverse("account_reset_password"), {"email": "desk@example.org"})
    client = Client()
    form = client.get(link_in(mail.outbox[0]), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD + "!", "password2": PASSWORD + "!"})
    assert is_in(signed_in_as("desk@example.org", PASSWORD + "!"))


def test_whoever_signs_up_comes_in_after_following_the_link(settings: Any, db: None) -> None:
    settings.SIGNUP, settings.ACCOUNT_EMAIL_VERIFICATION = "open", "mandatory"
    form = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    Client().post(reverse("account_signup"), form)
    link = link_in(mail.outbox[0])
    assert not is_in(signed_in_as("new@example.org"))
    assert "Confirm your email" in words(Client().get(link))
    Client().post(link)
    assert is_in(signed_in_as("new@example.org"))
    assert "This link no longer works" in words(Client().get(link))


def test_signing_up_with_a_taken_address_answers_alike_and_writes_to_its_owner(settings: Any, db: None) -> None:
    settings.SIGNUP, settings.ACCOUNT_EMAIL_VERIFICATION = "open", "mandatory"
    User.objects.create_user("taken@example.org")
    form = {"password1": PASSWORD, "password2": PASSWORD}
    taken = Client().post(reverse("account_signup"), {"email": "taken@example.org", **form}, follow=True)
    fresh = Client().post(reverse("account_signup"), {"email": "fresh@example.org", **form}, follow=True)
    assert words(taken).replace("taken@", "") == words(fresh).replace("fresh@", "")
    assert "There is already an account" in mail.outbox[0].body


def test_the_librarys_own_page_leads_to_ours(person: User) -> None:
    answer = signed_in_as("old@example.org").post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    assert answer["Location"] == reverse("change-email")
    assert User.objects.get(pk=person.pk).email == "old@example.org"


@pytest.mark.parametrize("email", ["", "Old@example.org"])
def test_the_database_keeps_an_account_from_having_no_address_or_one_in_capitals(db: None, email: str) -> None:
    user = User.objects.create_user("old@example.org")
    with pytest.raises(IntegrityError, match=r"user_has_email|user_email_lower_case"), transaction.atomic():
        User.objects.filter(pk=user.pk).update(email=email)


def test_the_database_keeps_the_table_of_sign_in_from_other_addresses(db: None) -> None:
    user = User.objects.create_user("old@example.org")
    with pytest.raises(IntegrityError, match="no other address"), transaction.atomic():
        EmailAddress.objects.create(user=user, email="new@example.org")


def test_an_operator_who_changes_the_address_ends_the_old_one(person: User) -> None:
    ask(signed_in_as("old@example.org"), "new@example.org")
    User.objects.filter(pk=person.pk).update(email="third@example.org")
    person.refresh_from_db()
    assert person.new_email == ""
    assert not EmailAddress.objects.filter(user=person).exists()
    assert not is_in(signed_in_as("old@example.org"))


def test_the_history_says_who_changed_it(person: User) -> None:
    client = signed_in_as("old@example.org")
    ask(client, "new@example.org")
    client.post(link_in(mail.outbox[0]))
    last = Event.objects.of(None, "user", person.pk)[0]
    assert (last.by, (last.after or {})["email"]) == (person, "new@example.org")

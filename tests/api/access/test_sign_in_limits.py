"""Guessing passwords and codes, and having mails sent, is slowed down; nobody is locked out by others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.db import connection
from django.db.models import F
from django.test import Client
from django.urls import reverse

from annotations.models import Attempts, User, UsualNetwork
from annotations.operations import sign_in_limits
from annotations.operations.sign_in_limits import (
    CODE,
    MAIL,
    PASSWORD,
    TooMany,
    attempt,
    network_of,
    remember_network,
    tidy,
)
from tests.web.visit import words

WORD = "a bridge too far away"
SECRET = "JBSWY3DPEHPK3PXP"
HOME, ELSEWHERE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def _one_half_minute(monkeypatch: Any) -> None:
    """The code that an app shows does not change in the middle of a test."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.yield_hotp_counters_from_time", lambda: iter([1]))


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("desk@example.org", WORD, name="Ada Keller")


def sign_in(password: str, at: str = HOME, email: str = "desk@example.org") -> Any:
    """What somebody at this IP address gets who enters these."""
    return Client(REMOTE_ADDR=at).post(reverse("account_login"), {"login": email, "password": password})


def guess(times: int, at: str = HOME, email: str = "desk@example.org") -> str:
    """Guesses at the password; what the last of them is told."""
    for _ in range(times):
        answer = sign_in("a guess", at, email)
    return words(answer)


def later(seconds: float) -> None:
    """As if so many seconds had gone by."""
    past = {name: F(name) - timedelta(seconds=seconds) for name in ("wait_until", "expires")}
    Attempts.objects.update(**past)


def test_five_guesses_are_followed_by_a_wait_even_for_the_right_password(person: User) -> None:
    assert "not correct" in guess(5)
    assert "Too many attempts. Try again in 30 seconds." in words(sign_in(WORD))
    later(31)
    assert sign_in(WORD).status_code == 302


def test_each_wait_is_twice_the_one_before_up_to_a_quarter_of_an_hour(person: User) -> None:
    guess(5)
    waits = []
    for _ in range(8):
        with pytest.raises(TooMany) as refused:
            attempt(PASSWORD, person.email, HOME)
        waits.append(refused.value.seconds)
        later(refused.value.seconds)
        guess(1)
    assert waits[:6] == [30, 60, 120, 240, 480, 900]
    assert set(waits[6:]) == {900}


@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_once_no_more_go_ahead_than_one_after_another() -> None:
    def once(_: int) -> bool:
        try:
            attempt(PASSWORD, "desk@example.org", HOME)
        except TooMany:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(once, range(24))) == PASSWORD.pair.free


def test_the_count_falls_with_time(person: User) -> None:
    guess(4)
    later(2 * PASSWORD.pair.per)
    assert "not correct" in guess(2)
    assert sign_in(WORD).status_code == 302


def test_the_right_password_forgets_the_wrong_ones(person: User) -> None:
    guess(4)
    assert sign_in(WORD).status_code == 302
    assert "not correct" in guess(4)


def test_guesses_elsewhere_lock_nobody_out_at_home(person: User) -> None:
    assert sign_in(WORD).status_code == 302
    for number in range(60):
        guess(1, f"203.0.113.{number}")
    assert "Too many" in guess(1, "203.0.113.200")
    assert sign_in(WORD).status_code == 302


def test_guesses_from_many_networks_at_one_account_have_to_wait_too(person: User) -> None:
    for number in range(PASSWORD.account.free):
        guess(1, f"203.0.113.{number}")
    assert "Too many attempts" in guess(1, "203.0.113.200")


def test_guesses_at_many_accounts_from_one_network_have_to_wait_too(db: None) -> None:
    for number in range(PASSWORD.network.free):
        guess(1, email=f"desk{number}@example.org")
    assert "Too many attempts" in guess(1, email="desk99@example.org")


def test_whether_there_is_an_account_makes_no_difference(person: User) -> None:
    known = [words(sign_in("a guess", HOME)) for _ in range(6)]
    unknown = [words(sign_in("a guess", ELSEWHERE, "nobody@example.org")) for _ in range(6)]
    assert known == unknown


def test_seven_hundred_reset_requests_push_no_count_out(person: User) -> None:
    guess(5)
    later(-600)  # however long the rest takes
    for number in range(700):
        with suppress(TooMany):
            attempt(MAIL, f"desk{number}@example.org", f"203.0.113.{number % 250}")
    assert "Too many attempts" in words(sign_in(WORD))


def test_one_network_makes_few_rows_however_much_it_tries(db: None) -> None:
    for number in range(500):
        with suppress(TooMany):
            attempt(PASSWORD, f"desk{number}@example.org", HOME)
    assert Attempts.objects.count() <= 2 * PASSWORD.network.free + 11  # a few more, after a wait


def test_what_has_expired_is_deleted_and_beyond_the_most_only_what_holds_nobody_up(
    person: User, monkeypatch: Any
) -> None:
    guess(3, "203.0.113.1")
    later(7200)
    guess(5)
    for number in range(20):
        guess(1, f"203.0.113.{number}", f"desk{number}@example.org")
    monkeypatch.setattr(sign_in_limits, "MOST_COUNTS", 10)
    tidy()
    assert Attempts.objects.count() == 10
    assert "Too many attempts" in words(sign_in(WORD))


def test_the_table_is_not_logged_and_holds_no_addresses(person: User) -> None:
    guess(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'annotations_attempts'")
        assert cursor.fetchone() == ("u",)
    assert all(len(key) == 64 for key in Attempts.objects.values_list("key", flat=True))


def test_a_network_is_what_one_customer_gets() -> None:
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert network_of("::ffff:198.51.100.7") == network_of(HOME) == HOME
    assert network_of("") == ""


def test_a_few_networks_of_each_person_are_remembered(person: User) -> None:
    for number in range(30):
        remember_network(person, f"203.0.113.{number}")
    assert UsualNetwork.objects.filter(user=person).count() == sign_in_limits.MOST_NETWORKS


def test_a_reset_link_is_sent_three_times_and_then_has_to_wait(person: User) -> None:
    answers = [
        words(Client().post(reverse("account_reset_password"), {"email": person.email}, follow=True)) for _ in range(4)
    ]
    assert len(mail.outbox) == 3
    assert "Too many attempts. Try again in 60 seconds." in answers[3]


def test_strangers_who_ask_for_resets_keep_nobody_from_one_at_home(person: User) -> None:
    sign_in(WORD)
    for number in range(30):
        Client(REMOTE_ADDR=f"203.0.113.{number}").post(reverse("account_reset_password"), {"email": person.email})
    assert len(mail.outbox) == 10
    Client(REMOTE_ADDR=HOME).post(reverse("account_reset_password"), {"email": person.email})
    assert len(mail.outbox) == 11


def test_a_password_that_is_too_weak_counts_as_no_mail(settings: Any, db: None) -> None:
    settings.SIGNUP = "open"
    for _ in range(5):
        form = {"email": "desk@example.org", "password1": "1234", "password2": "1234"}
        answer = Client().post(reverse("account_signup"), form)
    assert "Too many attempts" not in words(answer)


def test_signing_up_sends_few_mails(settings: Any, db: None) -> None:
    settings.SIGNUP, settings.ACCOUNT_EMAIL_VERIFICATION = "open", "mandatory"
    form = {"email": "desk@example.org", "password1": WORD, "password2": WORD}
    answers = [words(Client().post(reverse("account_signup"), form, follow=True)) for _ in range(4)]
    assert "Too many attempts" in answers[3]
    assert len(mail.outbox) <= 3


def test_changing_ones_email_sends_few_mails(person: User) -> None:
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": WORD})
    for _ in range(4):
        client.post(reverse("change-email"), {"email": "new@example.org"})
        form = {"password": WORD, "next": reverse("change-email")}
        answer = client.post(reverse("account_reauthenticate"), form, follow=True)
    assert len(mail.outbox) == 3
    answer = client.post(reverse("pending-email"), follow=True)
    assert "Too many attempts" in words(answer)


def code() -> str:
    """What the authenticator app shows now."""
    shown: str = format_hotp_value(hotp_value(SECRET, 1))
    return shown


def test_five_wrong_codes_are_followed_by_a_wait(person: User) -> None:
    TOTP.activate(person, SECRET)
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": WORD})
    for _ in range(5):
        assert "Incorrect code" in words(client.post(reverse("mfa_authenticate"), {"code": "000000"}))
    assert "Too many attempts" in words(client.post(reverse("mfa_authenticate"), {"code": code()}))
    later(31)
    assert client.post(reverse("mfa_authenticate"), {"code": code()}).status_code == 302


def test_wrong_codes_from_many_networks_have_to_wait_too(person: User) -> None:
    for number in range(CODE.account.free):
        attempt(CODE, person.email, f"203.0.113.{number}")
    with pytest.raises(TooMany):
        attempt(CODE, person.email, "203.0.113.200")


def test_entering_the_password_again_is_limited_with_signing_in(person: User) -> None:
    client = Client()
    client.force_login(person)
    for _ in range(5):
        client.post(reverse("account_reauthenticate"), {"password": "a guess"})
    assert "Too many attempts" in words(client.post(reverse("account_reauthenticate"), {"password": WORD}))
    form = {"oldpassword": WORD, "password1": WORD + "!", "password2": WORD + "!"}
    assert "Too many attempts" in words(client.post(reverse("account_change_password"), form))


def test_a_new_password_forgets_the_networks_from_which_others_may_have_signed_in(person: User) -> None:
    for at in (HOME, ELSEWHERE):
        sign_in(WORD, at)
    client = Client(REMOTE_ADDR=HOME)
    client.post(reverse("account_login"), {"login": person.email, "password": WORD})
    form = {"oldpassword": WORD, "password1": WORD + "!", "password2": WORD + "!"}
    client.post(reverse("account_change_password"), form)
    assert UsualNetwork.objects.filter(user=person).count() == 1

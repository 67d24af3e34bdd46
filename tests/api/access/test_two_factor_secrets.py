"""The secrets of the second factor lie in the database encrypted, by the present SECRET_KEY or an earlier one."""

from __future__ import annotations

from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from annotations.models import User
from factcheck.encryption import Unreadable, decrypt, encrypt, is_current
from tests.web.visit import words

WORD = "a bridge too far away"
SECRET = "JBSWY3DPEHPK3PXP"
EARLIER, LATER = "earlier " * 8, "later " * 8
MIGRATION = import_module("annotations.migrations.0025_sign_in_limits")


@pytest.fixture(autouse=True)
def _one_half_minute(monkeypatch: Any) -> None:
    """The code that an app shows does not change in the middle of a test."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.yield_hotp_counters_from_time", lambda: iter([1]))


@pytest.fixture
def person(settings: Any, db: None) -> User:
    """Somebody with a second factor, from when EARLIER was the site's secret."""
    settings.SECRET_KEY = EARLIER
    user = User.objects.create_user("desk@example.org", WORD)
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def stored(person: User) -> str:
    """What a copy of the database shows of the person's second factor."""
    return str(list(Authenticator.objects.filter(user=person).values_list("data", flat=True)))


def sign_in() -> Any:
    """Signs in with the code that the app shows now."""
    client = Client()
    client.post(reverse("account_login"), {"login": "desk@example.org", "password": WORD})
    shown = format_hotp_value(hotp_value(SECRET, 1))
    return client.post(reverse("mfa_authenticate"), {"code": shown})


def test_neither_the_key_of_the_app_nor_the_seed_of_the_codes_can_be_read(person: User) -> None:
    assert SECRET not in stored(person)
    assert stored(person).count("fernet:") == 2
    assert sign_in().status_code == 302


def test_the_same_secret_looks_different_each_time(db: None) -> None:
    assert encrypt(SECRET) != encrypt(SECRET)
    assert decrypt(encrypt(SECRET)) == SECRET


def test_an_earlier_secret_of_the_site_reads_it_as_long_as_it_is_named(person: User, settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = LATER, [EARLIER]
    assert sign_in().status_code == 302


def test_without_it_nobody_gets_in_and_the_page_says_why(person: User, settings: Any) -> None:
    settings.SECRET_KEY = LATER
    assert "secret key was changed" in words(sign_in())


def test_reencrypt_brings_everything_under_the_present_secret(person: User, settings: Any) -> None:
    codes = RecoveryCodes(Authenticator.objects.get(user=person, type="recovery_codes")).get_unused_codes()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = LATER, [EARLIER]
    call_command("reencrypt", stdout=(said := StringIO()))
    settings.SECRET_KEY_FALLBACKS = []
    assert said.getvalue() == "Encrypted with the current SECRET_KEY: 2.\n"
    assert RecoveryCodes(Authenticator.objects.get(user=person, type="recovery_codes")).get_unused_codes() == codes
    assert sign_in().status_code == 302


def test_reencrypt_names_those_whose_secrets_no_key_reads_and_leaves_them(person: User, settings: Any) -> None:
    settings.SECRET_KEY, before = LATER, stored(person)
    with pytest.raises(CommandError, match=r"desk@example\.org"):
        call_command("reencrypt", stdout=StringIO())
    assert stored(person) == before


def test_reencrypt_changes_nothing_the_second_time(person: User, settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = LATER, [EARLIER]
    call_command("reencrypt", stdout=StringIO())
    before = stored(person)
    call_command("reencrypt", stdout=(said := StringIO()))
    assert (said.getvalue(), stored(person)) == ("Encrypted with the current SECRET_KEY: 0.\n", before)


def test_the_migration_encrypts_what_lay_there_in_clear_and_back(db: None) -> None:
    user = User.objects.create_user("desk@example.org", WORD)
    clear: list[dict[str, Any]] = [{"secret": SECRET}, {"seed": "0a1b", "used_mask": 5, "migrated_codes": ["12", "34"]}]
    for kind, data in zip(("totp", "recovery_codes"), clear, strict=True):
        Authenticator.objects.create(user=user, type=kind, data=data)
    MIGRATION.encrypt_secrets(apps, None)
    assert (SECRET in stored(user), "0a1b" in stored(user), stored(user).count("fernet:")) == (False, False, 4)
    assert sign_in().status_code == 302
    MIGRATION.decrypt_secrets(apps, None)
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == clear


@pytest.mark.parametrize("text", ["", SECRET, "fernet:", "fernet:gAAA", "fernet:é"])
def test_what_is_not_encrypted_is_not_taken_for_a_secret(text: str) -> None:
    assert not is_current(text)
    with pytest.raises(Unreadable):
        decrypt(text)


def test_sessions_outlive_a_change_of_the_sites_secret(person: User, settings: Any) -> None:
    client = Client()
    client.force_login(person)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = LATER, [EARLIER]
    assert client.get(reverse("account")).status_code == 200

"""Secrets that have to be read again, encrypted by a key that is derived from SECRET_KEY.

What was encrypted by an earlier SECRET_KEY is read as long as SECRET_KEY_FALLBACKS holds that.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

MARK: Final = "fernet:"
"""How what is encrypted begins, so that another way of encrypting can come to it."""


class Unreadable(Exception):
    """No key that the site has reads this."""


def encrypt(text: str) -> str:
    """The text, encrypted by the present key, in ASCII."""
    return MARK + _box(settings.SECRET_KEY).encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """What `encrypt` was given. Raises Unreadable."""
    for secret in [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]:
        try:
            return _read(encrypted, secret)
        except InvalidToken:
            continue
    raise Unreadable(
        "This was encrypted with a SECRET_KEY that is neither the current one nor in SECRET_KEY_FALLBACKS."
    )


def is_current(encrypted: str) -> bool:
    """Whether the present key reads it."""
    try:
        _read(encrypted, settings.SECRET_KEY)
    except InvalidToken:
        return False
    return True


def with_secrets(data: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """What an authenticator holds, with each of its secrets changed: a key, a seed, or codes from elsewhere."""
    changed = dict(data)
    for name in ("secret", "seed"):
        if name in data:
            changed[name] = change(data[name])
    if "migrated_codes" in data:
        changed["migrated_codes"] = [change(code) for code in data["migrated_codes"]]
    return changed


def encrypt_anew() -> tuple[int, list[str]]:
    """Encrypts by the present key what an earlier one encrypted; how many, and whose could not be read."""
    from allauth.mfa.models import Authenticator

    done, unreadable = 0, set()
    for key in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            # Held, because a recovery code may be used up meanwhile.
            one = Authenticator.objects.select_for_update(of=("self",)).select_related("user").filter(pk=key).first()
            if one is None:
                continue
            try:
                data = with_secrets(one.data, lambda text: text if is_current(text) else encrypt(decrypt(text)))
            except Unreadable:
                unreadable.add(one.user.email)
                continue
            if data != one.data:
                one.data = data
                one.save(update_fields=["data"])
                done += 1
    return done, sorted(unreadable)


def _read(encrypted: str, secret: str) -> str:
    if not encrypted.startswith(MARK):
        raise InvalidToken
    return _box(secret).decrypt(encrypted.removeprefix(MARK).encode()).decode()


@lru_cache(maxsize=20)
def _box(secret: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"factcheck two-factor secrets").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))

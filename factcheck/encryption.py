"""Secrets that have to be read again, encrypted by a key that is derived from SECRET_KEY.

What was encrypted by an earlier SECRET_KEY is read as long as SECRET_KEY_FALLBACKS holds that.
"""

import base64
from functools import lru_cache
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

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


def _read(encrypted: str, secret: str) -> str:
    if not encrypted.startswith(MARK):
        raise InvalidToken
    return _box(secret).decrypt(encrypted.removeprefix(MARK).encode()).decode()


@lru_cache(maxsize=20)
def _box(secret: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"factcheck two-factor secrets").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))

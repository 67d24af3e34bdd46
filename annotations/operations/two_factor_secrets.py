"""The secrets of the second factor as they lie in the database: encrypted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from factcheck.encryption import Unreadable, decrypt, encrypt, is_current


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

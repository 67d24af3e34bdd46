"""`manage.py reencrypt`"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck.encryption import encrypt_anew


class Command(BaseCommand):
    """Brings what an earlier SECRET_KEY encrypted under the present one, so that the earlier can be forgotten."""

    help = "Encrypt the secrets of two-factor authentication with the current SECRET_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        done, unreadable = encrypt_anew()
        self.stdout.write(f"Encrypted with the current SECRET_KEY: {done}.")
        if unreadable:
            raise CommandError(
                "These people's secrets can't be decrypted with SECRET_KEY or SECRET_KEY_FALLBACKS: "
                f"{', '.join(unreadable)}."
            )

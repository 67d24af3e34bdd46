"""`manage.py changepassword EMAIL`"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.management.commands import changepassword

from annotations.models import User


class Command(changepassword.Command):
    """Django's command, which here ends the person's sessions and tokens as well."""

    help = "Set a new password for a person, and end their sessions and API tokens."

    def handle(self, *args: Any, **options: Any) -> str | None:
        said = super().handle(*args, **options)
        User.objects.get(email=options["username"]).end_access()
        return said

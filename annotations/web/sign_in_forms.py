"""The forms of signing in, where they do more than those of the library for it."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ResetPasswordKeyForm
from django.db import transaction

from annotations.models import User


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """A password chosen by a link that was sent by mail, of an invitation or a reset.

    Whoever has the link reads what is sent to the address, so the address is confirmed.
    """

    user: User

    def save(self) -> Any:
        with transaction.atomic():
            super().save()
            self.user.confirm_email(self.user.email)

"""The forms of signing in, where they do more than those of the library for it."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm
from django import forms

from annotations.models import Token, User, acting
from annotations.web.reading.isolation import isolated


class TokenChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Tokens by their names."""

    def label_from_instance(self, obj: Any) -> str:
        return isolated(str(obj))


class PasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """Another password. It ends every other session, and the tokens that are chosen; at first those are all."""

    user: User

    tokens = TokenChoice(
        Token.objects.none(),
        label="End these API tokens",
        help_text="Programs that use them stop working. Deselect those that you want to keep.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Current password"
        self.fields["password1"].label = "New password"
        self.fields["password2"].label = "New password again"
        tokens = Token.objects.filter(user=self.user)
        if tokens:
            self.fields["tokens"].queryset = self.fields["tokens"].initial = tokens
        else:
            del self.fields["tokens"]

    def save(self) -> None:
        with acting(self.user):
            super().save()
            Token.objects.filter(pk__in=self.cleaned_data.get("tokens", ())).delete()


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """A password chosen by a link that was sent by mail, of an invitation or a reset.

    Whoever has the link reads what is sent to the address, so the address is confirmed. Whoever knew the old password
    may have signed in with it, so every session and token ends.
    """

    user: User

    def save(self) -> None:
        with acting(self.user):
            super().save()
            self.user.end_access()
            self.user.confirm_email(self.user.email)

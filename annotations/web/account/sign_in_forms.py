"""The forms of signing in, where they do more than those of the library for it."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.forms import ChangePasswordForm, ResetPasswordForm, ResetPasswordKeyForm, SignupForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Token, User, UsualNetwork, acting
from annotations.operations.sign_in_limits import CODE, MAIL, PASSWORD, remember_network
from annotations.web.text.isolation import isolated
from factcheck.accounts import attempted, client_address
from factcheck.encryption import Unreadable

log = logging.getLogger(__name__)


class TokenChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Tokens by their names."""

    def label_from_instance(self, obj: Any) -> str:
        return isolated(str(obj))


def forget_other_networks(user: User) -> None:
    """Only this network still counts as usual: in the others, somebody else may have known the password."""
    UsualNetwork.objects.filter(user=user).delete()
    remember_network(user, client_address(context.request))


class ResetForm(ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """The address to which the link goes."""

    def clean_email(self) -> str:
        attempted(MAIL, self.cleaned_data["email"], context.request)
        email: str = super().clean_email()
        return email


class NewAccountForm(SignupForm):  # type: ignore[misc]  # allauth has no types
    """The address and the password of a new account."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            attempted(MAIL, cleaned["email"], context.request)
        return cleaned


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code of the second factor, on signing in."""

    def clean_code(self) -> str:
        counted = attempted(CODE, self.user.email, context.request)
        try:
            code: str = super().clean_code()
        except Unreadable as error:
            log.error("The second factor of %s can't be read: %s", self.user.email, error)
            raise forms.ValidationError(
                _(
                    "Your two-factor authentication can't be read, because this site's secret key was changed. Ask an "
                    "administrator of this site to turn it off for you."
                ),
                "unreadable",
            ) from error
        counted.was_right()
        return code


class CodeAgainForm(CodeForm, ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The same, where it is asked for once more."""

    save = ReauthenticateForm.save
    _emit_authentication_failed = ReauthenticateForm._emit_authentication_failed


class PasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """A new password. It ends every other session, and the selected tokens: at first all of them."""

    user: User

    tokens = TokenChoice(
        Token.objects.none(),
        label=gettext_lazy("Revoke these API tokens"),
        help_text=gettext_lazy("Programs that use them stop working. Deselect the tokens that you want to keep."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Current password")
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password again")
        tokens = Token.objects.filter(user=self.user)
        if tokens:
            self.fields["tokens"].queryset = self.fields["tokens"].initial = tokens
        else:
            del self.fields["tokens"]

    def clean_oldpassword(self) -> str:
        counted = attempted(PASSWORD, self.user.email, context.request)
        password: str = super().clean_oldpassword()
        counted.was_right()
        return password

    def save(self) -> None:
        with acting(self.user):
            super().save()
            forget_other_networks(self.user)
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
            forget_other_networks(self.user)
            self.user.confirm_email(self.user.email)

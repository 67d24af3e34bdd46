"""The pages by which people change the address that they sign in with."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import User
from annotations.operations.email_change import (
    cancel_email_change,
    confirm_email_change,
    is_for,
    request_email_change,
    send_confirmation,
)
from annotations.operations.sign_in_limits import MAIL, TooMany, attempt
from annotations.web.page import PageRequest, page, show
from annotations.web.text.isolation import isolated
from factcheck.accounts import client_address


class EmailForm(forms.Form):
    """The address that somebody wants to sign in with."""

    email = forms.EmailField(
        label=gettext_lazy("New email"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Enter your new email.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if email == self.user.email:
            raise forms.ValidationError(_("This is already your email."), "same")
        return email


@page("GET", "POST")
def change_email(request: PageRequest) -> HttpResponse:
    """Sends a link to a new address; until that is confirmed, nothing changes."""
    form = EmailForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        raise_if_reauthentication_required(request, app="")
        email = form.cleaned_data["email"]
        try:
            attempt(MAIL, email, client_address(request))
        except TooMany as error:
            form.add_error("email", str(error))
        else:
            request_email_change(request.user, email)
            return redirect("change-email")
    return show(request, "account/email.html", form=form, status=400 if form.errors else 200)


@page("POST")
def pending_email(request: PageRequest) -> HttpResponse:
    """Sends the link to the new address again, or cancels the change."""
    user = request.user
    if user.new_email and "cancel" in request.POST:
        cancel_email_change(user)
        messages.success(
            request, _("The change is cancelled. Your email is still %(email)s.") % {"email": isolated(user.email)}
        )
    elif user.new_email:
        try:
            attempt(MAIL, user.new_email, client_address(request))
        except TooMany as error:
            messages.error(request, str(error))
        else:
            send_confirmation(user)
            messages.success(request, _("We sent the link to %(email)s again.") % {"email": isolated(user.new_email)})
    return redirect("change-email")


@page("GET", "POST")
def confirm_email(request: PageRequest, token: str) -> HttpResponse:
    """Where the link of the message leads. Only the account that asked for it can confirm it."""
    user = request.user
    if not is_for(token, user):
        return show(request, "account/email_link_expired.html", status=404)
    if request.method == "GET":
        return show(request, "account/email_confirm.html", token=token)
    try:
        confirm_email_change(user)
    except IntegrityError:
        user.refresh_from_db()
        return show(request, "account/email_taken.html", status=409)
    messages.success(request, _("Your email is now %(email)s.") % {"email": isolated(user.email)})
    return redirect("account")

"""Invitations: the page that the link in the email opens, and the answers on *My work*."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotations.models import Invitation, Membership, User
from annotations.models.base.names import one_line
from annotations.operations.invitations import accept_with_link, invitation_with, join
from annotations.rules import RuleBroken, broken_rule
from annotations.web.page import PageRequest, page
from annotations.web.text.isolation import isolated


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page that the link in the email opens: accept, decline, or create an account and join."""
    found = invitation_with(token)
    if found is None or found.state != Invitation.State.OPEN or found.expired:
        return render(request, "annotations/invitations/closed.html", status=404)
    account = User.objects.filter(email=found.email).first()
    is_new = account is None or (account.is_active and not account.has_usable_password())
    form = JoinForm(request.POST if request.POST.get("do") == "join" else None, account=account, email=found.email)
    if request.method == "POST":
        try:
            answer = _answer(request, found, form if is_new else None)
        except (RuleBroken, IntegrityError, PermissionError) as error:
            # Somebody answered it, or created the account, meanwhile: the page shows its current state.
            if not isinstance(error, IntegrityError) or broken_rule(error) is not None:
                messages.error(request, _refusal(error))
            return redirect(request.path)
        if answer is not None:
            return answer
    shown = {"invitation": found, "form": form, "account": account, "is_new": is_new, "path": request.path}
    status = 400 if request.method == "POST" else 200
    return render(request, "annotations/invitations/invitation.html", shown, status=status)


def _answer(request: HttpRequest, found: Invitation, form: JoinForm | None) -> HttpResponse | None:
    """Does what the form asks; None where the page is to be shown again."""
    user = request.user if isinstance(request.user, User) else None
    match request.POST.get("do"):
        case "decline":
            found.decline(by=user)
            return render(request, "annotations/invitations/declined.html", {"invitation": found})
        case "accept" if user is not None and user.email == found.email:
            return _joined(request, accept_with_link(found, by=user))
        case "join" if user is None and form is not None and form.is_valid():
            values = form.cleaned_data
            return _joined(request, join(found, request, name=values["name"], password=values["password1"]))
    return None


@page("POST")
def answer_invitation(request: PageRequest, invitation_id: int) -> HttpResponse:
    """Accepts or declines an invitation to one's own address, from *My work*."""
    found = get_object_or_404(Invitation.objects.addressed_to(request.user).waiting(), pk=invitation_id)
    try:
        if request.POST.get("do") == "accept":
            return _joined(request, found.accept(by=request.user))
        found.decline(by=request.user)
        messages.success(
            request, _("You declined the invitation to %(project)s.") % {"project": isolated(found.project.name)}
        )
    except (RuleBroken, IntegrityError) as error:
        messages.error(request, _refusal(error))
    return redirect("work")


def _joined(request: HttpRequest, membership: Membership) -> HttpResponse:
    project = isolated(membership.project.name)
    messages.success(request, _("You are now a member of %(project)s.") % {"project": project})
    return redirect("dashboard", membership.project.slug)


def _refusal(error: Exception) -> str:
    rule = error.rule if isinstance(error, RuleBroken) else None
    if isinstance(error, IntegrityError):
        rule = broken_rule(error)
    return rule.message if rule else str(error)


class JoinForm(forms.Form):
    """The account of somebody who joins with the link in the email."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=150,
        validators=[one_line],
        help_text=gettext_lazy("Shown next to your work."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Enter your name.")},
    )
    password1 = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Enter a password.")},
    )
    password2 = forms.CharField(
        label=gettext_lazy("Password (again)"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Enter the password again.")},
    )

    def __init__(self, *args: Any, account: User | None, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account or User(email=email)
        self.fields["name"].initial = self.account.name

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if "password1" in values and "password2" in values and values["password1"] != values["password2"]:
            self.add_error("password2", _("Enter the same password twice."))
        elif "password1" in values:
            try:
                validate_password(values["password1"], self.account)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return values

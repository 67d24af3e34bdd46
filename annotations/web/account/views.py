"""One's own account: profile, sign-in, API tokens, and keyboard shortcuts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar, Final, cast

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Project, Token, User, acting
from annotations.shortcuts import ACTIONS, SCREENS, Text, keys_of
from annotations.web.page import PageRequest, page, show
from annotations.web.text.isolation import isolated

LIFETIMES: Final = [
    ("30", gettext_lazy("In 30 days")),
    ("90", gettext_lazy("In 90 days")),
    ("365", gettext_lazy("In a year")),
    ("0", gettext_lazy("Never")),
]
MOST_TOKENS: Final = 100


@page("GET", "POST")
def account(request: PageRequest) -> HttpResponse:
    """The profile, and links to everything else about the account."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        with acting(request.user):
            request.user.save(update_fields=["name", "language"])
        messages.success(request, _("Saved."))
        return redirect("account")
    return _shown(request, profile=form, status=400 if form.errors else 200)


@page("POST")
def new_token(request: PageRequest) -> HttpResponse:
    """Makes a token and shows its secret, this once, after the password was entered again."""
    form = TokenForm(request.POST, user=request.user, auto_id="token_%s")
    if not form.is_valid():
        return _shown(request, token=form, status=400)
    raise_if_reauthentication_required(request, app="")
    wanted = form.cleaned_data
    days = int(wanted["lifetime"])
    with acting(request.user):
        made, secret = Token.objects.create(
            user=request.user,
            expiry=timedelta(days=days) if days else None,
            name=wanted["name"],
            scopes=wanted["scopes"],
            project=wanted["project"],
        )
    return _shown(request, secret=secret, made=made, status=201)


@page("POST")
def revoke_token(request: PageRequest, token_id: str) -> HttpResponse:
    """Ends a token of one's own."""
    token = get_object_or_404(Token.objects.filter(user=request.user), pk=token_id)
    with acting(request.user):
        token.delete()
    messages.success(request, _("The token “%(name)s” is revoked.") % {"name": isolated(str(token))})
    return redirect("account")


class ProfileForm(forms.ModelForm[User]):
    """A person's name and language."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["name", "language"]
        help_texts: ClassVar[dict[str, Any]] = {
            "name": gettext_lazy("Shown next to your work. Without a name, you are shown as Member and a number."),
            "language": gettext_lazy("The language that you read best, as a code such as en or de."),
        }


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter a name, so that you know which token to revoke.")},
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Permissions"),
        choices=[("read", gettext_lazy("Read what I can read")), ("write", gettext_lazy("Change what I can change"))],
        initial=["read"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what the token can do: read, write or both.")},
    )
    project = forms.ModelChoiceField(
        Project.objects.none(),
        label=gettext_lazy("Project"),
        required=False,
        empty_label=gettext_lazy("All my projects"),
    )
    lifetime = forms.ChoiceField(label=gettext_lazy("Expires"), choices=LIFETIMES, initial="90")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        cast("forms.ModelChoiceField[Project]", self.fields["project"]).queryset = Project.objects.visible_to(user)

    def clean(self) -> dict[str, Any]:
        if self.user.auth_token_set.count() >= MOST_TOKENS:
            raise forms.ValidationError(
                _("You already have %(number)d tokens. Revoke one first."), "too_many", {"number": MOST_TOKENS}
            )
        return self.cleaned_data


def _shown(
    request: PageRequest,
    profile: ProfileForm | None = None,
    token: TokenForm | None = None,
    secret: str = "",
    made: Token | None = None,
    status: int = 200,
) -> HttpResponse:
    tokens = Token.objects.filter(user=request.user).select_related("project").order_by("-created")
    return show(
        request,
        "account/account.html",
        status=status,
        profile=profile or ProfileForm(instance=request.user),
        token_form=token or TokenForm(user=request.user, auto_id="token_%s"),
        tokens=tokens,
        secret=secret,
        made=made,
        second_factor=is_mfa_enabled(request.user),
        now=timezone.now(),
        site=request.build_absolute_uri("/").rstrip("/"),
    )


@page()
def keys(request: PageRequest) -> HttpResponse:
    """All keys by screen and group. They are changed through `PATCH me/`."""
    own = request.user.keys
    groups: dict[tuple[Text, Text], list[dict[str, Any]]] = {}
    for action in ACTIONS:
        row = {"action": action, "keys": keys_of(action, own), "changed": action.name in own}
        groups.setdefault((SCREENS[action.screen], action.group), []).append(row)
    starting = {action.name: action.keys for action in ACTIONS}
    return show(
        request,
        "account/keys.html",
        groups=[{"screen": screen, "name": name, "rows": rows} for (screen, name), rows in groups.items()],
        single=request.user.single_keys,
        table={"own": own, "starting": starting},
    )

"""Invitations to a project: their mail, the token in it, and accepting them."""

from __future__ import annotations

from typing import Final

from django.contrib.auth import login
from django.core.mail import send_mail
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from annotations.models import Invitation, Membership, User, acting
from annotations.vocabulary import role_names
from factcheck import site

LONGEST_NAME: Final = 60
"""Characters of a name that a mail shows, so that nobody can send a message of their own in a name."""

_signer: Final = Signer(salt="annotations.invitation", sep=".")


def token_of(invitation: Invitation) -> str:
    """What the link in the mail carries. It is worked out from the secret key and kept nowhere."""
    return _signer.sign(str(invitation.pk))


def invitation_with(token: str) -> Invitation | None:
    """The invitation whose mail had this token, in whatever state, or None."""
    try:
        key = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Invitation.objects.select_related("project", "invited_by").filter(pk=key).first()


def mail(invitation: Invitation) -> None:
    """Sends the invitation. The subject is fixed and names are cut, so that nobody can put a message into it."""
    sender, project = (
        Truncator(str(named)).chars(LONGEST_NAME) for named in (invitation.invited_by, invitation.project)
    )
    send_mail(
        _("Factcheck: Invitation to a project"),
        _(
            "%(sender)s (%(email)s) invites you to the project “%(project)s” in Factcheck. Your roles: %(roles)s.\n\n"
            "Accept or decline by %(date)s:\n%(link)s\n\n"
            "If you don't know the sender, ignore this message. You join only if you accept.\n"
        )
        % {
            "sender": sender,
            "email": invitation.invited_by.email,
            "project": project,
            "roles": role_names(invitation.roles),
            "date": date_format(invitation.expires_at, "DATE_FORMAT"),
            "link": site.address(reverse("invitation", args=[token_of(invitation)])),
        },
        None,
        [invitation.email],
    )


def accept_with_link(invitation: Invitation, *, by: User) -> Membership:
    """Accepts with the token from the mail, which shows that the address is theirs."""
    with acting(by):
        membership = invitation.accept(by=by)
        by.confirm_email(by.email)
    return membership


def join(invitation: Invitation, request: HttpRequest, *, name: str, password: str) -> Membership:
    """Accepts in the name of a new account for the address, which is signed in.

    An account that has no password yet, such as one made for an earlier invitation, gets this one. Raises
    IntegrityError where somebody made an account for the address meanwhile.
    """
    with acting(None):
        user = User.objects.select_for_update().filter(email=invitation.email).first()
        if user is None:
            user = User.objects.create_user(invitation.email, password, name=name)
        else:
            if user.has_usable_password() or not user.is_active:
                raise PermissionError(
                    _("This account already has a password, or it is deactivated. Sign in to accept.")
                )
            user.set_password(password)
            user.name = name
            user.save(update_fields=["password", "name"])
        membership = accept_with_link(invitation, by=user)
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return membership

"""Changing the address that somebody signs in with: the old one stays until the new one is confirmed."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core import signing
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.models import User, acting
from factcheck import site

LINK_WORKS_FOR: Final = timedelta(days=3)
SALT: Final = "factcheck.new-email"


def request_email_change(user: User, email: str) -> None:
    """Stores the address as the one that `user` wants, and sends a link there that confirms it.

    An address that somebody else signs in with gets the same link, so that nobody learns who has an account; confirming
    it fails.
    """
    with acting(user):
        user.new_email = email
        user.save(update_fields=["new_email"])
    send_confirmation(user)


def cancel_email_change(user: User) -> None:
    """Forgets the address that `user` wanted; its link no longer works."""
    with acting(user):
        user.new_email = ""
        user.save(update_fields=["new_email"])


def send_confirmation(user: User) -> None:
    """Sends the link that confirms the address which `user` wants."""
    token = signing.dumps([user.pk, user.new_email], salt=SALT)
    link = site.address(reverse("confirm-email", kwargs={"token": token}))
    send_mail(
        _("Factcheck: Confirm your new email"),
        _(
            "%(user)s asked to sign in to Factcheck with this email. If that was you, confirm it here:\n\n%(link)s\n\n"
            "The link works for %(days)d days. If it wasn't you, ignore this message.\n"
        )
        % {"user": user, "link": link, "days": LINK_WORKS_FOR.days},
        None,
        [user.new_email],
        fail_silently=True,
    )


def is_for(token: str, user: User) -> bool:
    """Whether the link with `token` was sent to the address that `user` still wants."""
    try:
        asked = signing.loads(token, salt=SALT, max_age=LINK_WORKS_FOR)
    except signing.BadSignature:
        return False
    return bool(asked == [user.pk, user.new_email])


def confirm_email_change(user: User) -> None:
    """Makes the address that `user` wanted theirs, and says so at the old one.

    Raises IntegrityError (`user_email_any_case`) where somebody else signs in with it.
    """
    old, new = user.email, user.new_email
    user.confirm_email(new)
    send_mail(
        _("Factcheck: Your email has been changed"),
        _(
            "Your account in Factcheck now has the email %(new)s. You can no longer sign in with %(old)s.\n\n"
            "If you didn't change it, tell the operators of your site immediately.\n"
        )
        % {"new": new, "old": old},
        None,
        [old],
        fail_silently=True,
    )

"""Adding people to a project by their address."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from annotations.models import Membership, Project, User, acting


def invite(project: Project, *, by: User, email: str, roles: Sequence[str], site: str) -> Membership:
    """Adds the person with this address, and makes them an account where they have none.

    A new person gets a mail with a link below `site` to choose a password. Raises IntegrityError (`duplicate_member`).
    """
    with acting(by):
        user = User.objects.filter(email=email.strip().lower()).first()
        is_new = user is None
        if user is None:
            user = User.objects.create_user(email)
        membership = Membership.objects.create(project=project, user=user, roles=list(roles))
    if is_new:
        transaction.on_commit(lambda: send_invitation(membership, by, site))
    membership.refresh_from_db()
    return membership


def password_link(user: User, site: str) -> str:
    """Where a new person chooses their password."""
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return site.rstrip("/") + reverse("account_reset_password_from_key", kwargs=parts)


def send_invitation(membership: Membership, by: User, site: str) -> None:
    """Tells a new person that they were added, and where to choose a password."""
    send_mail(
        f"Factcheck: {by} added you to {membership.project}",
        f"{by} added you to the project {membership.project} in Factcheck.\n\n"
        f"Choose your password here:\n{password_link(membership.user, site)}\n",
        None,
        [membership.user.email],
        fail_silently=True,
    )

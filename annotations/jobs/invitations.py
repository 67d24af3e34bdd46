"""Inviting people to a project by their address: the task that sends the mail, and storing the invitation."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models.functions import Now
from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from annotations.models import Invitation, Membership, Project, User, acting
from annotations.models.people.invitation import LIFETIME
from annotations.operations.invitations import mail
from annotations.rules import ALREADY_INVITED, RuleBroken


@app.task(name="send_invitation", retry=RetryStrategy(max_attempts=9, exponential_wait=3))
def send_invitation(invitation_id: int) -> None:
    """Mails an invitation that is still open; where the mail server fails, again within hours."""
    invitation = Invitation.objects.open().select_related("project", "invited_by").filter(pk=invitation_id).first()
    if invitation is not None:
        mail(invitation)


def invite(project: Project, *, by: User, email: str, roles: Sequence[str]) -> Membership | Invitation:
    """Adds the person with this address where they share a project with `by`; anybody else is invited by mail.

    What happens to an invitation is the same whether or not there is an account for the address. Raises IntegrityError
    or RuleBroken (`duplicate_member`, `already_invited`, and the limits).
    """
    email = email.strip().lower()
    with acting(by):
        known = User.objects.filter(email=email, memberships__project__in=list(by.places)).first()
        open_ones = Invitation.objects.filter(project=project, state=Invitation.State.OPEN)
        if known is not None:
            membership = Membership.objects.create(project=project, user=known, roles=list(roles))
            open_ones.filter(email=email).update(state=Invitation.State.WITHDRAWN)
            membership.refresh_from_db()
            return membership
        open_ones.filter(expires_at__lte=Now()).update(state=Invitation.State.EXPIRED)
        if open_ones.filter(email=email).exists():
            # Said before the limits are, which would count this one too.
            raise RuleBroken(ALREADY_INVITED)
        invitation: Invitation = Invitation.objects.create(
            project=project, email=email, roles=list(roles), invited_by=by, expires_at=now() + LIFETIME
        )
        send_invitation.defer(invitation_id=invitation.pk)
    invitation.refresh_from_db()
    return invitation

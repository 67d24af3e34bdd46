"""The task that sends an invitation."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app


@app.task(name="send_invitation", retry=RetryStrategy(max_attempts=9, exponential_wait=3))
def send_invitation(invitation_id: int) -> None:
    """Mails an invitation that is still open; where the mail server fails, again within hours."""
    from annotations.models import Invitation
    from annotations.operations.invitations import mail

    invitation = Invitation.objects.open().select_related("project", "invited_by").filter(pk=invitation_id).first()
    if invitation is not None:
        mail(invitation)

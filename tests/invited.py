"""Invitations as tests meet them: sent, and mailed as the worker does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.core import mail
from django.utils.timezone import now

from annotations.jobs import send_invitation
from annotations.jobs.invitations import invite
from annotations.models import Invitation
from tests.cast import Cast


def invited(cast: Cast, email: str = "new@example.org", *roles: str) -> Invitation:
    """An open invitation to the project of the cast."""
    made = invite(cast.project, by=cast.manager, email=email, roles=list(roles or ("annotator",)))
    assert isinstance(made, Invitation)
    return made


def expired(cast: Cast, email: str = "new@example.org") -> Invitation:
    """One that came too late."""
    found: Invitation = Invitation.objects.create(
        project=cast.project, email=email, roles=["viewer"], invited_by=cast.manager, expires_at=now() - timedelta(1)
    )
    return found


def mailed(invitation: Invitation) -> Any:
    """The mail that the worker sends."""
    send_invitation(invitation.pk)
    return mail.outbox[-1]


def link_in(message: Any) -> str:
    """The path of the link in a mail."""
    found = re.search(r"https?://[^/\s]+(/invitations/\S+/)", message.body)
    assert found
    return found[1]

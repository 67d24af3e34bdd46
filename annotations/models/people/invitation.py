"""An invitation to a project, by mail, until somebody accepts it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.timezone import now
from django.utils.translation import gettext_lazy

from annotations.models.event import NEVER_EMPTIED, acting, recorded
from annotations.models.people.membership import Membership
from annotations.rules import (
    ALREADY_INVITED,
    INVITATION_CLOSED,
    INVITATION_FIXED,
    INVITATIONS_A_DAY,
    INVITATIONS_OPEN,
    RuleBroken,
)
from annotations.vocabulary import Role

if TYPE_CHECKING:
    from annotations.models.people.user import User

LIFETIME: Final = timedelta(days=14)
MOST_OPEN: Final = 100
"""Open invitations of a project."""
A_DAY_IN_PROJECT: Final = 50
A_DAY_BY_PERSON: Final = 100
A_DAY_TO_ADDRESS: Final = 3
"""Invitations of one project to one address within a day: withdrawn and sent again, for instance."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of invitations."""

    def open(self) -> Self:
        """Those that can still be accepted."""
        return self.filter(state=Invitation.State.OPEN, expires_at__gt=Now())

    def addressed_to(self, user: User) -> Self:
        """The open ones to the address of `user`, to projects that they are not in."""
        found = self.open().filter(email=user.email).exclude(project__memberships__user=user)
        return found if user.confined_to is None else found.filter(project=user.confined_to)

    def managed_by(self, user: User) -> Self:
        """Those to the projects that `user` manages."""
        return self.filter(project_id__in=[key for key, place in user.places.items() if place.has(Role.MANAGER)])

    def waiting(self) -> Self:
        """Those that nobody answered, also expired ones."""
        return self.filter(state=Invitation.State.OPEN).select_related("project", "invited_by")


class Invitation(models.Model):
    """Somebody with this address may become a member. Whether there is an account for the address, it does not say."""

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Open")
        ACCEPTED = "accepted", gettext_lazy("Accepted")
        DECLINED = "declined", gettext_lazy("Declined")
        WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")
        EXPIRED = "expired", gettext_lazy("Expired")

    project = models.ForeignKey("annotations.Project", models.CASCADE, related_name="invitations")
    email = models.EmailField(gettext_lazy("email address"))
    roles = ArrayField(models.CharField(max_length=10, choices=Role.choices), size=len(Role))
    invited_by = models.ForeignKey("annotations.User", models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project", "email"], condition=models.Q(state="open"), name=ALREADY_INVITED.name
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "accepted", "declined", "withdrawn", "expired"]),
                name="invitation_state_known",
            ),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="invitation_email_lower"),
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=Role.values) & models.Q(roles__len__gte=1),
                name="invitation_roles_known",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["project", "created_at"], name="invitation_in_project"),
            models.Index(fields=["invited_by", "created_at"], name="invitation_by_person"),
            models.Index(fields=["email"], name="invitation_to", condition=models.Q(state="open")),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="keeps_to_the_limits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                # Both rows are locked, so that of two invitations at once the second one counts the first.
                func=f"""
                    PERFORM FROM annotations_user WHERE id = NEW.invited_by_id FOR NO KEY UPDATE;
                    PERFORM FROM annotations_project WHERE id = NEW.project_id FOR NO KEY UPDATE;
                    IF (SELECT count(*) FROM annotations_invitation invitation
                        WHERE invitation.project_id = NEW.project_id AND invitation.state = 'open') >= {MOST_OPEN}
                    THEN {INVITATIONS_OPEN.refuse()} END IF;
                    IF (SELECT count(*) >= {A_DAY_IN_PROJECT}
                               OR count(*) FILTER (WHERE invitation.email = NEW.email) >= {A_DAY_TO_ADDRESS}
                        FROM annotations_invitation invitation
                        WHERE invitation.project_id = NEW.project_id
                          AND invitation.created_at > now() - interval '1 day')
                       OR (SELECT count(*) FROM annotations_invitation invitation
                           WHERE invitation.invited_by_id = NEW.invited_by_id
                             AND invitation.created_at > now() - interval '1 day') >= {A_DAY_BY_PERSON}
                    THEN {INVITATIONS_A_DAY.refuse()} END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="is_answered_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    IF (to_jsonb(NEW) - 'state') <> (to_jsonb(OLD) - 'state') THEN {INVITATION_FIXED.refuse()} END IF;
                    IF OLD.state <> 'open'
                       OR (NEW.state = 'accepted' AND OLD.expires_at <= now())
                       OR (NEW.state = 'expired' AND OLD.expires_at > clock_timestamp())
                    THEN {INVITATION_CLOSED.refuse()} END IF;
                    RETURN NEW;
                """,
            ),
            NEVER_EMPTIED,
            # Outside the project's history, which its members follow: invitations are for managers.
            recorded("invitation", project="NULL::bigint"),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.project}"

    @property
    def expired(self) -> bool:
        """Whether it is too late to accept it."""
        return self.expires_at <= now()

    def accept(self, *, by: User) -> Membership:
        """Makes `by` a member. Raises RuleBroken (`invitation_closed`) and IntegrityError (`duplicate_member`)."""
        with acting(by):
            self._close(self.State.ACCEPTED)
            membership = Membership.objects.create(project=self.project, user=by, roles=self.roles)
        by.__dict__.pop("places", None)
        return membership

    def decline(self, *, by: User | None) -> None:
        """Says no; `by` is nobody where the link in the mail is used without an account. Raises RuleBroken."""
        with acting(by):
            self._close(self.State.DECLINED)

    def withdraw(self, *, by: User) -> None:
        """Takes it back. Raises RuleBroken."""
        with acting(by):
            self._close(self.State.WITHDRAWN)

    def _close(self, state: Invitation.State) -> None:
        # Locked, so that an invitation that is withdrawn while it is accepted is one of the two.
        found = Invitation.objects.select_for_update(no_key=True).get(pk=self.pk)
        if found.state != self.State.OPEN or (state == self.State.ACCEPTED and found.expired):
            raise RuleBroken(INVITATION_CLOSED)
        self.state = state
        self.save(update_fields=["state"])

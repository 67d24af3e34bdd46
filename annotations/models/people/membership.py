"""Who may do what in a project, whose work went to whom, and under which names people leave with a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from annotations.models.event import NEVER_EMPTIED, recorded
from annotations.rules import DUPLICATE_MEMBER, LAST_MANAGER, ROLES_KNOWN
from annotations.vocabulary import OVERSEERS, Role

if TYPE_CHECKING:
    from annotations.models.people.user import User


OVERSEERS_SQL: Final = "ARRAY[{}]::varchar[]".format(", ".join(f"'{role}'" for role in OVERSEERS))
"""The roles that see all work, as PostgreSQL compares them to those of a membership."""


def projects_by_sight(user: User) -> tuple[list[int], list[int], list[int]]:
    """The user's projects by what they see there: all work, only what rule 12 opens, only what is approved."""
    everything, own, approved = [], [], []
    for project_id, membership in user.places.items():
        shared = membership.project.mode == "shared"
        if membership.has(*OVERSEERS) or (shared and membership.has(Role.ANNOTATOR)):
            everything.append(project_id)
        elif membership.has(Role.ANNOTATOR):
            own.append(project_id)
        else:
            approved.append(project_id)
    return everything, own, approved


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads of memberships."""

    def visible_to(self, user: User) -> Self:
        """The members of the projects that `user` is a member of."""
        return self.filter(project_id__in=list(user.places))


class Membership(models.Model):
    """A person's roles in a project."""

    project = models.ForeignKey("annotations.Project", models.CASCADE, related_name="memberships")
    user = models.ForeignKey("annotations.User", models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=10, choices=Role.choices), size=len(Role))
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "user"], name=DUPLICATE_MEMBER.name),
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=Role.values) & models.Q(roles__len__gte=1),
                name=ROLES_KNOWN.name,
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="keeps_a_manager",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    PERFORM FROM annotations_project WHERE id = OLD.project_id FOR NO KEY UPDATE;
                    IF 'manager' = ANY(OLD.roles)
                       AND (TG_OP = 'DELETE' OR NOT 'manager' = ANY(NEW.roles) OR NEW.project_id <> OLD.project_id)
                       AND NOT EXISTS (
                           SELECT FROM annotations_membership m
                           WHERE m.project_id = OLD.project_id AND m.id <> OLD.id AND 'manager' = ANY(m.roles))
                    THEN {LAST_MANAGER.refuse(unless_removal=True)} END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
            NEVER_EMPTIED,
            recorded("membership", project="entry.project_id"),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.project}"

    def has(self, *roles: Role) -> bool:
        """Whether the member has one of these roles."""
        return any(role in self.roles for role in roles)


class HandOver(models.Model):
    """One hand-over of verdicts: by which manager, from whom to whom, and of how many. It never changes."""

    project = models.ForeignKey("annotations.Project", models.CASCADE, related_name="hand_overs")
    giver = models.ForeignKey("annotations.User", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("annotations.User", models.PROTECT, related_name="+")
    by = models.ForeignKey("annotations.User", models.PROTECT, related_name="+")
    verdicts = models.PositiveIntegerField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.verdicts} from {self.giver} to {self.receiver}"


class Pseudonym(models.Model):
    """What a person is called in a project's exports where that is not worked out from the project's key.

    Whoever came in with a dataset goes out under the same name.
    """

    project = models.ForeignKey("annotations.Project", models.CASCADE, related_name="pseudonyms")
    user = models.ForeignKey("annotations.User", models.CASCADE, related_name="pseudonyms")
    name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar[list[str]] = ["project", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "user"], name="pseudonym_once"),
            models.UniqueConstraint(fields=["project", "name"], name="pseudonym_of_one"),
        ]

    def __str__(self) -> str:
        return self.name

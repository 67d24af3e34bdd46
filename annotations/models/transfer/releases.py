"""Releases: a dataset as it stood at one moment, in files that never change."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import pgtrigger
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from annotations.models.base.identifiers import new_id
from annotations.models.event import NEVER_EMPTIED, recorded
from annotations.rules import RELEASE_AUDIENCE, RELEASE_FIXED, RELEASE_NAME
from annotations.vocabulary import OVERSEERS

if TYPE_CHECKING:
    from annotations.models.people.user import User


OPEN_FILTERS: Final = {"state": "approved", "names": False, "comments": False}
"""Filters whose other values are for managers and reviewers only."""


def _has_open_filters() -> models.Q:
    """Condition: each of `OPEN_FILTERS` is left out or has its value."""
    open_filters = models.Q()
    for name, value in OPEN_FILTERS.items():
        open_filters &= ~models.Q(filters__has_key=name) | models.Q(filters__contains={name: value})
    return open_filters


def releases_seen_by(user: User) -> models.Q:
    """Condition on releases: some are for managers and reviewers only."""
    overseen = [key for key, place in user.places.items() if place.has(*OVERSEERS)]
    return models.Q(project_id__in=list(user.places), audience="members") | models.Q(project_id__in=overseen)


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Reads of releases."""

    def visible_to(self, user: User) -> Self:
        """The releases that `user` may read: by project and audience."""
        return self.filter(releases_seen_by(user))


class Release(models.Model):
    """One release, from the wish to its files.

    `audience` is who may read it. In an independent project it also decides what goes in: for all members only the work
    that is open to all of them. `done` and `total` count what is to be written. `manifest` is what `manifest.json`
    says, `sha256` that file's hash: both are there when the release is done.
    """

    class Audience(models.TextChoices):
        MEMBERS = "members", gettext_lazy("All members")
        MANAGERS = "managers", gettext_lazy("Managers and reviewers")

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Queued")
        RUNNING = "running", gettext_lazy("Running")
        DONE = "done", gettext_lazy("Done")
        FAILED = "failed", gettext_lazy("Failed")
        CANCELLED = "cancelled", gettext_lazy("Cancelled")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey("annotations.Project", models.CASCADE, related_name="releases")
    by = models.ForeignKey("annotations.User", models.PROTECT, related_name="releases")
    name = models.CharField(max_length=100)
    formats = models.JSONField(default=list)
    filters = models.JSONField(default=dict)
    splits = models.JSONField(default=dict)
    seed = models.PositiveIntegerField(default=0)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.MEMBERS)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    failure = models.TextField(blank=True)
    manifest = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "failed", "cancelled"])
                | models.Q(state="done", manifest__isnull=False, sha256__gt=""),
                name="release_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=["members", "managers"]), name="release_audience_known"
            ),
            models.CheckConstraint(
                condition=models.Q(audience="managers") | _has_open_filters(), name=RELEASE_AUDIENCE.name
            ),
            models.UniqueConstraint(
                fields=["project", "name"],
                condition=models.Q(state__in=["waiting", "running", "done"]),
                name=RELEASE_NAME.name,
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["project", "created_at", "id"], name="release_in_project"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="stays_as_it_is",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF OLD.state = 'done' THEN {RELEASE_FIXED.refuse(unless_removal=True)} END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
            NEVER_EMPTIED,
            recorded("release", project="entry.project_id", without=("done", "total", "manifest")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def under_way(self) -> bool:
        """Whether it waits for a worker or is with one."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    def still_under_way(self) -> models.QuerySet[Release]:
        """This release as the database has it now, where nobody has ended it meanwhile."""
        return Release.objects.filter(pk=self.pk, state__in=[self.State.WAITING, self.State.RUNNING])

    @property
    def as_of(self) -> datetime | None:
        """When the last change that it holds was made; None where it is not finished or holds none."""
        last = (self.manifest or {}).get("as_of")
        return datetime.fromisoformat(last["at"]) if last else None

    @property
    def published(self) -> models.QuerySet[ReleaseFile]:
        """The files that people download."""
        return self.files.filter(listed=True)


class ReleaseFile(models.Model):
    """One file of a release. `stored` is its name in Django's storage.

    A file that is not `listed` is nobody's to download: it holds what a comparison with another release reads.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="files", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    format = models.CharField(max_length=20, blank=True)
    split = models.CharField(max_length=10, blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=300)
    listed = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["release", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["release", "name"], name="release_file_once"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="stays_as_it_is",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("releases", "uuid[]")],
                # Locked before it is looked at, so that nobody finishes the release before the commit.
                func=f"""
                    IF TG_OP <> 'INSERT' THEN releases := array_append(releases, OLD.release_id); END IF;
                    IF TG_OP <> 'DELETE' THEN releases := array_append(releases, NEW.release_id); END IF;
                    PERFORM FROM annotations_release r WHERE r.id = ANY (releases) FOR SHARE;
                    IF EXISTS (SELECT FROM annotations_release r WHERE r.id = ANY (releases) AND r.state = 'done')
                    THEN {RELEASE_FIXED.refuse(unless_removal=True)} END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
            NEVER_EMPTIED,
        ]

    def __str__(self) -> str:
        return self.name

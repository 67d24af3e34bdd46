"""Imports: what was sent, how far it has come, and what of it was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import pgtrigger
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from annotations.models.base.identifiers import new_id
from annotations.rules import IMPORTS_KEPT, IMPORTS_UNDER_WAY

if TYPE_CHECKING:
    from annotations.models.people.user import User

MOST_REPORTED: Final = 10_000
"""Refused items of one import that are listed, and as many notes; the others are only counted."""
MOST_UNDER_WAY: Final = 50
"""Imports of one person that are not over."""
MOST_KEPT: Final = 10_000
"""Imports of one project."""
LONGEST_REPORTED: Final = {"file": 400, "place": 400, "detail": 1_000}
"""Characters of a line of the report."""


class ImportQuerySet(models.QuerySet["Import"]):
    """Reads of imports."""

    def visible_to(self, user: User) -> Self:
        """The imports of the projects that `user` is a member of."""
        return self.filter(project_id__in=list(user.places))

    def started(self) -> Self:
        """Imports that somebody has said go to."""
        return self.exclude(state=Import.State.PROPOSED)


class Import(models.Model):
    """One import, from what was sent to its report.

    `done` and `total` count documents; `total` is null until it is known. `phase` and `position` are where a worker
    goes on: they are stored together with what was made up to there.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", gettext_lazy("Not started")
        WAITING = "waiting", gettext_lazy("Queued")
        RUNNING = "running", gettext_lazy("Running")
        DONE = "done", gettext_lazy("Done")
        FAILED = "failed", gettext_lazy("Failed")
        CANCELLED = "cancelled", gettext_lazy("Cancelled")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey("annotations.Project", models.CASCADE, related_name="imports")
    by = models.ForeignKey("annotations.User", models.PROTECT, related_name="imports")
    format = models.CharField(max_length=20, blank=True)
    strict = models.BooleanField(default=False)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    phase = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    links_read = models.PositiveIntegerField(gettext_lazy("links read"), default=0)
    verdicts_read = models.PositiveIntegerField(gettext_lazy("verdicts read"), default=0)
    articles = models.PositiveIntegerField(gettext_lazy("articles created"), default=0)
    spans = models.PositiveIntegerField(gettext_lazy("spans created"), default=0)
    links = models.PositiveIntegerField(gettext_lazy("links created"), default=0)
    verdicts = models.PositiveIntegerField(gettext_lazy("verdicts created"), default=0)
    known = models.PositiveIntegerField(gettext_lazy("texts already in project"), default=0)
    refused = models.PositiveIntegerField(gettext_lazy("items refused"), default=0)
    notes = models.PositiveIntegerField(gettext_lazy("items noted"), default=0)
    failure = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=["proposed", "waiting", "running", "done", "failed", "cancelled"]),
                name="import_state_known",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["project", "created_at", "id"], name="import_in_project"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="within_quotas",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                # Nothing is locked: two that are sent at once may both be the last.
                func=f"""
                    IF NEW.state IN ('proposed', 'waiting', 'running') AND (
                        SELECT count(*) FROM annotations_import own
                        WHERE own.by_id = NEW.by_id AND own.state IN ('proposed', 'waiting', 'running')
                    ) >= {MOST_UNDER_WAY}
                    THEN {IMPORTS_UNDER_WAY.refuse()} END IF;
                    IF (SELECT count(*) FROM annotations_import kept
                        WHERE kept.project_id = NEW.project_id) >= {MOST_KEPT}
                    THEN {IMPORTS_KEPT.refuse()} END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format or 'import'} ({self.state})"

    @property
    def made(self) -> dict[str, int]:
        """How much of each kind came of it."""
        return {name: getattr(self, name) for name in ("articles", "spans", "links", "verdicts")}

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)

    @property
    def refusals(self) -> models.QuerySet[ReportedItem]:
        """What of it did not come in, in the order of the files."""
        return self.reported.filter(is_note=False)

    @property
    def noted(self) -> models.QuerySet[ReportedItem]:
        """What came in otherwise than it was in the files, and what was meant to stay out."""
        return self.reported.filter(is_note=True)


class ImportFile(models.Model):
    """One file as it was sent. `stored` is its name in Django's storage, `name` what its sender calls it."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=400)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar[list[str]] = ["of", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["of", "position"], name="import_file_position")
        ]

    def __str__(self) -> str:
        return self.name


PREVIEWED: Final = "factcheck_previewed"
"""The channel on which a worker tells the id of an import whose preview it made, or of an AddressFetch that is over."""


class ImportPreview(models.Model):
    """What was seen of a proposed import (`annotations.imports.preview.Preview`), with certain choices.

    `key` is the digest of those choices. `seen` is null until a worker has made it. `failure` names the limit that it
    met: `OutOfTime`, `OutOfMemory`, or `Broken` for a fault of ours; what was seen until then is kept.
    """

    of = models.OneToOneField(Import, models.CASCADE, primary_key=True, related_name="preview")
    key = models.CharField(max_length=64)
    seen = models.JSONField(null=True)
    failure = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering: ClassVar[list[str]] = ["of"]

    def __str__(self) -> str:
        return f"preview of {self.of_id}"


class ReportedItem(models.Model):
    """Something of an import that did not come in, or is noted: its location in the files, and why.

    Of each kind there are the first `MOST_REPORTED`; the counts of the import are of all.
    """

    of = models.ForeignKey(Import, models.CASCADE, related_name="reported", db_index=False)
    is_note = models.BooleanField(default=False)
    file = models.TextField(blank=True)
    place = models.TextField(blank=True)
    code = models.CharField(max_length=60)
    detail = models.TextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["of", "id"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["of", "is_note", "id"], name="reported_in_order")]

    def __str__(self) -> str:
        return f"{self.file} {self.place}: {self.code}"


class ImportPerson(models.Model):
    """Somebody whom the files of an import name, who that is here, and how many spans of theirs came in.

    `name` is empty for what the files name nobody for. `key` is its digest: names in files are of any length.
    """

    of = models.ForeignKey(Import, models.CASCADE, related_name="people", db_index=False)
    key = models.UUIDField()
    name = models.TextField(blank=True)
    user = models.ForeignKey("annotations.User", models.PROTECT, related_name="+")
    spans = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["of", "-spans", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["of", "key"], name="import_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.name or 'nobody named'} is {self.user}"


class ImportKey(models.Model):
    """What a name in the files of an import stands for, while links across documents may still refer to it.

    `key` is a digest: names in files are of any length.
    """

    of = models.ForeignKey(Import, models.CASCADE, related_name="keys", db_index=False)
    key = models.UUIDField()
    object = models.UUIDField()

    class Meta:
        ordering: ClassVar[list[str]] = ["of", "key"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["of", "key"], name="import_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} is {self.object}"

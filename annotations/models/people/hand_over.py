"""Work that went from one person to another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


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

"""Names under which people came with a dataset and leave with one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


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

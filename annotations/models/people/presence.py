"""Who has which article open at the moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db import models
from django.utils import timezone

CAME_OR_WENT: Final = "factcheck_came_or_went"
"""The channel on which a server process says on which article somebody came or went."""

FORGOTTEN_AFTER: Final = timedelta(seconds=45)
"""What a process has not confirmed for so long, it left behind when it died."""


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Reads of who is where."""

    def on(self, articles: Iterable[UUID]) -> dict[UUID, list[dict[str, Any]]]:
        """The people on each article, each once, as ``{"id", "name"}`` by name."""
        since = timezone.now() - FORGOTTEN_AFTER
        found: dict[UUID, list[dict[str, Any]]] = {article: [] for article in articles}
        there = self.filter(article__in=list(found), seen__gt=since).select_related("user")
        for one in there.order_by("article_id", "user_id").distinct("article_id", "user_id"):
            found[one.article_id].append({"id": one.user_id, "name": str(one.user)})
        return {article: sorted(people, key=lambda person: person["name"]) for article, people in found.items()}


class Presence(models.Model):
    """One open stream of events. The table is not logged: after a crash of the database nobody is there."""

    id = models.UUIDField(primary_key=True, editable=False)
    process = models.UUIDField()
    article = models.ForeignKey("annotations.Article", models.CASCADE, related_name="+", db_constraint=False)
    user = models.ForeignKey("annotations.User", models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    seen = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["process"], name="presence_of_process")]

    def __str__(self) -> str:
        return f"{self.user} on {self.article_id}"

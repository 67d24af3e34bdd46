"""What is counted so that nobody guesses passwords and codes, and the networks from which people sign in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Attempts(models.Model):
    """How many attempts were counted under one key of `annotations/operations/sign_in_limits.py`.

    The table is not logged: after a crash of the database nothing is counted.
    """

    key = models.CharField(max_length=64, primary_key=True)
    """A keyed hash, so that no addresses can be read here."""
    count = models.FloatField()
    """Attempts as of `wait_until`, from when on the count falls."""
    wait_until = models.DateTimeField()
    expires = models.DateTimeField()
    """When nothing is left to count."""

    class Meta:
        verbose_name_plural = "attempts"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["expires"], name="attempts_expired")]

    def __str__(self) -> str:
        return f"{self.count:.1f} attempts"


class UsualNetwork(models.Model):
    """A network from which somebody signed in. Attempts of others elsewhere never lock them out there."""

    user = models.ForeignKey("annotations.User", models.CASCADE, related_name="usual_networks", db_index=False)
    network = models.CharField(max_length=64)
    """A keyed hash of its address."""
    seen = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "network"], name="usual_network_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.seen:%Y-%m-%d}"

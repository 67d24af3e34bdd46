"""`manage.py afterrestore`"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from annotations.models.epoch import begin_epoch


class Command(BaseCommand):
    """Lets the history go on above all that was ever written, also where the server itself was set back in time."""

    help = (
        "Run this once after the database server was restored to an earlier point in time "
        "(point-in-time recovery, a copied data directory). After pg_restore the next start does "
        "it automatically."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        begin_epoch(was_set_back=True)
        self.stdout.write("Change feeds and live streams continue after all earlier events.")

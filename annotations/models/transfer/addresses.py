"""Addresses that people gave to be fetched, until the page is an import of its own or is refused."""

from __future__ import annotations

from typing import Any, ClassVar, Final

import pgtrigger
from django.db import models
from django.db.models.functions import MD5, Now

from annotations.models.base.identifiers import new_id
from annotations.rules import FETCHES_WAITING

MOST_WAITING: Final = 20
"""Addresses of one person that wait to be fetched."""
LONGEST_REFUSAL: Final = 400

WAITS: Final = models.Q(made__isnull=True, refused="")


class AddressFetch(models.Model):
    """An address that somebody gave, and what came of it.

    A worker fetches it. Then `made` is the import that the page is, or `refused` says why there is none; until then it
    waits, with neither.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey("annotations.Project", models.CASCADE, related_name="+")
    by = models.ForeignKey("annotations.User", models.CASCADE, related_name="+")
    address = models.CharField(max_length=2000)
    made = models.OneToOneField("annotations.Import", models.CASCADE, null=True, related_name="+")
    refused = models.CharField(max_length=LONGEST_REFUSAL, blank=True)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(made__isnull=True) | models.Q(refused=""), name="address_fetch_is_one_of_both"
            ),
            # By a digest, since an index takes no text of 2,000 characters of four bytes each.
            models.UniqueConstraint("project", "by", MD5("address"), condition=WAITS, name="address_fetch_waits_once"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="few_waiting",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                # Nothing is locked: two that are sent at once may both be the last.
                func=f"""
                    IF (SELECT count(*) FROM annotations_addressfetch own
                        WHERE own.by_id = NEW.by_id AND own.made_id IS NULL AND own.refused = '') >= {MOST_WAITING}
                    THEN {FETCHES_WAITING.refuse()} END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def waits(self) -> bool:
        """Whether a worker has yet to fetch it."""
        return self.made_id is None and not self.refused

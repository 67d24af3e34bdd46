"""Optimistic locking: whoever changes a row says which version they saw."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, models
from django.db.models.functions import Now

from annotations.rules import STALE_VERSION, RuleBroken

COUNTS_VERSIONS = pgtrigger.Trigger(
    name="counts_versions",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""
        IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN {STALE_VERSION.refuse()} END IF;
        NEW.created_at := OLD.created_at;
        IF coalesce(current_setting('factcheck.importing', true), '') <> 'on'
        THEN NEW.updated_at := clock_timestamp(); END IF;
        RETURN NEW;
    """,
)
"""Refuses an update that was not made from the row's current version. What is imported keeps the times that it had."""


class ByDatabase:
    """Mixed into a field whose value a trigger sets on insertion, so that the insertion returns it."""

    db_returning = True


class TimeByDatabase(ByDatabase, models.DateTimeField):  # type: ignore[type-arg]
    """A time that the database sets."""


class TextByDatabase(ByDatabase, models.TextField):  # type: ignore[type-arg]
    """A text that the database works out."""


class JSONByDatabase(ByDatabase, models.JSONField):
    """A JSON value that the database completes."""


class NumberByDatabase(ByDatabase, models.PositiveIntegerField):  # type: ignore[type-arg]
    """A number that the database works out."""


class PersonByDatabase(ByDatabase, models.ForeignKey):  # type: ignore[type-arg]
    """A person whom the database fills in where nobody is named."""


class PeopleByDatabase(ByDatabase, ArrayField):  # type: ignore[type-arg]
    """Ids of people that the database keeps."""


class Versioned(models.Model):
    """A row that counts its versions; `save` on an existing row states the version it was read in."""

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = TimeByDatabase("created", db_default=Now(), editable=False)
    updated_at = TimeByDatabase("changed", db_default=Now(), editable=False)

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        """Stores the row.

        Raises IntegrityError (`stale_version`) where somebody else was first, RuleBroken where they deleted it.
        """
        if self._state.adding:
            super().save(**options)
            return
        self.version += 1
        if (fields := options.get("update_fields")) is not None:
            options["update_fields"] = {*fields, "version"}
        try:
            super().save(**{"force_update": True, **options})
        except BaseException as error:
            self.version -= 1
            # Django's own error for an update without a row; the database's come as subclasses.
            if type(error) is DatabaseError:
                raise RuleBroken(STALE_VERSION, current=self) from error
            raise

    def hold(self, version: int | None) -> None:
        """Locks the row until the transaction ends; raises RuleBroken where it is no longer that version."""
        held = type(self)._default_manager.filter(pk=self.pk).select_for_update().values_list("version", flat=True)
        if held.first() != version and version is not None:
            raise RuleBroken(STALE_VERSION, current=self)

    def expect(self, version: int | None) -> None:
        """Raises RuleBroken (`stale_version`) where the row is no longer what the caller saw. None expects nothing."""
        if version is not None and version != self.version:
            raise RuleBroken(STALE_VERSION, current=self)

"""Asking for a release, and saying stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.timezone import now

from annotations.acts.releasing.recipe import USUAL
from annotations.jobs.releasing import make_release
from annotations.models import Project, Release, User, acting


def ask(
    project: Project,
    *,
    by: User,
    name: str,
    formats: Sequence[str],
    filters: Mapping[str, Any],
    splits: Mapping[str, float],
    seed: int = 0,
) -> Release:
    """A release that a worker makes. Raises IntegrityError (`release_name`) where another one has the name."""
    with acting(by):
        release: Release = Release.objects.create(
            project=project,
            by=by,
            name=name,
            formats=list(dict.fromkeys(formats)),
            filters={key: value for key, value in filters.items() if value != USUAL[key]},
            splits=dict(splits),
            seed=seed,
        )
        make_release.defer(release_id=str(release.pk))
    return release


def cancel(release: Release, *, by: User) -> bool:
    """Stops a release that is under way; False where it is not."""
    with acting(by):
        cancelled = release.still_under_way().update(state=Release.State.CANCELLED, finished_at=now())
    release.refresh_from_db(fields=["state", "finished_at"])
    return bool(cancelled)

"""Making a release: the task, and the functions that ask for it and stop it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from annotations.jobs.job import Stopping, job
from annotations.models import Project, Release, User, acting
from annotations.releases.filters import USUAL, for_managers

# What writes all those formats is imported by the worker alone: the site itself need not hold it in memory.


def _give_up(why: str, release_id: str) -> None:
    from annotations.releases.build import give_up

    give_up(UUID(release_id), why)


@job("make_release", give_up=_give_up)
def make_release(stopping: Stopping, release_id: str) -> bool:
    """Makes a release from its beginning, unless it is made or cancelled."""
    from annotations.releases.build import make

    return make(UUID(release_id), stopping=stopping)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for. Without an `audience` it is the widest that the filters allow."""

    name: str
    formats: Sequence[str]
    filters: Mapping[str, Any] = field(default_factory=dict)
    splits: Mapping[str, float] = field(default_factory=dict)
    seed: int = 0
    audience: str = ""


def ask(project: Project, wish: Wish, *, by: User) -> Release:
    """A release that a worker makes.

    Raises IntegrityError: `release_name` where another one has the name, `release_audience` where its filters forbid
    the audience.
    """
    widest = Release.Audience.MANAGERS if for_managers(wish.filters) else Release.Audience.MEMBERS
    with acting(by):
        release: Release = Release.objects.create(
            project=project,
            by=by,
            name=wish.name,
            formats=list(dict.fromkeys(wish.formats)),
            filters={key: value for key, value in wish.filters.items() if value != USUAL[key]},
            splits=dict(wish.splits),
            seed=wish.seed,
            audience=wish.audience or widest,
        )
        make_release.defer(release_id=str(release.pk))
    return release


def cancel(release: Release, *, by: User) -> bool:
    """Stops a release that is under way; False where it is not."""
    with acting(by):
        cancelled = release.still_under_way().update(state=Release.State.CANCELLED, finished_at=now())
    release.refresh_from_db(fields=["state", "finished_at"])
    return bool(cancelled)

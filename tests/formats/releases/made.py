"""Making releases in tests, and reading what came of it."""

from __future__ import annotations

import json
from typing import Any

from annotations.models import Release, acting
from annotations.releases.build import make
from annotations.releases.files import read
from annotations.releases.filters import for_managers
from tests.cast import Cast


def ask_for(cast: Cast, name: str = "1.0", formats: tuple[str, ...] = ("jsonl",), **wishes: Any) -> Release:
    """A release that waits to be made, for the widest audience that its filters allow."""
    if for_managers(wishes.get("filters", {})):
        wishes = {"audience": Release.Audience.MANAGERS, **wishes}
    with acting(cast.manager):
        return Release.objects.create(project=cast.project, by=cast.manager, name=name, formats=list(formats), **wishes)


def made(cast: Cast, name: str = "1.0", formats: tuple[str, ...] = ("jsonl",), **wishes: Any) -> Release:
    """A finished release."""
    release = ask_for(cast, name, formats, **wishes)
    make(release.pk)
    release.refresh_from_db()
    assert release.state == Release.State.DONE, release.failure
    return release


def files(release: Release) -> dict[str, bytes]:
    """The content of each file by its name."""
    return {one.name: b"".join(read(one.stored, 0, one.size)) for one in release.files.all()}


def records(release: Release, name: str) -> list[Any]:
    """The records of a file of JSON lines."""
    return [json.loads(line) for line in files(release)[name].splitlines()]

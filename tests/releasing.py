"""Finished releases whose files are what a test says, made without a worker."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from annotations.models import Project, Release, ReleaseFile, User, acting
from annotations.releases.build import ITEMS
from annotations.releases.files import folder, store
from tests.cast import Cast

MANIFEST: dict[str, Any] = {
    "counts": {"articles": 1, "spans": 0, "links": 0, "verdicts": 0},
    "files": [],
    "splits": None,
    "as_of": None,
    "filters": {},
    "formats": [],
}


def finished(cast: Cast, name: str = "1.0", **values: Any) -> Release:
    """A release of the cast's project."""
    return release_with(cast.project, cast.manager, name, **values)


def release_with(
    project: Project,
    by: User,
    name: str,
    *,
    content: bytes = b"0123456789",
    items: bytes = b"",
    formats: tuple[str, ...] = ("jsonl",),
    manifest: dict[str, Any] = MANIFEST,
    audience: str = "members",
) -> Release:
    """A release with one file, and the items that comparisons read."""
    with acting(by):
        release: Release = Release.objects.create(
            project=project, by=by, name=name, formats=list(formats), audience=audience
        )
        for position, (file, bytes_) in enumerate((("data.jsonl", content), (ITEMS, items))):
            stored = store(f"{folder(release.pk)}/{file}", [bytes_])
            ReleaseFile.objects.create(
                release=release, position=position, name=file, media_type="application/x-ndjson", size=stored.size,
                sha256=stored.sha256, stored=stored.name, listed=file != ITEMS, format="jsonl" if file != ITEMS else "",
            )  # fmt: skip
        release.state, release.manifest, release.sha256 = Release.State.DONE, manifest, sha256(b"").hexdigest()
        release.save()
    return release

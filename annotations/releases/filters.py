"""What a release is asked to hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from annotations.formats.writing.selection import STATES, Selection
from annotations.models import Project, Release
from annotations.models.transfer.releases import OPEN_FILTERS

SIDES: Final = ("train", "dev", "test")
"""The names of splits, in their order."""

USUAL: Final[dict[str, Any]] = {
    **OPEN_FILTERS,
    "label": "",
    "relation": "",
    "annotator": "",
    "article": "",
    "updated_after": "",
}
"""The filters of a release as they are where nobody sets them; they mean what they mean in an export."""


def for_managers(filters: Mapping[str, Any]) -> list[str]:
    """The names of the filters that only a release for managers and reviewers may have with their values."""
    return [name for name, value in OPEN_FILTERS.items() if filters.get(name, value) != value]


def selection(release: Release, within: str = "") -> Selection:
    """What the release selects; `within` narrows it to the articles of a table."""
    filters = {**USUAL, **release.filters}
    independent = release.project.mode == Project.Mode.INDEPENDENT
    return Selection(
        project=release.project,
        user=release.by,
        states=STATES[filters["state"]],
        label=filters["label"],
        relation=filters["relation"],
        annotator=filters["annotator"],
        article=UUID(filters["article"]) if filters["article"] else None,
        updated_after=datetime.fromisoformat(filters["updated_after"]) if filters["updated_after"] else None,
        names=filters["names"],
        comments=filters["comments"],
        open_to_all=independent and release.audience == Release.Audience.MEMBERS,
        within=within,
    )


def shares(release: Release) -> dict[str, float]:
    """The share of each split, in their order; empty where the release is not split."""
    return {side: release.splits[side] for side in SIDES if release.splits.get(side)}

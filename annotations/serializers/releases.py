"""Releases with their files, and what differs between two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Final, TypedDict
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework import serializers

from annotations.formats.export_registry import FORMATS
from annotations.formats.writing.selection import STATES
from annotations.models import Link, Release, Span
from annotations.releases.comparison import Difference
from annotations.releases.filters import SIDES, for_managers
from annotations.rules import RELEASE_AUDIENCE
from annotations.serializers.base import Choice, Slug, Strict
from annotations.serializers.people import PersonAnswer, person
from annotations.times import EXAMPLE, time_of


class ReleaseAnswer(TypedDict):
    id: Annotated[str, serializers.UUIDField]
    project: Slug
    name: str
    state: Annotated[str, Choice(Release.State.choices)]
    formats: list[str]
    filters: dict[str, Any]
    splits: dict[str, float] | None
    seed: int
    audience: Annotated[
        str, Choice(Release.Audience.choices), "Who can read it: all members, or managers and reviewers only."
    ]
    done: Annotated[int, "Out of `total`: each article counts once per format and once more."]
    total: int | None
    failure: str | None
    by: PersonAnswer
    created_at: datetime
    finished_at: datetime | None


def release_json(release: Release) -> ReleaseAnswer:
    """A release as a list shows it."""
    return {
        "id": str(release.pk),
        "project": release.project.slug,
        "name": release.name,
        "state": release.state,
        "formats": release.formats,
        "filters": release.filters,
        "splits": release.splits or None,
        "seed": release.seed,
        "audience": release.audience,
        "done": release.done,
        "total": release.total,
        "failure": release.failure or None,
        "by": person(release.by),
        "created_at": release.created_at,
        "finished_at": release.finished_at,
    }


class ReleaseFileAnswer(TypedDict):
    name: str
    bytes: int
    sha256: str


class WholeReleaseAnswer(ReleaseAnswer):
    manifest: Annotated[dict[str, Any] | None, "The content of manifest.json, once it is finished."]
    files: list[ReleaseFileAnswer]


def whole_release_json(release: Release) -> WholeReleaseAnswer:
    """The same with its manifest and files, which are there when it is done."""
    files: list[ReleaseFileAnswer] = [
        {"name": one.name, "bytes": one.size, "sha256": one.sha256} for one in release.published
    ]
    return {**release_json(release), "manifest": release.manifest, "files": files}


EXACT: Final = 1e-6
"""How far from one the shares of splits may add up."""


class TimeField(serializers.DateTimeField):
    """A time with its offset, as an export takes it; without one it is refused, not taken for UTC."""

    def to_internal_value(self, value: Any) -> datetime:
        try:
            return time_of(value if isinstance(value, str) else "")
        except ValueError as error:
            raise serializers.ValidationError(EXAMPLE, "invalid") from error


class FiltersBody(Strict):
    """What goes into a release, as in an export."""

    state = serializers.ChoiceField(tuple(STATES), required=False, help_text="Which verdicts; default: approved.")
    label = serializers.ChoiceField(  # type: ignore[assignment]  # a field named like an attribute
        Span.Label.choices, required=False, allow_blank=True
    )
    relation = serializers.ChoiceField(Link.Relation.choices, required=False, allow_blank=True)
    annotator = serializers.CharField(required=False, allow_blank=True, max_length=300)
    article = serializers.UUIDField(required=False, allow_null=True)
    updated_after = TimeField(
        required=False, allow_null=True, help_text="Only articles that changed after this time (RFC 3339)."
    )
    names = serializers.BooleanField(required=False, help_text="People by name instead of pseudonym.")
    comments = serializers.BooleanField(required=False, help_text="Each record of jsonl includes its comments.")

    def to_internal_value(self, data: Any) -> Any:
        values = super().to_internal_value(data)
        # As JSON has them.
        for key, value in values.items():
            if isinstance(value, datetime):
                values[key] = value.astimezone(UTC).isoformat()
            elif isinstance(value, UUID):
                values[key] = str(value)
        return {key: value for key, value in values.items() if value is not None}


class ReleaseBody(Strict):
    """A release to create."""

    name = serializers.CharField(max_length=100)
    formats = serializers.ListField(child=serializers.ChoiceField(tuple(FORMATS)), allow_empty=False, max_length=30)
    filters = FiltersBody(required=False)
    splits = serializers.DictField(
        child=serializers.FloatField(min_value=0, max_value=1),
        required=False,
        allow_null=True,
        help_text='Shares that add up to 1, as in {"train": 0.8, "dev": 0.1, "test": 0.1}.',
    )
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    audience = serializers.ChoiceField(
        Release.Audience.choices,
        required=False,
        help_text=(
            "Who can read it: members, or managers (and reviewers). Default: members; managers with "
            "a state other than approved, with names or with comments."
        ),
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        names = for_managers(attrs.get("filters", {}))
        if names and attrs.get("audience") == Release.Audience.MEMBERS:
            words = _("A release with %(filters)s can be for managers and reviewers only. Set this to managers.") % {
                "filters": ", ".join(names)
            }
            raise serializers.ValidationError({"audience": words}, RELEASE_AUDIENCE.name)
        return attrs

    def validate_splits(self, value: dict[str, float] | None) -> dict[str, float]:
        if not value:
            return {}
        if unknown := set(value) - set(SIDES):
            raise serializers.ValidationError(
                _("A split must be one of: %(sides)s. There is no split %(unknown)s.")
                % {"sides": ", ".join(SIDES), "unknown": min(unknown)}
            )
        if not abs(sum(value.values()) - 1) <= EXACT:
            raise serializers.ValidationError(_("The splits must add up to 1."))
        return {side: value[side] for side in SIDES if value.get(side)}


class ReleaseNameAnswer(TypedDict):
    id: Annotated[str, serializers.UUIDField]
    name: str


class DifferenceAnswer(TypedDict):
    kind: Annotated[str, Choice(("article", "span", "link", "verdict"))]
    id: Annotated[str, serializers.UUIDField]
    what: Annotated[str, Choice(("added", "removed", "changed"))]
    fields: Annotated[list[str], "The fields that changed."]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class ComparisonAnswer(TypedDict):
    earlier: ReleaseNameAnswer
    later: ReleaseNameAnswer
    results: list[DifferenceAnswer]
    counts: Annotated[dict[str, Any], "For each kind, how many were `added`, `removed` and `changed`."]


def difference_json(one: Difference, *, values: bool) -> DifferenceAnswer:
    """One difference; what the item says only where `values` are to be told."""
    before, after = one.values()
    return {
        "kind": one.kind,
        "id": one.id,
        "what": one.what,
        "fields": sorted(before.keys() | after.keys()) if one.what == "changed" else [],
        "before": before if values and one.what != "added" else None,
        "after": after if values and one.what != "removed" else None,
    }

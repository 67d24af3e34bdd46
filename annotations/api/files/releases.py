"""`projects/{slug}/releases/` and `releases/{id}/`"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import KeyPages
from annotations.api.base.parameters import PAGED
from annotations.api.base.resource import Resource, caller
from annotations.api.projects.projects import find_project
from annotations.formats.export_registry import FORMATS
from annotations.formats.writing.selection import STATES, Selection, is_anybody
from annotations.jobs.releases import Wish, ask, cancel
from annotations.models import Article, Link, Project, Release, Span, User
from annotations.permissions import Action, must
from annotations.releases.filters import SIDES, for_managers
from annotations.rules import RELEASE_AUDIENCE, RELEASE_FIXED, RELEASE_NAME, RuleBroken, broken_rule
from annotations.serializers import answers
from annotations.serializers.base import Strict, checked
from annotations.serializers.shapes import person
from annotations.times import EXAMPLE, time_of

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

    state = serializers.ChoiceField(tuple(STATES), required=False, help_text="Which verdicts; approved, if not said.")
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
    comments = serializers.BooleanField(required=False, help_text="Each record of jsonl has the comments too.")

    def to_internal_value(self, data: Any) -> Any:
        values = super().to_internal_value(data)
        return {key: _plain(value) for key, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, UUID) else value


class ReleaseBody(Strict):
    """A release to be made."""

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
        help_text="Who may read it: members, or managers (with the reviewers). Left out it is members, and managers "
        "with a state other than approved, with names or with comments.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        names = for_managers(attrs.get("filters", {}))
        if names and attrs.get("audience") == Release.Audience.MEMBERS:
            words = f"With {', '.join(names)} a release is for managers and reviewers only: give managers."
            raise serializers.ValidationError({"audience": words}, RELEASE_AUDIENCE.name)
        return attrs

    def validate_splits(self, value: dict[str, float] | None) -> dict[str, float]:
        if not value:
            return {}
        if unknown := set(value) - set(SIDES):
            raise serializers.ValidationError(f"A split is {', '.join(SIDES)}, not {min(unknown)}.")
        if not abs(sum(value.values()) - 1) <= EXACT:
            raise serializers.ValidationError("The shares of the splits add up to 1.")
        return {side: value[side] for side in SIDES if value.get(side)}


class NewestFirst(KeyPages):
    """Pages from the newest on."""

    ordering = ("-created_at", "-id")


class ReleasesView(Resource):
    """The releases of a project."""

    asks = PAGED

    @method("releases_list", "releases", page_of(answers.ReleaseAnswer), query=PAGED)
    def get(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        pages = NewestFirst()
        found = Release.objects.visible_to(caller(request)).filter(project=project).select_related("project", "by")
        releases: list[Release] = pages.paginate_queryset(found.defer("manifest"), request, self) or []
        return pages.get_paginated_response([release_json(one) for one in releases])

    @method("release_make", "releases", answers.WholeReleaseAnswer, body=ReleaseBody, status=202, refusals=(409,))
    def post(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        must(caller(request), Action.MANAGE, project)
        release = begin(project, caller(request), checked(ReleaseBody, request.data))
        return Response(whole_release_json(release), status=202)


def begin(project: Project, user: User, values: Mapping[str, Any]) -> Release:
    """A release from checked values.

    Raises RuleBroken where its name is taken, ValidationError where its article or its annotator is not there: the name
    of somebody who is under a pseudonym would stand in the manifest.
    """
    filters = values.get("filters", {})
    annotator = filters.get("annotator")
    if annotator and not is_anybody(Selection(project, user, names=filters.get("names", False)), annotator):
        words = "Nobody is called so in this release. Give the pseudonym, or ask for names."
        raise serializers.ValidationError({"filters": {"annotator": words}})
    article = filters.get("article")
    if article and not Article.objects.filter(project=project, pk=article).exists():
        raise serializers.ValidationError({"filters": {"article": "There is no such article in this project."}})
    try:
        wish = Wish(
            name=values["name"],
            formats=values["formats"],
            filters=filters,
            splits=values.get("splits") or {},
            seed=values.get("seed", 0),
            audience=values.get("audience", ""),
        )
        release = ask(project, wish, by=user)
    except IntegrityError as error:
        if broken_rule(error) is RELEASE_NAME:
            raise RuleBroken(RELEASE_NAME) from error
        raise
    release.refresh_from_db()
    return release


class ReleaseView(Resource):
    """One release."""

    @method("release_read", "releases", answers.WholeReleaseAnswer)
    def get(self, request: Request, key: UUID) -> Response:
        return Response(whole_release_json(find_release(caller(request), key)))

    @method("release_cancel", "releases", None, status=204, refusals=(409,))
    def delete(self, request: Request, key: UUID) -> Response:
        release = find_release(caller(request), key)
        must(caller(request), Action.MANAGE, release.project)
        if not cancel(release, by=caller(request)) and release.state == Release.State.DONE:
            raise RuleBroken(RELEASE_FIXED)
        return Response(status=204)


def find_release(user: User, key: UUID) -> Release:
    """The release with its project, or Http404 where the caller may not read it."""
    release: Release | None = Release.objects.visible_to(user).select_related("project", "by").filter(pk=key).first()
    if release is None:
        raise Http404
    must(user, Action.READ, release.project)
    return release


def release_json(release: Release) -> dict[str, Any]:
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


def whole_release_json(release: Release) -> dict[str, Any]:
    """The same with its manifest and files, which are there when it is done."""
    files = [{"name": one.name, "bytes": one.size, "sha256": one.sha256} for one in release.published]
    return {**release_json(release), "manifest": release.manifest, "files": files}

"""`projects/{slug}/releases/` and `releases/{id}/`"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import PAGED, page_in
from annotations.api.base.resource import Resource, caller
from annotations.api.projects.projects import find_project
from annotations.formats.writing.selection import Selection, is_anybody
from annotations.jobs.releases import Wish, ask, cancel
from annotations.models import Article, Project, Release, User
from annotations.permissions import Action, must
from annotations.rules import RELEASE_FIXED, RELEASE_NAME, RuleBroken, broken_rule
from annotations.serializers.base import checked
from annotations.serializers.releases import (
    ReleaseAnswer,
    ReleaseBody,
    WholeReleaseAnswer,
    release_json,
    whole_release_json,
)


class ReleasesView(Resource):
    """The releases of a project."""

    asks = PAGED

    @method("releases_list", "releases", page_of(ReleaseAnswer), query=PAGED)
    def get(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        found = Release.objects.visible_to(caller(request)).filter(project=project).select_related("project", "by")
        page = page_in(request, found.defer("manifest"), ["-created_at", "-id"])
        return page.response(map(release_json, page.rows))

    @method("release_make", "releases", WholeReleaseAnswer, body=ReleaseBody, status=202, refusals=(409,))
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
        words = _("No person in this release has this name. Enter the pseudonym, or include names in the release.")
        raise serializers.ValidationError({"filters": {"annotator": words}})
    article = filters.get("article")
    if article and not Article.objects.filter(project=project, pk=article).exists():
        raise serializers.ValidationError({"filters": {"article": _("There is no such article in this project.")}})
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

    @method("release_read", "releases", WholeReleaseAnswer)
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

"""The releases of a project, and one of them."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats.export_registry import FORMATS
from annotations.jobs.releases import ask, cancel
from annotations.models import Project, Release
from annotations.paging import page_of
from annotations.permissions import Action
from annotations.rules import RELEASE_NAME, broken_rule
from annotations.web.imports.status import time_left, waits_long
from annotations.web.page import PageRequest, allow, project_page, show
from annotations.web.releases.form import ReleaseForm

LISTED: Final = 20

HEADINGS: Final[dict[str, Promise]] = {
    Release.State.WAITING: gettext_lazy("%(name)s is queued"),
    Release.State.RUNNING: gettext_lazy("%(name)s is being created"),
    Release.State.FAILED: gettext_lazy("%(name)s failed"),
    Release.State.CANCELLED: gettext_lazy("%(name)s was cancelled"),
}


@project_page("GET", "POST")
def releases(request: PageRequest, project: Project) -> HttpResponse:
    """The releases, newest first; for a manager also the form that asks for another."""
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        allow(request.user, Action.MANAGE, project)
        if form.is_valid():
            try:
                return redirect("release", project.slug, ask(project, form.wish(), by=request.user).pk)
            except IntegrityError as error:
                if broken_rule(error) is not RELEASE_NAME:
                    raise
                form.add_error("name", RELEASE_NAME.message)
    mine = Release.objects.visible_to(request.user).filter(project=project).select_related("by")
    found = page_of(mine, ["-created_at", "-id"], request.GET, length=LISTED)
    return show(
        request, "releases/releases.html", project, "releases", 400 if form.errors else 200,
        form=form, found=found, formats=FORMATS.values(),
    )  # fmt: skip


@project_page("GET", "POST")
def release(request: PageRequest, project: Project, release_id: UUID) -> HttpResponse:
    """One release: how far it is, or its files. While it is made, the page asks for what has changed."""
    found = find(request, project, release_id)
    if request.method == "POST":
        allow(request.user, Action.MANAGE, project)
        if request.POST.get("step") == "cancel" and cancel(found, by=request.user):
            messages.info(request, _("The release was cancelled. Nothing was kept."))
        return redirect("release", project.slug, found.pk)
    done = Release.objects.visible_to(request.user).filter(project=project, state=Release.State.DONE)
    others = done.exclude(pk=found.pk).defer("manifest")
    template = "releases/release.html"
    if request.htmx:
        template = "releases/progress.html" if found.under_way else "releases/finished.html"
    answer = show(
        request, template, project, "releases",
        one=found, heading=str(HEADINGS[found.state]) % {"name": found.name} if found.state in HEADINGS else found.name,
        left=time_left(found), long=waits_long(found), files=list(found.published),
        loadings=_loadings(found), others=list(others.order_by("-created_at", "-id")[:100]),
    )  # fmt: skip
    if request.htmx and not found.under_way:
        answer["HX-Retarget"], answer["HX-Reswap"] = "#release", "outerHTML"
    return answer


def find(request: PageRequest, project: Project, key: UUID) -> Release:
    """The release of the project, or 404."""
    return get_object_or_404(Release.objects.visible_to(request.user).filter(project=project), pk=key)


def _loadings(one: Release) -> list[dict[str, Any]]:
    """For each format its first file, and the lines that load it."""
    found = []
    for name in one.formats:
        file = next((file for file in one.published if file.format == name), None)
        if file and name in FORMATS:
            lines = [
                {"library": each.library, "code": each.code.replace("{file}", file.name)}
                for each in FORMATS[name].loadings
            ]
            found.append({"format": FORMATS[name], "file": file, "lines": lines})
    return found

"""What every page does first: find out who asks, and whether they may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django_htmx.middleware import HtmxDetails

from annotations.models import Project, User
from annotations.permissions import Action, can


class PageRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User
    htmx: HtmxDetails


View = Callable[..., HttpResponseBase]


def page(*methods: str) -> Callable[[View], View]:
    """A page for whoever is signed in, that answers GET, or the methods named."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if not _answers(request, methods):
                return HttpResponseNotAllowed(methods or ("GET",))
            return view(cast(PageRequest, request), **kwargs)

        return login_required(answer)

    return decorate


def project_page(*methods: str, may: Action = Action.READ) -> Callable[[View], View]:
    """A page of the project in the address, for its members with the right `may`; 404 for anybody else."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            asked = cast(PageRequest, request)
            project = get_object_or_404(Project.objects.visible_to(asked.user), slug=slug)
            allow(asked.user, may, project)
            if not _answers(request, methods):
                return HttpResponseNotAllowed(methods or ("GET",))
            return view(asked, project, **kwargs)

        return login_required(answer)

    return decorate


def allow(user: User, action: Action, subject: Any) -> None:
    """Raises PermissionDenied (403) where the table of who may do what does not allow it."""
    if not can(user, action, subject):
        raise PermissionDenied


def show(
    request: PageRequest,
    template: str,
    project: Project | None = None,
    section: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Renders a template of ours; with a project, also its name, its sections and what the person may do in it."""
    if project is not None:
        context |= {"project": project, "section": section, "may": rights(request.user, project)}
    return render(request, f"annotations/{template}", context, status=status)


def rights(user: User, project: Project) -> dict[str, bool]:
    """What the person may do in the project, by the names that the templates use."""
    return {
        "read": can(user, Action.READ, project),
        "annotate": can(user, Action.ANNOTATE, project),
        "review": can(user, Action.REVIEW, project),
        "comment": can(user, Action.COMMENT, project),
        "manage": can(user, Action.MANAGE, project),
    }


def _answers(request: HttpRequest, methods: tuple[str, ...]) -> bool:
    return request.method in (methods or ("GET",)) or (request.method == "HEAD" and "GET" in (methods or ("GET",)))

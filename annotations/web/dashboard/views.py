"""The overview of a project."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from annotations.models import Project, Verdict
from annotations.models.visibility import sees_all_work
from annotations.web.dashboard import counts
from annotations.web.dashboard.activity import latest
from annotations.web.page import PageRequest, project_page, show


@project_page()
def dashboard(request: PageRequest, project: Project) -> HttpResponse:
    """Progress, what was annotated, what each member did, and recent activity."""
    user = request.user
    progress = counts.progress(project)
    queue = Verdict.objects.visible_to(user).in_project(project)
    return show(
        request,
        "dashboard.html",
        project,
        "dashboard",
        progress=progress,
        articles=sum(piece.count for piece in progress),
        waiting=queue.awaiting_review().count(),
        returned=queue.filter(state=Verdict.State.RETURNED).count(),
        pictures=[
            (_("Annotations"), counts.labels(project, user)),
            (_("Links"), counts.relations(project, user)),
            (_("Ratings"), counts.ratings(project, user)),
            (_("Verdict status"), counts.states(project, user)),
        ],
        people=counts.doings(project, user),
        deeds=latest(project, user),
        sees_all=sees_all_work(user, project.pk),
    )

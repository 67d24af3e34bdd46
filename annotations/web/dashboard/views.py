"""The overview of a project."""

from __future__ import annotations

from django.http import HttpResponse

from annotations.models import Project, Verdict
from annotations.models.visibility import sees_all_work
from annotations.web.dashboard import counts
from annotations.web.dashboard.activity import latest
from annotations.web.page import PageRequest, project_page, show


@project_page()
def dashboard(request: PageRequest, project: Project) -> HttpResponse:
    """How far the work is, who did what, what was found, and what happened last."""
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
            ("What is marked", counts.labels(project, user)),
            ("How it is linked", counts.relations(project, user)),
            ("How it was judged", counts.ratings(project, user)),
            ("Where the claims’ verdicts stand", counts.states(project, user)),
        ],
        people=counts.doings(project, user),
        deeds=latest(project, user),
        sees_all=sees_all_work(user, project.pk),
    )

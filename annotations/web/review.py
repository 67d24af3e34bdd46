"""The review queue and the review screen. Decisions go through the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from annotations.models import Event, Project, Review, User, Verdict
from annotations.permissions import Action, can, somebody_elses
from annotations.web.lists.filters import ListFilters, offer
from annotations.web.lists.paging import page_of
from annotations.web.lists.values import AUTHOR
from annotations.web.page import PageRequest, page, project_page, show
from annotations.web.reviewing.evidence import case_of
from annotations.web.reviewing.rounds import approvals, history, round_of, since_last_review
from annotations.web.reviewing.talk import talk_about

QUEUED = 100
"""How many waiting verdicts the screen lists beside the one that is read."""

ORDERS = {
    Verdict.State.SUBMITTED: ["submitted_at", "id"],
    Verdict.State.APPROVED: ["-approved_at", "-id"],
}


@project_page(may=Action.REVIEW)
def queue(request: PageRequest, project: Project) -> HttpResponse:
    """Verdicts by state; first those that wait for the reader."""
    form = QueueFilters(request.GET, project=project)
    if asked := form.found_for(request):
        return show(request, "layout/options.html", field=asked)
    form.is_valid()
    state = form.cleaned_data.get("state") or Verdict.State.SUBMITTED
    rows = Verdict.objects.visible_to(request.user).in_project(project).filter(state=state)
    if rating := form.cleaned_data.get("rating"):
        rows = rows.filter(rating=rating)
    if author := form.cleaned_data.get("author"):
        rows = rows.filter(author=author)
    order = ORDERS.get(Verdict.State(state), ["-updated_at", "-id"])
    found = page_of(described(rows), order, request.GET)
    return show(
        request,
        "review/listing.html" if request.htmx else "review/queue.html",
        project,
        "review",
        form=form,
        found=found,
        state=state,
        counts=state_counts(project, request.user),
        filtered=bool(form.cleaned_data.get("rating") or form.cleaned_data.get("author")),
        first=waiting_for(request.user, project).first(),
    )


@page()
def verdict(request: PageRequest, verdict_id: UUID) -> HttpResponse:
    """One verdict with its claim and every piece of evidence in context, and what may be decided on it."""
    rows = described(Verdict.objects.visible_to(request.user)).select_related("reviewer", "claim__article__project")
    found = get_object_or_404(rows, pk=verdict_id)
    project = found.claim.article.project
    events = list(Event.objects.of(project.pk, "verdict", found.pk))
    reviews = list(Review.objects.visible_to(request.user).filter(verdict=found).select_related("reviewer"))
    sees_work = can(request.user, Action.READ_WORK, project)
    waiting = list(waiting_for(request.user, project)[:QUEUED]) if can(request.user, Action.REVIEW, project) else []
    before, after = neighbours(waiting, found)
    return show(
        request,
        "review/verdict.html",
        project,
        "review",
        verdict=found,
        case=case_of(found.claim, request.user),
        talk=talk_about(found, request.user),
        rated=project.rating(found.rating),
        since=since_last_review(found, events, request.user) if sees_work else None,
        history=history(events, reviews, request.user) if sees_work else approvals(reviews),
        round=round_of(found, reviews),
        waiting=waiting,
        counts=state_counts(project, request.user),
        decides=can(request.user, Action.REVIEW, found) and somebody_elses(request.user, found),
        own=not somebody_elses(request.user, found),
        previous=before,
        next=after,
    )


class QueueFilters(ListFilters):
    """What the queue can be narrowed to."""

    page = "review"
    state = forms.ChoiceField(label="State", required=False, choices=[
        ("submitted", "Waiting for review"), ("returned", "Returned"), ("approved", "Approved"), ("draft", "Drafts"),
    ])  # fmt: skip
    rating = forms.ChoiceField(label="Rating", required=False)
    author = forms.ChoiceField(label="Author", required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rating", [(rating["key"], rating["name"]) for rating in project.scale])
        self.offer_first("author", AUTHOR, project)


def described(rows: Any) -> Any:
    """With what a line of the queue says."""
    heavy = (f"claim__article__{name}" for name in ("body", "source", "search"))
    return rows.select_related("claim__article", "author", "holder").defer(*heavy).prefetch_related("reviews__reviewer")


def waiting_for(user: User, project: Project) -> Any:
    """The submitted verdicts that `user` may decide on, the longest waiting first."""
    return described(Verdict.objects.visible_to(user).in_project(project).awaiting_review().for_reviewer(user))


def state_counts(project: Project, user: User) -> dict[str, int]:
    """How many verdicts are in each state."""
    rows = Verdict.objects.visible_to(user).in_project(project).order_by().values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(Verdict.State.values, 0) | dict(rows)


def neighbours(waiting: list[Verdict], found: Verdict) -> tuple[Verdict | None, Verdict | None]:
    """The verdicts before and after this one in the queue; one that does not wait goes before the first that does."""
    places = [verdict.pk for verdict in waiting]
    if found.pk not in places:
        return None, (waiting[0] if waiting else None)
    here = places.index(found.pk)
    return (waiting[here - 1] if here else None), (waiting[here + 1] if here + 1 < len(waiting) else None)

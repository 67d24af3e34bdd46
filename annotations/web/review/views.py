"""The review queue and the review screen. Decisions go through the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db import connection
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from annotations.models import Project, Review, User, Verdict
from annotations.paging import page_of
from annotations.permissions import Action, can, somebody_elses
from annotations.web.lists.filters import ListFilters, offer
from annotations.web.lists.values import AUTHOR
from annotations.web.page import PageRequest, page, project_page, show
from annotations.web.review.comments import threads_about
from annotations.web.review.evidence import case_of
from annotations.web.review.history import history_page
from annotations.web.review.rounds import round_of, since_last_review
from annotations.web.wording import MOST_COUNTED, up_to

BEFORE: Final = 10
AFTER: Final = 20
"""How many waiting verdicts the screen lists before and after the one that is read."""

MOST_WAITING: Final = 100
"""Up to how many the screen counts those that wait for the reader."""

COUNTS: Final = """
    SELECT state, (
        SELECT count(*) FROM (
            SELECT FROM annotations_verdict verdict
            WHERE verdict.project_id = %s AND verdict.state = wanted.state LIMIT %s) counted)
    FROM unnest(%s::text[]) wanted(state)
"""

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
        counts=state_counts(project),
        filtered=bool(form.cleaned_data.get("rating") or form.cleaned_data.get("author")),
        first=waiting_for(request.user, project).values_list("pk", flat=True).first(),
    )


@page()
def verdict(request: PageRequest, verdict_id: UUID) -> HttpResponse:
    """One verdict with its claim and every piece of evidence in context, and what may be decided on it."""
    rows = described(Verdict.objects.visible_to(request.user)).select_related("reviewer", "claim__article__project")
    found = get_object_or_404(rows, pk=verdict_id)
    project = found.claim.article.project
    sees_work = can(request.user, Action.READ_WORK, project)
    reviews_here = can(request.user, Action.REVIEW, project)
    case = case_of(found.claim, request.user, request.GET)
    return show(
        request,
        "review/verdict.html",
        project,
        "review",
        verdict=found,
        case=case,
        comments=threads_about(found, case.evidence.rows, request.user),
        rated=project.rating(found.rating),
        since=since_last_review(found, request.user) if sees_work else None,
        history=history_page(found, request.user, request.GET),
        round=round_of(found, request.user),
        queue=queue_around(found, project, request.user) if reviews_here else None,
        counts=state_counts(project) if reviews_here else None,
        decides=can(request.user, Action.REVIEW, found) and somebody_elses(request.user, found),
        own=not somebody_elses(request.user, found),
    )


class QueueFilters(ListFilters):
    """What the queue can be narrowed to."""

    page = "review"
    state = forms.ChoiceField(label=_("Status"), required=False, choices=[
        ("submitted", _("To review")), ("returned", _("Returned")), ("approved", _("Approved")), ("draft", _("Drafts")),
    ])  # fmt: skip
    rating = forms.ChoiceField(label=_("Rating"), required=False)
    author = forms.ChoiceField(label=_("Author"), required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rating", [(rating["key"], rating["name"]) for rating in project.scale])
        self.offer_first("author", AUTHOR, project)


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for a reviewer around the verdict that they read, in the order of the queue.

    `count` is how many wait in all, in words; `whole` says whether all of them are among the `rows`.
    """

    rows: list[Verdict]
    count: str
    whole: bool
    previous: Verdict | None
    next: Verdict | None


def described(rows: Any) -> Any:
    """With what a line of the queue says."""
    heavy = (f"claim__article__{name}" for name in ("body", "source", "search"))
    return rows.select_related("claim__article", "author", "holder").defer(*heavy).with_last_review()


def waiting_for(user: User, project: Project) -> Any:
    """The submitted verdicts that `user` may decide on, the longest waiting first."""
    return Verdict.objects.visible_to(user).in_project(project).awaiting_review().for_reviewer(user)


def queue_around(found: Verdict, project: Project, user: User) -> Queue:
    """The queue around a verdict. One that does not wait for `user` goes before the first that does."""
    waiting = waiting_for(user, project)
    count = waiting[: MOST_WAITING + 1].count()
    reviews = Review.objects.filter(verdict=OuterRef("pk")).order_by().values("verdict").annotate(n=Count("pk"))
    lines = waiting.select_related("claim").annotate(decided=Coalesce(Subquery(reviews.values("n")), 0))
    before: list[Verdict] = []
    if found.state == Verdict.State.SUBMITTED and somebody_elses(user, found):
        at, key = found.submitted_at, found.pk
        # The first condition alone lets the database start at the right place of its index.
        earlier = Q(submitted_at__lte=at) & (Q(submitted_at__lt=at) | Q(pk__lt=key))
        before = list(lines.filter(earlier).order_by("-submitted_at", "-id")[:BEFORE])[::-1]
        lines = lines.filter(Q(submitted_at__gte=at) & (Q(submitted_at__gt=at) | Q(pk__gte=key)))
    rows = [*before, *lines[: AFTER + 1]]
    others = [row for row in rows[len(before) :] if row.pk != found.pk]
    return Queue(
        rows=rows,
        count=up_to(MOST_WAITING, count),
        whole=len(rows) == count,
        previous=before[-1] if before else None,
        next=others[0] if others else None,
    )


def state_counts(project: Project) -> dict[str, str]:
    """How many verdicts are in each state, up to a bound, for those who see all of them."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [project.pk, MOST_COUNTED + 1, Verdict.State.values])
        return {state: up_to(MOST_COUNTED, number) for state, number in cursor.fetchall()}

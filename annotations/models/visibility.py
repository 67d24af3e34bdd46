"""Which rows a person reads, as far as memberships and passes decide it. Each model adds its own `…_seen_by`.

The other half, what a person may do to what they can read, is `annotations.permissions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import apps
from django.db.models import Count, F, OuterRef, Q

from annotations.models.assignment import Assignment
from annotations.models.base.lookup_columns import Probed
from annotations.models.event import Event
from annotations.models.people.membership import projects_by_sight
from annotations.models.people.user import NOWHERE

if TYPE_CHECKING:
    from annotations.models.people.user import User
    from annotations.models.project import Project


def sees_all_work(user: User, project_id: int) -> bool:
    """Whether nothing in the project is hidden from `user`."""
    return project_id in projects_by_sight(user)[0]


def opened_to(user: User, span: str = "") -> Q:
    """Rule 12: spans of `user`, and others' on articles that both have submitted.

    `span` is the path to the span, such as ``claim``; empty where the condition is on spans themselves.
    """
    if span:
        spans = apps.get_model("annotations", "Span").objects
        return Q(Probed(spans.filter(opened_to(user), pk=OuterRef(span))))
    submitted = Assignment.objects.filter(article=OuterRef("article"), assignee=user, state=Assignment.State.SUBMITTED)
    both = Q(Probed(submitted), assignment__state=Assignment.State.SUBMITTED)
    return Q(assignment__assignee=user) | both


def passes_seen_by(user: User) -> Q:
    """Condition on assignments: those whose spans `user` reads, all of them."""
    everything, own, _ = projects_by_sight(user)
    submitted = Assignment.objects.filter(article=OuterRef("article"), assignee=user, state="submitted")
    both = Q(Probed(submitted), state="submitted")
    return Q(project__in=everything) | Q(project__in=own) & (Q(assignee=user) | both)


def gone_spans_seen_by(user: User, project_id: int, keys: Iterable[UUID]) -> set[UUID]:
    """Of these spans those that were deleted from the project, and that `user` would read if they were still there."""
    deletions = Event.objects.filter(
        project=project_id,
        kind="span",
        object_id__in=list(map(str, keys)),
        what=Event.What.DELETED,
        before__isnull=False,
    )
    passes = {UUID(key): number for key, number in deletions.values_list("object_id", "before__assignment_id")}
    seen = set(Assignment.objects.filter(passes_seen_by(user), pk__in=passes.values()).values_list("pk", flat=True))
    return {key for key, number in passes.items() if number in seen}


def opened_to_all(project: Project, span: str) -> Q:
    """Spans of submitted passes on articles that as many people as the project wants have submitted.

    Passes that were imported for people without a login count only on articles that nobody else has taken up: there
    nobody is to work unseen. `span` is the path to the span, such as ``source__``.
    """
    passes = Assignment.objects.filter(project=project, kind="annotate").order_by()
    of_people = passes.exclude(assignee__email__endswith=NOWHERE)
    imported = passes.exclude(article__in=of_people.values("article"))
    done = Q()
    for counted in (of_people, imported):
        numbers = counted.filter(state="submitted").values("article").annotate(n=Count("pk"))
        enough = numbers.filter(n__gte=F("article__project__annotators_per_article")).values("article")
        done |= Q(**{f"{span}article__in": enough})
    return Q(**{f"{span}assignment__state": "submitted"}) & done

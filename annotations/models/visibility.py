"""Which rows a person reads: the reading half of the table of who may do what, as conditions for queries.

The other half, what a person may do to what they can read, is `annotations.permissions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q

from annotations.models.base.lookup_columns import Probed
from annotations.models.people.membership import Role
from annotations.models.people.user import NOWHERE

if TYPE_CHECKING:
    from annotations.models.people.user import User
    from annotations.models.project import Project

RESTED_ON: Final = ("corroborates", "contradicts", "attributes")
"""The relations of the links at a claim that its verdict rests on: the evidence, and who said it."""


def projects_by_sight(user: User) -> tuple[list[int], list[int], list[int]]:
    """The user's projects by what they see there: all work, only what rule 12 opens, only what is approved."""
    everything, own, approved = [], [], []
    for project_id, membership in user.places.items():
        shared = membership.project.mode == "shared"
        if membership.has(Role.REVIEWER, Role.MANAGER) or (shared and membership.has(Role.ANNOTATOR)):
            everything.append(project_id)
        elif membership.has(Role.ANNOTATOR):
            own.append(project_id)
        else:
            approved.append(project_id)
    return everything, own, approved


def sees_all_work(user: User, project_id: int) -> bool:
    """Whether nothing in the project is hidden from `user`."""
    return project_id in projects_by_sight(user)[0]


def releases_seen_by(user: User) -> Q:
    """Condition on releases: some are for managers and reviewers only."""
    overseen = [key for key, place in user.places.items() if place.has(Role.REVIEWER, Role.MANAGER)]
    return Q(project_id__in=list(user.places), audience="members") | Q(project_id__in=overseen)


def opened_to(user: User, span: str = "") -> Q:
    """Rule 12: spans of `user`, and others' on articles that both have submitted.

    `span` is the path to the span, such as ``claim``; empty where the condition is on spans themselves.
    """
    from annotations.models.assignment import Assignment
    from annotations.models.span import Span

    if span:
        return Q(Probed(Span.objects.filter(opened_to(user), pk=OuterRef(span))))
    submitted = Assignment.objects.filter(article=OuterRef("article"), assignee=user, state=Assignment.State.SUBMITTED)
    both = Q(Probed(submitted), assignment__state=Assignment.State.SUBMITTED)
    return Q(assignment__assignee=user) | both


def passes_seen_by(user: User) -> Q:
    """Condition on assignments: those whose spans `user` reads, all of them."""
    from annotations.models.assignment import Assignment

    everything, own, _ = projects_by_sight(user)
    submitted = Assignment.objects.filter(article=OuterRef("article"), assignee=user, state="submitted")
    both = Q(Probed(submitted), state="submitted")
    return Q(project__in=everything) | Q(project__in=own) & (Q(assignee=user) | both)


def gone_spans_seen_by(user: User, project_id: int, keys: Iterable[UUID]) -> set[UUID]:
    """Of these spans those that were deleted from the project, and that `user` would read if they were still there."""
    from annotations.models.assignment import Assignment
    from annotations.models.event import Event

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


def spans_seen_by(user: User) -> Q:
    """Condition on spans."""
    from annotations.models.link import Link
    from annotations.models.verdict import Verdict

    everything, own, approved = projects_by_sight(user)
    seen = Q(project__in=everything)
    if own:
        seen |= Q(project__in=own) & opened_to(user)
    if approved:
        judged = Verdict.objects.filter(state=Verdict.State.APPROVED)
        carries = Link.objects.filter(source=OuterRef("pk"), target__verdict__state=Verdict.State.APPROVED)
        seen |= Q(project__in=approved) & (Q(Probed(judged.filter(claim=OuterRef("pk")))) | Q(Probed(carries)))
    return seen


def links_seen_by(user: User) -> Q:
    """Condition on links: both ends must be seen."""
    everything, own, approved = projects_by_sight(user)
    seen = Q(project__in=everything)
    if own:
        seen |= Q(project__in=own) & opened_to(user, "source") & opened_to(user, "target")
    if approved:
        seen |= Q(project__in=approved, target__verdict__state="approved")
    return seen


def sources_named_to(user: User) -> Q:
    """Condition on attributing links: rule 12 hides whom another annotator heard.

    Who sees only what is approved is told the sources of that, though not the spans that name them.
    """
    everything, own, approved = projects_by_sight(user)
    named = Q(project__in=[*everything, *approved])
    if own:
        named |= Q(project__in=own) & opened_to(user, "source")
    return named


def verdicts_seen_by(user: User) -> Q:
    """Condition on verdicts."""
    everything, own, approved = projects_by_sight(user)
    seen = Q(project__in=everything)
    if own:
        seen |= Q(project__in=own) & opened_to(user, "claim")
    if approved:
        seen |= Q(project__in=approved, state="approved")
    return seen


def verdict_seen_by(user: User) -> Q:
    """Condition on claims that `user` may read: their verdict may be read too."""
    everything, own, approved = projects_by_sight(user)
    return Q(verdict__project__in=[*everything, *own]) | Q(verdict__project__in=approved, verdict__state="approved")


def reviews_seen_by(user: User) -> Q:
    """Condition on decisions: what was said on the way to an approval is work in progress."""
    everything, own, approved = projects_by_sight(user)
    seen = Q(verdict__project__in=everything)
    if own:
        seen |= Q(verdict__project__in=own) & opened_to(user, "verdict__claim")
    if approved:
        published = Q(verdict__state="approved", decision="approved")
        seen |= Q(verdict__project__in=approved) & published
    return seen


def comments_seen_by(user: User) -> Q:
    """Condition on comments: who sees what a comment hangs on sees it too, except for viewers.

    In an independent project a remark on the article could give away what its author found there, so another
    annotator's opens, with its thread, when both have submitted.
    """
    from annotations.models.comment import Comment
    from annotations.models.link import Link

    everything, own, _ = projects_by_sight(user)
    seen = Q(project__in=everything)
    if own:
        links = Link.objects.filter(opened_to(user, "source"), opened_to(user, "target"), pk=OuterRef("link"))
        first = Comment.objects.filter(_heard_by(user), pk=OuterRef("thread"))
        on_article = Q(span=None, link=None, verdict=None) & _heard_by(user) & (Q(thread=None) | Q(Probed(first)))
        seen |= Q(project__in=own) & (
            opened_to(user, "span") | Q(Probed(links)) | opened_to(user, "verdict__claim") | on_article
        )
    return seen


def _heard_by(user: User) -> Q:
    """Remarks on an article by `user`, by those who see all work, and by whoever submitted it as `user` did."""
    from annotations.models.assignment import Assignment
    from annotations.models.people.membership import Membership

    oversees = Membership.objects.filter(
        project=OuterRef("project"),
        user=OuterRef("author"),
        roles__overlap=[Role.REVIEWER, Role.MANAGER],
    )
    submitted = Assignment.objects.filter(article=OuterRef("article"), state=Assignment.State.SUBMITTED)
    both = Q(Probed(submitted.filter(assignee=user))) & Q(Probed(submitted.filter(assignee=OuterRef("author"))))
    return Q(author=user) | Q(Probed(oversees)) | both


def spans_open_to_all(project: Project) -> Q:
    """Condition on spans of an independent project: those that are open to all its members.

    These are the spans of submitted passes on articles that as many people as the project wants have submitted, and
    those that an approved verdict rests on.
    """
    from annotations.models.link import Link
    from annotations.models.verdict import Verdict

    approved = Verdict.objects.filter(state=Verdict.State.APPROVED)
    evidence = Link.objects.filter(source=OuterRef("pk"), relation__in=RESTED_ON, target__verdict__in=approved)
    opened = _opened(project, "")
    rested_on = Q(Probed(approved.filter(claim=OuterRef("pk")))) | Q(Probed(evidence))
    return Q(project=project) & (opened | rested_on)


def links_open_to_all(project: Project) -> Q:
    """Condition on links, likewise: both ends are open, or an approved verdict rests on it."""
    opened = _opened(project, "source__") & _opened(project, "target__")
    rested_on = Q(relation__in=RESTED_ON, target__verdict__state="approved")
    return Q(project=project) & (opened | rested_on)


def verdicts_open_to_all(project: Project) -> Q:
    """Condition on verdicts, likewise: those that are approved."""
    return Q(project=project, state="approved")


def _opened(project: Project, span: str) -> Q:
    """Spans of submitted passes on articles that as many people as the project wants have submitted.

    Passes that were imported for people without a login count only on articles that nobody else has taken up: there
    nobody is to work unseen. `span` is the path to the span, such as ``source__``.
    """
    from annotations.models.assignment import Assignment

    passes = Assignment.objects.filter(project=project, kind="annotate").order_by()
    of_people = passes.exclude(assignee__email__endswith=NOWHERE)
    imported = passes.exclude(article__in=of_people.values("article"))
    done = Q()
    for counted in (of_people, imported):
        numbers = counted.filter(state="submitted").values("article").annotate(n=Count("pk"))
        enough = numbers.filter(n__gte=F("article__project__annotators_per_article")).values("article")
        done |= Q(**{f"{span}article__in": enough})
    return Q(**{f"{span}assignment__state": "submitted"}) & done

"""Handing over one person's drafts and returned verdicts to another: somebody who leaves, or is away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from annotations.models import Assignment, HandOver, Notice, Project, User, Verdict, acting
from annotations.permissions import Action, can
from annotations.rules import HOLDER_ANNOTATES, HOLDER_RATED_TEXT, HOLDER_SEES_CLAIM, Rule, RuleBroken

MOST: Final = 1_000
"""Verdicts that one hand-over moves. Where somebody holds more, several are needed."""

MOST_LEFT: Final = 100
"""Verdicts that are named among those that stay."""


@dataclass(frozen=True, slots=True)
class Left:
    """A verdict that stays with its holder, the rule that keeps it there, and why in words that name the receiver."""

    verdict: Verdict
    rule: Rule
    detail: str


@dataclass(slots=True)
class HandedOver:
    """What a hand-over did. `left_count` counts all verdicts that stay, of which `left` has the first."""

    moved: list[Verdict] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    left_count: int = 0
    more: bool = False
    """Whether the receiver can have others still: there were more than `MOST`."""


def hand_over(project: Project, *, giver: User, receiver: User, by: User) -> HandedOver:
    """Makes `receiver` the holder of the verdicts of the project that `giver` holds and that are not submitted.

    Doing it again moves nothing. What the receiver may not have stays where it is and is named. Raises RuleBroken
    (`holder_annotates`) where the receiver does not annotate in the project.
    """
    if not (receiver.is_active and can(receiver, Action.ANNOTATE, project)):
        raise RuleBroken(
            HOLDER_ANNOTATES, _("%(receiver)s is not an active annotator of this project.") % {"receiver": receiver}
        )
    held = Verdict.objects.in_project(project).unfinished().filter(holder=giver).with_claims().order_by("id")
    seen, rated = Q(pk__in=Verdict.objects.visible_to(receiver).values("pk")), _rated_by(receiver)
    goes = Q() if project.mode == Project.Mode.SHARED else seen & ~rated
    with acting(by):
        # A second manager, or a holder who submits, waits here and finds what is left.
        moved: list[Verdict] = list(held.filter(goes).select_for_update(of=("self",))[: MOST + 1])
        found = HandedOver(moved[:MOST], more=len(moved) > MOST)
        for verdict in found.moved:
            verdict.holder, verdict.version = receiver, verdict.version + 1
        keys = [verdict.pk for verdict in found.moved]
        Verdict.objects.filter(pk__in=keys).update(holder=receiver, version=F("version") + 1)
        if keys:
            done = HandOver.objects.create(
                project=project, giver=giver, receiver=receiver, by=by, verdicts=len(found.moved)
            )
            Notice.objects.tell_of_hand_over(done)
        if project.mode == Project.Mode.INDEPENDENT:
            stay = held.exclude(goes)
            found.left_count = stay.count()
            found.left = [_left(verdict, receiver) for verdict in stay.annotate(seen=seen)[:MOST_LEFT]]
    return found


def people_of(project: Project) -> QuerySet[User]:
    """Everybody whose work can be handed over: members, and people with work in the project who left it."""
    handed = HandOver.objects.filter(project=project)
    return User.objects.filter(
        Q(pk__in=project.memberships.values("user"))
        | Q(pk__in=Verdict.objects.in_project(project).order_by().values("holder"))
        | Q(pk__in=Assignment.objects.filter(project=project).order_by().values("assignee"))
        | Q(pk__in=handed.order_by().values("giver"))
        | Q(pk__in=handed.order_by().values("receiver"))
    )


def unfinished_work(project: Project) -> dict[int, tuple[int, int]]:
    """How many drafts and returned verdicts each person holds, by their id."""
    rows = Verdict.objects.in_project(project).unfinished().order_by().values_list("holder")
    returned = Count("pk", filter=Q(state=Verdict.State.RETURNED))
    return {holder: (count - back, back) for holder, count, back in rows.annotate(Count("pk"), back=returned)}


def _rated_by(receiver: User) -> Any:
    """Condition on verdicts: the receiver wrote or holds one on text of the same claim in another pass."""
    theirs = Verdict.objects.filter(Q(holder=receiver) | Q(written_by__contains=[receiver.pk]))
    same_text = theirs.filter(
        claim__article=OuterRef("claim__article"),
        claim__start__lt=OuterRef("claim__end"),
        claim__end__gt=OuterRef("claim__start"),
    )
    return Q(Exists(same_text.exclude(claim__assignment=OuterRef("claim__assignment"))))


def _left(verdict: Verdict, receiver: User) -> Left:
    title = verdict.claim.article.title
    if not verdict.seen:  # type: ignore[attr-defined]
        return Left(
            verdict,
            HOLDER_SEES_CLAIM,
            _("%(receiver)s can't see this work on “%(title)s” yet.") % {"receiver": receiver, "title": title},
        )
    return Left(
        verdict,
        HOLDER_RATED_TEXT,
        _("%(receiver)s already has a verdict on the same text of “%(title)s”.")
        % {"receiver": receiver, "title": title},
    )

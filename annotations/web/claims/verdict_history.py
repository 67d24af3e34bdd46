"""How a verdict came to be: its rounds from the first draft on, with what changed in each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from annotations.models import Event, Project, Review, Span, User, Verdict
from annotations.permissions import Action, can
from annotations.web.review.rounds import Entry, approvals, evidence_seen, history
from annotations.web.text.changes import Piece, changed_words
from annotations.web.text.isolation import isolated
from annotations.web.wording import shortened

SENT_BACK: Final = (Review.Decision.RETURNED, Review.Decision.REOPENED)
SIGNS: Final = {"created": "+", "deleted": "−"}


@dataclass(slots=True)
class Step:
    """One thing that somebody did, in words; `rationale` tells a rewording word by word."""

    at: datetime
    who: str
    did: str
    reason: str = ""
    changes: list[str] = field(default_factory=list)
    rationale: list[Piece] | None = None


@dataclass(slots=True)
class Round:
    """What happened until a decision, oldest first."""

    number: int
    steps: list[Step] = field(default_factory=list)


def story_of(verdict: Verdict, project: Project, user: User) -> list[Round]:
    """The rounds of a verdict as far as `user` may read them: who reads only what is approved reads of approvals."""
    reviews = list(Review.objects.visible_to(user).filter(verdict=verdict).select_related("reviewer").order_by("id"))
    if not can(user, Action.READ_WORK, project):
        told = approvals(reviews)
        return [Round(1, [Step(entry.at, entry.who, entry.did) for entry in reversed(told)])]
    entries = reversed(history(list(Event.objects.of(project.pk, "verdict", verdict.pk)), reviews))
    steps = [*(_step(entry, project) for entry in entries), *_evidence(verdict, project, user)]
    return _in_rounds(sorted(steps, key=lambda step: step.at))


def _in_rounds(steps: Sequence[Step]) -> list[Round]:
    rounds = [Round(1)]
    for step in steps:
        rounds[-1].steps.append(step)
        if step.did in SENT_BACK:
            rounds.append(Round(len(rounds) + 1))
    return [one for one in rounds if one.steps]


def _step(entry: Entry, project: Project) -> Step:
    step = Step(entry.at, entry.who, entry.did, entry.reason)
    if entry.was is None or entry.became is None or entry.did != "edited":
        return step
    was, became = entry.was, entry.became
    if was["rating"] != became["rating"]:
        names = [(project.rating(key) or {}).get("name", "no rating") for key in (was["rating"], became["rating"])]
        step.changes.append(f"rating: {isolated(names[0])} → {isolated(names[1])}")
    if was["confidence"] != became["confidence"]:
        given = ["not given" if one is None else f"{one:g}" for one in (was["confidence"], became["confidence"])]
        step.changes.append(f"confidence: {given[0]} → {given[1]}")
    if was["rationale"] != became["rationale"]:
        step.rationale = changed_words(was["rationale"], became["rationale"]) if was["rationale"] else None
        anew = "rationale written anew" if was["rationale"] else "rationale written"
        step.changes.append("rationale reworded" if step.rationale else anew)
    return step


def _evidence(verdict: Verdict, project: Project, user: User) -> list[Step]:
    """What came to the evidence and what went after the verdict was begun, as far as `user` may read it."""
    links = Event.objects.of_links_to(project.pk, verdict.claim_id)
    events = links.filter(at__gt=verdict.created_at).select_related("by")
    rows = [(event, event.after or event.before or {}) for event in events if event.what in SIGNS]
    known = evidence_seen({UUID(row["source_id"]) for _, row in rows if "source_id" in row}, project.pk, user)
    return [
        Step(event.at, str(event.by or "somebody"), _tied(event, row, known[source]))
        for event, row in rows
        if row.get("relation") in ("corroborates", "contradicts") and (source := UUID(row["source_id"])) in known
    ]


def _tied(event: Event, row: dict[str, str], span: Span | None) -> str:
    where = "a passage that is gone"
    if span:
        where = f"{isolated(span.article.outlet or span.article.title)}: “{isolated(shortened(span.quote, 120))}”"
    verb = "linked" if event.what == Event.What.CREATED else "unlinked"
    return f"evidence that {row['relation']} {verb}: {where}"

"""What became of a verdict since somebody last decided on it, and its history in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Event, Review, Span, User, Verdict
from annotations.models.visibility import gone_spans_seen_by
from annotations.vocabulary import EVIDENCE
from annotations.web.text.changes import Piece, changed_words
from annotations.web.text.isolation import isolated

MOST_CHANGES: Final = 100
"""Changes of evidence since a review that the review screen tells one by one."""
ENTRIES: Final[dict[str, Promise]] = {
    "created": gettext_lazy("Created by %(person)s"),
    "edited": gettext_lazy("Edited by %(person)s"),
    "submitted": gettext_lazy("Submitted by %(person)s"),
    "submitted again": gettext_lazy("Submitted again by %(person)s"),
    "withdrawn": gettext_lazy("Withdrawn by %(person)s"),
    "approved": gettext_lazy("Approved by %(person)s"),
    "returned": gettext_lazy("Returned by %(person)s"),
    "reopened": gettext_lazy("Reopened by %(person)s"),
    "handed over": gettext_lazy("Handed over from %(giver)s to %(receiver)s by %(person)s"),
    "deleted": gettext_lazy("Deleted by %(person)s"),
}
"""For each kind of change what the history says of it."""


@dataclass(frozen=True, slots=True)
class EvidenceChange:
    """Evidence that came, went or changed sides; `outlet` and `quote` say which."""

    what: Literal["added", "removed", "changed"]
    relation: str
    quote: str
    outlet: str


@dataclass(slots=True)
class Since:
    """What changed since a review. `rationale` tells it word by word, where it was not written anew."""

    review: Review
    mine: bool
    rationale_changed: bool = False
    rationale_was: str = ""
    rationale: list[Piece] | None = None
    rating_was: str | None = None
    rating_changed: bool = False
    confidence_was: float | None = None
    confidence_changed: bool = False
    evidence: list[EvidenceChange] = field(default_factory=list)
    more_evidence: int = 0
    """Further changes of evidence, which the claim's page tells."""

    @property
    def nothing(self) -> bool:
        """Whether the verdict stands as it was."""
        return not (self.rationale_changed or self.rating_changed or self.confidence_changed or self.evidence)


@dataclass(slots=True)
class Entry:
    """One line of the history. `was` and `became` are the verdict's columns before and after it.

    `did` is a key of `ENTRIES`; `giver` and `receiver` are who held the verdict before and after a hand-over. `first`
    is the id of its event, of several that are told as one of the first.
    """

    at: datetime
    who: str
    did: str
    reason: str = ""
    was: dict[str, Any] | None = None
    became: dict[str, Any] | None = None
    first: int = 0
    giver: str = ""
    receiver: str = ""

    @property
    def text(self) -> str:
        """What was done, and by whom."""
        people = {"person": self.who, "giver": self.giver, "receiver": self.receiver}
        return str(ENTRIES[self.did]) % {name: isolated(person) for name, person in people.items()}


def since_last_review(verdict: Verdict, user: User) -> Since | None:
    """What changed since the reader's own last decision on the verdict, or else since anybody's; None before any."""
    reviews = verdict.reviews.select_related("reviewer").order_by("-id")
    mine = reviews.filter(reviewer=user).first()
    last = mine or reviews.first()
    if last is None:
        return None
    project_id = verdict.claim.article.project_id
    decided = Event.objects.of(project_id, "review", last.pk).last()
    # A review is written before what it does to the verdict: the last change before it made the version it is about.
    before = Event.objects.of(project_id, "verdict", verdict.pk).filter(id__lt=decided.pk if decided else 0).first()
    then = before.after if before and before.after and before.after["version"] == last.verdict_version else None
    since = Since(last, mine=mine is not None)
    if then is not None:
        if then["rationale"] != verdict.rationale:
            since.rationale_changed, since.rationale_was = True, then["rationale"]
            since.rationale = changed_words(then["rationale"], verdict.rationale)
        since.rating_was, since.rating_changed = then["rating"], then["rating"] != verdict.rating
        since.confidence_was, since.confidence_changed = then["confidence"], then["confidence"] != verdict.confidence
    changes = _evidence_changes(verdict, decided, user)
    spans = evidence_seen({one.source for one in changes[:MOST_CHANGES]}, project_id, user)
    since.evidence = [_change(one, spans[one.source]) for one in changes[:MOST_CHANGES] if one.source in spans]
    since.more_evidence = len(changes[MOST_CHANGES:])
    return since


def history(events: Sequence[Event], reviews: Sequence[Review], reader: User | None = None) -> list[Entry]:
    """The life of a verdict, or a part of it, newest first; several edits in a row by one person are told once.

    `reviews` made the decisions in it; one before it says that the verdict was submitted before. `reader`, where given,
    is called *you*.
    """
    reasons = {review.verdict_version: review for review in reviews}
    first = min((event.before["version"] for event in events if event.before), default=0)
    people = User.objects.in_bulk({holder for event in events for holder in _holders(event)})
    entries: list[Entry] = []
    submitted = sum(
        1 for event in events if _step(event) == ("draft", "submitted") or _step(event) == ("returned", "submitted")
    )
    submitted += any(review.verdict_version < first for review in reviews)
    for event in events:
        who = _("you") if reader and event.by_id == reader.pk else str(event.by) if event.by else _("someone")
        did, reason = _told(event, reasons)
        decided = reasons.get((event.before or {}).get("version", 0))
        if decided and decided.imported and did == decided.decision:
            who = _("%(reviewer)s, imported by %(person)s") % {"reviewer": decided.reviewer, "person": who}
        giver = receiver = ""
        if holders := _holders(event):
            giver, receiver = (str(people.get(holder, _("someone"))) for holder in holders)
            did = "handed over"
        if did == "submitted":
            did = "submitted again" if submitted > 1 else did
            submitted -= 1
        if entries and did == "edited" and (entries[-1].did, entries[-1].who) == (did, who):
            entries[-1].was, entries[-1].first = event.before, event.pk
            continue
        entries.append(Entry(event.at, who, did, reason, event.before, event.after, event.pk, giver, receiver))
    return entries


def approvals(reviews: Sequence[Review]) -> list[Entry]:
    """What somebody who reads only what is approved is told of the life of a verdict, newest first."""
    told = [
        Entry(
            review.created_at,
            _("%(reviewer)s, imported") % {"reviewer": review.reviewer} if review.imported else str(review.reviewer),
            "approved",
        )
        for review in reviews
    ]
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def round_of(verdict: Verdict, user: User) -> int:
    """Which time a verdict is before its reviewers, by those of its reviews that the reader may see."""
    reviews = Review.objects.visible_to(user).filter(verdict=verdict)
    sent_back: int = reviews.exclude(decision=Review.Decision.APPROVED).count()
    return sent_back + (verdict.state != Verdict.State.RETURNED)


def _told(event: Event, reasons: dict[int, Review]) -> tuple[str, str]:
    if event.what != Event.What.UPDATED:
        return ("created" if event.what == Event.What.CREATED else "deleted"), ""
    before, after = _step(event)
    if before == after or (after == "draft" and before == "returned"):
        return "edited", ""
    if after == "submitted":
        return "submitted", ""
    if after == "draft":
        return "withdrawn", ""
    review = reasons.get((event.before or {}).get("version", 0))
    return (str(review.decision) if review else str(after)), (review.reason if review else "")


def _holders(event: Event) -> tuple[int, ...]:
    """Who held the verdict and who holds it since, where the event is a hand-over."""
    before, after = ((row or {}).get("holder_id") for row in (event.before, event.after))
    return (before, after) if before and after and before != after else ()


def _step(event: Event) -> tuple[Any, Any]:
    return (event.before or {}).get("state"), (event.after or {}).get("state")


class LinkChange(NamedTuple):
    """What became of a link: its relation before and after, where it bears on the claim, and where it begins."""

    was: str | None
    becomes: str | None
    source: UUID
    existed: bool
    exists: bool


def _evidence_changes(verdict: Verdict, decided: Event | None, user: User) -> list[LinkChange]:
    """What happened to the claim's evidence links after the review, each link told once.

    Links from spans that `user` may not read are left out.
    """
    project_id = verdict.claim.article.project_id
    later = Event.objects.of_links_to(project_id, verdict.claim_id).filter(id__gt=decided.pk if decided else 0)
    parts = (f"{row}__{name}" for row in ("before", "after") for name in ("relation", "source_id"))
    changes: dict[str, LinkChange] = {}
    for key, was, began, becomes, begins in later.values_list("object_id", *parts):
        change = LinkChange(was, becomes, UUID(begins or began), was is not None, becomes is not None)
        earlier = changes.get(key, change)
        changes[key] = change._replace(was=earlier.was, existed=earlier.existed)
    moved = [one for one in changes.values() if _bears(one.was) != _bears(one.becomes)]
    seen = seen_sources({one.source for one in moved}, project_id, user)
    return [one for one in moved if one.source in seen]


def seen_sources(keys: set[UUID], project_id: int, user: User) -> set[UUID]:
    """Those of these spans, deleted ones too, that `user` may read."""
    there = set(Span.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    return there | gone_spans_seen_by(user, project_id, keys - there)


def evidence_seen(keys: set[UUID], project_id: int, user: User) -> dict[UUID, Span | None]:
    """Those of these spans that `user` may read, with their articles; None for one that was deleted."""
    found = Span.objects.visible_to(user).select_related("article").defer("article__body", "article__source")
    there: dict[UUID, Span | None] = dict(found.in_bulk(keys))
    return {**dict.fromkeys(gone_spans_seen_by(user, project_id, keys - there.keys())), **there}


def _change(change: LinkChange, span: Span | None) -> EvidenceChange:
    return EvidenceChange(
        "changed" if change.existed and change.exists else "added" if change.exists else "removed",
        change.becomes or change.was or "",
        span.quote if span else _("deleted span"),
        (span.article.outlet or span.article.title) if span else "",
    )


def _bears(relation: str | None) -> str | None:
    return relation if relation in EVIDENCE else None

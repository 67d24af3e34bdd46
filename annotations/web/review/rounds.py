"""What became of a verdict since somebody last decided on it, and its history in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from annotations.models import Event, Review, Span, User, Verdict
from annotations.models.visibility import gone_spans_seen_by
from annotations.web.text.changes import Piece, changed_words
from annotations.web.text.isolation import isolated


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

    @property
    def nothing(self) -> bool:
        """Whether the verdict stands as it was."""
        return not (self.rationale_changed or self.rating_changed or self.confidence_changed or self.evidence)


@dataclass(slots=True)
class Entry:
    """One line of the history. `was` and `became` are the verdict's columns before and after it."""

    at: datetime
    who: str
    did: str
    reason: str = ""
    was: dict[str, Any] | None = None
    became: dict[str, Any] | None = None


def since_last_review(verdict: Verdict, events: Sequence[Event], user: User) -> Since | None:
    """What changed since the reader's own last decision on the verdict, or else since anybody's; None before the first.

    `events` are the verdict's, newest first.
    """
    reviews = list(verdict.reviews.select_related("reviewer").order_by("id"))
    if not reviews:
        return None
    mine = [review for review in reviews if review.reviewer_id == user.pk]
    last = (mine or reviews)[-1]
    then = next(
        (event.after for event in events if event.after and event.after["version"] == last.verdict_version), None
    )
    since = Since(last, mine=bool(mine))
    if then is not None:
        if then["rationale"] != verdict.rationale:
            since.rationale_changed, since.rationale_was = True, then["rationale"]
            since.rationale = changed_words(then["rationale"], verdict.rationale)
        since.rating_was, since.rating_changed = then["rating"], then["rating"] != verdict.rating
        since.confidence_was, since.confidence_changed = then["confidence"], then["confidence"] != verdict.confidence
    since.evidence = _evidence_changes(verdict, last, user)
    return since


def history(events: Sequence[Event], reviews: Sequence[Review], reader: User | None = None) -> list[Entry]:
    """The life of a verdict, newest first; several edits in a row by one person are told once.

    `reader`, where given, is called *you*.
    """
    reasons = {review.verdict_version: review for review in reviews}
    people = User.objects.in_bulk({holder for event in events for holder in _holders(event)})
    entries: list[Entry] = []
    submitted = sum(
        1 for event in events if _step(event) == ("draft", "submitted") or _step(event) == ("returned", "submitted")
    )
    for event in events:
        who = "you" if reader and event.by_id == reader.pk else str(event.by) if event.by else "somebody"
        did, reason = _told(event, reasons)
        decided = reasons.get((event.before or {}).get("version", 0))
        if decided and decided.imported and did == decided.decision:
            who = f"{decided.reviewer}, imported by {who}"
        if holders := _holders(event):
            giver, receiver = (isolated(str(people.get(holder, "somebody"))) for holder in holders)
            did = f"handed over from {giver} to {receiver}"
        if did == "submitted":
            did = "submitted again" if submitted > 1 else did
            submitted -= 1
        if entries and did == "edited" and (entries[-1].did, entries[-1].who) == (did, who):
            entries[-1].was = event.before
            continue
        entries.append(Entry(event.at, who, did, reason, event.before, event.after))
    return entries


def approvals(reviews: Sequence[Review]) -> list[Entry]:
    """What somebody who reads only what is approved is told of the life of a verdict, newest first."""
    told = [
        Entry(
            review.created_at, f"{review.reviewer}, imported" if review.imported else str(review.reviewer), "approved"
        )
        for review in reviews
    ]
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def round_of(verdict: Verdict, reviews: Sequence[Review]) -> int:
    """Which time a verdict is before its reviewers, by those of its reviews that the reader may see."""
    sent_back = sum(1 for review in reviews if review.decision != Review.Decision.APPROVED)
    return sent_back + (verdict.state != Verdict.State.RETURNED)


def _told(event: Event, reasons: dict[int, Review]) -> tuple[str, str]:
    if event.what != Event.What.UPDATED:
        return ("begun" if event.what == Event.What.CREATED else "deleted"), ""
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


def _evidence_changes(verdict: Verdict, last: Review, user: User) -> list[EvidenceChange]:
    """What happened to the claim's evidence links after the review, each link told once.

    Links from spans that `user` may not read are left out.
    """
    project_id = verdict.claim.article.project_id
    decided = Event.objects.of(project_id, "review", last.pk).last()
    later = Event.objects.of_links_to(project_id, verdict.claim_id).filter(id__gt=decided.pk if decided else 0)
    first: dict[str, dict[str, Any] | None] = {}
    now: dict[str, dict[str, Any] | None] = {}
    for event in later:
        first.setdefault(event.object_id, event.before)
        now[event.object_id] = event.after
    rows = [(first[key], now[key]) for key in now if _relation(first[key]) != _relation(now[key])]
    ends = {_source(was, becomes) for was, becomes in rows}
    spans = evidence_seen(ends, project_id, user)
    changes = ((was, becomes, _source(was, becomes)) for was, becomes in rows)
    return [_change(was, becomes, spans[source]) for was, becomes, source in changes if source in spans]


def evidence_seen(keys: set[UUID], project_id: int, user: User) -> dict[UUID, Span | None]:
    """Those of these spans that `user` may read, with their articles; None for one that was deleted."""
    found = Span.objects.visible_to(user).select_related("article").defer("article__body", "article__source")
    there: dict[UUID, Span | None] = dict(found.in_bulk(keys))
    return {**dict.fromkeys(gone_spans_seen_by(user, project_id, keys - there.keys())), **there}


def _source(was: dict[str, Any] | None, becomes: dict[str, Any] | None) -> UUID:
    return UUID((becomes or was or {})["source_id"])


def _change(was: dict[str, Any] | None, becomes: dict[str, Any] | None, span: Span | None) -> EvidenceChange:
    row = becomes or was or {}
    return EvidenceChange(
        "added" if was is None else "removed" if becomes is None else "changed",
        row["relation"],
        span.quote if span else "a passage that was deleted",
        (span.article.outlet or span.article.title) if span else "",
    )


def _relation(row: dict[str, Any] | None) -> str | None:
    return row["relation"] if row and row["relation"] in ("corroborates", "contradicts") else None

"""What happened last in a project, in words, from the history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Func, JSONField, Q

from annotations.models import Article, Event, Project, Span, User, Verdict
from annotations.models.visibility import sees_all_work
from annotations.vocabulary import MEANINGS

READ: Final = 200
SHOWN: Final = 8
MOST_AT_ONCE: Final = 4
COLUMNS: Final = (
    *("id", "article_id", "span_id", "claim_id", "target_id", "verdict_id", "thread_id", "label", "relation", "state"),
    *("decision", "imported", "archived", "reopened", "resolved_at"),
)
"""The columns that the words depend on. Others hold whole texts: rationales, comments, guidelines."""
KINDS: Final = ("article", "assignment", "span", "link", "verdict", "comment", "review", "membership", "project")
WORK: Final = ("assignment", "span", "link", "verdict", "comment", "review")
"""What is work in progress, and so not for everybody's eyes."""

DECISIONS: Final = {
    "approved": "approved a verdict",
    "returned": "returned a verdict",
    "reopened": "reopened a verdict",
}
STEPS: Final = {
    ("draft", "submitted"): "submitted a verdict",
    ("returned", "submitted"): "submitted a verdict again",
    ("submitted", "draft"): "withdrew a verdict",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did in one place in one go; `article` is where, `span` the passage it was last about."""

    at: datetime
    who: str
    did: str
    article: Article | None
    span: UUID | None


class Columns(Func):
    """A row of the history with its `COLUMNS` alone."""

    template = f"""(SELECT jsonb_object_agg(key, value) FROM jsonb_each(%(expressions)s)
                    WHERE key IN ('{"', '".join(COLUMNS)}'))"""  # noqa: S608 - the columns are ours
    output_field = JSONField()


class Told(NamedTuple):
    """One event in words, with the article and the span it belongs to where it has them."""

    event: Any
    words: str
    article: UUID | None
    span: UUID | None


def latest(project: Project, user: User) -> list[Deed]:
    """The latest deeds, newest first; somebody who does not see all work sees their own."""
    told = _told(events_of(project, user))
    places = {one.article for one in told if one.article}
    articles = Article.objects.filter(project=project).without_text().in_bulk(places)
    deeds = []
    for (_, place), run in groupby(told, key=lambda one: (one.event.by_id, one.article)):
        group = list(run)
        event = group[0].event
        span = next((one.span for one in group if one.span), None)
        did = _joined([one.words for one in reversed(group)])
        deeds.append(Deed(event.at, str(event.by or "Somebody"), did, articles.get(place) if place else None, span))
    return deeds[:SHOWN]


def events_of(project: Project, user: User) -> list[Any]:
    """The latest events that `user` may read of, newest first, each with `was` and `became`: its rows' `COLUMNS`."""
    events = Event.objects.filter(project=project, kind__in=KINDS).select_related("by").order_by("-id")
    events = events.exclude(before__isnull=True, after__isnull=True)  # a legal removal emptied them
    if not sees_all_work(user, project.pk):
        events = events.exclude(Q(kind__in=WORK) & ~Q(by=user))
    return list(events.defer("before", "after").annotate(was=Columns("before"), became=Columns("after"))[:READ])


def _joined(words: Sequence[str]) -> str:
    """Several deeds in one sentence, each once with how often."""
    times = [f"{did} ({count} times)" if count > 1 else did for did, count in Counter(words).items()]
    if len(times) > MOST_AT_ONCE:
        times = [*times[: MOST_AT_ONCE - 1], "more"]
    return " and ".join([", ".join(times[:-1]), times[-1]]) if len(times) > 1 else times[0]


def _told(events: Sequence[Any]) -> list[Told]:
    """The events that say something, each with its place."""
    judged = {UUID(event.became["verdict_id"]) for event in events if event.kind == "review" and event.became}
    claims = dict(Verdict.objects.filter(pk__in=judged).values_list("pk", "claim_id"))
    about = {event.pk: _span_of(event, claims) for event in events}
    spans = Span.objects.filter(pk__in={span for span in about.values() if span})
    articles = dict(spans.values_list("pk", "article_id"))
    told = []
    for event in events:
        if words := WORDINGS[event.kind](event.what, event.was or {}, event.became or {}):
            span = about[event.pk]
            place = _article_of(event, articles.get(span) if span else None)
            told.append(Told(event, words, place, span if span in articles else None))
    return told


def _span_of(event: Any, claims: Mapping[UUID, UUID]) -> UUID | None:
    """The span that an event is about; `claims` gives the claims of reviewed verdicts."""
    row = event.became or event.was or {}
    if event.kind == "review":
        return claims.get(UUID(row["verdict_id"]))
    key = {"span": "id", "link": "target_id", "verdict": "claim_id", "comment": "span_id"}.get(event.kind)
    return UUID(row[key]) if key and row.get(key) else None


def _article_of(event: Any, of_span: UUID | None) -> UUID | None:
    row = event.became or event.was or {}
    named = row.get("article_id") or (row.get("id") if event.kind == "article" else None)
    return UUID(named) if named else of_span


def _span_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    label = (after or before).get("label", "span")
    article = "an" if label == "attribution" else "a"
    return {"created": f"marked {article} {label}", "deleted": f"deleted {article} {label}"}.get(
        what, f"changed {article} {label}"
    )


def _link_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    relation = (after or before).get("relation", "")
    link = MEANINGS[relation].named if relation in MEANINGS else "a span that was removed"
    return {"created": f"linked {link}", "deleted": f"unlinked {link}"}.get(what, "changed a link")


def _verdict_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str | None:
    if what != "updated":
        return {"created": "began a verdict", "deleted": "deleted a verdict"}.get(what)
    step = (str(before.get("state")), str(after.get("state")))
    if step[0] != step[1] and step[1] in ("approved", "returned"):
        return None  # the review says it
    return STEPS.get(step, "worked on a verdict")


def _comment_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str | None:
    if what != "updated":
        return "deleted a comment" if what == "deleted" else "answered" if after.get("thread_id") else "commented"
    if bool(before.get("resolved_at")) != bool(after.get("resolved_at")):
        return "resolved a thread" if after.get("resolved_at") else "reopened a thread"
    return "reworded a comment"


def _review_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str | None:
    if after.get("imported"):
        return "imported a review of a verdict"
    return DECISIONS.get(after.get("decision", ""))


def _assignment_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    if what == "created":
        return "took up an article"
    if after.get("reopened") and not before.get("reopened"):
        return "reopened an article that others had submitted too"
    return "submitted an article" if after.get("state") == "submitted" else "reopened an article"


def _article_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    if what == "created":
        return "added an article"
    if what == "removed":
        return "removed an article for legal reasons"
    if before.get("archived") != after.get("archived"):
        return "archived an article" if after.get("archived") else "brought an article back"
    return "corrected an article’s details"


def _membership_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    return {"created": "added a member", "deleted": "removed a member"}.get(what, "changed a member’s roles")


WORDINGS: Final[dict[str, Callable[[str, dict[str, Any], dict[str, Any]], str | None]]] = {
    "span": _span_words,
    "link": _link_words,
    "verdict": _verdict_words,
    "comment": _comment_words,
    "assignment": _assignment_words,
    "article": _article_words,
    "membership": _membership_words,
    "review": _review_words,
    "project": lambda what, before, after: "started the project" if what == "created" else "changed the settings",
}

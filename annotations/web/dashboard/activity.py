"""Recent activity in a project, in words, from the history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Func, JSONField, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Article, Event, Project, Span, User, Verdict
from annotations.models.visibility import sees_all_work
from annotations.vocabulary import Label, Relation

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
"""Work in progress, which not everybody may see."""

DECISIONS: Final = {
    "approved": gettext_lazy("approved a verdict"),
    "returned": gettext_lazy("returned a verdict"),
    "reopened": gettext_lazy("reopened a verdict"),
}
STEPS: Final = {
    ("draft", "submitted"): gettext_lazy("submitted a verdict"),
    ("returned", "submitted"): gettext_lazy("submitted a verdict again"),
    ("submitted", "draft"): gettext_lazy("withdrew a verdict"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did in one article in one go; `span` is the last span that it was about."""

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
    for (_person, place), run in groupby(told, key=lambda one: (one.event.by_id, one.article)):
        group = list(run)
        event = group[0].event
        span = next((one.span for one in group if one.span), None)
        did = _joined([one.words for one in reversed(group)])
        deeds.append(Deed(event.at, str(event.by or _("Somebody")), did, articles.get(place) if place else None, span))
    return deeds[:SHOWN]


def events_of(project: Project, user: User) -> list[Any]:
    """The latest events that `user` may read of, newest first, each with `was` and `became`: its rows' `COLUMNS`."""
    events = Event.objects.filter(project=project, kind__in=KINDS).select_related("by").order_by("-id")
    events = events.exclude(before__isnull=True, after__isnull=True)  # a legal removal emptied them
    if not sees_all_work(user, project.pk):
        events = events.exclude(Q(kind__in=WORK) & ~Q(by=user))
    return list(events.defer("before", "after").annotate(was=Columns("before"), became=Columns("after"))[:READ])


def _joined(words: Sequence[str]) -> str:
    """Several deeds as a list, each once with how often."""
    times = [
        _("%(activity)s (%(count)d times)") % {"activity": did, "count": count} if count > 1 else did
        for did, count in Counter(words).items()
    ]
    if len(times) > MOST_AT_ONCE:
        times = [*times[: MOST_AT_ONCE - 1], _("and more")]
    return ", ".join(times)


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
            row = event.became or event.was or {}
            named = row.get("article_id") or (row.get("id") if event.kind == "article" else None)
            place = UUID(named) if named else articles.get(span) if span else None
            told.append(Told(event, words, place, span if span in articles else None))
    return told


def _span_of(event: Any, claims: Mapping[UUID, UUID]) -> UUID | None:
    """The span that an event is about; `claims` gives the claims of reviewed verdicts."""
    row = event.became or event.was or {}
    if event.kind == "review":
        return claims.get(UUID(row["verdict_id"]))
    key = {"span": "id", "link": "target_id", "verdict": "claim_id", "comment": "span_id"}.get(event.kind)
    return UUID(row[key]) if key and row.get(key) else None


def _span_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    words = {"created": _("added a span (%(label)s)"), "deleted": _("deleted a span (%(label)s)")}.get(
        what, _("changed a span (%(label)s)")
    )
    return words % {"label": _name(Label, (after or before).get("label", ""))}


def _link_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    words = {"created": _("added a link (%(relation)s)"), "deleted": _("deleted a link (%(relation)s)")}.get(
        what, _("changed a link (%(relation)s)")
    )
    return words % {"relation": _name(Relation, (after or before).get("relation", ""))}


def _name(choices: type[Label | Relation], key: str) -> str:
    """What a label or a relation is called; its key where it is none of ours any more."""
    return str(choices(key).label) if key in choices.values else key


def _verdict_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str | None:
    if what != "updated":
        return {"created": _("started a verdict"), "deleted": _("deleted a verdict")}.get(what)
    step = (str(before.get("state")), str(after.get("state")))
    if step[0] != step[1] and step[1] in ("approved", "returned"):
        return None  # the review says it
    return str(STEPS[step]) if step in STEPS else _("edited a verdict")


def _comment_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str | None:
    if what != "updated":
        if what == "deleted":
            return _("deleted a comment")
        return _("replied to a comment") if after.get("thread_id") else _("commented")
    if bool(before.get("resolved_at")) != bool(after.get("resolved_at")):
        return _("resolved a thread") if after.get("resolved_at") else _("reopened a thread")
    return _("edited a comment")


def _review_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str | None:
    if after.get("imported"):
        return _("imported a review of a verdict")
    decision = after.get("decision", "")
    return str(DECISIONS[decision]) if decision in DECISIONS else None


def _assignment_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    if what == "created":
        return _("started annotating an article")
    if after.get("reopened") and not before.get("reopened"):
        return _("reopened an article that others had also submitted")
    return _("submitted an article") if after.get("state") == "submitted" else _("reopened an article")


def _article_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    if what == "created":
        return _("added an article")
    if what == "removed":
        return _("removed an article for legal reasons")
    if before.get("archived") != after.get("archived"):
        return _("archived an article") if after.get("archived") else _("restored an article")
    return _("edited the details of an article")


def _membership_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    words = {"created": _("added a member"), "deleted": _("removed a member")}
    return words.get(what, _("changed a member's roles"))


def _project_words(what: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    return _("created the project") if what == "created" else _("changed the settings")


WORDINGS: Final[dict[str, Callable[[str, dict[str, Any], dict[str, Any]], str | None]]] = {
    "span": _span_words,
    "link": _link_words,
    "verdict": _verdict_words,
    "comment": _comment_words,
    "assignment": _assignment_words,
    "article": _article_words,
    "membership": _membership_words,
    "review": _review_words,
    "project": _project_words,
}

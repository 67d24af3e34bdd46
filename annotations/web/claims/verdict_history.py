"""How a verdict came to be: its rounds from the first draft on, with what changed in each step, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Event, Project, Review, Span, User, Verdict
from annotations.permissions import Action, can
from annotations.vocabulary import EVIDENCE, Relation
from annotations.web.review.history import LENGTH, PARAMETER, decisions_in, history_page, verdict_events
from annotations.web.review.rounds import Entry, evidence_seen, history, seen_sources
from annotations.web.text.changes import MOST_STEPS, Effort, Piece, changed_words
from annotations.web.text.isolation import isolated
from annotations.web.wording import shortened

SENT_BACK: Final = (Review.Decision.RETURNED, Review.Decision.REOPENED)
SIGNS: Final = {"created": "+", "deleted": "−"}
LINK_ENTRIES: Final[dict[tuple[str, str], Promise]] = {
    ("created", Relation.CORROBORATES): gettext_lazy("Corroborating evidence linked by %(person)s: %(evidence)s"),
    ("created", Relation.CONTRADICTS): gettext_lazy("Contradicting evidence linked by %(person)s: %(evidence)s"),
    ("deleted", Relation.CORROBORATES): gettext_lazy("Corroborating evidence unlinked by %(person)s: %(evidence)s"),
    ("deleted", Relation.CONTRADICTS): gettext_lazy("Contradicting evidence unlinked by %(person)s: %(evidence)s"),
}
"""What the history says of a change of a link, by what was done and the link's relation."""
BATCH: Final = 1_000
"""Changes of links that are looked through at once for those whose evidence the reader may see."""
CURSOR: Final = re.compile(r"([0-9]{1,18})-([0-9]{1,18})", re.ASCII)
"""What names a page: the ids before which the changes of the verdict, and those of links to its claim, end."""
LATEST: Final = 10**18 - 1
"""More than any id of a change."""


@dataclass(slots=True)
class Step:
    """One thing that somebody did, as text; `did` is its kind, `rationale` the rewording word by word."""

    at: datetime
    text: str
    did: str
    reason: str = ""
    changes: list[str] = field(default_factory=list)
    rationale: list[Piece] | None = None


@dataclass(slots=True)
class Round:
    """What happened until a decision, oldest first."""

    number: int
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Story:
    """Rounds, oldest first. `earlier` is the query of the page before them, None where there is none."""

    rounds: list[Round]
    earlier: str | None = None
    is_latest: bool = True


def story_of(verdict: Verdict, project: Project, user: User, query: QueryDict) -> Story:
    """The page that the address asks for, as far as `user` may read it: the latest changes, or those before some.

    Who reads only what is approved reads of approvals. A page ends after `LENGTH` changes, and sooner where telling
    rationales word by word has taken as many steps as one comparison may.
    """
    if not can(user, Action.READ_WORK, project):
        told = history_page(verdict, user, query)
        approvals = [Step(entry.at, entry.text, entry.did) for entry in reversed(told.entries)]
        return Story([Round(1, approvals)] if approvals else [], told.earlier, told.is_latest)
    asked = CURSOR.fullmatch(query.get(PARAMETER, ""))
    before, links_before = map(int, asked.groups()) if asked else (LATEST, LATEST)
    events = verdict_events(verdict, project.pk, before)
    entries = history(events[:LENGTH], decisions_in(events[:LENGTH], verdict, user))
    links = _link_events(verdict, project, user, links_before)
    known = evidence_seen({_source(event) for event in links[:LENGTH]}, project.pk, user)
    found: list[Entry | Event] = sorted([*entries, *links[:LENGTH]], key=lambda one: one.at, reverse=True)
    steps, effort = list[Step](), Effort()
    for one in found[:LENGTH]:
        if effort.steps > MOST_STEPS:
            break
        if isinstance(one, Event):
            links_before = one.pk
            steps.append(Step(one.at, _tied(one, known.get(_source(one))), one.what))
        else:
            before = one.first
            steps.append(_step(one, project, effort))
    is_last = len(steps) == len(found) and len(events) <= LENGTH and len(links) <= LENGTH
    earlier = next((event.after for event in events if event.after and event.pk < before), None)
    sent_back = Review.objects.visible_to(user).filter(verdict=verdict, decision__in=SENT_BACK)
    rounds_before = sent_back.filter(verdict_version__lt=earlier["version"]).count() if earlier else 0
    return Story(
        _in_rounds(list(reversed(steps)), rounds_before + 1),
        None if is_last else f"{PARAMETER}={before}-{links_before}",
        asked is None,
    )


def _in_rounds(steps: Sequence[Step], number: int) -> list[Round]:
    rounds = [Round(number)]
    for step in steps:
        rounds[-1].steps.append(step)
        if step.did in SENT_BACK:
            rounds.append(Round(rounds[-1].number + 1))
    return [one for one in rounds if one.steps]


def _step(entry: Entry, project: Project, effort: Effort) -> Step:
    step = Step(entry.at, entry.text, entry.did, entry.reason)
    if entry.was is None or entry.became is None or entry.did != "edited":
        return step
    was, became = entry.was, entry.became
    if was["rating"] != became["rating"]:
        names = [(project.rating(key) or {}).get("name", _("no rating")) for key in (was["rating"], became["rating"])]
        step.changes.append(
            _("Rating: %(before)s → %(after)s") % {"before": isolated(names[0]), "after": isolated(names[1])}
        )
    if was["confidence"] != became["confidence"]:
        given = [_("not given") if one is None else f"{one:g}" for one in (was["confidence"], became["confidence"])]
        step.changes.append(_("Confidence: %(before)s → %(after)s") % {"before": given[0], "after": given[1]})
    if was["rationale"] != became["rationale"]:
        if was["rationale"]:
            step.rationale = changed_words(was["rationale"], became["rationale"], effort)
        rewritten = _("Rationale rewritten") if was["rationale"] else _("Rationale added")
        step.changes.append(_("Rationale edited") if step.rationale else rewritten)
    return step


def _link_events(verdict: Verdict, project: Project, user: User, before: int) -> list[Event]:
    """What came to the evidence and what went after the verdict was begun, as far as `user` may read it, latest first:
    those of a page and one more.
    """
    relation, source = (
        Coalesce(*(KeyTextTransform(name, row) for row in ("after", "before"))) for name in ("relation", "source_id")
    )
    links = Event.objects.of_links_to(project.pk, verdict.claim_id).filter(at__gt=verdict.created_at, what__in=SIGNS)
    links = links.alias(relation=relation).filter(relation__in=EVIDENCE).order_by("-id")
    found: list[int] = []
    while len(found) <= LENGTH:
        rows = list(links.filter(pk__lt=before).values_list("pk", source)[:BATCH])
        seen = seen_sources({UUID(key) for _, key in rows}, project.pk, user)
        found += [event for event, key in rows if UUID(key) in seen]
        if len(rows) < BATCH:
            break
        before = rows[-1][0]
    return list(Event.objects.filter(pk__in=found[: LENGTH + 1]).select_related("by").order_by("-id"))


def _source(event: Event) -> UUID:
    return UUID((event.after or event.before or {})["source_id"])


def _tied(event: Event, span: Span | None) -> str:
    evidence = _("deleted span")
    if span:
        evidence = f"{isolated(span.article.outlet or span.article.title)}: “{isolated(shortened(span.quote, 120))}”"
    relation = (event.after or event.before or {})["relation"]
    person = isolated(str(event.by)) if event.by else _("someone")
    return str(LINK_ENTRIES[event.what, relation]) % {"person": person, "evidence": evidence}

"""What happened in a project since somebody's snapshot, read from the history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection

from annotations.live.subscribers import Key
from annotations.models import EvidenceSet, Link, Span, Verdict

MOST: Final = 1000
"""Events of a project. Whoever missed more fetches the article again."""

MOST_READ: Final = 20_000
"""Events of all projects that are looked at for it."""

SINCE: Final = """
    WITH recent AS MATERIALIZED (
        SELECT id, project_id, kind, object_id, what, by_id, xid, coalesce(after, before) AS row,
               before ->> 'state' AS was, after ->> 'state' AS became
        FROM annotations_event
        WHERE xid >= pg_snapshot_xmin(%(since)s::pg_snapshot)
          AND NOT pg_visible_in_snapshot(xid, %(since)s::pg_snapshot)
        LIMIT %(most_read)s
    )
    SELECT factcheck_snapshot()::text,
           (SELECT count(*) FROM recent) >= %(most_read)s
           OR pg_snapshot_xmax(%(since)s::pg_snapshot) > pg_snapshot_xmax(factcheck_snapshot()),
           e.kind, e.object_id, e.what, e.by_id, e.xid::text::bigint, e.was, e.became,
           (SELECT jsonb_object_agg(key, value) FROM jsonb_each(e.row) WHERE key = ANY(%(named)s))
    FROM (SELECT) AS always LEFT JOIN (
        SELECT * FROM recent WHERE project_id = %(project)s ORDER BY id LIMIT %(most)s
    ) AS e ON true ORDER BY e.id
"""
"""One statement, so that the events and the snapshot they lead up to belong together."""

NAMED: Final = [
    *(f"{name}_id" for name in ("article", "source", "target", "claim", "verdict", "evidence_set", "user", "link")),
    *(f"{name}_id" for name in ("span", "thread", "author", "assignee")),
    "relation",
    "label",
]
"""What of an event's row says which articles it is about, and who may read of it."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of the history. `was` and `became` are the row's state, where it has one."""

    kind: str
    id: str
    what: str
    by: int | None
    xid: int
    was: str | None
    became: str | None
    row: dict[str, Any]


@dataclass(slots=True)
class Touch:
    """An object to which something happened, however often; `xid` is the last transaction that did.

    One to which nothing happened itself reads otherwise because of the attributions whose spans are `because`.
    """

    key: Key
    spans: set[str]
    because: set[UUID] = field(default_factory=set)
    articles: set[UUID] = field(default_factory=set)
    created: bool = False
    by: int | None = None
    xid: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """Everything between two snapshots; `events` is None where that is too much, or the first was none of ours."""

    until: str
    events: list[Happened] | None


def since(snapshot: str, project_id: int) -> News:
    """What happened in the project that this snapshot does not know of."""
    values: dict[str, Any] = {
        "since": snapshot,
        "project": project_id,
        "most": MOST + 1,
        "most_read": MOST_READ,
        "named": NAMED,
    }
    with connection.cursor() as cursor:
        cursor.execute(SINCE, values)
        rows = cursor.fetchall()
    until, lost = rows[0][:2]
    if lost or len(rows) > MOST:
        return News(until, None)
    events = [
        Happened(kind, key, what, by, xid, was, became, json.loads(row or "{}"))
        for _, _, kind, key, what, by, xid, was, became, row in rows
        if kind is not None
    ]
    return News(until, events)


def touched(events: Sequence[Happened], project_id: int) -> list[Touch]:
    """The objects that these events of a project are about, with their articles, in the order of their last change."""
    touches: dict[Key, Touch] = {}
    verdicts = _verdicts(events)
    # The span at which each link begins that is commented on: the comment shows in that article too.
    links = {str(event.row["link_id"]) for event in events if event.kind == "comment" and event.row.get("link_id")}
    sources = Link.objects.filter(pk__in=links).values_list("pk", "source") if links else ()
    beginnings = {str(pk): {str(source)} for pk, source in sources}
    for event in events:
        key, spans = _about(event, verdicts, beginnings)
        if key is None:
            continue
        earlier = touches.pop(key, None)
        touch = touches[key] = earlier or Touch(key, set())
        touch.spans |= spans
        touch.created |= event.kind == key[0] and event.what == "created"
        touch.by, touch.xid = event.by, max(touch.xid, event.xid)
    for touch in _derived(events, touches):
        touches[touch.key] = touch
    lying = _articles({span for touch in touches.values() for span in touch.spans}, project_id)
    for touch in touches.values():
        touch.articles = {lying[span] for span in touch.spans if span in lying}
    for event in events:
        if event.kind in ("span", "comment") and "article_id" in event.row:
            touches[event.kind, event.id].articles.add(UUID(event.row["article_id"]))
    return sorted(touches.values(), key=lambda touch: touch.xid)


def _about(
    event: Happened, verdicts: dict[str, tuple[str, str]], beginnings: dict[str, set[str]]
) -> tuple[Key | None, set[str]]:
    """The object that an event changes as readers see it, and the spans that tell its articles."""
    row = event.row
    match event.kind:
        case "span":
            return ("span", event.id), set()
        case "link":
            return ("link", event.id), {row[name] for name in ("source_id", "target_id") if name in row}
        case "verdict":
            return ("verdict", event.id), {row["claim_id"]} if "claim_id" in row else set()
        case "comment":
            return ("comment", event.id), beginnings.get(str(row.get("link_id")), set())
        case "review" | "evidence_set" | "evidence_link":
            verdict, claim = verdicts.get(str(row.get("verdict_id") or row.get("evidence_set_id")), ("", ""))
            return (("verdict", verdict), {claim}) if verdict else (None, set())
    return None, set()


def _verdicts(events: Sequence[Happened]) -> dict[str, tuple[str, str]]:
    """The verdict and its claim for each id of a verdict or evidence set that these events name."""
    sets = {event.row["evidence_set_id"] for event in events if "evidence_set_id" in event.row}
    of_sets = dict(EvidenceSet.objects.filter(pk__in=sets).values_list("pk", "verdict")) if sets else {}
    named = {event.row["verdict_id"] for event in events if "verdict_id" in event.row} | set(of_sets.values())
    if not named:
        return {}
    claims = {str(pk): str(claim) for pk, claim in Verdict.objects.filter(pk__in=named).values_list("pk", "claim")}
    found = {verdict: (verdict, claim) for verdict, claim in claims.items()}
    return found | {str(key): found[str(verdict)] for key, verdict in of_sets.items() if str(verdict) in found}


def _derived(events: Sequence[Happened], touches: dict[Key, Touch]) -> Iterable[Touch]:
    """Links that read otherwise because somebody else is said to have said one of their ends."""
    ties = [event.row for event in events if event.kind == "link" and event.row.get("relation") == "attributes"]
    heard = [(row["target_id"], row["source_id"]) for row in ties]
    speaking = {event.id for event in events if event.kind == "span" and event.row.get("label") == "attribution"}
    if speaking:
        said = Link.objects.filter(relation=Link.Relation.ATTRIBUTES, source__in=list(map(UUID, speaking)))
        heard += [(str(target), str(source)) for target, source in said.values_list("target", "source")]
    if not heard:
        return
    because: dict[str, set[UUID]] = {}
    for target, attribution in heard:
        because.setdefault(target, set()).add(UUID(attribution))
    last = max(event.xid for event in events)
    told_of = list(map(UUID, because))
    near = Link.objects.filter(target__in=told_of) | Link.objects.filter(source__in=told_of)
    for pk, source, target in near.values_list("pk", "source", "target"):
        ends = {str(source), str(target)}
        if ("link", str(pk)) not in touches:
            causes = {cause for end in ends for cause in because.get(end, ())}
            yield Touch(("link", str(pk)), ends, causes, xid=last)


def _articles(spans: set[str], project_id: int) -> dict[str, UUID]:
    """The article of each span of a project, also of those that are gone."""
    from annotations.models import Event

    if not spans:
        return {}
    found = {str(pk): article for pk, article in Span.objects.filter(pk__in=spans).values_list("pk", "article")}
    if missing := spans - set(found):
        made = Event.objects.filter(project=project_id, kind="span", object_id__in=missing, after__isnull=False)
        made = made.filter(what=Event.What.CREATED)
        for span, article in made.values_list("object_id", "after__article_id"):
            found[span] = UUID(article)
    return found

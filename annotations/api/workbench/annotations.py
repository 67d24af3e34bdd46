"""`articles/{id}/annotations/`: all that the workbench needs, or what touches a window of it, in a constant number of
queries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method
from annotations.api.base.parameters import OFFSET as OFFSETS
from annotations.api.base.parameters import Parameter, choice
from annotations.api.base.resource import Resource, caller
from annotations.api.projects.articles import find_article
from annotations.evidence.sources import said_by
from annotations.live import snapshots
from annotations.models import Article, Assignment, Link, Project, Span, User, Verdict
from annotations.models.article import LONGEST_BODY
from annotations.models.base.lookup_columns import among
from annotations.permissions import Action, can
from annotations.rules import ARCHIVED, ARTICLE_FULL, Rule
from annotations.serializers import answers
from annotations.serializers.base import invalid
from annotations.serializers.shapes import (
    article_json,
    assignment_json,
    far_links,
    project_json,
    span_json,
    verdict_json,
)
from annotations.serializers.span_columns import joined, span_columns

OFFSET: Final = re.compile(r"[0-9]{1,7}", re.ASCII)


ASKS: Final = (
    Parameter("from", "Only what touches the text from this code point on.", OFFSETS),
    Parameter("to", "Only what touches the text before this code point.", OFFSETS),
    Parameter(
        "spans",
        "`columns`: spans as one list a property, without what follows from the text, for many of them at once.",
        choice("", "columns"),
    ),
)


class AnnotationsView(Resource):
    """An article with its sentences, spans, links and verdicts, as far as the caller may read them.

    With `from` or `to` it is a window: no body, only the sentences and spans that share a character with it, the links
    with an end at one of these spans, and the verdicts on them.
    """

    asks = ASKS

    @method("article_annotations", "articles", answers.AnnotationsAnswer, query=asks)
    def get(self, request: Request, key: UUID) -> HttpResponseBase:
        window = window_in(request)
        columns = request.query_params.get("spans", "")
        if columns not in ("", "columns"):
            raise invalid("spans", "Spans come plainly, or as columns.", "invalid_choice")
        user = caller(request)
        article = find_article(user, key, with_text=window is None)
        # Taken before anything is read: what happens from here on is news, even where the answer knows it already.
        point = snapshots.now()
        spans = window_of(Span.objects.visible_to(user).filter(article=article), window).in_reading_order()
        rest = {**annotations_json(article, user, window, brief=bool(columns)), "events_after": point}
        if columns:
            return joined(rest, span_columns(spans))
        return Response({**rest, "spans": [span_json(span) for span in spans.with_people()]})


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text, in code points."""

    start: int
    end: int


def window_in(request: Request) -> Window | None:
    """The window that the address asks for. Raises ValidationError with the parameter."""
    query = request.query_params
    if "from" not in query and "to" not in query:
        return None
    edges = {}
    for name, otherwise in (("from", "0"), ("to", str(LONGEST_BODY))):
        value = query.get(name, otherwise)
        if not OFFSET.fullmatch(value) or int(value) > LONGEST_BODY:
            raise invalid(name, f"Give a whole number of code points from 0 to {LONGEST_BODY}.")
        edges[name] = int(value)
    if edges["to"] <= edges["from"]:
        raise invalid("to", "A window ends after it begins.")
    return Window(edges["from"], edges["to"])


def window_of(rows: Any, window: Window | None, path: str = "") -> Any:
    """Those rows whose span, at this path (such as ``claim__``), shares a character with the window."""
    if window is None:
        return rows
    return rows.filter(**{f"{path}start__lt": window.end, f"{path}end__gt": window.start})


def annotations_json(
    article: Article, user: User, window: Window | None = None, *, brief: bool = False
) -> dict[str, Any]:
    """Everything about an article that `user` may read, but for its spans.

    `brief` leaves out of the links what they say of ends in the article itself.
    """
    project = article.project
    links = list(
        touching(article, window, Link.objects.visible_to(user)).with_people().with_ends().order_by("created_at", "id")
    )
    said = said_by({span_id for link in links for span_id in (link.source_id, link.target_id)}, user)
    verdicts = window_of(Verdict.objects.visible_to(user).filter(claim__article=article), window, "claim__")
    assignment = next(iter(article.assignments_of(user)), None)
    may_mark = can(user, Action.MARK, article)
    refused = why_not_mark(user, article, assignment) if may_mark else None
    # The one to annotate after this.
    next_article: UUID | None = None
    if can(user, Action.ANNOTATE, project):
        next_article = Article.objects.exclude(pk=article.pk).first_waiting_for(user, project)
    sentences = window_of(article.sentences.order_by("start"), window).values_list("start", "end")
    return {
        "article": article_json(article, project, body=window is None),
        "project": project_json(project),
        "me": {
            "id": user.pk,
            "name": str(user),
            "can": {
                "mark": may_mark and refused is None,
                "link": can(user, Action.LINK, article),
                "verdict": can(user, Action.JUDGE, article),
                "submit": can(user, Action.SUBMIT, article),
                "review": can(user, Action.REVIEW, article),
                "comment": can(user, Action.COMMENT, article),
                "manage": can(user, Action.MANAGE, article),
            },
            "mark_refused": refused and refused.slug,
        },
        "assignment": assignment and assignment_json(assignment),
        "sentences": [list(pair) for pair in sentences],
        "links": list(far_links(links, said, near=article if brief else None)),
        "verdicts": [verdict_json(verdict) for verdict in verdicts.with_people().order_by("created_at", "id")],
        "next_article": next_article,
        **({"window": {"from": window.start, "to": window.end}} if window else {}),
    }


def touching(article: Article, window: Window | None, links: Any) -> Any:
    """Links with an end in the article, in the window where there is one."""
    if window is None:
        return links.touching(article.pk)
    at_source = window_of(links.filter(source_article=article), window, "source__")
    at_target = window_of(links.filter(target_article=article), window, "target__")
    return links.filter(among(at_source, at_target))


def why_not_mark(user: User, article: Article, assignment: Assignment | None) -> Rule | None:
    """The rule that keeps `user`, whose role allows it, from making and changing spans here now; or None."""
    if assignment is not None:
        return assignment.why_locked()
    if article.is_archived:
        return ARCHIVED
    if article.project.mode != Project.Mode.INDEPENDENT:
        return None
    places = article.assignments.taking_a_place().count()
    return ARTICLE_FULL if places >= article.project.annotators_per_article else None

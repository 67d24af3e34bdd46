"""All that the workbench shows of an article, or what touches a window of it, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, NotRequired, TypedDict, cast
from uuid import UUID

from annotations.evidence.sources import said_by
from annotations.models import Article, Assignment, Link, Project, Span, User, Verdict
from annotations.models.base.lookup_columns import among
from annotations.permissions import Action, can
from annotations.rules import ARCHIVED, ARTICLE_FULL, Rule
from annotations.serializers.articles import (
    AssignmentAnswer,
    ReadArticleAnswer,
    article_json,
    assignment_json,
    whole_article_json,
)
from annotations.serializers.base import Choice
from annotations.serializers.links import FarLinkAnswer, far_links
from annotations.serializers.people import PersonAnswer
from annotations.serializers.projects import ProjectAnswer, project_json
from annotations.serializers.spans import SpanAnswer
from annotations.serializers.verdicts import VerdictAnswer, verdict_json


class RightsAnswer(TypedDict):
    mark: bool
    link: bool
    verdict: bool
    submit: bool
    review: bool
    comment: bool
    manage: bool


class ReaderAnswer(PersonAnswer):
    can: RightsAnswer
    mark_refused: Annotated[
        str | None,
        Choice(["pass-submitted", "pass-opened", "article-full", "archived"]),
        "Why you can't create or change spans here at the moment although your role allows it.",
    ]


_WindowAnswer = TypedDict("_WindowAnswer", {"from": int})


class WindowAnswer(_WindowAnswer):
    to: int


class AnnotationsBase(TypedDict):
    article: ReadArticleAnswer
    project: ProjectAnswer
    me: ReaderAnswer
    assignment: AssignmentAnswer | None
    sentences: list[list[int]]
    links: list[FarLinkAnswer]
    verdicts: list[VerdictAnswer]
    window: NotRequired[Annotated[WindowAnswer, "Only in a window."]]
    next_article: UUID | None


class AnnotationsAnswer(AnnotationsBase):
    spans: Annotated[list[SpanAnswer], "With `spans=columns`, one list per property instead."]
    events_after: Annotated[str, "Where events/ continues after this response."]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text, in code points."""

    start: int
    end: int


def window_of(rows: Any, window: Window | None, path: str = "") -> Any:
    """Those rows whose span, at this path (such as ``claim__``), shares a character with the window."""
    if window is None:
        return rows
    return rows.filter(**{f"{path}start__lt": window.end, f"{path}end__gt": window.start})


def annotations_json(
    article: Article, user: User, window: Window | None = None, *, brief: bool = False
) -> AnnotationsBase:
    """Everything about an article that `user` may read, but for its spans.

    `brief` leaves out of the links what they say of ends in the article itself.
    """
    project = article.project
    links = Span.objects.load_ends(
        touching(article, window, Link.objects.visible_to(user)).with_people().order_by("created_at", "id")
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
    shown = article_json(article, project) if window else whole_article_json(article, project)
    answer: AnnotationsBase = {
        "article": cast(ReadArticleAnswer, shown),
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
            "mark_refused": refused.slug if refused else None,
        },
        "assignment": assignment_json(assignment) if assignment else None,
        "sentences": [list(pair) for pair in sentences],
        "links": list(far_links(links, said, near=article if brief else None)),
        "verdicts": [verdict_json(verdict) for verdict in verdicts.with_people().order_by("created_at", "id")],
        "next_article": next_article,
    }
    if window:
        answer["window"] = {"from": window.start, "to": window.end}
    return answer


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

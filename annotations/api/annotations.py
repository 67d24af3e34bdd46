"""`articles/{id}/annotations/`: all that the workbench needs, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import answers
from annotations.api.articles import find_article
from annotations.api.conventions.access import caller
from annotations.api.conventions.resource import Resource
from annotations.api.described import method
from annotations.api.shapes import (
    article_json,
    assignment_json,
    link_json,
    project_json,
    span_json,
    verdict_json,
)
from annotations.evidence.sources import Said, said_by, same_source
from annotations.live import snapshots
from annotations.models import Article, Link, Project, Role, Span, User, Verdict
from annotations.permissions import Action, can


class AnnotationsView(Resource):
    """An article with its sentences, spans, links and verdicts, as far as the caller may read them."""

    @method("article_annotations", "articles", answers.AnnotationsAnswer)
    def get(self, request: Request, key: UUID) -> Response:
        article = find_article(caller(request), key, with_text=True)
        # Taken before anything is read: what happens from here on is news, even where the answer knows it already.
        point = snapshots.now()
        return Response({**annotations_json(article, caller(request)), "events_after": point})


def annotations_json(article: Article, user: User) -> dict[str, Any]:
    """Everything about an article that `user` may read."""
    project = article.project
    spans = Span.objects.visible_to(user).filter(article=article).with_people().in_reading_order()
    links = list(
        Link.objects.visible_to(user).touching(article.pk).with_people().with_ends().order_by("created_at", "id")
    )
    said = said_by({span_id for link in links for span_id in (link.source_id, link.target_id)})
    verdicts = (
        Verdict.objects.visible_to(user).filter(claim__article=article).with_people().order_by("created_at", "id")
    )
    assignment = article.assignments.of(user).select_related("assignee").order_by("-kind").first()
    return {
        "article": article_json(article, project, body=True),
        "project": project_json(project),
        "me": {"id": user.pk, "name": str(user), "can": rights(user, article)},
        "assignment": assignment and assignment_json(assignment),
        "sentences": [list(pair) for pair in article.sentences.order_by("start").values_list("start", "end")],
        "spans": [span_json(span) for span in spans],
        "links": list(far_links(links, said)),
        "verdicts": [verdict_json(verdict) for verdict in verdicts],
        "next_article": next_article(user, project, article),
    }


def rights(user: User, article: Article) -> dict[str, bool]:
    """What the caller may do here, for pages to offer."""
    membership = user.places.get(article.project_id)
    annotating = bool(membership and membership.has(Role.ANNOTATOR))
    return {
        "mark": can(user, Action.MARK, article),
        "link": annotating,
        "verdict": annotating,
        "submit": annotating,
        "review": bool(membership and membership.has(Role.REVIEWER, Role.MANAGER)),
        "comment": can(user, Action.COMMENT, article),
        "manage": can(user, Action.MANAGE, article),
    }


def next_article(user: User, project: Project, article: Article) -> UUID | None:
    """The article that the caller should annotate after this one."""
    membership = user.places.get(project.pk)
    if membership is None or not membership.has(Role.ANNOTATOR):
        return None
    waiting = Article.objects.waiting_for(user, project).exclude(pk=article.pk)
    following: UUID | None = waiting.values_list("pk", flat=True).first()
    return following


def far_links(links: Iterable[Link], said: Said) -> Iterable[dict[str, Any]]:
    """Links with what one needs to know of each end without opening its article."""
    for link in links:
        yield {
            **link_json(link, same_source=same_source(link.target_id, link.source_id, said)),
            "source_span": far_end(link.source, said),
            "target_span": far_end(link.target, said),
        }


def far_end(span: Span, said: Said) -> dict[str, Any]:
    """A span as seen from elsewhere: its words, article and who said them."""
    return {
        "id": span.pk,
        "label": span.label,
        "quote": span.quote,
        "start": span.start,
        "end": span.end,
        "article": article_label(span.article),
        "said_by": said.get(span.pk, []),
    }


def article_label(article: Article) -> dict[str, Any]:
    """Enough of an article to name it."""
    return {
        "id": article.pk,
        "title": article.title,
        "outlet": article.outlet,
        "published_on": article.published_on,
    }

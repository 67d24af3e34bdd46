"""`comments/{uuid}/` and `articles/{id}/comments/`"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import described, method, page_of
from annotations.api.base.pagination import PAGED, page_in
from annotations.api.base.resource import (
    NOT_MADE,
    Answer,
    Resource,
    Stated,
    VersionedResource,
    caller,
    needed_version,
    savepoint,
)
from annotations.api.projects.articles import find_article
from annotations.models import Article, Comment, Event, Link, Span, User, Verdict
from annotations.models.comment import article_of
from annotations.permissions import Action, must, project_of
from annotations.rules import COMMENT_STAYS, COMMENT_THREAD, RuleBroken
from annotations.serializers.base import checked, invalid
from annotations.serializers.comments import CommentAnswer, CommentBody, comment_json

THINGS: Final[dict[str, Callable[[User], models.QuerySet[Any]]]] = {
    "span": lambda user: Span.objects.visible_to(user).with_article(),
    "link": lambda user: Link.objects.visible_to(user).with_ends(),
    "verdict": lambda user: Verdict.objects.visible_to(user).with_claims(),
    "article": lambda user: Article.objects.visible_to(user).without_text().select_related("project"),
}
"""What a comment can hang on, as far as somebody may read it."""


@described(CommentBody, "comment")
class CommentView(VersionedResource[Comment]):
    """One comment on a span, link, verdict or article."""

    def find(self, user: User, key: UUID) -> Comment:
        found = Comment.objects.visible_to(user).with_people().with_article()
        comment: Comment | None = found.filter(pk=key).first()
        if comment is None:
            raise Http404
        return comment

    def answer(self, thing: Comment, reader: User, status: int = 200) -> Answer:
        return Answer(status, comment_json(thing), thing.version)

    def write(self, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        data = checked(CommentBody, body)
        if stated is not None:
            return self._change(user, key, data, stated)
        try:
            with savepoint():
                comment = create_comment(user, key, data)
        except NOT_MADE as error:
            return self.made_before(error, user, key, lambda old: was_made_as(old, user, data))
        return self.answer(comment, user, 201)

    def edit(self, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        return self._change(user, key, checked(CommentBody, body, partial=True), stated)

    def _change(self, user: User, key: UUID, data: dict[str, Any], stated: Stated | None) -> Answer:
        comment = self.find(user, key)
        version = needed_version(stated, comment.version)
        must(user, Action.COMMENT, comment)
        if data.pop("on", dict([comment.on])) != dict([comment.on]):
            raise RuleBroken(COMMENT_STAYS)
        if "reply_to" in data and thread_id(user, data.pop("reply_to")) != comment.thread_id:
            raise RuleBroken(COMMENT_STAYS)
        if data.get("text", comment.text) != comment.text:
            must(user, Action.REWORD, comment)
        with self.current_shown(user, key):
            comment.change(by=user, from_version=version, **data)
        return self.answer(comment, user)

    def erase(self, user: User, key: UUID, stated: Stated | None) -> Answer:
        comment = self.find(user, key)
        version = needed_version(stated, comment.version)
        must(user, Action.REWORD, comment)
        with self.current_shown(user, key):
            comment.remove(by=user, from_version=version)
        return Answer(204)


def create_comment(user: User, key: UUID, data: dict[str, Any]) -> Comment:
    """A new comment of `user`. Raises ValidationError, PermissionDenied, RuleBroken or IntegrityError."""
    [(kind, about)] = data["on"].items()
    thing = THINGS[kind](user).filter(pk=about).first()
    if thing is None:
        raise invalid(
            f"on.{kind}",
            _("What you want to comment on doesn't exist, or you don't have access to it."),
            "does_not_exist",
        )
    if data.get("resolved"):
        raise invalid("resolved", _("A new thread is always unresolved. Create it first, then resolve it."))
    on = {} if kind == "article" else {kind: thing}
    comment = Comment(id=key, article=article_of(thing), author=user, text=data["text"], **on)
    must(user, Action.COMMENT, comment)
    if data.get("reply_to"):
        comment.thread = thread_of(user, comment, data["reply_to"])
    comment.say(by=user)
    return comment


def was_made_as(comment: Comment, user: User, data: dict[str, Any]) -> bool:
    """Whether `user` made the comment by this very creation, whatever became of it since."""
    made = Event.objects.creation_of(project_of(comment).pk, "comment", comment.pk)
    if made is None or made.by_id != user.pk or made.after is None:
        return False
    is_reply = made.after["thread_id"] is not None
    on = dict([comment.on])
    return made.after["text"] == data["text"] and on == data["on"] and is_reply == bool(data.get("reply_to"))


def thread_id(user: User, answered: UUID | None) -> UUID | None:
    """The thread in which somebody answers a comment, or None where they may not read it."""
    if answered is None:
        return None
    found = Comment.objects.visible_to(user).filter(pk=answered).values_list("pk", "thread")
    key, thread = found.first() or (None, None)
    return thread or key


def thread_of(user: User, reply: Comment, answered: UUID) -> Comment:
    """The first comment of the thread that a reply joins. Raises ValidationError or RuleBroken."""
    found = thread_id(user, answered)
    if found is None:
        raise invalid("reply_to", _("This comment doesn't exist, or you don't have access to it."), "does_not_exist")
    thread: Comment = Comment.objects.get(pk=found)
    if thread.on != reply.on:
        raise RuleBroken(COMMENT_THREAD)
    return thread


class ArticleCommentsView(Resource):
    """The comments on an article and on its annotations, oldest first."""

    asks = PAGED

    @method("article_comments", "articles", page_of(CommentAnswer), query=PAGED)
    def get(self, request: Request, key: UUID) -> Response:
        user = caller(request)
        article = find_article(user, key)
        found = Comment.objects.visible_to(user).in_articles([article.pk]).with_people()
        page = page_in(request, found)
        return page.response(map(comment_json, page.rows))

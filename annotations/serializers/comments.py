"""Comments, and what people are told of: comments, and verdicts handed over to them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, NotRequired, TypedDict, cast
from uuid import UUID

from django.utils.translation import gettext_lazy
from rest_framework import serializers

from annotations.models import Comment, HandOver, Notice
from annotations.models.comment import LONGEST
from annotations.paging import LARGEST
from annotations.rules import COMMENT_PLACE
from annotations.serializers.articles import ArticleLabelAnswer, article_label
from annotations.serializers.base import Choice, Slug, Strict, VersionedAnswer
from annotations.serializers.people import PersonAnswer, person


class CommentPlaceAnswer(TypedDict):
    """One of these."""

    span: NotRequired[UUID]
    link: NotRequired[UUID]
    verdict: NotRequired[UUID]
    article: NotRequired[UUID]


class CommentAnswer(VersionedAnswer):
    article: Annotated[UUID, "The item that it belongs to."]
    on: CommentPlaceAnswer
    thread: Annotated[UUID, "The first comment of its thread, which can be this one."]
    author: PersonAnswer
    text: str
    mentions: Annotated[list[PersonAnswer], "Mentioned members, as their names are written in the text."]
    resolved: Annotated[bool, "Of the thread; set on its first comment."]
    resolved_by: PersonAnswer | None
    resolved_at: datetime | None


def comment_json(comment: Comment) -> CommentAnswer:
    """A comment; load it `with_people`."""
    mentions = sorted((one for one in comment.notices.all() if one.why == Notice.Why.MENTION), key=lambda one: one.pk)
    return {
        "id": comment.pk,
        "article": comment.article_id,
        "on": cast(CommentPlaceAnswer, dict([comment.on])),
        "thread": comment.thread_id or comment.pk,
        "author": person(comment.author),
        "text": comment.text,
        "mentions": [{"id": notice.user_id, "name": notice.written} for notice in mentions],
        "resolved": comment.resolved_at is not None,
        "resolved_by": person(comment.resolved_by),
        "resolved_at": comment.resolved_at,
        "version": comment.version,
        "created_at": comment.created_at,
        "updated_at": comment.updated_at,
    }


class PlaceBody(Strict):
    """The item that a comment is on: exactly one of these."""

    span = serializers.UUIDField(required=False)
    link = serializers.UUIDField(required=False)
    verdict = serializers.UUIDField(required=False)
    article = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError(COMMENT_PLACE.message)
        return attrs


class CommentBody(Strict):
    """A comment as its author sends it."""

    on = PlaceBody()
    text = serializers.CharField(trim_whitespace=False, max_length=LONGEST)
    reply_to = serializers.UUIDField(required=False, allow_null=True)
    resolved = serializers.BooleanField(required=False)

    def validate_text(self, value: str) -> str:
        if not value.strip():
            raise serializers.ValidationError(gettext_lazy("Enter a comment."), code="blank")
        return value


_ToldHandOverAnswer = TypedDict("_ToldHandOverAnswer", {"from": PersonAnswer})


class ToldHandOverAnswer(_ToldHandOverAnswer):
    by: PersonAnswer
    at: datetime
    verdicts: Annotated[int, "The number of comments."]


class NoticeAnswer(TypedDict):
    id: int
    why: Annotated[str, Choice(Notice.Why.choices)]
    read: bool
    project: Slug
    article: Annotated[ArticleLabelAnswer | None, "Null for a hand-over."]
    comment: Annotated[CommentAnswer | None, "Null for a hand-over."]
    hand_over: Annotated[ToldHandOverAnswer | None, "Null for a comment."]


def notice_json(notice: Notice) -> NoticeAnswer:
    """A notice with its comment and where that stands, or with its hand-over."""
    comment, handed = notice.comment, notice.hand_over
    return {
        "id": notice.pk,
        "why": notice.why,
        "read": notice.read,
        "project": notice.project.slug,
        "article": article_label(comment.article) if comment else None,
        "comment": comment_json(comment) if comment else None,
        "hand_over": hand_over_json(handed) if handed else None,
    }


def hand_over_json(handed: HandOver) -> ToldHandOverAnswer:
    """A hand-over as its receiver is told of it."""
    return {
        "from": person(handed.giver),
        "by": person(handed.by),
        "at": handed.created_at,
        "verdicts": handed.verdicts,
    }


class ReadBody(Strict):
    """Which notices to mark as read, by their comments or by their own ids; all if none are named."""

    comments = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=500)
    notices = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST - 1), required=False, max_length=500
    )

"""Remarks in threads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from annotations.models.assignment import Assignment
from annotations.models.base.deferred_fields import before_it
from annotations.models.base.identifiers import new_id
from annotations.models.base.lookup_columns import FROM_PARENT, ParentByDatabase, Probed, among, sets_lookup_columns
from annotations.models.base.versioned import COUNTS_VERSIONS, Versioned
from annotations.models.event import NEVER_EMPTIED, acting, recorded
from annotations.models.link import Link
from annotations.models.notice import Notice
from annotations.models.people.membership import Membership, projects_by_sight
from annotations.models.visibility import opened_to
from annotations.rules import (
    COMMENT_PLACE,
    COMMENT_STAYS,
    COMMENT_TEXT,
    COMMENT_THREAD,
    THREAD_RESOLVED,
    RuleBroken,
)
from annotations.vocabulary import OVERSEERS

if TYPE_CHECKING:
    from annotations.models.people.user import User

LONGEST: Final = 10_000
"""Code points of a comment."""

PLACES: Final = ("span", "link", "verdict")
"""What a comment can hang on besides the article itself."""

HANGS_WHERE_IT_SAYS: Final = f"""
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.article_id, NEW.author_id) <> (OLD.id, OLD.article_id, OLD.author_id)
           OR (NEW.span_id, NEW.link_id, NEW.verdict_id, NEW.thread_id)
              IS DISTINCT FROM (OLD.span_id, OLD.link_id, OLD.verdict_id, OLD.thread_id)
        THEN {COMMENT_STAYS.refuse()} END IF;
        RETURN NEW;
    END IF;
    SELECT s.article_id INTO place FROM annotations_span s WHERE s.id = coalesce(
        NEW.span_id,
        (SELECT l.target_id FROM annotations_link l WHERE l.id = NEW.link_id),
        (SELECT v.claim_id FROM annotations_verdict v WHERE v.id = NEW.verdict_id));
    IF place <> NEW.article_id THEN {COMMENT_PLACE.refuse()} END IF;
    IF NEW.thread_id IS NOT NULL THEN
        SELECT * INTO first FROM annotations_comment c WHERE c.id = NEW.thread_id;
        IF NOT FOUND THEN RETURN NEW; END IF;  -- the foreign key will refuse it
        IF first.thread_id IS NOT NULL
           OR (first.article_id, first.span_id, first.link_id, first.verdict_id)
              IS DISTINCT FROM (NEW.article_id, NEW.span_id, NEW.link_id, NEW.verdict_id)
        THEN {COMMENT_THREAD.refuse()} END IF;
    END IF;
    RETURN NEW;
"""


def comments_seen_by(user: User) -> Q:
    """Condition on comments: who sees what a comment hangs on sees it too, except for viewers.

    In an independent project a remark on the article could give away what its author found there, so another
    annotator's opens, with its thread, when both have submitted.
    """
    everything, own, _ = projects_by_sight(user)
    seen = Q(project__in=everything)
    if own:
        links = Link.objects.filter(opened_to(user, "source"), opened_to(user, "target"), pk=OuterRef("link"))
        first = Comment.objects.filter(_heard_by(user), pk=OuterRef("thread"))
        on_article = Q(span=None, link=None, verdict=None) & _heard_by(user) & (Q(thread=None) | Q(Probed(first)))
        seen |= Q(project__in=own) & (
            opened_to(user, "span") | Q(Probed(links)) | opened_to(user, "verdict__claim") | on_article
        )
    return seen


def _heard_by(user: User) -> Q:
    """Remarks on an article by `user`, by those who see all work, and by whoever submitted it as `user` did."""
    oversees = Membership.objects.filter(
        project=OuterRef("project"),
        user=OuterRef("author"),
        roles__overlap=OVERSEERS,
    )
    submitted = Assignment.objects.filter(article=OuterRef("article"), state=Assignment.State.SUBMITTED)
    both = Q(Probed(submitted.filter(assignee=user))) & Q(Probed(submitted.filter(assignee=OuterRef("author"))))
    return Q(author=user) | Q(Probed(oversees)) | both


class CommentQuerySet(models.QuerySet["Comment"]):
    """Reads of comments."""

    def visible_to(self, user: User) -> Self:
        """Comments that `user` may read."""
        return self.filter(comments_seen_by(user))

    def in_articles(self, article_ids: Iterable[UUID]) -> Self:
        """Comments on these articles, on what is in them, and on links that begin in them."""
        keys = list(article_ids)
        return self.meeting_any(models.Q(article__in=keys), models.Q(link__source_article__in=keys))

    def meeting_any(self, *conditions: models.Q) -> Self:
        """Comments that meet one of these conditions."""
        return self.filter(among(*(Comment.objects.filter(condition) for condition in conditions)))

    def threads(self) -> Self:
        """The first comment of each thread."""
        return self.filter(thread=None)

    def open(self) -> Self:
        return self.threads().filter(resolved_at=None)

    def with_people(self) -> Self:
        """With what the API says about a comment besides its own columns."""
        return self.select_related("author", "resolved_by").prefetch_related("notices")

    def with_article(self) -> Self:
        """With article and project, but without the text."""
        loaded = self.select_related("article__project")
        return loaded.defer("article__body", "article__source", "article__search")


class Comment(Versioned):
    """A remark on a span, link or verdict, or on its article where it names none of them.

    `thread` is the first comment of the thread that it answers in; None makes it the first of a new one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    article = models.ForeignKey("annotations.Article", models.PROTECT, related_name="comments", db_index=False)
    span = models.ForeignKey("annotations.Span", before_it, null=True, blank=True, related_name="comments")
    link = models.ForeignKey("annotations.Link", before_it, null=True, blank=True, related_name="comments")
    verdict = models.ForeignKey("annotations.Verdict", before_it, null=True, blank=True, related_name="comments")
    project = ParentByDatabase("annotations.Project", **FROM_PARENT)
    thread = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    author = models.ForeignKey("annotations.User", models.PROTECT, related_name="comments")
    text = models.TextField(max_length=LONGEST)
    resolved_at = models.DateTimeField(null=True, editable=False)
    resolved_by = models.ForeignKey("annotations.User", models.PROTECT, null=True, related_name="+", editable=False)

    objects: ClassVar[Any] = CommentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(text__regex=r"\S") & models.Q(LessThanOrEqual(Length("text"), LONGEST)),
                name=COMMENT_TEXT.name,
            ),
            models.CheckConstraint(
                condition=models.Q(span=None, link=None)
                | models.Q(span=None, verdict=None)
                | models.Q(link=None, verdict=None),
                name=COMMENT_PLACE.name,
            ),
            models.CheckConstraint(
                condition=models.Q(resolved_at=None, resolved_by=None)
                | models.Q(thread=None, resolved_at__isnull=False, resolved_by__isnull=False),
                name=THREAD_RESOLVED.name,
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["article", "created_at", "id"], name="comment_in_article"),
        ]
        triggers: ClassVar[list[Any]] = [
            COUNTS_VERSIONS,
            pgtrigger.Trigger(
                name="hangs_where_it_says",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("place", "uuid"), ("first", "record")],
                func=HANGS_WHERE_IT_SAYS,
            ),
            sets_lookup_columns(
                "NEW.project_id := (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id);"
            ),
            NEVER_EMPTIED,
            recorded("comment", project="entry.project_id", without=("project_id",)),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def on(self) -> tuple[str, UUID]:
        """What it hangs on: ``("span", id)`` and so on."""
        for kind in PLACES:
            if (key := getattr(self, f"{kind}_id")) is not None:
                return kind, key
        return "article", self.article_id

    def say(self, *, by: User) -> None:
        """Stores a new comment and tells those whom it concerns."""
        with acting(by):
            self.save(force_insert=True)
            Notice.objects.tell(self)

    def change(
        self, *, by: User, from_version: int | None, text: str | None = None, resolved: bool | None = None
    ) -> None:
        """Rewords a comment, and resolves or reopens the thread that it began; without either, nothing happens."""
        self.expect(from_version)
        if text is None and resolved is None:
            return
        if resolved is not None and self.thread_id is not None:
            raise RuleBroken(THREAD_RESOLVED)
        reworded = text is not None and text != self.text
        if text is not None:
            self.text = text
        if resolved is not None and resolved != (self.resolved_at is not None):
            self.resolved_at, self.resolved_by = (timezone.now(), by) if resolved else (None, None)
        with acting(by):
            self.save(force_update=True)
            if reworded:
                Notice.objects.tell_of_mentions(self)
        self._prefetched_objects_cache: dict[str, Any] = {}
        self.refresh_from_db(fields=["updated_at"])

    def remove(self, *, by: User, from_version: int | None) -> None:
        """Deletes the comment; with the first of a thread go its replies."""
        with acting(by):
            self.hold(from_version)
            self.replies.all().delete()  # before it in the history, as all that goes along with something
            self.delete()


def article_of(thing: Any) -> Any:
    """The article in which a comment on something stands: for a link it is its target's."""
    for end in ("target", "claim"):
        thing = getattr(thing, end, thing)
    return getattr(thing, "article", thing)

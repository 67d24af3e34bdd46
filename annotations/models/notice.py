"""Who is told of a comment or a hand-over, and why: the inbox."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Self

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy

from annotations.models.base.lookup_columns import Probed
from annotations.models.people.membership import HandOver, Membership
from annotations.vocabulary import COMMENTERS

if TYPE_CHECKING:
    from annotations.models.comment import Comment
    from annotations.models.people.user import User
    from annotations.models.project import Project


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Reads of notices."""

    def visible_to(self, user: User) -> Self:
        """What `user` is told; a comment that they may not read yet, or no more, is not in it."""
        # Each is looked up for its notice: a filter on a joined table would put all notices in order to show some.
        comments = apps.get_model("annotations", "Comment").objects.visible_to(user)
        readable = Probed(comments.filter(pk=models.OuterRef("comment")))
        handed = Probed(HandOver.objects.filter(project__in=list(user.places), pk=models.OuterRef("hand_over")))
        return self.filter(models.Q(readable) | models.Q(handed), user=user)

    def unread(self) -> Self:
        return self.filter(read=False)

    def mark_read(self) -> None:
        """Says that the person has seen them."""
        Notice.objects.filter(pk__in=self.values("pk"), read=False).update(read=True)

    def with_comments(self) -> Self:
        """With comment or hand-over, people, article and project, but without the text."""
        return self._with_articles_and_people().prefetch_related("comment__resolved_by", "comment__notices")

    def with_places(self) -> Self:
        """With the comment, its author, and what it hangs on, or the hand-over, but without the text."""
        places = ("span", "verdict__claim", "link__target")
        return self._with_articles_and_people().select_related(*(f"comment__{place}" for place in places))

    def _with_articles_and_people(self) -> Self:
        # People by queries of their own: joins with all people would put all notices in order to show some.
        people = (f"hand_over__{name}" for name in ("project", "giver", "by"))
        loaded = self.select_related("comment__article__project").prefetch_related("comment__author", *people)
        return loaded.defer(*(f"comment__article__{name}" for name in ("body", "source", "search")))

    def mentions(self) -> Self:
        """Who is named in a comment."""
        return self.filter(why=Notice.Why.MENTION).order_by("id")


class NoticeManager(models.Manager.from_queryset(NoticeQuerySet)):  # type: ignore[misc]
    """Tells people."""

    def tell(self, comment: Comment) -> None:
        """Tells of a new comment whoever is named in it, takes part in its thread, or made what it hangs on."""
        wanted: dict[int, tuple[str, str]] = dict.fromkeys(_makers(comment), (Notice.Why.WORK, ""))
        if comment.thread_id is not None:
            talked = type(comment).objects.filter(models.Q(pk=comment.thread_id) | models.Q(thread=comment.thread_id))
            wanted |= dict.fromkeys(talked.order_by().values_list("author", flat=True), (Notice.Why.REPLY, ""))
        wanted |= {user: (Notice.Why.MENTION, written) for user, written in _named(comment).items()}
        listening = _listeners(comment).filter(user_id__in=wanted).exclude(user=comment.author_id)
        self._add(comment, {user: wanted[user] for user in listening.values_list("user", flat=True)})

    def tell_of_hand_over(self, hand_over: HandOver) -> None:
        """Tells whoever takes work over; a manager who takes it over knows."""
        if hand_over.receiver_id != hand_over.by_id:
            self.create(hand_over=hand_over, user_id=hand_over.receiver_id, why=Notice.Why.HAND_OVER)

    def tell_of_mentions(self, comment: Comment) -> None:
        """Brings the mentions of a reworded comment up to date. Somebody renamed meanwhile stays named."""
        before = {notice.user_id: notice.written for notice in self.filter(comment=comment).mentions()}
        kept = {user: written for user, written in before.items() if f"@{written}" in comment.text}
        named = _named(comment) | kept
        named.pop(comment.author_id, None)
        self.filter(comment=comment, user__in=before.keys() - named.keys()).delete()
        self._add(comment, {user: (Notice.Why.MENTION, written) for user, written in named.items()})

    def _add(self, comment: Comment, told: dict[int, tuple[str, str]]) -> None:
        self.bulk_create(
            (
                Notice(comment=comment, user_id=user, why=why, written=written)
                for user, (why, written) in sorted(told.items())
            ),
            update_conflicts=True,
            unique_fields=["comment", "user"],
            update_fields=["why", "written"],
        )


class Notice(models.Model):
    """One person is told of one comment or hand-over. `written` is how they are named in a comment, where they are."""

    class Why(models.TextChoices):
        MENTION = "mention", gettext_lazy("mentioned you")
        REPLY = "reply", gettext_lazy("replied in your thread")
        WORK = "work", gettext_lazy("commented on your work")
        HAND_OVER = "hand_over", gettext_lazy("handed over work to you")

    comment = models.ForeignKey(
        "annotations.Comment", models.CASCADE, null=True, related_name="notices", db_index=False
    )
    hand_over = models.OneToOneField("annotations.HandOver", models.CASCADE, null=True, related_name="notice")
    user = models.ForeignKey("annotations.User", models.CASCADE, related_name="notices", db_index=False)
    why = models.CharField(max_length=9, choices=Why.choices)
    written = models.CharField(max_length=300, blank=True)
    read = models.BooleanField(default=False)

    objects: ClassVar[NoticeManager] = NoticeManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["comment", "user"], name="notice_once"),
            models.CheckConstraint(
                condition=models.Q(why__in=["mention", "reply", "work"], comment__isnull=False, hand_over=None)
                | models.Q(why="hand_over", comment=None, hand_over__isnull=False),
                name="notice_why_known",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "read", "-id"], name="notice_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.why}"

    @property
    def project(self) -> Project:
        """Where it is from; load it with the comment or the hand-over."""
        project: Project = self.comment.article.project if self.comment else self.hand_over.project  # type: ignore[union-attr]
        return project


def mentions_in(text: str, people: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Whom a text names as ``@name``: each one's id, with the name as it is written there.

    The longest name that fits counts, in any case and however its letters are composed. Where several people have one
    name, ``@name#id`` names one of them and ``@name`` all. What is no name of a member is plain text.
    """
    from annotations.text.folding import in_original, searchable

    by_name: dict[str, list[int]] = {}
    for user, name in people:
        composed = searchable(name, folded=False).casefold()
        by_name.setdefault(composed, []).append(user)
        by_name.setdefault(f"{composed}#{user}", []).append(user)
    by_name.pop("", None)
    if not by_name or "@" not in text:
        return {}
    names = "|".join(map(re.escape, sorted(by_name, key=len, reverse=True)))
    composed = searchable(text, folded=False)
    matches = list(re.finditer(rf"(?<![\w@])@({names})(?!\w)", composed, re.IGNORECASE))
    places = in_original(text, False, [match.span(1) for match in matches])
    found: dict[int, str] = {}
    for match, (start, end) in zip(matches, places, strict=True):
        for user in by_name.get(match[1].casefold(), ()):
            found.setdefault(user, text[start:end])
    return found


def _named(comment: Comment) -> dict[int, str]:
    if "@" not in comment.text:
        return {}
    members = _listeners(comment).select_related("user")
    return mentions_in(comment.text, [(member.user_id, str(member.user)) for member in members])


def _listeners(comment: Comment) -> models.QuerySet[Membership]:
    """The members who take part in talk: everybody but those who only view."""
    return Membership.objects.filter(
        project__articles=comment.article_id, roles__overlap=COMMENTERS, user__is_active=True
    )


def _makers(comment: Comment) -> set[int]:
    """Whose work a comment hangs on."""
    kind, _ = comment.on
    if kind == "span" and comment.span is not None:
        return {comment.span.assignment.assignee_id}
    if kind == "link" and comment.link is not None:
        return {comment.link.author_id}
    if kind == "verdict" and comment.verdict is not None:
        return {comment.verdict.author_id, comment.verdict.edited_by_id, comment.verdict.holder_id}
    return set()

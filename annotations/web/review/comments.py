"""What people say about a verdict, its claim and its evidence, for a page that shows all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from annotations.models import Comment, User, Verdict


@dataclass(slots=True)
class Thread:
    """A first comment and its answers."""

    first: Comment
    replies: list[Comment] = field(default_factory=list)


@dataclass(slots=True)
class Talk:
    """Threads by what they hang on, the oldest first."""

    threads: dict[tuple[str, UUID], list[Thread]] = field(default_factory=dict)

    def on(self, kind: str, key: UUID) -> list[Thread]:
        return self.threads.get((kind, key), [])


def talk_about(verdict: Verdict, user: User) -> Talk:
    """All threads on the verdict, its claim and the links that end there, as far as `user` may read them."""
    about = (Q(verdict=verdict), Q(span=verdict.claim_id), Q(link__target=verdict.claim_id))
    comments = Comment.objects.visible_to(user).meeting_any(*about).select_related("author", "resolved_by")
    talk, begun = Talk(), dict[UUID, Thread]()
    for comment in comments.order_by("created_at", "id"):
        if comment.thread_id is None:
            begun[comment.pk] = Thread(comment)
            talk.threads.setdefault(comment.on, []).append(begun[comment.pk])
        elif comment.thread_id in begun:
            begun[comment.thread_id].replies.append(comment)
    return talk

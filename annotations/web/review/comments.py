"""What people say about a verdict, its claim and its evidence, for a page that shows all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db.models import Count, Q

from annotations.models import Comment, Link, User, Verdict

SHOWN: Final = 200
"""Comments that a page shows, of up to 10,000 characters each; the workbench has all."""
PEOPLE: Final = ("author", "resolved_by")


@dataclass(slots=True)
class Thread:
    """A first comment and its answers."""

    first: Comment
    replies: list[Comment] = field(default_factory=list)


@dataclass(slots=True)
class Threads:
    """Threads by what they are about, the oldest first, and how many comments there are on each."""

    by_thing: dict[tuple[str, UUID], list[Thread]] = field(default_factory=dict)
    counts: Counter[tuple[str, UUID]] = field(default_factory=Counter)

    def on(self, kind: str, key: UUID) -> list[Thread]:
        return self.by_thing.get((kind, key), [])


def threads_about(verdict: Verdict, links: Sequence[Link], user: User) -> Threads:
    """The latest comments on the verdict, its claim and these links, with the beginnings of their threads.

    They are what `user` may read. The counts are of all.
    """
    about = (Q(verdict=verdict), Q(span=verdict.claim_id), Q(link__in=[link.pk for link in links]))
    comments = Comment.objects.visible_to(user).meeting_any(*about)
    threads, begun = Threads(), dict[UUID, Thread]()
    subjects = ("span", "link", "verdict")
    for *keys, count in comments.order_by().values_list(*subjects).annotate(n=Count("pk")):
        threads.counts[next((kind, key) for kind, key in zip(subjects, keys, strict=True) if key)] = count
    latest = comments.order_by("-created_at", "-id").values("pk")[:SHOWN]
    shown = Comment.objects.filter(pk__in=list(latest.values_list("pk", flat=True)))
    beginnings = Comment.objects.visible_to(user).filter(pk__in=shown.values("thread"))
    for comment in sorted(
        {*shown.select_related(*PEOPLE), *beginnings.select_related(*PEOPLE)}, key=lambda one: (one.created_at, one.pk)
    ):
        if comment.thread_id is None:
            begun[comment.pk] = Thread(comment)
            threads.by_thing.setdefault(comment.on, []).append(begun[comment.pk])
        elif comment.thread_id in begun:
            begun[comment.thread_id].replies.append(comment)
    return threads

"""Counts for a project's overview. They count what the reader may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.evidence.claims import claims_of
from annotations.models import Article, Assignment, Link, Project, Review, Span, User, Verdict
from annotations.vocabulary import PLURALS, Relation
from annotations.web.wording import thousands

STATES = {
    "draft": gettext_lazy("Draft"),
    "submitted": gettext_lazy("Submitted"),
    "returned": gettext_lazy("Returned"),
    "approved": gettext_lazy("Approved"),
}


@dataclass(frozen=True, slots=True)
class Doing:
    """What one person did in the project."""

    person: User
    roles: list[str]
    submitted: int
    spans: int
    links: int
    verdicts: int
    reviews: int


def progress(project: Project) -> list[Bar]:
    """Articles by progress: submitted by as many annotators as the project wants, in progress, not started."""
    annotating = Assignment.objects.filter(article=OuterRef("pk"), kind=Assignment.Kind.ANNOTATE)
    submitted = Count("assignments", filter=Q(assignments__kind="annotate", assignments__state="submitted"))
    done = Q(submitted__gte=project.annotators_per_article)
    counts = (
        Article.objects.filter(project=project, archived=False)
        .annotate(taken_up=Exists(annotating), submitted=submitted)
        .aggregate(
            done=Count("pk", filter=done),
            begun=Count("pk", filter=~done & Q(taken_up=True)),
            new=Count("pk", filter=~done & Q(taken_up=False)),
        )
    )
    return stacked([
        (_numbered(_("<strong>{}</strong> submitted"), counts["done"]), counts["done"], "done"),
        (_numbered(_("<strong>{}</strong> in progress"), counts["begun"]), counts["begun"], "begun"),
        (_numbered(_("<strong>{}</strong> not started"), counts["new"]), counts["new"], "new"),
    ])  # fmt: skip


def _numbered(text: str, number: int) -> str:
    return format_html(text, thousands(number))


def labels(project: Project, user: User) -> list[Bar]:
    """Spans by label."""
    spans = Span.objects.visible_to(user).filter(project=project)
    counts = _counted(spans, "label")
    return bars([(str(words), counts[key], key) for key, words in PLURALS.items()], "data-label")


def relations(project: Project, user: User) -> list[Bar]:
    """Links by relation."""
    links = Link.objects.visible_to(user).filter(project=project)
    counts = _counted(links, "relation")
    return bars([(str(words), counts[key], key) for key, words in Relation.choices], "data-relation")


def ratings(project: Project, user: User) -> list[Bar]:
    """Verdicts by rating, in the order of the scale."""
    counts = _counted(Verdict.objects.visible_to(user).in_project(project), "rating")
    rows = [(rating["name"], counts[rating["key"]], f"rating-{rating['colour']}") for rating in project.scale]
    return bars([*rows, (_("No rating yet"), counts[None], "rating-none")])


def states(project: Project, user: User) -> list[Bar]:
    """Claims by the state of their verdict. Restatements need none."""
    open_claims = claims_of(project, user, state="none").count()
    counts = _counted(Verdict.objects.visible_to(user).in_project(project), "state")
    rows = [(str(words), counts[key], f"state-{key}") for key, words in STATES.items()]
    return bars([(_("No verdict yet"), open_claims, "state-none"), *rows])


def doings(project: Project, user: User) -> list[Doing]:
    """What each member did, the busiest first."""
    spans = _counted(Span.objects.visible_to(user).filter(project=project), "assignment__assignee")
    links = _counted(Link.objects.visible_to(user).filter(project=project), "author")
    verdicts = _counted(Verdict.objects.visible_to(user).in_project(project), "author")
    reviews = _counted(Review.objects.visible_to(user).filter(verdict__project=project, imported=False), "reviewer")
    done = Assignment.objects.filter(project=project, state=Assignment.State.SUBMITTED)
    submitted = _counted(done, "assignee")
    people = [
        Doing(
            place.user, place.roles, submitted[place.user_id], spans[place.user_id], links[place.user_id],
            verdicts[place.user_id], reviews[place.user_id],
        )
        for place in project.memberships.select_related("user")
    ]  # fmt: skip
    return sorted(
        people, key=lambda doing: (-(doing.spans + doing.links + doing.verdicts + doing.reviews), str(doing.person))
    )


def _counted(rows: Any, column: str) -> Counter[Any]:
    return Counter(dict(rows.order_by().values_list(column).annotate(n=Count("pk"))))


FULL = 100.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `style` is the part that it shows, `width` and `start` are percentages of the picture.

    With an `attribute`, `style` is that attribute's value instead: a label or a relation.
    """

    words: str
    count: int
    style: str
    width: float
    start: float = 0.0
    attribute: str = ""


def bars(rows: Sequence[tuple[str, int, str]], attribute: str = "") -> list[Bar]:
    """Bars from one edge, the longest across the whole picture; `rows` are (words, count, style)."""
    longest = max((count for _, count, _ in rows), default=0)
    return [Bar(words, count, style, _share(count, longest), attribute=attribute) for words, count, style in rows]


def stacked(rows: Sequence[tuple[str, int, str]]) -> list[Bar]:
    """Pieces of one bar that fills the picture."""
    total = sum(count for _, count, _ in rows)
    pieces: list[Bar] = []
    start = 0.0
    for words, count, style in rows:
        width = _share(count, total)
        pieces.append(Bar(words, count, style, width, round(start, 2)))
        start += width
    return pieces


def _share(count: int, whole: int) -> float:
    return round(FULL * count / whole, 2) if whole else 0.0

"""What was added, removed and changed from one release to another."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Project, Release
from annotations.permissions import Action, can
from annotations.releases.comparison import KINDS, Difference, TooMany, differences, in_order, no_counts, shows_values
from annotations.web.page import PageRequest, project_page, show
from annotations.web.releases.views import find

SHOWN: Final = 200
"""Differences on the page; the API tells all of them."""
COMPARED: Final = 500_000
"""Items that are compared for the page, in about a second."""
LONGEST: Final = 160

KIND_NAMES: Final[dict[str, tuple[Promise, Promise]]] = {
    "article": (gettext_lazy("Article"), gettext_lazy("Articles")),
    "span": (gettext_lazy("Span"), gettext_lazy("Spans")),
    "link": (gettext_lazy("Link"), gettext_lazy("Links")),
    "verdict": (gettext_lazy("Verdict"), gettext_lazy("Verdicts")),
}
"""What each kind is called, one and many."""
CHANGES: Final[dict[str, Promise]] = {
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("removed"),
    "changed": gettext_lazy("changed"),
}
SAYS: Final = {"article": "title", "span": "quote", "link": "relation", "verdict": "rating"}
"""The field of each kind that says best which item it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """One difference in words."""

    kind: str
    id: str
    what: str
    words: str
    changes: list[tuple[str, str, str]]

    @property
    def kind_name(self) -> str:
        return str(KIND_NAMES[self.kind][0])

    @property
    def change(self) -> str:
        return str(CHANGES[self.what])


@project_page()
def comparison(request: PageRequest, project: Project, release_id: UUID) -> HttpResponse:
    """The comparison with the release that `with` names in the address, or else with the one before it."""
    one = find(request, project, release_id)
    other = _other(request, project, one)
    if other is None or any(each.state != Release.State.DONE for each in (one, other)):
        raise Http404
    earlier, later = in_order(one, other)
    values = shows_values(earlier, later) or can(request.user, Action.MANAGE, project)
    counts, rows, compared_all = no_counts(), list[Row](), True
    try:
        for each in differences(earlier, later, most=COMPARED):
            counts[each.kind][each.what] += 1
            if len(rows) < SHOWN:
                rows.append(_row(each, values=values))
    except TooMany:
        compared_all = False
    total = sum(sum(numbers.values()) for numbers in counts.values())
    return show(
        request, "releases/comparison.html", project, "releases",
        one=one, earlier=earlier, later=later, rows=rows, total=total, shown=SHOWN,
        compared=None if compared_all else COMPARED,
        counts=[(KIND_NAMES[kind][1], counts[kind]) for kind in KINDS],
    )  # fmt: skip


def _other(request: PageRequest, project: Project, one: Release) -> Release | None:
    if "with" not in request.GET:
        done = Release.objects.visible_to(request.user).filter(project=project, state=Release.State.DONE)
        return done.filter(created_at__lt=one.created_at).first()
    try:
        return find(request, project, UUID(request.GET["with"]))
    except ValueError:
        raise Http404 from None


def _row(one: Difference, *, values: bool) -> Row:
    before, after = one.values()
    if not values:
        fields = sorted(before.keys() | after.keys()) if one.what == "changed" else []
        return Row(one.kind, one.id, one.what, "", [(name, "", "") for name in fields])
    words = _short((after or before).get(SAYS[one.kind])) if one.what != "changed" else ""
    changes = [
        (name, _short(before.get(name)), _short(after.get(name)))
        for name in sorted(before.keys() | after.keys())
        if one.what == "changed"
    ]
    return Row(one.kind, one.id, one.what, words, changes)


def _short(value: Any) -> str:
    words = (
        _("nothing")
        if value in (None, "")
        else value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False)
    )
    return words if len(words) <= LONGEST else words[: LONGEST - 2] + " …"

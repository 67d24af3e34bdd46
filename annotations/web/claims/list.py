"""The list of a project's claims, each with its sources, evidence and verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db.models import OuterRef, Q
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from annotations.evidence.claims import claims_of
from annotations.evidence.sources import Evidence, Sayings, said_by, weigh
from annotations.models import Link, Project, Span, User, Verdict
from annotations.models.base.lookup_columns import Probed
from annotations.paging import page_of
from annotations.web.lists.filters import ListFilters, offer
from annotations.web.lists.values import ARTICLE
from annotations.web.page import PageRequest, project_page, show

SORTS: Final = {
    "": (_("Article, in reading order"), ["article__created_at", "article_id", "start", "id"]),
    "newest": (_("Newest"), ["-listed_at", "-listed_id"]),
    "changed": (_("Recently changed"), ["-updated_at", "-id"]),
}
STATES: Final = [("", _("All")), ("none", _("No verdict")), *Verdict.State.choices]
EVIDENCE: Final = [
    ("", _("All")),
    ("none", _("No evidence")),
    (Link.Relation.CORROBORATES.value, _("Corroborated")),
    (Link.Relation.CONTRADICTS.value, _("Contradicted")),
    ("both", _("Corroborated and contradicted")),
]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as the list shows it; `restated` is the claim that it repeats, `repeated` how many repeat it."""

    span: Span
    said: Sayings
    evidence: Evidence
    verdict: Verdict | None
    restated: Span | None
    repeated: int


@project_page()
def claims(request: PageRequest, project: Project) -> HttpResponse:
    """The list, narrowed and sorted as the address says."""
    form = ClaimFilters(request.GET, project=project)
    if asked := form.found_for(request):
        return show(request, "layout/options.html", field=asked)
    form.is_valid()
    wanted = form.cleaned_data
    order = SORTS.get(wanted.get("sort") or "", SORTS[""])[1]
    rows = claims_of(
        project,
        request.user,
        state=wanted.get("state") or "",
        rating=wanted.get("rating") or "",
        article=UUID(wanted["article"]) if wanted.get("article") else None,
        words=wanted.get("q") or "",
    )
    found = page_of(with_evidence(rows, wanted.get("evidence") or "", request.user), order, request.GET)
    return show(
        request,
        "claims/listing.html" if request.htmx else "claims/claims.html",
        project,
        "claims",
        form=form,
        found=found,
        rows=described(found.rows, request.user),
        filtered=form.narrows,
    )


class ClaimFilters(ListFilters):
    """What the list can be narrowed to."""

    page = "claims"
    q = forms.CharField(
        label=_("Search claims"), required=False, max_length=300, widget=forms.TextInput({"type": "search"})
    )
    state = forms.ChoiceField(label=_("Verdict"), required=False, choices=STATES)
    rating = forms.ChoiceField(label=_("Rating"), required=False)
    evidence = forms.ChoiceField(label=_("Evidence"), required=False, choices=EVIDENCE)
    article = forms.ChoiceField(label=_("Article"), required=False)
    sort = forms.ChoiceField(
        label=_("Sort by"), required=False, choices=[(key, words) for key, (words, _) in SORTS.items()]
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rating", ((rating["key"], rating["name"]) for rating in project.scale))
        self.offer_first("article", ARTICLE, project)


def with_evidence(rows: Any, side: str, user: User) -> Any:
    """The claims with evidence on this side: a relation, `both` or `none`; all where it is empty."""
    evidence = Link.objects.visible_to(user).filter(target=OuterRef("pk"))
    corroborated = Q(Probed(evidence.filter(relation=Link.Relation.CORROBORATES)))
    contradicted = Q(Probed(evidence.filter(relation=Link.Relation.CONTRADICTS)))
    sides = {
        "none": ~corroborated & ~contradicted,
        Link.Relation.CORROBORATES.value: corroborated,
        Link.Relation.CONTRADICTS.value: contradicted,
        "both": corroborated & contradicted,
    }
    return rows.filter(sides[side]) if side else rows


def described(rows: Sequence[Any], user: User) -> list[ClaimRow]:
    """What the list says about each claim, in as many queries for many as for few."""
    keys = [row.pk for row in rows]
    said, weights = said_by(keys, user), weigh(keys, user)
    judged = Verdict.objects.visible_to(user).filter(claim__in=[row.pk for row in rows])
    verdicts = {verdict.claim_id: verdict for verdict in judged}
    restated = Span.objects.visible_to(user).in_bulk([row.restated_id for row in rows if row.restated_id])
    return [
        ClaimRow(
            span=row,
            said=said[row.pk],
            evidence=weights[row.pk],
            verdict=verdicts.get(row.pk),
            restated=restated.get(row.restated_id),
            repeated=row.mentions - 1,
        )
        for row in rows
    ]

"""A claim's own page: one address under which it can be read whole, and cited with the state that was read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from annotations.evidence.claims import statement
from annotations.models import Link, Project, Span, Verdict
from annotations.permissions import Action, can
from annotations.web.claims.context import dossier_of
from annotations.web.page import PageRequest, page, show
from annotations.web.text.isolation import isolated


@page()
def claim(request: PageRequest, claim_id: UUID) -> HttpResponse:
    """The claim with all that is known about it; a claim that restates another leads to that one's page."""
    user = request.user
    claims = Span.objects.visible_to(user).filter(label=Span.Label.CLAIM).with_article()
    found: Span = get_object_or_404(claims, pk=claim_id)
    restated = Link.objects.visible_to(user).filter(source=found, relation=Link.Relation.RESTATES)
    if centre := restated.values_list("target", flat=True).first():
        return redirect(f"{reverse('claim', args=[centre])}?mention={found.pk}")
    project = found.article.project
    dossier = dossier_of(found, project, user, request.GET)
    address = request.build_absolute_uri(reverse("claim", args=[found.pk]))
    mention = request.GET.get("mention") if request.GET.get("mention") != str(found.pk) else None
    return show(
        request,
        "claims/claim.html",
        project,
        "claims",
        claim=found,
        dossier=dossier,
        rated=project.rating(dossier.verdict.rating) if dossier.verdict else None,
        came_by=next((one for one in dossier.mentions if str(one.span.pk) == mention), None),
        address=address,
        citation=citation(found, dossier.verdict, project, address),
        sees_work=can(user, Action.READ_WORK, project),
        published=dossier.verdict is not None and dossier.verdict.state == Verdict.State.APPROVED,
    )


def citation(claim: Span, verdict: Verdict | None, project: Project, address: str) -> str:
    """One line with the claim, its project, what was judged of it as of which version and date, and where it stands."""
    words = " ".join(statement(claim.fields, claim.quote).split())
    return f"“{isolated(words)}” Claim, in: {isolated(project.name)}. {_judged(claim, verdict, project)} {address}"


def _judged(claim: Span, verdict: Verdict | None, project: Project) -> str:
    if verdict is None:
        return f"No verdict; claim in version {claim.version}, {_day(claim.updated_at)}."
    rating = (project.rating(verdict.rating) or {"name": "no rating yet"})["name"]
    if verdict.state == Verdict.State.APPROVED:
        approved = "approval imported, given" if verdict.is_approval_imported else "approved"
        return f"Verdict: {rating}, version {verdict.version}, {approved} {_day(verdict.approved_at)}."
    return f"Verdict: {rating}, version {verdict.version}, {verdict.state}, not approved, {_day(verdict.updated_at)}."


def _day(at: datetime | None) -> str:
    return f"{at:%-d %B %Y}" if at else "undated"

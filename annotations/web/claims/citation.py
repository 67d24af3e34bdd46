"""How a claim and its verdict are cited: in words that say which state of them was read."""

from __future__ import annotations

from datetime import datetime

from annotations.evidence.claims import statement
from annotations.models import Project, Span, Verdict
from annotations.web.text.isolation import isolated


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

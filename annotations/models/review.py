"""Decisions on verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from annotations.models.assignment import IS_IMPORT
from annotations.models.base.versioned import TextByDatabase, TimeByDatabase
from annotations.models.event import NEVER_EMPTIED, recorded
from annotations.models.people.membership import projects_by_sight
from annotations.models.visibility import opened_to
from annotations.rules import HISTORY_APPEND_ONLY, OWN_VERDICT, REASON_NEEDED, VERDICT_STATE

if TYPE_CHECKING:
    from annotations.models.people.user import User

DIGEST = """
    SELECT encode(sha256(convert_to(coalesce(string_agg(
        concat_ws(' ', l.id, l.relation, s.article_id, s.fragments::text, s.label, s.quote),
        E'\\n' ORDER BY l.id), ''), 'UTF8')), 'hex')
    INTO NEW.evidence_digest
    FROM annotations_link l JOIN annotations_span s ON s.id = l.source_id WHERE l.target_id = verdict.claim_id;
"""

APPROVAL_IMPORTED: Final = """coalesce(v.state = 'approved' AND (
        SELECT review.imported FROM annotations_review review
        WHERE review.verdict_id = v.id AND review.decision = 'approved' ORDER BY review.id DESC LIMIT 1), false)"""
"""SQL condition on a verdict `v`: whether an import brought its approval, so that nobody gave it here."""


def reviews_seen_by(user: User) -> Q:
    """Condition on decisions: what was said on the way to an approval is work in progress."""
    everything, own, approved = projects_by_sight(user)
    seen = Q(verdict__project__in=everything)
    if own:
        seen |= Q(verdict__project__in=own) & opened_to(user, "verdict__claim")
    if approved:
        published = Q(verdict__state="approved", decision="approved")
        seen |= Q(verdict__project__in=approved) & published
    return seen


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reads of decisions."""

    def visible_to(self, user: User) -> Self:
        """Decisions that `user` may read; who sees only what is approved sees only approvals."""
        return self.filter(reviews_seen_by(user))


class Review(models.Model):
    """One decision on one version of a verdict, with a digest (SHA-256) of the evidence that the reviewer saw."""

    class Decision(models.TextChoices):
        APPROVED = "approved", gettext_lazy("Approved")
        RETURNED = "returned", gettext_lazy("Returned")
        REOPENED = "reopened", gettext_lazy("Reopened")

    verdict = models.ForeignKey("annotations.Verdict", models.CASCADE, related_name="reviews")
    verdict_version = models.PositiveIntegerField()
    reviewer = models.ForeignKey("annotations.User", models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=8, choices=Decision.choices)
    reason = models.TextField(blank=True)
    evidence_digest = TextByDatabase(editable=False)
    imported = models.BooleanField(default=False, editable=False)
    """Whether an import brought it, or somebody else than the reviewer wrote it. Set by the database."""
    created_at = TimeByDatabase(db_default=models.functions.Now(), editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["verdict", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["verdict", "verdict_version"], name="review_once_a_version"),
            models.CheckConstraint(
                condition=models.Q(decision="approved") | models.Q(reason__regex=r"\S"),
                name=REASON_NEEDED.name,
            ),
            models.CheckConstraint(
                condition=models.Q(decision__in=["approved", "returned", "reopened"]),
                name="review_decision_known",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="by_somebody_else",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("verdict", "record")],
                func=f"""
                    SELECT v.* INTO verdict FROM annotations_verdict v WHERE v.id = NEW.verdict_id FOR NO KEY UPDATE;
                    IF NEW.reviewer_id = ANY(verdict.written_by) OR NEW.reviewer_id = verdict.holder_id
                    THEN {OWN_VERDICT.refuse()} END IF;
                    IF NEW.verdict_version <> verdict.version
                       OR verdict.state <> (CASE NEW.decision WHEN 'reopened' THEN 'approved' ELSE 'submitted' END)
                    THEN {VERDICT_STATE.refuse()} END IF;
                    {DIGEST}
                    NEW.imported := {IS_IMPORT} OR NEW.reviewer_id IS DISTINCT FROM
                        nullif(current_setting('factcheck.actor', true), '')::bigint;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF TG_OP = 'UPDATE' THEN {HISTORY_APPEND_ONLY.refuse()} END IF;
                    IF EXISTS (SELECT FROM annotations_verdict v
                               WHERE v.id = OLD.verdict_id AND v.state IN ('submitted', 'approved'))
                    THEN {HISTORY_APPEND_ONLY.refuse(unless_removal=True)} END IF;
                    RETURN OLD;
                """,
            ),
            NEVER_EMPTIED,
            recorded(
                "review",
                project="(SELECT a.project_id FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id "
                "JOIN annotations_article a ON a.id = s.article_id WHERE v.id = entry.verdict_id)",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} by {self.reviewer}"

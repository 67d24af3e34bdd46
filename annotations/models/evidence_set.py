"""The evidence that carries a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict
from uuid import UUID

import pgtrigger
from django.db import models

from annotations.models.event import NEVER_EMPTIED, Event, recorded
from annotations.rules import EVIDENCE_FOREIGN, UNDER_REVIEW

if TYPE_CHECKING:
    from annotations.models.verdict import Verdict


class EvidenceSetValue(TypedDict):
    """One evidence set as the API takes it."""

    question: str | None
    answer: str | None
    links: list[UUID]


UNTOUCHED_UNDER_REVIEW = f"""
    SELECT v.state, v.claim_id INTO verdict FROM annotations_verdict v WHERE v.id = verdict_id_ FOR SHARE;
    IF verdict.state IN ('submitted', 'approved') THEN {UNDER_REVIEW.refuse(unless_removal=True)} END IF;
"""


class EvidenceSetManager(models.Manager["EvidenceSet"]):
    """Writes the evidence sets of a verdict."""

    def replace(self, verdict: Verdict, values: Sequence[EvidenceSetValue]) -> None:
        """Puts these sets in the place of the verdict's earlier ones."""
        self.filter(verdict=verdict).delete()
        sets = [
            EvidenceSet(verdict=verdict, position=place, question=value["question"], answer=value["answer"])
            for place, value in enumerate(values)
        ]
        self.bulk_create(sets)
        EvidenceLink.objects.bulk_create(
            EvidenceLink(evidence_set=made, link_id=link, position=place)
            for made, value in zip(sets, values, strict=True)
            for place, link in enumerate(value["links"])
        )

    def made_with(self, creation: Event) -> list[list[Any]]:
        """The question, answer and links of each set that a verdict was created with."""
        sets: dict[int, list[Any]] = {}
        together = Event.objects.filter(project=creation.project_id, xid=creation.xid, pk__gt=creation.pk)
        for event in together.filter(kind__in=["evidence_set", "evidence_link"]).order_by("pk"):
            row = event.after
            if row is None:
                if (event.before or {}).get("verdict_id") == creation.object_id:
                    break
            elif row.get("verdict_id") == creation.object_id:
                sets[row["id"]] = [row["question"], row["answer"], []]
            elif row.get("evidence_set_id") in sets:
                sets[row["evidence_set_id"]][-1].append(UUID(row["link_id"]))
        return list(sets.values())


class EvidenceSet(models.Model):
    """Links that together carry a verdict; each set of a verdict suffices by itself.

    A verdict without sets rests on every link to its claim, each a set of its own.
    """

    verdict = models.ForeignKey("annotations.Verdict", models.CASCADE, related_name="evidence_sets")
    position = models.PositiveSmallIntegerField()
    question = models.TextField(null=True, blank=True)
    answer = models.TextField(null=True, blank=True)

    objects: ClassVar[EvidenceSetManager] = EvidenceSetManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["verdict", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["verdict", "position"], name="evidence_set_position")
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="held_by_review",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("verdict_id_", "uuid"), ("verdict", "record")],
                func=f"""
                    verdict_id_ := CASE TG_OP WHEN 'DELETE' THEN OLD.verdict_id ELSE NEW.verdict_id END;
                    {UNTOUCHED_UNDER_REVIEW}
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    IF TG_OP = 'UPDATE' AND NEW.verdict_id <> OLD.verdict_id THEN {EVIDENCE_FOREIGN.refuse()} END IF;
                    RETURN NEW;
                """,
            ),
            NEVER_EMPTIED,
            recorded(
                "evidence_set",
                project="(SELECT a.project_id FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id "
                "JOIN annotations_article a ON a.id = s.article_id WHERE v.id = entry.verdict_id)",
            ),
        ]

    def __str__(self) -> str:
        return self.question or f"evidence set {self.position + 1}"


class EvidenceLink(models.Model):
    """A link's place in an evidence set."""

    evidence_set = models.ForeignKey(EvidenceSet, models.CASCADE, related_name="evidence_links", db_index=False)
    link = models.ForeignKey("annotations.Link", models.CASCADE, related_name="evidence_links")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["evidence_set", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["evidence_set", "link"], name="evidence_link_once")
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="held_by_review",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("verdict_id_", "uuid"), ("verdict", "record")],
                func=f"""
                    SELECT e.verdict_id INTO verdict_id_ FROM annotations_evidenceset e
                    WHERE e.id = CASE TG_OP WHEN 'DELETE' THEN OLD.evidence_set_id ELSE NEW.evidence_set_id END;
                    {UNTOUCHED_UNDER_REVIEW}
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    IF TG_OP = 'UPDATE' AND NEW.evidence_set_id <> OLD.evidence_set_id
                    THEN {EVIDENCE_FOREIGN.refuse()} END IF;
                    IF NOT EXISTS (SELECT FROM annotations_link l
                                   WHERE l.id = NEW.link_id AND l.target_id = verdict.claim_id)
                    THEN {EVIDENCE_FOREIGN.refuse()} END IF;
                    RETURN NEW;
                """,
            ),
            NEVER_EMPTIED,
            recorded(
                "evidence_link",
                project="(SELECT a.project_id FROM annotations_evidenceset e JOIN annotations_verdict v "
                "ON v.id = e.verdict_id JOIN annotations_span s ON s.id = v.claim_id "
                "JOIN annotations_article a ON a.id = s.article_id WHERE e.id = entry.evidence_set_id)",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} in {self.evidence_set_id}"

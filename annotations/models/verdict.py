"""Judgements on claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from annotations.models.base.identifiers import new_id
from annotations.models.base.lookup_columns import FROM_PARENT, ParentByDatabase, Probed, sets_lookup_columns
from annotations.models.base.relation_table import IS_CONTRADICTING, IS_CORROBORATING
from annotations.models.base.versioned import (
    COUNTS_VERSIONS,
    PeopleByDatabase,
    PersonByDatabase,
    TimeByDatabase,
    Versioned,
)
from annotations.models.event import NEVER_EMPTIED, acting, recorded
from annotations.models.people.membership import OVERSEERS_SQL, projects_by_sight
from annotations.models.project import RATING_ON_SCALE
from annotations.models.review import Review
from annotations.models.visibility import opened_to
from annotations.rules import (
    ARCHIVED,
    CONFIDENCE_RANGE,
    EVIDENCE_NEEDED,
    HOLDER_ANNOTATES,
    HOLDER_RATED_TEXT,
    HOLDER_SEES_CLAIM,
    NOT_HOLDER,
    RESTATED_CLAIM,
    REVIEW_NEEDED,
    UNDER_REVIEW,
    VERDICT_NEEDS_CLAIM,
    VERDICT_STATE,
    RuleBroken,
)

if TYPE_CHECKING:
    from annotations.models.evidence_set import EvidenceSetValue
    from annotations.models.people.user import User
    from annotations.models.project import Project
    from annotations.models.review import Review


JUDGES_A_CLAIM = f"""
    PERFORM FROM annotations_span WHERE id = NEW.claim_id FOR NO KEY UPDATE;
    SELECT s.label, a.project_id, a.archived OR p.archived INTO kind, project, is_archived
    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id
    JOIN annotations_project p ON p.id = a.project_id WHERE s.id = NEW.claim_id;
    IF TG_OP = 'INSERT' AND is_archived THEN {ARCHIVED.refuse()} END IF;
    IF kind <> 'claim' THEN {VERDICT_NEEDS_CLAIM.refuse()} END IF;
    IF EXISTS (SELECT FROM annotations_link l WHERE l.source_id = NEW.claim_id AND l.relation = 'restates')
    THEN {RESTATED_CLAIM.refuse()} END IF;
    PERFORM FROM annotations_project WHERE id = project FOR SHARE;
    {RATING_ON_SCALE}
"""

WRITERS: Final = """ARRAY(
            SELECT DISTINCT person FROM unnest({earlier} || ARRAY[NEW.author_id, NEW.edited_by_id]::bigint[]) person
            ORDER BY person)"""
"""The ids of the earlier writers of a verdict, with those of the new row."""

HAS_A_HOLDER = f"""
    IF TG_OP = 'INSERT' THEN
        NEW.holder_id := coalesce(NEW.holder_id, NEW.author_id);
        -- What is restored has the holder and the writers that the history names.
        SELECT coalesce(array_agg((entry ->> who)::bigint) FILTER (WHERE entry ->> who IS NOT NULL), '{{}}'),
               coalesce(bool_or(e.what = 'deleted' AND entry ->> 'holder_id' = NEW.holder_id::text), false)
        INTO earlier, held_before
        FROM annotations_event e, unnest(ARRAY[e.before, e.after]) entry, unnest(ARRAY['author_id', 'edited_by_id']) who
        WHERE e.kind = 'verdict' AND e.object_id = NEW.id::text AND e.project_id = (
            SELECT a.project_id FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id
            WHERE s.id = NEW.claim_id);
        IF NEW.holder_id <> NEW.author_id AND NOT held_before THEN {HOLDER_ANNOTATES.refuse()} END IF;
        NEW.written_by := {WRITERS.format(earlier="earlier")};
        RETURN NEW;
    END IF;
    NEW.written_by := {WRITERS.format(earlier="OLD.written_by")};
    says_the_same := (NEW.author_id, NEW.edited_by_id, NEW.rating, NEW.rationale, NEW.confidence, NEW.state)
        IS NOT DISTINCT FROM
        (OLD.author_id, OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence, OLD.state);
    SELECT p.id AS project_id, p.mode, c.article_id, c.assignment_id, c.start, c."end", g.assignee_id, g.state
    INTO claim
    FROM annotations_span c JOIN annotations_article a ON a.id = c.article_id
    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = c.assignment_id
    WHERE c.id = NEW.claim_id;
    IF NEW.holder_id <> OLD.holder_id THEN
        IF NOT says_the_same OR OLD.state NOT IN ('draft', 'returned') THEN {VERDICT_STATE.refuse()} END IF;
        -- FOR SHARE: whoever takes the role or the membership away waits, and nobody has lost it meanwhile.
        PERFORM FROM annotations_membership m JOIN annotations_user u ON u.id = m.user_id
        WHERE m.project_id = claim.project_id AND m.user_id = NEW.holder_id AND 'annotator' = ANY(m.roles)
          AND u.is_active FOR SHARE OF m;
        IF NOT FOUND THEN {HOLDER_ANNOTATES.refuse()} END IF;
        IF claim.mode = 'independent' THEN
            IF claim.assignee_id <> NEW.holder_id
               AND NOT (claim.state = 'submitted' AND EXISTS (
                   SELECT FROM annotations_assignment g WHERE g.article_id = claim.article_id
                     AND g.assignee_id = NEW.holder_id AND g.state = 'submitted'))
               AND NOT EXISTS (SELECT FROM annotations_membership m WHERE m.project_id = claim.project_id
                     AND m.user_id = NEW.holder_id AND m.roles && {OVERSEERS_SQL})
            THEN {HOLDER_SEES_CLAIM.refuse()} END IF;
            IF EXISTS (SELECT FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id
                       WHERE s.article_id = claim.article_id AND s.assignment_id <> claim.assignment_id
                         AND s.start < claim."end" AND s."end" > claim.start
                         AND (v.holder_id = NEW.holder_id OR NEW.holder_id = ANY(v.written_by)))
            THEN {HOLDER_RATED_TEXT.refuse()} END IF;
        END IF;
        RETURN NEW;
    END IF;
    actor := nullif(current_setting('factcheck.actor', true), '')::bigint;
    IF (OLD.state || ' to ' || NEW.state) IN ('draft to submitted', 'returned to submitted', 'submitted to draft')
       AND actor <> NEW.holder_id AND coalesce(current_setting('factcheck.importing', true), '') <> 'on'
    THEN {NOT_HOLDER.refuse()} END IF;
    IF claim.mode = 'independent' AND NEW.edited_by_id <> NEW.holder_id AND (NEW.edited_by_id, NEW.rating,
        NEW.rationale, NEW.confidence) IS DISTINCT FROM (OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence)
    THEN {NOT_HOLDER.refuse()} END IF;
    RETURN NEW;
"""

LIVES_ITS_LIFE = f"""
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN {VERDICT_STATE.refuse()} END IF;
        IF NEW.reviewer_id IS NOT NULL THEN {REVIEW_NEEDED.refuse()} END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.state IN ('submitted', 'approved') THEN {UNDER_REVIEW.refuse(unless_removal=True)} END IF;
        RETURN OLD;
    END IF;
    says_the_same := (NEW.id, NEW.claim_id, NEW.author_id, NEW.edited_by_id, NEW.rating, NEW.rationale, NEW.confidence)
        IS NOT DISTINCT FROM
        (OLD.id, OLD.claim_id, OLD.author_id, OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence);
    IF NOT says_the_same AND OLD.state IN ('submitted', 'approved') THEN {UNDER_REVIEW.refuse()} END IF;
    IF (NEW.claim_id, NEW.author_id) <> (OLD.claim_id, OLD.author_id) THEN {VERDICT_STATE.refuse()} END IF;
    step := OLD.state || ' to ' || NEW.state;
    IF step IN ('submitted to approved', 'submitted to returned', 'approved to returned') THEN
        IF NOT EXISTS (SELECT FROM annotations_review r
            WHERE r.verdict_id = OLD.id AND r.verdict_version = OLD.version
              AND r.reviewer_id = coalesce(NEW.reviewer_id, r.reviewer_id)
              AND r.decision = CASE step WHEN 'submitted to approved' THEN 'approved'
                                         WHEN 'submitted to returned' THEN 'returned' ELSE 'reopened' END)
        THEN {REVIEW_NEEDED.refuse()} END IF;
    ELSIF step NOT IN ('draft to draft', 'draft to submitted', 'returned to submitted', 'returned to draft',
                       'submitted to draft')
          AND NOT (step = 'returned to returned' AND NEW.holder_id <> OLD.holder_id) THEN
        IF OLD.state = NEW.state AND OLD.state IN ('submitted', 'approved') THEN {UNDER_REVIEW.refuse()} END IF;
        {VERDICT_STATE.refuse()}
    END IF;
    IF (NEW.state = 'approved') <> (NEW.reviewer_id IS NOT NULL) THEN {REVIEW_NEEDED.refuse()} END IF;
    RETURN NEW;
"""

HAS_ITS_EVIDENCE = f"""
    IF NEW.rating IS NULL THEN {EVIDENCE_NEEDED.refuse()} END IF;
    PERFORM FROM annotations_span WHERE id = NEW.claim_id FOR NO KEY UPDATE;
    PERFORM FROM annotations_span
        WHERE id IN (SELECT l.source_id FROM annotations_link l WHERE l.target_id = NEW.claim_id) ORDER BY id FOR SHARE;
    SELECT r ->> 'needs' INTO needs
    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id
    JOIN annotations_project p ON p.id = a.project_id, jsonb_array_elements(p.scale) r
    WHERE s.id = NEW.claim_id AND r ->> 'key' = NEW.rating;
    SELECT coalesce(bool_or({IS_CORROBORATING}), false), coalesce(bool_or({IS_CONTRADICTING}), false)
    INTO corroborated, contradicted
    FROM annotations_link l
    WHERE l.target_id = NEW.claim_id
      AND (NOT EXISTS (SELECT FROM annotations_evidenceset e WHERE e.verdict_id = NEW.id)
           OR EXISTS (SELECT FROM annotations_evidencelink k JOIN annotations_evidenceset e ON e.id = k.evidence_set_id
                      WHERE e.verdict_id = NEW.id AND k.link_id = l.id));
    IF needs IN ('corroborating', 'both') AND NOT corroborated
       OR needs IN ('contradicting', 'both') AND NOT contradicted
    THEN {EVIDENCE_NEEDED.refuse()} END IF;
    RETURN NEW;
"""


def verdicts_seen_by(user: User) -> Q:
    """Condition on verdicts."""
    everything, own, approved = projects_by_sight(user)
    seen = Q(project__in=everything)
    if own:
        seen |= Q(project__in=own) & opened_to(user, "claim")
    if approved:
        seen |= Q(project__in=approved, state="approved")
    return seen


def verdict_seen_by(user: User) -> Q:
    """Condition on claims that `user` may read: their verdict may be read too."""
    everything, own, approved = projects_by_sight(user)
    return Q(verdict__project__in=[*everything, *own]) | Q(verdict__project__in=approved, verdict__state="approved")


def verdicts_open_to_all(project: Project) -> Q:
    """Condition on verdicts, likewise: those that are approved."""
    return Q(project=project, state="approved")


class VerdictQuerySet(models.QuerySet["Verdict"]):
    """Reads of verdicts."""

    def visible_to(self, user: User) -> Self:
        """Verdicts that `user` may read."""
        return self.filter(verdicts_seen_by(user))

    def open_to_all(self, project: Project) -> Self:
        """Verdicts of an independent project that are open to all its members."""
        return self.filter(verdicts_open_to_all(project))

    def in_project(self, project: Any) -> Self:
        return self.filter(project=project)

    def in_projects(self, projects: Sequence[Any]) -> Self:
        return self.filter(project__in=projects)

    def awaiting_review(self) -> Self:
        """Submitted verdicts, the longest waiting first."""
        return self.filter(state=Verdict.State.SUBMITTED).order_by("submitted_at", "id")

    def returned_to(self, user: User) -> Self:
        """Verdicts that a reviewer sent back to `user`, who holds them."""
        return self.filter(state=Verdict.State.RETURNED, holder=user)

    def handed_to(self, user: User) -> Self:
        """Drafts of others that `user` holds, the last touched first."""
        drafts = self.filter(state=Verdict.State.DRAFT, holder=user)
        return drafts.exclude(author=user).order_by("-updated_at", "id")

    def unfinished(self) -> Self:
        """Drafts and returned verdicts: what can be handed over."""
        return self.filter(state__in=[Verdict.State.DRAFT, Verdict.State.RETURNED])

    def for_reviewer(self, user: User) -> Self:
        """Without those that `user` ever wrote or edited, or holds, and so may not review."""
        return self.exclude(written_by__contains=[user.pk]).exclude(holder=user)

    def with_people(self) -> Self:
        """With what the API says about a verdict besides its own columns."""
        people = self.select_related("author", "holder", "reviewer")
        return people.prefetch_related("evidence_sets__evidence_links").with_last_review()

    def with_last_review(self) -> Self:
        """With the last decision on each verdict as its only one in `reviews`: there may be thousands."""
        from annotations.models.review import Review

        later = {"verdict": models.OuterRef("verdict"), "verdict_version__gt": models.OuterRef("verdict_version")}
        last = Review.objects.filter(~Probed(Review.objects.filter(**later)))
        return self.prefetch_related(models.Prefetch("reviews", last))

    def with_claims(self) -> Self:
        """With the claim, its article and assignment, but without the text."""
        loaded = self.select_related("claim__article__project", "claim__assignment")
        return loaded.defer(*(f"claim__article__{name}" for name in ("body", "source", "search")))


class Verdict(Versioned):
    """The judgement on one claim, from draft to approval. `confidence` is from 0 to 1.

    `author` is who began it and `holder` who works on it: the author, until it is handed over. `edited_by` edited it
    last, and `written_by` has the ids of everybody who ever wrote or edited it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        RETURNED = "returned", "Returned"
        APPROVED = "approved", "Approved"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.OneToOneField("annotations.Span", models.CASCADE, related_name="verdict")
    author = models.ForeignKey("annotations.User", models.PROTECT, related_name="verdicts", db_index=False)
    edited_by = models.ForeignKey("annotations.User", models.PROTECT, related_name="+", editable=False)
    holder = PersonByDatabase(
        "annotations.User", models.PROTECT, related_name="held_verdicts", editable=False, db_index=False
    )
    written_by = PeopleByDatabase(models.BigIntegerField(), editable=False)
    rating = models.CharField(max_length=40, null=True, blank=True)
    rationale = models.TextField(blank=True)
    confidence = models.FloatField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    submitted_at = models.DateTimeField(null=True, editable=False)
    reviewer = models.ForeignKey(
        "annotations.User", models.PROTECT, null=True, related_name="+", editable=False, db_index=False
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    project = ParentByDatabase("annotations.Project", **FROM_PARENT)
    claim_created_at = TimeByDatabase(editable=False)
    """When the claim was made: claims are listed in that order by what was judged of them."""

    objects: ClassVar[Any] = VerdictQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(confidence__isnull=True) | models.Q(confidence__gte=0, confidence__lte=1),
                name=CONFIDENCE_RANGE.name,
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "submitted", "returned", "approved"]),
                name="verdict_state_known",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # Each order of the lists, by each of their filters.
            models.Index(fields=["project", "created_at", "id"], name="verdict_in_project"),
            models.Index(fields=["project", "state", "created_at", "id"], name="verdict_by_state"),
            models.Index(fields=["project", "rating", "created_at", "id"], name="verdict_by_rating"),
            models.Index(fields=["project", "author", "created_at", "id"], name="verdict_by_author"),
            models.Index(fields=["holder", "project", "created_at", "id"], name="verdict_by_holder"),
            models.Index(fields=["reviewer", "project", "created_at", "id"], name="verdict_by_reviewer"),
            models.Index(
                fields=["project", "submitted_at", "id"], condition=models.Q(state="submitted"), name="verdict_queue"
            ),
            models.Index(
                fields=["project", "approved_at", "id"], condition=models.Q(state="approved"), name="verdict_approved"
            ),
            models.Index(
                fields=["project", "state", "updated_at", "id"],
                condition=models.Q(state__in=["draft", "returned"]),
                name="verdict_unfinished",
            ),
            models.Index(
                fields=["project", "holder", "state"],
                condition=models.Q(state__in=["draft", "returned"]),
                name="verdict_to_finish",
            ),
            # The list of claims, by what was judged of them.
            models.Index(fields=["project", "state", "claim_created_at", "claim"], name="claim_by_state"),
            models.Index(fields=["project", "rating", "claim_created_at", "claim"], name="claim_by_rating"),
        ]
        triggers: ClassVar[list[Any]] = [
            COUNTS_VERSIONS,
            pgtrigger.Trigger(
                name="has_a_holder",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[
                    ("earlier", "bigint[]"),
                    ("held_before", "bool"),
                    ("says_the_same", "bool"),
                    ("claim", "record"),
                    ("actor", "bigint"),
                ],
                func=HAS_A_HOLDER,
            ),
            pgtrigger.Trigger(
                name="judges_a_claim",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("claim_id", "rating"),  # type: ignore[no-untyped-call]
                declare=[("kind", "text"), ("project", "bigint"), ("is_archived", "bool")],
                func=f"{JUDGES_A_CLAIM} RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="lives_its_life",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("says_the_same", "bool"), ("step", "text")],
                func=LIVES_ITS_LIFE,
            ),
            pgtrigger.Trigger(
                name="submits_with_evidence",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__state="submitted") & ~pgtrigger.Q(old__state="submitted"),
                declare=[("needs", "text"), ("corroborated", "bool"), ("contradicted", "bool")],
                func=HAS_ITS_EVIDENCE,
            ),
            sets_lookup_columns(
                "SELECT s.project_id, s.created_at INTO NEW.project_id, NEW.claim_created_at "
                "FROM annotations_span s WHERE s.id = NEW.claim_id;"
            ),
            NEVER_EMPTIED,
            recorded(
                "verdict",
                project="entry.project_id",
                # Worked out from the other columns of the history, and again on a restoration.
                without=("written_by", "project_id", "claim_created_at"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating or 'no rating'} ({self.state})"

    @property
    def is_approval_imported(self) -> bool:
        """Whether an import brought its approval, so that nobody gave it here. Load it `with_last_review`."""
        if self.state != self.State.APPROVED:
            return False
        # While a verdict is approved, nothing was decided since.
        return any(review.imported for review in list(self.reviews.all())[-1:])

    def change(
        self,
        *,
        by: User,
        from_version: int | None,
        evidence_sets: Sequence[EvidenceSetValue] | None = None,
        **values: Any,
    ) -> None:
        """Changes rating, rationale, confidence or evidence sets. A returned verdict becomes a draft again."""
        from annotations.models.evidence_set import EvidenceSet

        self.expect(from_version)
        if self.state in (self.State.SUBMITTED, self.State.APPROVED):
            raise RuleBroken(UNDER_REVIEW)
        if not values and evidence_sets is None:
            return
        before = {name: getattr(self, name) for name in (*values, "edited_by", "state")}
        for name, value in values.items():
            setattr(self, name, value)
        self.edited_by, self.state = by, self.State.DRAFT
        with acting(by), self._as_it_was_unless_saved(before):
            self.save(force_update=True)
            if evidence_sets is not None:
                EvidenceSet.objects.replace(self, evidence_sets)
        self._read_again()

    def submit(self, *, by: User, from_version: int | None) -> None:
        """Hands a draft, or a returned verdict, to review. Only with the evidence that its rating needs."""
        self.expect(from_version)
        if self.state not in (self.State.DRAFT, self.State.RETURNED):
            raise RuleBroken(VERDICT_STATE, f"Only a draft can be submitted; this verdict is {self.state}.")
        if self.rating is None:
            raise RuleBroken(EVIDENCE_NEEDED, "Choose a rating first.")
        self._become(self.State.SUBMITTED, by, submitted_at=timezone.now())

    def withdraw(self, *, by: User, from_version: int | None) -> None:
        """Takes a submitted verdict back to draft."""
        self.expect(from_version)
        if self.state != self.State.SUBMITTED:
            raise RuleBroken(VERDICT_STATE, f"Only a submitted verdict can be withdrawn; this one is {self.state}.")
        self._become(self.State.DRAFT, by, submitted_at=None)

    def approve(self, *, by: User, from_version: int | None) -> None:
        """Approves what was submitted; not one's own."""
        self._decide(Review.Decision.APPROVED, by, from_version, "")

    def send_back(self, *, by: User, from_version: int | None, reason: str) -> None:
        """Returns a submitted verdict to its author with a reason."""
        self._decide(Review.Decision.RETURNED, by, from_version, reason)

    def reopen(self, *, by: User, from_version: int | None, reason: str) -> None:
        """Opens an approved verdict again, with a reason."""
        self._decide(Review.Decision.REOPENED, by, from_version, reason)

    def _decide(self, decision: Review.Decision, by: User, from_version: int | None, reason: str) -> None:
        self.expect(from_version)
        needed = self.State.APPROVED if decision == Review.Decision.REOPENED else self.State.SUBMITTED
        if self.state != needed:
            words = f"A verdict is {decision} only when it is {needed}; this one is {self.state}."
            raise RuleBroken(VERDICT_STATE, words)
        approved = decision == Review.Decision.APPROVED
        with acting(by):
            Review.objects.create(
                verdict=self, verdict_version=self.version, reviewer=by, decision=decision, reason=reason
            )
            self._become(
                self.State.APPROVED if approved else self.State.RETURNED,
                by,
                reviewer=by if approved else None,
                approved_at=timezone.now() if approved else None,
            )

    def remove(self, *, by: User, from_version: int | None) -> None:
        """Deletes a verdict that is not under review."""
        with acting(by):
            self.hold(from_version)
            if self.state in (self.State.SUBMITTED, self.State.APPROVED):
                raise RuleBroken(UNDER_REVIEW)
            self.delete()

    def _become(self, state: State, by: User, **values: Any) -> None:
        values["state"] = state
        before = {name: getattr(self, name) for name in values}
        for name, value in values.items():
            setattr(self, name, value)
        with acting(by), self._as_it_was_unless_saved(before):
            self.save(force_update=True, update_fields=list(values))
        self._read_again()

    def _as_it_was_unless_saved(self, before: dict[str, Any]) -> _AsItWas:
        return _AsItWas(self, before)

    def _read_again(self) -> None:
        self._prefetched_objects_cache: dict[str, Any] = {}
        self.refresh_from_db(fields=["updated_at", "written_by"])


class _AsItWas:
    """Gives an object its earlier values back where the database refused the new ones."""

    def __init__(self, thing: models.Model, before: dict[str, Any]) -> None:
        self.thing, self.before = thing, before

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            for name, value in self.before.items():
                setattr(self.thing, name, value)

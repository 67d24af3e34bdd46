"""Judgements on claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from annotations.models.base.identifiers import new_id
from annotations.models.base.lookup_columns import FROM_PARENT, ParentByDatabase, Probed, sets_lookup_columns
from annotations.models.base.versioned import (
    COUNTS_VERSIONS,
    PeopleByDatabase,
    PersonByDatabase,
    TimeByDatabase,
    Versioned,
)
from annotations.models.event import NEVER_EMPTIED, acting, recorded
from annotations.models.people.membership import projects_by_sight
from annotations.models.review import Review
from annotations.models.verdict_rules import HAS_A_HOLDER, HAS_ITS_EVIDENCE, JUDGES_A_CLAIM, LIVES_ITS_LIFE
from annotations.models.visibility import opened_to
from annotations.rules import CONFIDENCE_RANGE, EVIDENCE_NEEDED, UNDER_REVIEW, VERDICT_STATE, RuleBroken

if TYPE_CHECKING:
    from annotations.models.evidence_set import EvidenceSetValue
    from annotations.models.people.user import User
    from annotations.models.project import Project
    from annotations.models.review import Review


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


NEEDED_STATE: Final[dict[str, str]] = {
    Review.Decision.APPROVED: gettext_noop(
        "Only a submitted verdict can be approved. The state of this verdict is: %(state)s."
    ),
    Review.Decision.RETURNED: gettext_noop(
        "Only a submitted verdict can be returned. The state of this verdict is: %(state)s."
    ),
    Review.Decision.REOPENED: gettext_noop(
        "Only an approved verdict can be reopened. The state of this verdict is: %(state)s."
    ),
}
"""By decision, why it can't be made in another state."""


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
        DRAFT = "draft", gettext_lazy("Draft")
        SUBMITTED = "submitted", gettext_lazy("Submitted")
        RETURNED = "returned", gettext_lazy("Returned")
        APPROVED = "approved", gettext_lazy("Approved")

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
        with acting(by), as_before_unless_saved(self, before):
            self.save(force_update=True)
            if evidence_sets is not None:
                EvidenceSet.objects.replace(self, evidence_sets)
        self._read_again()

    def submit(self, *, by: User, from_version: int | None) -> None:
        """Hands a draft, or a returned verdict, to review. Only with the evidence that its rating needs."""
        self.expect(from_version)
        if self.state not in (self.State.DRAFT, self.State.RETURNED):
            raise RuleBroken(
                VERDICT_STATE,
                _("Only a draft can be submitted. The state of this verdict is: %(state)s.")
                % {"state": self.get_state_display()},
            )
        if self.rating is None:
            raise RuleBroken(EVIDENCE_NEEDED, _("Choose a rating first."))
        self._become(self.State.SUBMITTED, by, submitted_at=timezone.now())

    def withdraw(self, *, by: User, from_version: int | None) -> None:
        """Takes a submitted verdict back to draft."""
        self.expect(from_version)
        if self.state != self.State.SUBMITTED:
            raise RuleBroken(
                VERDICT_STATE,
                _("Only a submitted verdict can be withdrawn. The state of this verdict is: %(state)s.")
                % {"state": self.get_state_display()},
            )
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
            raise RuleBroken(VERDICT_STATE, _(NEEDED_STATE[decision]) % {"state": self.get_state_display()})
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
        with acting(by), as_before_unless_saved(self, before):
            self.save(force_update=True, update_fields=list(values))
        self._read_again()

    def _read_again(self) -> None:
        self._prefetched_objects_cache: dict[str, Any] = {}
        self.refresh_from_db(fields=["updated_at", "written_by"])


@contextmanager
def as_before_unless_saved(verdict: Verdict, before: dict[str, Any]) -> Iterator[None]:
    """Gives a verdict its earlier values back where the database refused the new ones."""
    try:
        yield
    except BaseException:
        for name, value in before.items():
            setattr(verdict, name, value)
        raise

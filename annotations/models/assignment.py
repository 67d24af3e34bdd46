"""One person's pass over one article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from annotations.models.columns.lookup_columns import FROM_PARENT, ParentByDatabase, sets_lookup_columns
from annotations.models.event import NEVER_EMPTIED, acting, recorded
from annotations.rules import SPAN_MOVED

if TYPE_CHECKING:
    from annotations.models.article import Article
    from annotations.models.user import User


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Reads of assignments."""

    def of(self, user: User) -> Self:
        """What `user` took up."""
        return self.filter(assignee=user)

    def open(self) -> Self:
        return self.filter(state=Assignment.State.OPEN)


class AssignmentManager(models.Manager.from_queryset(AssignmentQuerySet)):  # type: ignore[misc]
    """Takes up articles."""

    def take_up(self, article: Article, *, by: User) -> tuple[Assignment, bool]:
        """The annotation pass of `by` over the article, and whether it is new."""
        with acting(by):
            assignment, made = self.get_or_create(article=article, assignee=by, kind=Assignment.Kind.ANNOTATE)
        return assignment, made


class Assignment(models.Model):
    """Who annotates or adjudicates which article, and whether they are done."""

    class Kind(models.TextChoices):
        ANNOTATE = "annotate"
        ADJUDICATE = "adjudicate"

    class State(models.TextChoices):
        OPEN = "open"
        SUBMITTED = "submitted"

    article = models.ForeignKey("annotations.Article", models.PROTECT, related_name="assignments")
    assignee = models.ForeignKey("annotations.User", models.PROTECT, related_name="assignments")
    project = ParentByDatabase("annotations.Project", **FROM_PARENT)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ANNOTATE)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AssignmentManager] = AssignmentManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["article", "assignee", "kind"], name="assignment_once"),
            models.CheckConstraint(condition=models.Q(state__in=["open", "submitted"]), name="assignment_state_known"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["annotate", "adjudicate"]), name="assignment_kind_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["project", "assignee", "state"], name="assignment_in_project"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="keeps_its_spans",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("article_id", "assignee_id", "kind"),  # type: ignore[no-untyped-call]
                func=f"""
                    IF (NEW.article_id, NEW.assignee_id, NEW.kind) <> (OLD.article_id, OLD.assignee_id, OLD.kind)
                       AND EXISTS (SELECT FROM annotations_span s WHERE s.assignment_id = OLD.id)
                    THEN {SPAN_MOVED.refuse()} END IF;
                    RETURN NEW;
                """,
            ),
            sets_lookup_columns(
                "NEW.project_id := (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id);"
            ),
            NEVER_EMPTIED,
            recorded("assignment", project="entry.project_id", without=("project_id",)),
        ]

    def __str__(self) -> str:
        return f"{self.assignee} {self.kind}s {self.article_id}"

    def submit(self, *, by: User) -> None:
        """Says that the pass is done; saying it again changes nothing."""
        self._become(self.State.SUBMITTED, by)

    def reopen(self, *, by: User) -> None:
        """Goes on with a pass that was done."""
        self._become(self.State.OPEN, by)

    def _become(self, state: State, by: User) -> None:
        with acting(by):
            held = Assignment.objects.select_for_update().get(pk=self.pk)
            if held.state != state:
                held.state = state
                held.submitted_at = timezone.now() if state == self.State.SUBMITTED else None
                held.save(update_fields=["state", "submitted_at"])
        self.state, self.submitted_at = held.state, held.submitted_at

"""One person's pass over one article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import pgtrigger
from django.db import connection, models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy

from annotations.models.base.lookup_columns import FROM_PARENT, ParentByDatabase, sets_lookup_columns
from annotations.models.event import NEVER_EMPTIED, acting, recorded
from annotations.models.people.membership import projects_by_sight
from annotations.rules import ARCHIVED, ARTICLE_FULL, PASS_OPENED, PASS_SUBMITTED, SPAN_MOVED, Rule
from annotations.vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from annotations.models.article import Article
    from annotations.models.people.user import User

IS_IMPORT: Final = "coalesce(current_setting('factcheck.importing', true), '') = 'on'"

SUBMITTED_PASS: Final = f"""
    SELECT project.mode, assignee.is_active, article.archived OR project.archived AS archived INTO pass
    FROM annotations_assignment assignment
    JOIN annotations_article article ON article.id = assignment.article_id
    JOIN annotations_project project ON project.id = article.project_id
    JOIN annotations_user assignee ON assignee.id = assignment.assignee_id
    WHERE assignment.id = pass_id;
    -- People without login go on with nothing: their passes are submitted, and more of their work may come in.
    IF pass.mode = 'independent' AND (pass.is_active OR NOT {IS_IMPORT}) THEN
        -- FOR SHARE: whoever submits or reopens the pass waits until this is committed, and this waits for them.
        SELECT state INTO pass_state FROM annotations_assignment WHERE id = pass_id FOR SHARE;
        IF pass_state = 'submitted' THEN {PASS_SUBMITTED.refuse(unless_removal=True)} END IF;
    END IF;
"""
"""PL/pgSQL that refuses a change of what lies in the pass `pass_id` while that is submitted in an independent project.

It needs the variables `pass` (record), which then says whether the article is `archived`, and `pass_state` (text).
"""

TAKES_A_PLACE: Final = """
    assignment.kind = 'annotate' AND NOT assignment.imported AND (assignment.state = 'submitted' OR EXISTS (
        SELECT FROM annotations_membership membership JOIN annotations_user person ON person.id = membership.user_id
        WHERE membership.project_id = project.id AND membership.user_id = assignment.assignee_id
          AND person.is_active AND 'annotator' = ANY(membership.roles)))
"""
"""Which passes count towards `annotators_per_article`: those that nobody can go on with do not."""

KEEPS_PASSES_INDEPENDENT: Final = f"""
    NEW.imported := CASE TG_OP WHEN 'INSERT' THEN {IS_IMPORT} ELSE OLD.imported END;
    NEW.reopened := TG_OP = 'UPDATE' AND OLD.reopened;
    is_new := TG_OP = 'INSERT' OR (NEW.article_id, NEW.assignee_id, NEW.kind)
                                  <> (OLD.article_id, OLD.assignee_id, OLD.kind);
    IF NOT is_new AND NEW.state = OLD.state THEN RETURN NEW; END IF;
    -- Taken up again: the unique constraint finds the pass that is there.
    IF TG_OP = 'INSERT' AND EXISTS (
        SELECT FROM annotations_assignment same WHERE same.article_id = NEW.article_id
          AND same.assignee_id = NEW.assignee_id AND same.kind = NEW.kind) THEN RETURN NEW; END IF;
    SELECT p.id, p.mode, p.annotators_per_article, p.archived OR a.archived AS archived INTO project
    FROM annotations_project p JOIN annotations_article a ON a.project_id = p.id WHERE a.id = NEW.article_id;
    -- What an import brings there is refused span by span.
    IF is_new AND project.archived AND NOT NEW.imported THEN {ARCHIVED.refuse()} END IF;
    IF project.mode <> 'independent' THEN RETURN NEW; END IF;
    -- Passes over an article begin, are submitted and are reopened one after the other.
    PERFORM FROM annotations_article WHERE id = NEW.article_id FOR NO KEY UPDATE;
    IF is_new AND NEW.kind = 'annotate' AND NOT NEW.imported AND project.annotators_per_article <= (
        SELECT count(*) FROM annotations_assignment assignment
        WHERE assignment.article_id = NEW.article_id AND assignment.assignee_id <> NEW.assignee_id
          AND {TAKES_A_PLACE})
    THEN {ARTICLE_FULL.refuse()} END IF;
    -- A pass that was reopened is not submitted now, but whoever was submitted with it has read it.
    IF NOT is_new AND OLD.state = 'submitted' AND EXISTS (
        SELECT FROM annotations_assignment other WHERE other.article_id = NEW.article_id
          AND other.assignee_id <> NEW.assignee_id AND (other.state = 'submitted' OR other.reopened))
    THEN
        IF NOT EXISTS (
            SELECT FROM annotations_membership membership WHERE membership.project_id = project.id
              AND membership.user_id = nullif(current_setting('factcheck.actor', true), '')::bigint
              AND 'manager' = ANY(membership.roles))
        THEN {PASS_OPENED.refuse()} END IF;
        NEW.reopened := true;
    END IF;
    RETURN NEW;
"""


TAKING_UP: Final = """
    INSERT INTO annotations_assignment (article_id, assignee_id, kind, state)
    SELECT article, %s, 'annotate', 'open'
    FROM (SELECT set_config('factcheck.actor', %s, true)) AS actor, unnest(%s::uuid[]) AS article
    ON CONFLICT (article_id, assignee_id, kind) DO UPDATE SET kind = excluded.kind
    RETURNING article_id, id
"""


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Reads of assignments."""

    def visible_to(self, user: User) -> Self:
        """Passes whose work `user` may read, and their own."""
        everything, own, _ = projects_by_sight(user)
        theirs = models.Q(article__project_id__in=own, assignee=user)
        return self.filter(models.Q(article__project_id__in=everything) | theirs)

    def of(self, user: User) -> Self:
        """What `user` took up."""
        return self.filter(assignee=user)

    def open(self) -> Self:
        return self.filter(state=Assignment.State.OPEN)

    def taking_a_place(self) -> Self:
        """The passes that count towards `annotators_per_article` in an independent project."""
        from annotations.models.people.membership import Membership

        annotates = Membership.objects.filter(
            project=models.OuterRef("article__project"),
            user=models.OuterRef("assignee"),
            user__is_active=True,
            roles__contains=[Role.ANNOTATOR],
        )
        goes_on = models.Q(state=Assignment.State.SUBMITTED) | models.Exists(annotates)
        return self.filter(goes_on, kind=Assignment.Kind.ANNOTATE, imported=False)


class AssignmentManager(models.Manager.from_queryset(AssignmentQuerySet)):  # type: ignore[misc]
    """Takes up articles."""

    def take_up(self, article: Article, *, by: User) -> tuple[Assignment, bool]:
        """The annotation pass of `by` over the article, and whether it is new."""
        with acting(by):
            assignment, made = self.get_or_create(article=article, assignee=by, kind=Assignment.Kind.ANNOTATE)
        return assignment, made

    def take_up_all(self, articles: Iterable[Article], *, by: User) -> dict[UUID, Assignment]:
        """The annotation passes of `by` over these articles, new ones where there are none, in one statement."""
        named = {article.pk: article for article in articles}
        with connection.cursor() as cursor:
            # In one order, because an independent project's articles are held while they are taken up.
            cursor.execute(TAKING_UP, [by.pk, str(by.pk), sorted(named)])
            taken: list[tuple[UUID, int]] = cursor.fetchall()
        kind = Assignment.Kind.ANNOTATE
        return {key: Assignment(id=made, article=named[key], assignee=by, kind=kind) for key, made in taken}


class Assignment(models.Model):
    """Who annotates or adjudicates which article, and whether they are done."""

    class Kind(models.TextChoices):
        ANNOTATE = "annotate", gettext_lazy("Annotate")
        ADJUDICATE = "adjudicate", gettext_lazy("Adjudicate")

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Open")
        SUBMITTED = "submitted", gettext_lazy("Submitted")

    article = models.ForeignKey("annotations.Article", models.PROTECT, related_name="assignments")
    assignee = models.ForeignKey("annotations.User", models.PROTECT, related_name="assignments")
    project = ParentByDatabase("annotations.Project", **FROM_PARENT)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ANNOTATE)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    imported = models.BooleanField(default=False, editable=False)
    """Whether an import made it: then it counts towards no limit. Set by the database."""
    reopened = models.BooleanField(default=False, editable=False)
    """Whether a manager reopened it when others' work was open to its assignee: agreement leaves it out. Set by the
    database."""

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
            pgtrigger.Trigger(
                name="keeps_passes_independent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("project", "record"), ("is_new", "bool")],
                func=KEEPS_PASSES_INDEPENDENT,
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
        """Goes on with a pass that was done.

        Raises IntegrityError (`pass_opened`) where others' work was opened by it and `by` is no manager.
        """
        self._become(self.State.OPEN, by)

    def _become(self, state: State, by: User) -> None:
        with acting(by):
            held = Assignment.objects.select_for_update().get(pk=self.pk)
            if held.state != state:
                held.state = state
                held.submitted_at = timezone.now() if state == self.State.SUBMITTED else None
                held.save(update_fields=["state", "submitted_at"])
                held.refresh_from_db(fields=["reopened"])
        self.state, self.submitted_at, self.reopened = held.state, held.submitted_at, held.reopened

    def why_locked(self) -> Rule | None:
        """The rule that keeps spans from being made in it now, or None; `article` and its project should be loaded."""
        if self.article.is_archived:
            return ARCHIVED
        if self.state != self.State.SUBMITTED or self.article.project.mode != "independent":
            return None
        others = Assignment.objects.filter(article=self.article_id).exclude(assignee=self.assignee_id)
        read = models.Q(state=self.State.SUBMITTED) | models.Q(reopened=True)
        return PASS_OPENED if others.filter(read).exists() else PASS_SUBMITTED

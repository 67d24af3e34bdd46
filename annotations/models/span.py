"""Labelled passages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypedDict, TypeVar
from uuid import UUID

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models, transaction
from django.db.models import OuterRef, Q
from django.db.models.fields.json import KeyTextTransform

from annotations import vocabulary
from annotations.models.article import Article
from annotations.models.assignment import SUBMITTED_PASS, Assignment
from annotations.models.base.identifiers import LONGEST_EXTERNAL_ID, new_id
from annotations.models.base.lookup_columns import (
    FROM_PARENT,
    ArrayOf,
    ParentByDatabase,
    Probed,
    Trigrams,
    sets_lookup_columns,
)
from annotations.models.base.relation_table import NO_SOURCE, STAYS_TARGET
from annotations.models.base.versioned import (
    COUNTS_VERSIONS,
    JSONByDatabase,
    NumberByDatabase,
    TextByDatabase,
    Versioned,
)
from annotations.models.comment import Comment
from annotations.models.event import NEVER_EMPTIED, acting, recorded
from annotations.models.link import RESTED_ON, Link
from annotations.models.new_span import INSERTION, ROW, WORKPLACE, NewSpan, Workplace
from annotations.models.people.membership import Membership, projects_by_sight
from annotations.models.project import Project
from annotations.models.span_rules import HELD_BY_REVIEW, LONG, SLICED, WITHIN_BUDGET
from annotations.models.verdict import Verdict
from annotations.models.visibility import opened_to, opened_to_all
from annotations.rules import (
    ARCHIVED,
    DUPLICATE_SPAN,
    LABEL_UNKNOWN,
    RELATION_TABLE,
    SPAN_MOVED,
    UNDER_REVIEW,
    VERDICT_NEEDS_CLAIM,
    RuleBroken,
)
from annotations.vocabulary import LABELS

if TYPE_CHECKING:
    from annotations.models.people.user import User

Row = TypeVar("Row", bound=models.Model)


def workplace_of(user: User, article_id: UUID) -> Workplace | None:
    """Where `user` annotates an article, or None where they are not a member.

    One statement gives what the permission table, the check of fields and the insertion need.
    """
    with connection.cursor() as cursor:
        cursor.execute(WORKPLACE, {"user": user.pk, "article": article_id, "confined_to": user.confined_to})
        row = cursor.fetchone()
    if row is None:
        return None
    project_id, slug, mode, label_fields, membership_id, roles, assignment_id, kind = row
    project = loaded(Project, id=project_id, slug=slug, mode=mode, label_fields=json.loads(label_fields))
    membership = loaded(Membership, id=membership_id, project_id=project_id, user_id=user.pk, roles=roles)
    membership.project, membership.user = project, user
    user.__dict__.setdefault("places", {project_id: membership})
    return loaded_workplace(user, project, article_id, assignment_id, kind)


def loaded_workplace(
    user: User, project: Project, article_id: UUID, assignment_id: int | None, kind: str | None
) -> Workplace:
    """Where `user` annotates an article of the project, from what a statement read."""
    article = loaded(Article, id=article_id, project_id=project.pk)
    article.project = project
    if assignment_id is None:
        return Workplace(article, None)
    assignment = loaded(Assignment, id=assignment_id, article_id=article_id, assignee_id=user.pk, kind=kind)
    assignment.article, assignment.assignee = article, user
    return Workplace(article, assignment)


def loaded(model: type[Row], **values: Any) -> Row:
    """A row of which these columns are known; any other would be read when it is asked for."""
    known = [column.attname for column in model._meta.concrete_fields if column.attname in values]
    row: Row = model.from_db(connection.alias, known, [values[name] for name in known])
    return row


def spans_seen_by(user: User) -> Q:
    """Condition on spans."""
    everything, own, approved = projects_by_sight(user)
    seen = Q(project__in=everything)
    if own:
        seen |= Q(project__in=own) & opened_to(user)
    if approved:
        judged = Verdict.objects.filter(state=Verdict.State.APPROVED)
        carries = Link.objects.filter(source=OuterRef("pk"), target__verdict__state=Verdict.State.APPROVED)
        seen |= Q(project__in=approved) & (Q(Probed(judged.filter(claim=OuterRef("pk")))) | Q(Probed(carries)))
    return seen


def spans_open_to_all(project: Project) -> Q:
    """Condition on spans of an independent project: those that are open to all its members.

    These are the spans of submitted passes on articles that as many people as the project wants have submitted, and
    those that an approved verdict rests on.
    """
    approved = Verdict.objects.filter(state=Verdict.State.APPROVED)
    evidence = Link.objects.filter(source=OuterRef("pk"), relation__in=RESTED_ON, target__verdict__in=approved)
    opened = opened_to_all(project, "")
    rested_on = Q(Probed(approved.filter(claim=OuterRef("pk")))) | Q(Probed(evidence))
    return Q(project=project) & (opened | rested_on)


class SpanQuerySet(models.QuerySet["Span"]):
    """Reads of spans."""

    def visible_to(self, user: User) -> Self:
        """Spans that `user` may read, by the table of who may do what."""
        return self.filter(spans_seen_by(user))

    def open_to_all(self, project: Project) -> Self:
        """Spans of an independent project that are open to all its members."""
        return self.filter(spans_open_to_all(project))

    def in_reading_order(self) -> Self:
        return self.order_by("start", "-end", "id")

    def with_people(self) -> Self:
        """With what the API says about a span besides its own columns."""
        return self.select_related("assignment__assignee")

    def with_article(self) -> Self:
        """With article, project and assignment, but without the text."""
        loaded = self.select_related("article__project", "assignment")
        return loaded.defer("article__body", "article__source", "article__search")

    def load_ends(self, links: Iterable[Link]) -> list[Link]:
        """The links with both spans and their articles, without texts.

        Each span is loaded once however many links it has, in one statement by the spans' ids. For thousands of links
        that takes a third of the time of `with_ends`, which joins both ends to every link. Links of a span that was
        deleted meanwhile are left out.
        """
        listed = list(links)
        loaded = self.select_related("article").defer("article__body", "article__source", "article__search")
        spans = loaded.in_bulk({key for link in listed for key in (link.source_id, link.target_id)})
        whole = [link for link in listed if link.source_id in spans and link.target_id in spans]
        for link in whole:
            link.source, link.target = spans[link.source_id], spans[link.target_id]
        return whole


class GoesWithIt(TypedDict):
    """What is deleted along with a span."""

    links: list[UUID]
    verdict: UUID | None
    comments: list[UUID]


class Span(Versioned):
    """A passage with a label. `fragments` are ordered, disjoint (start, end) pairs in code points of the article."""

    Label = vocabulary.Label

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assignment = models.ForeignKey("annotations.Assignment", models.PROTECT, related_name="spans", db_index=False)
    article = models.ForeignKey("annotations.Article", models.PROTECT, related_name="spans", db_index=False)
    fragments = ArrayField(ArrayField(models.IntegerField(), size=2))
    start = NumberByDatabase(editable=False)
    end = NumberByDatabase(editable=False)
    quote = TextByDatabase(blank=True)
    selected = NumberByDatabase(editable=False)
    """Code points that the fragments and the passages in the fields select together."""
    label = models.CharField(max_length=11, choices=Label.choices)
    fields = JSONByDatabase(default=dict, blank=True)
    note = models.TextField(blank=True)
    project = ParentByDatabase("annotations.Project", **FROM_PARENT)
    external_id = models.CharField(max_length=LONGEST_EXTERNAL_ID, null=True, editable=False)
    """The id that an imported table gave it, by which later tables name it."""
    external_in = models.ForeignKey(
        "annotations.Project", models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    """The project in which that id is taken, set by the database."""

    objects: ClassVar[Any] = SpanQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["assignment", "label", "fragments"], name=DUPLICATE_SPAN.name),
            models.CheckConstraint(condition=models.Q(label__in=LABELS), name=LABEL_UNKNOWN.name),
            models.UniqueConstraint(
                fields=["external_in", "external_id"],
                condition=models.Q(external_id__isnull=False) & models.Q(label="claim"),
                name="claim_external_id",
            ),
            models.UniqueConstraint(
                fields=["external_in", "external_id"],
                condition=models.Q(external_id__isnull=False) & ~models.Q(label="claim"),
                name="span_external_id",
            ),
            models.CheckConstraint(condition=~models.Q(external_id=""), name="span_external_id_not_empty"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["article", "start", "id"], name="span_in_article"),
            models.Index(
                fields=["article", "assignment"],
                include=["selected"],
                condition=models.Q(selected__gt=LONG),
                name="long_span_in_article",
            ),
            models.Index(
                fields=["project", "created_at", "id"], condition=models.Q(label="claim"), name="claim_in_project"
            ),
            GinIndex(
                Trigrams("quote", KeyTextTransform("statement", "fields")),
                ArrayOf("project"),
                condition=models.Q(label="claim"),
                name="claim_words",
            ),
            models.Index(
                fields=["project", "updated_at", "id"], condition=models.Q(label="claim"), name="claim_by_change"
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            COUNTS_VERSIONS,
            pgtrigger.Trigger(
                name="held_by_review",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF {HELD_BY_REVIEW} THEN {UNDER_REVIEW.refuse(unless_removal=True)} END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    IF (NEW.id, NEW.article_id, NEW.assignment_id) <> (OLD.id, OLD.article_id, OLD.assignment_id)
                    THEN {SPAN_MOVED.refuse()} END IF;
                    IF NEW.label <> OLD.label THEN
                        IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = OLD.id)
                        THEN {VERDICT_NEEDS_CLAIM.refuse()} END IF;
                        IF EXISTS (
                            SELECT FROM annotations_link l
                            WHERE l.target_id = OLD.id AND NOT ({STAYS_TARGET})
                               OR l.source_id = OLD.id AND (
                                  {NO_SOURCE})
                        ) THEN {RELATION_TABLE.refuse()} END IF;
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="in_an_open_pass",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("pass_id", "bigint"), ("pass", "record"), ("pass_state", "text")],
                func=f"""
                    pass_id := CASE TG_OP WHEN 'DELETE' THEN OLD.assignment_id ELSE NEW.assignment_id END;
                    {SUBMITTED_PASS}
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    IF TG_OP = 'INSERT' AND pass.archived THEN {ARCHIVED.refuse()} END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="matches_its_text",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[
                    ("text_", "text"), ("size", "int"), ("piece", "int[]"), ("edge", "int := 0"),
                    ("selected", "int := 0"), ("in_fields", "int := 0"), ("slices", "text[] := '{}'"),
                    ("name_", "text"), ("value_", "jsonb"), ("words", "text"),
                ],
                func=f"""
                    IF TG_OP = 'INSERT' AND NOT EXISTS (
                        SELECT FROM annotations_assignment a
                        WHERE a.id = NEW.assignment_id AND a.article_id = NEW.article_id)
                    THEN {SPAN_MOVED.refuse()} END IF;
                    {SLICED}
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="external_id_in_project",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__external_id__isnull=False) | pgtrigger.Q(new__external_in__isnull=False),
                func="""
                    NEW.external_in_id := CASE WHEN NEW.external_id IS NOT NULL THEN
                        (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id) END;
                    RETURN NEW;
                """,
            ),
            sets_lookup_columns(
                "NEW.project_id := (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id);"
            ),
            pgtrigger.Trigger(
                name="within_budget",  # after `matches_its_text`, which counts what is selected
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__selected__gt=LONG),
                func=WITHIN_BUDGET,
            ),
            NEVER_EMPTIED,
            recorded("span", project="entry.project_id", without=("external_in_id", "project_id", "selected")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.label}: {self.quote}"

    @classmethod
    def create(cls, new: NewSpan, workplace: Workplace, *, by: User) -> Span:
        """A new span of `by`, who takes up the article with it. Raises IntegrityError where a rule forbids it."""
        if workplace.assignment is None:
            with transaction.atomic():
                workplace.assignment = Assignment.objects.take_up_all([workplace.article], by=by)[new.article]
                return cls.create(new, workplace, by=by)
        with connection.cursor() as cursor:
            cursor.execute(INSERTION.format(rows=ROW), [str(by.pk), *cls.row_of(new, workplace.assignment)])
            return cls.made_of(new, workplace, cursor.fetchone())

    @staticmethod
    def row_of(new: NewSpan, assignment: Assignment | None) -> tuple[Any, ...]:
        """The values of `ROW`."""
        key = assignment and assignment.pk
        return new.id, key, new.article, new.fragments, new.quote, new.label, json.dumps(new.fields), new.note

    @classmethod
    def made_of(cls, new: NewSpan, workplace: Workplace, row: Sequence[Any]) -> Span:
        """The span as it is in the database, from what `INSERTION` returned."""
        names = ("id", "version", "start", "end", "quote", "fields", "created_at", "updated_at")
        made = dict(zip(names, row, strict=True))
        made["fields"] = json.loads(made["fields"])
        span = cls(article=workplace.article, assignment=workplace.assignment, fragments=new.fragments,
                   label=new.label, note=new.note, **made)  # fmt: skip
        span._state.adding = False
        return span

    def goes_with_it(self, user: User) -> GoesWithIt:
        """What a deletion takes along of what `user` may read."""
        ends = models.Q(source=self) | models.Q(target=self)
        links = Link.objects.visible_to(user).filter(ends).values_list("pk", flat=True)
        about = (models.Q(span=self), models.Q(link__in=links), models.Q(verdict__claim=self))
        return {
            "links": list(links),
            "verdict": Verdict.objects.visible_to(user).filter(claim=self).values_list("pk", flat=True).first(),
            "comments": list(Comment.objects.visible_to(user).meeting_any(*about).values_list("pk", flat=True)),
        }

    def change(self, *, by: User, from_version: int | None, quote: str = "", **values: Any) -> None:
        """Changes label, fragments, fields or note; raises RuleBroken or IntegrityError where a rule forbids it.

        Without any value nothing happens, and no version is counted.
        `quote`, where given, must be what the fragments select.
        """
        self.expect(from_version)
        if not values:
            return
        if "fragments" in values:
            self.quote = quote
        for name, value in values.items():
            setattr(self, name, value)
        with acting(by):
            self.save(force_update=True)
            self.refresh_from_db(fields=["start", "end", "quote", "fields", "updated_at"])

    def remove(self, *, by: User, from_version: int | None) -> None:
        """Deletes the span, its links and its verdict, and the comments on all of them."""
        under_review = (Verdict.State.SUBMITTED, Verdict.State.APPROVED)
        with acting(by):
            self.hold(from_version)
            # The database would refuse too, but speak of the reviews, which it would have to delete first.
            if Verdict.objects.filter(claim=self, state__in=under_review).exists():
                raise RuleBroken(UNDER_REVIEW)
            self.delete()

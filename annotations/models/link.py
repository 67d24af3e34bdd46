"""Relations between spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import pgtrigger
from django.db import models
from django.db.models import Q

from annotations import vocabulary
from annotations.models.assignment import SUBMITTED_PASS
from annotations.models.base.identifiers import new_id
from annotations.models.base.lookup_columns import FROM_PARENT, ParentByDatabase, sets_lookup_columns
from annotations.models.base.relation_table import JOINED
from annotations.models.base.versioned import COUNTS_VERSIONS, Versioned
from annotations.models.event import NEVER_EMPTIED, acting, recorded
from annotations.models.people.membership import OVERSEERS_SQL, projects_by_sight
from annotations.models.visibility import opened_to, opened_to_all
from annotations.rules import (
    ARCHIVED,
    CROSS_PROJECT,
    DUPLICATE_LINK,
    EVIDENCE_FOREIGN,
    INDEPENDENT_WORK,
    RELATION_TABLE,
    RELATION_UNKNOWN,
    RESTATED_CLAIM,
    RESTATES_CHAIN,
    SELF_LINK,
    UNDER_REVIEW,
)
from annotations.vocabulary import EVIDENCE

if TYPE_CHECKING:
    from annotations.models.people.user import User
    from annotations.models.project import Project

HELD_CLAIM = (
    "EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = ANY({claims}) "
    "AND v.state IN ('submitted', 'approved'))"
)

JOINS_WHAT_IT_MAY = f"""
    -- Both spans are held in one order, so that their labels, and for restates each other's links, stand still.
    IF NEW.relation = 'restates' THEN
        PERFORM FROM annotations_span WHERE id IN (NEW.source_id, NEW.target_id) ORDER BY id FOR NO KEY UPDATE;
    ELSE
        PERFORM FROM annotations_span WHERE id IN (NEW.source_id, NEW.target_id) ORDER BY id FOR SHARE;
    END IF;
    SELECT s.label, a.project_id, p.mode, s.article_id, g.assignee_id, g.state INTO source
    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id
    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = s.assignment_id
    WHERE s.id = NEW.source_id;
    SELECT s.label, a.project_id, s.article_id, g.assignee_id, g.state, a.archived OR p.archived AS archived INTO target
    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id
    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = s.assignment_id
    WHERE s.id = NEW.target_id;
    IF source IS NULL OR target IS NULL THEN RETURN NEW; END IF;  -- the foreign keys will refuse it
    IF {HELD_CLAIM.format(claims="ARRAY[NEW.target_id]")} THEN {UNDER_REVIEW.refuse()} END IF;
    -- A review that has begun is brought to its end, also with further evidence.
    IF TG_OP = 'INSERT' AND target.archived AND NOT EXISTS (
        SELECT FROM annotations_verdict v WHERE v.claim_id = NEW.target_id
          AND (v.state <> 'draft' OR EXISTS (SELECT FROM annotations_review r WHERE r.verdict_id = v.id)))
    THEN {ARCHIVED.refuse()} END IF;
    IF source.project_id <> target.project_id THEN {CROSS_PROJECT.refuse()} END IF;
    IF NOT ({JOINED})
    THEN {RELATION_TABLE.refuse()} END IF;
"""

RESTATES_ONCE = f"""
    IF NEW.relation = 'restates' THEN
        IF EXISTS (SELECT FROM annotations_link l WHERE l.relation = 'restates' AND l.id <> NEW.id
                   AND (l.source_id IN (NEW.source_id, NEW.target_id) OR l.target_id = NEW.source_id))
        THEN {RESTATES_CHAIN.refuse()} END IF;
        IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = NEW.source_id)
        THEN {RESTATED_CLAIM.refuse()} END IF;
    END IF;
"""

INDEPENDENCE = f"""
    IF source.mode = 'independent' AND EXISTS (
        SELECT FROM (VALUES (source.article_id, source.assignee_id, source.state),
                            (target.article_id, target.assignee_id, target.state)) e(article_id, assignee_id, state)
        WHERE e.assignee_id <> NEW.author_id
          AND NOT (e.state = 'submitted' AND EXISTS (
              SELECT FROM annotations_assignment m WHERE m.article_id = e.article_id
                AND m.assignee_id = NEW.author_id AND m.state = 'submitted'))
          AND NOT EXISTS (SELECT FROM annotations_membership m WHERE m.project_id = source.project_id
                AND m.user_id = NEW.author_id AND m.roles && {OVERSEERS_SQL})
    ) THEN {INDEPENDENT_WORK.refuse()} END IF;
"""


RESTED_ON: Final = (*EVIDENCE, vocabulary.Relation.ATTRIBUTES)
"""The relations of the links at a claim that its verdict rests on: the evidence, and who said it."""


def links_seen_by(user: User) -> Q:
    """Condition on links: both ends must be seen."""
    everything, own, approved = projects_by_sight(user)
    seen = Q(project__in=everything)
    if own:
        seen |= Q(project__in=own) & opened_to(user, "source") & opened_to(user, "target")
    if approved:
        seen |= Q(project__in=approved, target__verdict__state="approved")
    return seen


def sources_named_to(user: User) -> Q:
    """Condition on attributing links: rule 12 hides whom another annotator heard.

    Who sees only what is approved is told the sources of that, though not the spans that name them.
    """
    everything, own, approved = projects_by_sight(user)
    named = Q(project__in=[*everything, *approved])
    if own:
        named |= Q(project__in=own) & opened_to(user, "source")
    return named


def links_open_to_all(project: Project) -> Q:
    """Condition on links, likewise: both ends are open, or an approved verdict rests on it."""
    opened = opened_to_all(project, "source__") & opened_to_all(project, "target__")
    rested_on = Q(relation__in=RESTED_ON, target__verdict__state="approved")
    return Q(project=project) & (opened | rested_on)


class LinkQuerySet(models.QuerySet["Link"]):
    """Reads of links."""

    def visible_to(self, user: User) -> Self:
        """Links whose both ends `user` may read."""
        return self.filter(links_seen_by(user))

    def open_to_all(self, project: Project) -> Self:
        """Links of an independent project that are open to all its members."""
        return self.filter(links_open_to_all(project))

    def evidence(self) -> Self:
        """Links that bear on whether a claim is true."""
        return self.filter(relation__in=EVIDENCE)

    def touching(self, article_id: Any) -> Self:
        """Links with at least one end in the article."""
        return self.filter(models.Q(source_article=article_id) | models.Q(target_article=article_id))

    def with_people(self) -> Self:
        return self.select_related("author")

    def with_ends(self) -> Self:
        """With both spans, their articles and the project, but without texts."""
        ends = ("source", "target")
        loaded = self.select_related(
            *(f"{end}__assignment" for end in ends), "source__article", "target__article__project"
        )
        return loaded.defer(*(f"{end}__article__{name}" for end in ends for name in ("body", "source", "search")))


class Link(Versioned):
    """A directed relation from one span to another, in the same article or another one of the project."""

    Relation = vocabulary.Relation

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.ForeignKey("annotations.Span", models.CASCADE, related_name="links_out", db_index=False)
    target = models.ForeignKey("annotations.Span", models.CASCADE, related_name="links_in", db_index=False)
    relation = models.CharField(max_length=12, choices=Relation.choices)
    author = models.ForeignKey("annotations.User", models.PROTECT, related_name="links")
    project = ParentByDatabase("annotations.Project", **FROM_PARENT)
    source_article = ParentByDatabase("annotations.Article", **FROM_PARENT)
    target_article = ParentByDatabase("annotations.Article", **FROM_PARENT)
    note = models.TextField(blank=True)

    objects: ClassVar[Any] = LinkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "target", "relation"], name=DUPLICATE_LINK.name),
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(relation="restates"), name=RESTATES_CHAIN.name
            ),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name=SELF_LINK.name),
            models.CheckConstraint(
                condition=models.Q(relation__in=vocabulary.Relation.values), name=RELATION_UNKNOWN.name
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["target", "relation"], name="link_to_span"),
            models.Index(fields=["source_article"], name="link_from_article"),
            models.Index(fields=["target_article"], name="link_to_article"),
            models.Index(fields=["project", "relation"], name="link_in_project"),
        ]
        triggers: ClassVar[list[Any]] = [
            COUNTS_VERSIONS,
            pgtrigger.Trigger(
                name="held_by_review",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    -- Submitting takes the claim for update, so what is read here stays true until this commits.
                    PERFORM FROM annotations_span WHERE id = OLD.target_id FOR SHARE;
                    IF {HELD_CLAIM.format(claims="ARRAY[OLD.target_id]")}
                    THEN {UNDER_REVIEW.refuse(unless_removal=True)} END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    IF NEW.target_id <> OLD.target_id
                       AND EXISTS (SELECT FROM annotations_evidencelink k WHERE k.link_id = OLD.id)
                    THEN {EVIDENCE_FOREIGN.refuse()} END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="in_an_open_pass",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("pass_id", "bigint"), ("pass", "record"), ("pass_state", "text")],
                func=f"""
                    -- A link between two passes is work of its own: both are open to whoever makes it.
                    FOR pass_id IN
                        SELECT DISTINCT source.assignment_id
                        FROM (VALUES (OLD.source_id, OLD.target_id), (NEW.source_id, NEW.target_id))
                            AS link(source, target)
                        JOIN annotations_span source ON source.id = link.source
                        JOIN annotations_span target ON target.id = link.target
                        WHERE source.assignment_id = target.assignment_id
                    LOOP {SUBMITTED_PASS} END LOOP;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="joins_what_it_may",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("source", "record"), ("target", "record")],
                func=f"""
                    IF NEW.source_id = NEW.target_id THEN {SELF_LINK.refuse()} END IF;
                    {JOINS_WHAT_IT_MAY} {RESTATES_ONCE} {INDEPENDENCE}
                    RETURN NEW;
                """,
            ),
            sets_lookup_columns(
                """
                NEW.source_article_id := (SELECT s.article_id FROM annotations_span s WHERE s.id = NEW.source_id);
                SELECT t.article_id, t.project_id INTO NEW.target_article_id, NEW.project_id
                FROM annotations_span t WHERE t.id = NEW.target_id;
                """
            ),
            NEVER_EMPTIED,
            recorded(
                "link",
                project="entry.project_id",
                without=("project_id", "source_article_id", "target_article_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"

    def change(self, *, by: User, from_version: int | None, **values: Any) -> None:
        """Changes relation or note; without any value, nothing happens."""
        self.expect(from_version)
        if not values:
            return
        for name, value in values.items():
            setattr(self, name, value)
        with acting(by):
            self.save(force_update=True)
            self.refresh_from_db(fields=["updated_at"])

    def remove(self, *, by: User, from_version: int | None) -> None:
        """Deletes the link."""
        with acting(by):
            self.hold(from_version)
            self.delete()

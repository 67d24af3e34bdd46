"""A body of annotation work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import uuid4

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from annotations.models.base.names import name_is_one_line, one_line
from annotations.models.event import NEVER_EMPTIED, acting, recorded
from annotations.project_settings import starting_label_fields, starting_scale
from annotations.rules import ARCHIVE_ONLY, FIELD_IN_USE, RATING_IN_USE, RATING_UNKNOWN
from annotations.vocabulary import Role

if TYPE_CHECKING:
    from annotations.models.people.user import User


class ProjectQuerySet(models.QuerySet["Project"]):
    """Reads of projects."""

    def visible_to(self, user: User) -> Self:
        """The projects that `user` is a member of."""
        return self.filter(pk__in=list(user.places))


class ProjectManager(models.Manager.from_queryset(ProjectQuerySet)):  # type: ignore[misc]
    """Starts projects."""

    def start(self, *, by: User, **settings: Any) -> Project:
        """A new project that `by` manages."""
        from annotations.models.people.membership import Membership

        with acting(by):
            project: Project = self.create(**settings)
            Membership.objects.create(project=project, user=by, roles=[Role.MANAGER])
        by.__dict__.pop("places", None)
        return project


class Project(models.Model):  # type: ignore[django-manager-missing]  # knox, of the tokens, is untyped
    """Articles, people, guidelines, label fields and a verdict scale that belong together."""

    class Mode(models.TextChoices):
        SHARED = "shared", gettext_lazy("Shared: everyone sees everyone's spans")
        INDEPENDENT = (
            "independent",
            gettext_lazy("Independent: annotators can't see each other's work until both have submitted"),
        )

    slug = models.SlugField(gettext_lazy("URL name"), max_length=60, unique=True)
    name = models.CharField(gettext_lazy("name"), max_length=200, validators=[one_line])
    guidelines = models.TextField(gettext_lazy("guidelines"), blank=True, max_length=200_000)
    mode = models.CharField(gettext_lazy("mode"), max_length=12, choices=Mode.choices, default=Mode.SHARED)
    annotators_per_article = models.PositiveSmallIntegerField(
        gettext_lazy("annotators per article"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    label_fields = models.JSONField(gettext_lazy("label fields"), default=starting_label_fields)
    scale = models.JSONField(gettext_lazy("verdict scale"), default=starting_scale)
    fold_diacritics = models.BooleanField(gettext_lazy("ignore diacritics in search"), default=False)
    archived = models.BooleanField(gettext_lazy("archived"), default=False)
    pseudonym_key = models.UUIDField(default=uuid4, editable=False)
    created_at = models.DateTimeField(gettext_lazy("created"), db_default=Now(), editable=False)

    objects: ClassVar[ProjectManager] = ProjectManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(mode__in=["shared", "independent"]), name="project_mode_known"),
            name_is_one_line("project_name_characters"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="archived_not_deleted",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=f"{ARCHIVE_ONLY.refuse(unless_removal=True)} RETURN OLD;",
            ),
            pgtrigger.Trigger(
                name="keeps_what_is_used",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("scale", "label_fields"),  # type: ignore[no-untyped-call]
                func=f"""
                    IF EXISTS (
                        SELECT FROM annotations_verdict v
                        JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id
                        WHERE a.project_id = NEW.id AND v.rating IS NOT NULL
                          AND NOT NEW.scale @> jsonb_build_array(jsonb_build_object('key', v.rating))
                    ) THEN {RATING_IN_USE.refuse()} END IF;
                    IF EXISTS (
                        SELECT FROM jsonb_each(OLD.label_fields) was(label, fields), jsonb_array_elements(was.fields) f
                        WHERE NOT coalesce(NEW.label_fields -> was.label, '[]') @>
                              jsonb_build_array(jsonb_build_object('key', f -> 'key', 'kind', f -> 'kind'))
                          AND EXISTS (
                            SELECT FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id
                            WHERE a.project_id = NEW.id AND s.label = was.label AND s.fields ? (f ->> 'key'))
                    ) THEN {FIELD_IN_USE.refuse()} END IF;
                    RETURN NEW;
                """,
            ),
            NEVER_EMPTIED,
            recorded("project", project="entry.id", without=("pseudonym_key",)),
        ]

    def __str__(self) -> str:
        return self.name

    def rating(self, key: str | None) -> dict[str, Any] | None:
        """The rating of the scale with this key."""
        return next((rating for rating in self.scale if rating["key"] == key), None)


RATING_ON_SCALE = f"""
    IF NEW.rating IS NOT NULL AND NOT EXISTS (
        SELECT FROM annotations_project p, jsonb_array_elements(p.scale) r
        WHERE p.id = project AND r ->> 'key' = NEW.rating
    ) THEN {RATING_UNKNOWN.refuse()} END IF;
"""
"""PL/pgSQL that refuses a verdict whose rating is not on the scale of the project whose id is in `project`."""

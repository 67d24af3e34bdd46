"""Projects with their settings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, TypedDict

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.models import Project
from annotations.models.base.names import be_one_line
from annotations.project_settings import (
    COLOURS,
    NEEDS,
    complaints_about_label_fields,
    complaints_about_scale,
    complete_scale,
)
from annotations.serializers.base import Choice, Slug, Strict, refuse
from annotations.vocabulary import FIELD_KINDS, LABELS


class ProjectAnswer(TypedDict):
    slug: Slug
    name: str
    guidelines: str
    mode: Annotated[str, Choice(Project.Mode.choices)]
    annotators_per_article: int
    fold_diacritics: bool
    label_fields: dict[str, Any]
    scale: list[dict[str, Any]]
    archived: bool
    created_at: datetime


def project_json(project: Project) -> ProjectAnswer:
    """A project with its settings."""
    return {
        "slug": project.slug,
        "name": project.name,
        "guidelines": project.guidelines,
        "mode": project.mode,
        "annotators_per_article": project.annotators_per_article,
        "fold_diacritics": project.fold_diacritics,
        "label_fields": project.label_fields,
        "scale": project.scale,
        "archived": project.archived,
        "created_at": project.created_at,
    }


NAMED: Final[dict[str, Any]] = {
    "key": {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$"},
    "name": {"type": "string", "minLength": 1, "maxLength": 100},
}
"""What fields, their choices and ratings have in common."""


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


WITH_CHOICES: Final = [kind for kind, about in FIELD_KINDS.items() if about.has_choices]
WITHOUT_CHOICES: Final = [kind for kind in FIELD_KINDS if kind not in WITH_CHOICES]

CHOICE: Final = _object(NAMED, "key", "name")

FIELD: Final = {
    "oneOf": [
        _object({**NAMED, "kind": {"enum": WITHOUT_CHOICES}}, "key", "name", "kind"),
        _object(
            {
                **NAMED,
                "kind": {"enum": WITH_CHOICES},
                "choices": {"type": "array", "items": CHOICE, "minItems": 1, "maxItems": 100},
            },
            "key", "name", "kind", "choices",
        ),
    ]
}  # fmt: skip


LABEL_FIELDS: Final = {
    **_object({label: {"type": "array", "items": FIELD, "maxItems": 50} for label in LABELS}),
    "description": "The fields of each label; keys are unique within a label.",
}


SCALE: Final = {
    "type": "array",
    "minItems": 1,
    "maxItems": 30,
    "items": _object(
        {
            **NAMED,
            "meaning": {"type": "string", "maxLength": 1000},
            "needs": {"enum": list(NEEDS)},
            "value": {"type": ["number", "null"]},
            "colour": {"enum": list(COLOURS)},
        },
        "key", "name",
    ),
    "description": "The ratings in order; their keys are unique.",
}  # fmt: skip


RESERVED_SLUGS: Final = {"new"}


@extend_schema_field(LABEL_FIELDS)
class LabelFields(serializers.DictField):
    """The fields of each label."""


@extend_schema_field(SCALE)
class Scale(serializers.ListField):
    """The ratings that a verdict may give."""


class ProjectBody(Strict):
    """A project's settings as a manager sends them."""

    slug = serializers.RegexField(r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z", max_length=60)
    name = serializers.CharField(max_length=200, validators=[be_one_line])
    mode = serializers.ChoiceField(Project.Mode.choices, required=False)
    annotators_per_article = serializers.IntegerField(min_value=1, max_value=100, required=False)
    fold_diacritics = serializers.BooleanField(required=False, help_text="Search finds Zürich if you enter Zurich.")
    guidelines = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False, max_length=200_000)
    label_fields = LabelFields(required=False)
    scale = Scale(child=serializers.DictField(), required=False, allow_empty=False, max_length=30)

    def validate_slug(self, value: str) -> str:
        if value in RESERVED_SLUGS:
            raise serializers.ValidationError(_("That URL name is taken."))
        return value

    def validate_label_fields(self, value: dict[str, Any]) -> dict[str, Any]:
        refuse(complaints_about_label_fields(value))
        return {label: value.get(label, []) for label in LABELS}

    def validate_scale(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        refuse(complaints_about_scale(value))
        return complete_scale(value)


class ProjectChange(ProjectBody):
    """The values of a project that can change. Its URL name can't."""

    slug = None  # type: ignore[assignment]
    archived = serializers.BooleanField(required=False)

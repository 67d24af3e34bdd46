"""What the description says of bodies beyond what drf-spectacular reads off their serializers."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from annotations.project_settings import COLOURS, NEEDS
from annotations.serializers.base import NamedTexts, Strict
from annotations.shortcuts import ACTIONS
from annotations.vocabulary import FIELD_KINDS, LABELS

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
    "description": "The fields of each label; keys differ within a label.",
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
    "description": "The ratings in their order; their keys differ.",
}  # fmt: skip
KEYS: Final = _object({action.name: {"type": ["string", "null"]} for action in ACTIONS})


class BodySchema(AutoSchema):
    """Bodies have no other fields than those described, and lists as many items as are taken."""

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        schema: Any = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if isinstance(serializer, Strict) and direction == "request":
            schema["additionalProperties"] = False
        return schema

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        schema: Any = super()._map_serializer_field(field, direction, bypass_extensions)  # type: ignore[no-untyped-call]
        if schema and direction == "request":
            if isinstance(field, serializers.ListField | serializers.ListSerializer):
                most = getattr(field, "max_length", None)
                schema |= {} if field.allow_empty else {"minItems": 1}
                schema |= {} if most is None else {"maxItems": most}
            elif isinstance(field, serializers.JSONField):
                schema = {}  # null is in it already
            elif isinstance(field, NamedTexts):
                schema["maxProperties"] = field.max_length
        return schema

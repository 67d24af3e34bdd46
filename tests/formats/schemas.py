"""Shapes of JSON, stated in tests as the tools that read it document them."""

from __future__ import annotations

from typing import Any, Final

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

TEXT: Final[dict[str, Any]] = {"type": "string"}
WORDS: Final[dict[str, Any]] = {"type": "string", "pattern": r"\S"}
COUNT: Final[dict[str, Any]] = {"type": "integer", "minimum": 0}
UUID: Final[dict[str, Any]] = {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"}
DAY: Final[dict[str, Any]] = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
TIME: Final[dict[str, Any]] = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$"}
ADDRESS: Final[dict[str, Any]] = {"type": "string", "pattern": r"^https?://\S+$"}


def either(*values: str) -> dict[str, Any]:
    """One of these texts."""
    return {"enum": list(values)}


def many(items: dict[str, Any], least: int = 0) -> dict[str, Any]:
    """A list of such things."""
    return {"type": "array", "items": items, "minItems": least}


def or_null(one: dict[str, Any]) -> dict[str, Any]:
    """Such a thing, or null."""
    return {"anyOf": [one, {"type": "null"}]}


def exactly(needed: dict[str, Any], further: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object with these members, perhaps with these further ones, and no others."""
    further = further or {}
    return {
        "type": "object", "required": list(needed), "properties": {**needed, **further}, "additionalProperties": False,
    }  # fmt: skip


def complaints(value: Any, shape: dict[str, Any]) -> list[str]:
    """Where a value is not of a shape, and how."""
    found = Draft202012Validator(shape).iter_errors(value)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]

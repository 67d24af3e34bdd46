"""What lists and objects in bodies hold: each item is as strict as a field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from annotations.api import urls
from annotations.api.base.problems import as_problem
from annotations.serializers.base import Strict, checked

assert urls, "importing the routes declares every body"

TEXT: Final = [5, 1.5, True, ["x"], {"x": 1}, None]
WRONG: Final[list[tuple[type[Any], list[Any]]]] = [
    (Strict, [5, "x", True, ["x"], [], None, {"nope": 1}]),
    (serializers.ChoiceField, TEXT),
    (serializers.UUIDField, [*TEXT, 10**38, "x"]),
    (serializers.CharField, TEXT),
    (serializers.IntegerField, ["5", 1.5, True, ["x"], {"x": 1}, None, 10**400]),
    (serializers.FloatField, ["0.5", True, ["x"], {"x": 1}, None, 10**400]),
    (serializers.DictField, [5, "x", True, ["x"], [], None]),
]
"""Values that an item of each kind is not."""


def bodies(kind: type[Strict] = Strict) -> Iterator[type[Strict]]:
    for body in kind.__subclasses__():
        yield body
        yield from bodies(body)


def item_of(field: Any) -> Any:
    """What a list or an object holds, or None where the field is another, or holds what only its own check knows."""
    child = getattr(field, "child", None)
    return child if any(isinstance(child, kind) for kind, _ in WRONG) else None


FIELDS: Final = [
    (body, name) for body in dict.fromkeys(bodies()) for name, field in body().fields.items() if item_of(field)
]


def complained(body: type[Strict], values: dict[str, Any]) -> list[str]:
    """The fields that are refused."""
    with pytest.raises(ValidationError) as refused:
        checked(body, values, partial=True)
    problem = as_problem(refused.value)
    assert problem
    return [error["field"] for error in problem[0]["errors"]]


@pytest.mark.parametrize(("body", "name"), FIELDS, ids=[f"{body.__name__}.{name}" for body, name in FIELDS])
def test_an_item_of_another_type_is_refused_by_its_place(body: type[Strict], name: str) -> None:
    field = body().fields[name]
    wrong = next(values for kind, values in WRONG if isinstance(item_of(field), kind))
    for value in wrong:
        held = {"train": value} if isinstance(field, serializers.DictField) else [value]
        place = f"{name}.{next(iter(held)) if isinstance(held, dict) else 0}"

        assert any(told == place or told.startswith(f"{place}.") for told in complained(body, {name: held})), value


@pytest.mark.parametrize(("body", "name"), FIELDS, ids=[f"{body.__name__}.{name}" for body, name in FIELDS])
def test_lists_and_objects_have_a_most(body: type[Strict], name: str) -> None:
    field = body().fields[name]
    many = {str(number): "x" for number in range(11_000)} if isinstance(field, serializers.DictField) else [5] * 11_000

    assert name in {told.partition(".")[0] for told in complained(body, {name: many})}


def test_every_list_of_the_bodies_is_looked_at() -> None:
    found = {f"{body.__name__}.{name}" for body, name in FIELDS}

    assert found >= {
        "SpanBody.fragments", "EvidenceSetBody.links", "VerdictBody.evidence_sets", "BatchBody.operations",
        "RolesBody.roles", "ReadBody.comments", "ReadBody.notices", "ReleaseBody.formats", "ReleaseBody.splits",
        "OptionsBody.people", "OptionsBody.types", "OptionsBody.fields", "ProjectBody.scale",
    }  # fmt: skip

"""What all resources share: how a body is read, and how an answer is described.

Bodies are taken at their word: unknown fields, missing parts and values of another JSON type are errors. Answers are
built by plain functions, which mypy holds to the TypedDict that the description is made from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from types import UnionType
from typing import (
    Annotated,
    Any,
    Final,
    NotRequired,
    TypedDict,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy, gettext_noop
from rest_framework import exceptions, serializers
from rest_framework.fields import empty

from annotations.strict_json import Complaint, is_number

JSON_TYPES: Final = (
    ((serializers.BooleanField,), (bool,), gettext_noop("Enter true or false.")),
    ((serializers.IntegerField,), (int, float), gettext_noop("Enter a whole number.")),
    ((serializers.FloatField,), (int, float), gettext_noop("Enter a number.")),
    (
        (serializers.CharField, serializers.ChoiceField, serializers.UUIDField, serializers.DateField),
        (str,),
        gettext_noop("Enter a text."),
    ),
)
"""What each kind of field takes. REST framework by itself would take 5 for a text and "0" for a number."""


def invalid(field: str, detail: str, code: str = "invalid") -> serializers.ValidationError:
    """A bad-input error about one field."""
    return serializers.ValidationError({field: [serializers.ErrorDetail(detail, code=code)]})


def refuse(complaints: Iterable[Complaint]) -> None:
    """Raises one bad-input error about all of them, where there are any."""
    wrong: dict[str, list[Any]] = {}
    for location, code, words in complaints:
        wrong.setdefault(location, []).append(serializers.ErrorDetail(words, code))
    if wrong:
        raise serializers.ValidationError(wrong)


class Strict(serializers.Serializer[Any]):
    """A body, or an object within one."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return super().to_internal_value(data)
        if self.parent is not None:
            data = self._whole(data)
        wrong: dict[str, Any] = {
            name: [serializers.ErrorDetail(gettext("There is no such field."), "unknown_field")]
            for name in data
            if name not in self.fields
        }
        for name, value in data.items():
            if name in self.fields and (found := of_another_type(self.fields[name], value)):
                wrong[name] = found
        if not wrong:
            return super().to_internal_value(data)
        try:
            super().to_internal_value({name: value for name, value in data.items() if name not in wrong})
        except serializers.ValidationError as error:
            wrong = {**error.detail, **wrong} if isinstance(error.detail, dict) else wrong
        raise serializers.ValidationError(wrong)

    def _whole(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """A change may leave fields out, but an object within it is complete."""
        missing = [name for name, field in self.fields.items() if field.required and name not in data]
        if missing:
            raise serializers.ValidationError(
                dict.fromkeys(missing, gettext("This field is required.")), code="required"
            )
        defaults = {name: field.default for name, field in self.fields.items() if field.default is not empty}
        return {**defaults, **data}


class NamedTexts(serializers.DictField):
    """An object whose values are texts, of at most `max_length` names."""

    def __init__(self, *, max_length: int, **options: Any) -> None:
        super().__init__(child=serializers.CharField(allow_blank=True, trim_whitespace=False), **options)
        self.max_length = max_length


class NoBody(Strict):
    """No body is required."""


def of_another_type(field: Any, value: Any) -> Any:
    """What is wrong with the JSON types of a field's value and of what it holds: errors by location, or None."""
    if value is None:
        return None
    if words := _complaint(field, value):
        return [serializers.ErrorDetail(words, "invalid")]
    if isinstance(field, serializers.ListField) and isinstance(value, list):
        items: Iterable[tuple[Any, Any]] = enumerate(value)
    elif isinstance(field, serializers.DictField) and isinstance(value, Mapping):
        items = value.items()
    else:
        return None
    return {location: wrong for location, inner in items if (wrong := of_another_type(field.child, inner))} or None


def _complaint(field: Any, value: object) -> str | None:
    """What is wrong with the JSON type of a value, or with its length, or None."""
    for kinds, types, words in JSON_TYPES:
        if isinstance(field, kinds):
            if float not in types:
                return None if isinstance(value, types) else gettext(words)
            # Nearly all numbers are offsets: whole and small.
            return None if (type(value) is int and value.bit_length() < 64) or is_number(value) else gettext(words)
    most = getattr(field, "max_length", None)
    if isinstance(value, list | Mapping) and most is not None and len(value) > most:
        # Said before each of them is looked at.
        return gettext("Send at most %(most)s items.") % {"most": f"{most:,}"}
    return None


def checked(serializer: type[Strict], body: Any, *, partial: bool = False) -> dict[str, Any]:
    """The body in Python's types. Raises ValidationError with the fields that are wrong."""
    if not isinstance(body, Mapping):
        raise invalid("", gettext("Send a JSON object."))
    values: dict[str, Any] = _reader(serializer, partial).run_validation(body)
    return values


@cache
def _reader(serializer: type[Strict], partial: bool) -> Strict:
    """A serializer that reads one body after another: making one copies all its fields, reading leaves no trace."""
    return serializer(partial=partial)


class Answered(serializers.Serializer[Any]):
    """A response; it is never parsed."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """In an annotation: one of these values, alone or with their names."""

    values: Any


Slug = Annotated[str, serializers.SlugField]
Email = Annotated[str, serializers.EmailField]
Url = Annotated[str, serializers.URLField]

FIELDS: Final[dict[Any, type[serializers.Field[Any, Any, Any, Any]]]] = {
    bool: serializers.BooleanField,
    int: serializers.IntegerField,
    float: serializers.FloatField,
    str: serializers.CharField,
    UUID: serializers.UUIDField,
    date: serializers.DateField,
    datetime: serializers.DateTimeField,
}
"""How the description shows what a TypedDict declares."""


@cache
def serializer_of(answer: Any) -> type[Answered]:
    """The serializer by which drf-spectacular describes a TypedDict; it is never run.

    In an annotation a text is the description, a `Choice` the values, and a field's class what is more than its type.
    """
    hints = get_type_hints(answer, include_extras=True)
    name = answer.__name__ if answer.__name__.endswith("Answer") else f"{answer.__name__}Answer"
    made: dict[str, Any] = {"get_fields": lambda _: {key: field_of(hint) for key, hint in hints.items()}}
    if answer.__doc__:
        made["__doc__"] = answer.__doc__
    return type(name, (Answered,), made)


def field_of(hint: Any, kind: Any = None, **options: Any) -> Any:  # noqa: PLR0911 - one a kind of type
    """The serializer's field for a type."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is NotRequired:
        return field_of(inner[0], kind, **options, required=False)
    if origin is Annotated:
        for one in inner[1:]:
            if isinstance(one, str):
                options["help_text"] = one
            else:
                kind = partial(serializers.ChoiceField, one.values) if isinstance(one, Choice) else one
        return field_of(inner[0], kind, **options)
    if origin in (Union, UnionType):
        return field_of(inner[0], kind, **options, allow_null=True)
    if kind is not None or hint in FIELDS:
        return (kind or FIELDS[hint])(**options)
    if origin is list and is_typeddict(inner[0]):
        return serializer_of(inner[0])(many=True, **options)
    if origin is list:
        return serializers.ListField(child=field_of(inner[0]), **options)
    if origin is dict:
        return serializers.DictField(**options | ({} if inner[1] is Any else {"child": field_of(inner[1])}))
    return serializer_of(hint)(**options)


class VersionedAnswer(TypedDict):
    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime


class FieldErrorAnswer(TypedDict):
    field: str
    code: str
    detail: str


class ProblemAnswer(TypedDict):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[FieldErrorAnswer]]
    current: NotRequired[Annotated[dict[str, Any], "With 412: the current state."]]


class TooLarge(exceptions.APIException):
    """The body or one of its texts is larger than the API takes."""

    status_code = 413
    default_detail = gettext_lazy("A request can have at most 16 MB.")
    default_code = "too_large"

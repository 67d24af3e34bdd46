"""What the OpenAPI description says of a view, in one decorator per kind of view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, TypeVar, is_typeddict

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers

from annotations.api.base.pagination import Parameter
from annotations.serializers.base import NamedTexts, ProblemAnswer, Strict, serializer_of
from annotations.serializers.comments import CommentAnswer
from annotations.serializers.links import LinkAnswer
from annotations.serializers.spans import SpanAnswer
from annotations.serializers.verdicts import VerdictAnswer
from factcheck.problems import MEDIA_TYPE

View = TypeVar("View", bound=type)
Method = TypeVar("Method", bound=Callable[..., Any])

PROBLEM = OpenApiResponse(serializer_of(ProblemAnswer), description="A problem (RFC 9457).")
VERSION: Final = {"type": "string", "pattern": '^"[0-9]{1,9}"$'}
IF_MATCH, IF_MATCH_TO_REPLACE = (
    OpenApiParameter(
        "If-Match",
        VERSION,
        OpenApiParameter.HEADER,
        description='The version that you last read, as in "3".',
        required=required,
    )
    for required in (True, False)
)

ANSWERS: Final[dict[str, Any]] = {
    "span": SpanAnswer,
    "link": LinkAnswer,
    "verdict": VerdictAnswer,
    "comment": CommentAnswer,
}


ETAG = OpenApiParameter(
    "ETag",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description='The version in this response, as in "3".',
    response=[200, 201],
)

EVERYWHERE: Final = (400, 401, 403, 404, 406, 429, 431, 503)
WITH_BODY: Final = (408, 413, 415)


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


def problems(*codes: int) -> dict[tuple[int, str], OpenApiResponse]:
    """The problems that every view answers, and these."""
    return {(code, MEDIA_TYPE): PROBLEM for code in sorted({*EVERYWHERE, *codes})}


def described(body: type[serializers.Serializer[Any]], kind: str) -> Callable[[View], View]:
    """Describes the four methods of a versioned thing."""
    answer, name = serializer_of(ANSWERS[kind]), f"{kind}s"
    refusals = problems(409, 412, 428)
    with_body = problems(409, 412, 428, *WITH_BODY)
    return extend_schema_view(
        get=extend_schema(
            operation_id=f"{kind}_read", tags=[name], parameters=[ETAG], responses={200: answer, **problems()}
        ),
        put=extend_schema(
            operation_id=f"{kind}_put",
            tags=[name],
            summary=f"Create a {kind} with an id of your choice (idempotent), or replace one with If-Match.",
            parameters=[IF_MATCH_TO_REPLACE, ETAG],
            request=body,
            responses={200: answer, 201: answer, **with_body},
        ),
        patch=extend_schema(
            operation_id=f"{kind}_change",
            tags=[name],
            parameters=[IF_MATCH, ETAG],
            request=body(partial=True),
            responses={200: answer, **with_body},
        ),
        delete=extend_schema(
            operation_id=f"{kind}_delete",
            tags=[name],
            parameters=[IF_MATCH],
            responses={204: None, **refusals},
        ),
    )


def method(  # noqa: PLR0913 - each is one thing to say of a method
    operation: str,
    tag: str,
    answer: Any,
    *,
    body: Any = None,
    status: int | tuple[int, str] = 200,
    query: Sequence[Parameter] = (),
    parameters: Sequence[OpenApiParameter] = (),
    refusals: Sequence[int] = (),
    also: dict[Any, Any] | None = None,
    description: str | None = None,
) -> Callable[[Method], Method]:
    """Describes one method: its answer, which is mostly a TypedDict, its body and query parameters.

    `status` is the answer's, with its media type where that is not JSON; `also` are answers besides. The
    `description` is Markdown and stands for that of the view.
    """
    said = [OpenApiParameter(one.name, dict(one.kind), description=one.meaning, required=one.required) for one in query]
    described_: Callable[[Method], Method] = extend_schema(
        operation_id=operation,
        tags=[tag],
        description=description,
        request=body,
        parameters=[*said, *parameters],
        responses={
            **{code: described_by(one) for code, one in {status: answer, **(also or {})}.items()},
            **problems(*refusals, *(WITH_BODY if body else ())),
        },
    )
    return described_


def described_by(answer: Any) -> Any:
    """What drf-spectacular reads off an answer."""
    return serializer_of(answer) if is_typeddict(answer) else answer


@cache
def page_of(answer: Any) -> serializers.Serializer[Any]:
    """A page of a list of these."""
    return inline_serializer(
        answer.__name__.removesuffix("Answer") + "Page",
        {
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": serializer_of(answer)(many=True),
        },
    )

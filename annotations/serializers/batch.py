"""Many operations in one request, each as the request that it stands for."""

from __future__ import annotations

from typing import Any, Final, TypedDict

from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.serializers.base import Strict


class OperationAnswer(TypedDict):
    status: int
    body: dict[str, Any] | None


class BatchAnswer(TypedDict):
    results: list[OperationAnswer]


MOST_OPERATIONS: Final = 500


@extend_schema_field({"type": ["string", "integer"]})
class VersionField(serializers.Field[Any, Any, Any, Any]):
    """What `If-Match` would have said; a bare number will do."""

    def to_internal_value(self, data: Any) -> str:
        if type(data) is int:
            return f'"{data}"'
        if not isinstance(data, str):
            raise serializers.ValidationError(gettext_lazy("Send the version that you last read."))
        return f'"{data}"' if data.isdigit() else data


class OperationBody(Strict):
    """One operation, as a request."""

    method = serializers.ChoiceField(["GET", "PUT", "PATCH", "DELETE", "POST"])
    path = serializers.CharField(max_length=300)
    body = serializers.JSONField(required=False, allow_null=True)
    if_match = VersionField(required=False, allow_null=True)


class BatchBody(Strict):
    """Operations in order; with `atomic`, all are undone at the first failure."""

    operations = OperationBody(many=True, allow_empty=False, max_length=MOST_OPERATIONS)  # type: ignore[call-arg]
    atomic = serializers.BooleanField(required=False, default=False)

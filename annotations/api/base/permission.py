"""The API's one permission class: the token's scope. What a role may do, `annotations.permissions` says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import exceptions
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from annotations.models import Token


class MayAct(BasePermission):
    """A signed-in caller whose token covers the method."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user or not request.user.is_authenticated:
            raise exceptions.NotAuthenticated("Sign in, or send a token as Authorization: Bearer.")
        scope = Token.Scope.READ if request.method in SAFE_METHODS else Token.Scope.WRITE
        if isinstance(request.auth, Token) and scope not in request.auth.scopes:
            raise scope_missing(scope)
        return True


def scope_missing(scope: Token.Scope) -> exceptions.PermissionDenied:
    """The error for a token that does not cover what it is used for."""
    return exceptions.PermissionDenied(f"The token has no scope {scope}.")


def identity(thing: Mapping[str, Any]) -> dict[str, Any]:
    """All that a token without the scope `read` is told of something: which one it is, and its version."""
    return {name: thing[name] for name in ("id", "slug", "version") if name in thing}

"""The API's one permission class: the token's scope, then the table of who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import exceptions
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from annotations.models import Token, User
from annotations.permissions import Action, Subject, can


class MayAct(BasePermission):
    """A signed-in caller whose token covers the method; `has_object_permission` asks the table.

    A view says in `acts` which action a method is, for methods beyond reading.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user or not request.user.is_authenticated:
            raise exceptions.NotAuthenticated("Sign in, or send a token as Authorization: Bearer.")
        scope = Token.Scope.READ if request.method in SAFE_METHODS else Token.Scope.WRITE
        if isinstance(request.auth, Token) and scope not in request.auth.scopes:
            raise scope_missing(scope)
        return True

    def has_object_permission(self, request: Request, view: Any, obj: Subject) -> bool:
        action = getattr(view, "acts", {}).get(request.method, Action.READ)
        must(caller(request), action, obj)
        return True


def scope_missing(scope: Token.Scope) -> exceptions.PermissionDenied:
    """The error for a token that does not cover what it is used for."""
    return exceptions.PermissionDenied(f"The token has no scope {scope}.")


def identity(thing: Mapping[str, Any]) -> dict[str, Any]:
    """All that a token without the scope `read` is told of something: which one it is, and its version."""
    return {name: thing[name] for name in ("id", "slug", "version") if name in thing}


def caller(request: Request) -> User:
    """Who calls. `MayAct` lets nobody else in."""
    if not isinstance(request.user, User):
        raise exceptions.NotAuthenticated
    return request.user


def must(user: User, action: Action, subject: Subject) -> None:
    """Raises PermissionDenied where the table does not allow it."""
    if not can(user, action, subject):
        raise exceptions.PermissionDenied(f"Your roles in this project do not allow this ({action}).")

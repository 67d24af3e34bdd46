"""Who calls, by a token in the Authorization header or the pages' session, and what their token covers.

What a role may do, `annotations.permissions` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication as KnoxAuthentication
from knox.crypto import hash_token
from rest_framework import authentication, exceptions
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from annotations.models import Token, User


class TokenAuthentication(KnoxAuthentication):  # type: ignore[misc]
    """Knox's bearer tokens, found by their hash in one query."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, Token]:
        try:
            digest = hash_token(token.decode("ascii"))
        except UnicodeDecodeError as error:
            raise exceptions.AuthenticationFailed(gettext_lazy("The token is not valid.")) from error
        found = Token.objects.in_use(digest)
        if found is None:
            raise exceptions.AuthenticationFailed(_("The token is not valid, has expired or was revoked."))
        user: User = found.user
        user.confined_to = found.project_id
        user.writes_only = Token.Scope.READ not in found.scopes
        return user, found


class SessionAuthentication(authentication.SessionAuthentication):
    """The pages' session with its CSRF check; without a session the answer is 401, not 403.

    A page says in `Factcheck-User` who it acts for: where somebody else has signed in on the same browser meanwhile,
    what the one before left must not be stored in their name.
    """

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        meant = request.headers.get("Factcheck-User")
        if found is not None and meant is not None and meant != str(found[0].pk):
            raise exceptions.AuthenticationFailed(_("Someone else is now signed in in this browser. Reload the page."))
        return found

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the description of the API names the tokens."""

    target_class = "annotations.api.base.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Create one on /account/ or with manage.py createtoken.",
        }


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the description of the API names the pages' session."""

    target_class = "annotations.api.base.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "factcheck_session"}


class MayAct(BasePermission):
    """A signed-in caller whose token covers the method."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user or not request.user.is_authenticated:
            raise exceptions.NotAuthenticated(gettext_lazy("Sign in, or send a token as Authorization: Bearer."))
        scope = Token.Scope.READ if request.method in SAFE_METHODS else Token.Scope.WRITE
        if isinstance(request.auth, Token) and scope not in request.auth.scopes:
            raise scope_missing(scope)
        return True


def scope_missing(scope: Token.Scope) -> exceptions.PermissionDenied:
    """The error for a token that does not cover what it is used for."""
    return exceptions.PermissionDenied(_("This token doesn't have the scope %(scope)s.") % {"scope": scope})


def identity(thing: Mapping[str, Any]) -> dict[str, Any]:
    """All that a token without the scope `read` is told of something: which one it is, and its version."""
    return {name: thing[name] for name in ("id", "slug", "version") if name in thing}

"""What an error is as problem details (`factcheck.problems`)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import islice
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.db import Error as DatabaseError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from annotations.api.base.authentication import identity
from annotations.rules import GONE, TOO_MANY, Rule, RuleBroken, broken_rule
from factcheck.problems import MEDIA_TYPE, problem

log = logging.getLogger(__name__)

MOST_ERRORS = 100
"""How many errors of one body are told."""


class VersionRequired(exceptions.APIException):
    """An existing thing was to be changed without saying which version of it."""

    status_code = 428
    default_detail = gettext_lazy(
        'This already exists. To change it, send If-Match: "<version>" with the version that you last read.'
    )
    default_code = "version_required"


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every foreseeable failure becomes a problem; the others stay failures (500)."""
    found = as_problem(error, context["request"].user if isinstance(error, RuleBroken) else None)
    if found is None:
        return None
    body, headers = found
    # Some views answer with YAML or HTML; a problem is JSON everywhere.
    context["request"].accepted_renderer, context["request"].accepted_media_type = JSONRenderer(), MEDIA_TYPE
    return Response(body, status=body["status"], headers=headers, content_type=MEDIA_TYPE)


def as_problem(error: Exception, user: Any = None) -> tuple[dict[str, Any], dict[str, str]] | None:
    """The problem body and headers for an error, or None where it is a fault of ours.

    A broken rule may show what is there. `user` is told its state only where their token reads.
    """
    match error:
        case exceptions.APIException():
            return _from_api_exception(error)
        case Http404():
            return problem(404, _("This doesn't exist, or you don't have access to it.")), {}
        case PermissionDenied():
            return problem(403, str(error) or _("Your role in this project doesn't allow this.")), {}
        case RuleBroken():
            if getattr(user, "writes_only", False):
                kept: dict[str, Any] = {name: identity(cast(Any, thing)) for name, thing in error.about.items()}
                error = RuleBroken(error.rule, **kept)
            return _from_rule(error), _wait(error.rule)
        case DatabaseError():
            return _from_database(error)
    return None


def _from_api_exception(error: exceptions.APIException) -> tuple[dict[str, Any], dict[str, str]]:
    headers: dict[str, str] = {}
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        headers["WWW-Authenticate"] = "Bearer"
        return problem(status.HTTP_401_UNAUTHORIZED, str(error.detail)), headers
    if isinstance(error, exceptions.Throttled) and (wait := getattr(error, "wait", None)) is not None:
        headers["Retry-After"] = str(max(1, round(wait)))
    if isinstance(error, exceptions.ValidationError):
        errors = list(islice(_flat(error.detail, ""), MOST_ERRORS))
        words = "; ".join(f"{one['field']}: {one['detail']}" if one["field"] else one["detail"] for one in errors[:5])
        return problem(400, words, errors=errors), headers
    if isinstance(error, exceptions.ParseError):
        detail = str(error.detail)
        return problem(400, detail, errors=[{"field": "", "code": "parse_error", "detail": detail}]), headers
    return problem(error.status_code, str(error.detail)), headers


def _flat(detail: Any, location: str) -> Iterator[dict[str, str]]:
    if isinstance(detail, dict):
        for key, value in detail.items():
            name = "" if key == "non_field_errors" else str(key)
            yield from _flat(value, f"{location}.{name}".strip("."))
    elif isinstance(detail, list):
        for position, value in enumerate(detail):
            nested = isinstance(value, dict | list)
            if not nested or value:
                yield from _flat(value, f"{location}.{position}".strip(".") if nested else location)
    else:
        yield {"field": location, "code": getattr(detail, "code", "invalid"), "detail": str(detail)}


def _from_rule(error: RuleBroken) -> dict[str, Any]:
    rule = error.rule
    one = {"field": rule.field, "code": rule.name, "detail": error.detail}
    return problem(rule.status, error.detail, slug=rule.slug, title=rule.message, errors=[one], **error.about)


def _wait(rule: Rule) -> dict[str, str]:
    # What counts the last 24 hours makes room little by little: an hour is a fair time to try again.
    return {"Retry-After": "3600"} if rule.status == TOO_MANY else {}


def _from_database(error: DatabaseError) -> tuple[dict[str, Any], dict[str, str]] | None:
    rule = broken_rule(error)
    if rule is not None:
        return _from_rule(RuleBroken(rule)), _wait(rule)
    if isinstance(error, DataError):
        return problem(
            400, _("A value can't be stored: it has characters or a size that the database doesn't accept."), errors=[]
        ), {}
    if isinstance(error, IntegrityError) and "_fk_" in str(error):
        return _from_rule(RuleBroken(GONE)), {}
    if isinstance(error, OperationalError | InterfaceError):
        log.warning("The database did not answer: %s", error)
        return problem(503, _("The database is busy or unavailable. Nothing was changed. Try again in a moment.")), {
            "Retry-After": "1"
        }
    return None

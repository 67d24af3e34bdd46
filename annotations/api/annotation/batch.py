"""`projects/{slug}/batch/`: many operations in one request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import transaction
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.annotation.spans import create_together
from annotations.api.base.authentication import identity, scope_missing
from annotations.api.base.openapi import method
from annotations.api.base.problems import as_problem
from annotations.api.base.resource import Answer, Resource, StepResource, VersionedResource, caller, stated_versions
from annotations.api.projects.projects import find_project
from annotations.models import Project, Token, User, acting
from annotations.rules import RuleBroken
from annotations.serializers.base import checked, invalid
from annotations.serializers.batch import BatchAnswer, BatchBody
from factcheck.problems import problem

BASE: Final = "/api/v1/"
KINDS: Final = ("spans/", "links/", "verdicts/", "comments/")
NEW_SPAN: Final = re.compile(rf"(?:{BASE}|/)?spans/(?P<key>[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})/")
REFUSALS: Final = (APIException, Http404, PermissionDenied, RuleBroken, DatabaseError)
"""What becomes the answer of an operation; anything else is a fault of ours."""


class Undone(Exception):
    """An operation of an atomic batch failed."""


class BatchView(Resource):
    """Up to 500 operations on spans, links, verdicts and comments of one project."""

    @method("batch", "batch", BatchAnswer, body=BatchBody)
    def post(self, request: Request, slug: str) -> Response:
        project = find_project(caller(request), slug)
        batch = checked(BatchBody, request.data)
        user = caller(request)
        user.confined_to = project.pk
        user.places = {project.pk: user.places[project.pk]}
        results: list[dict[str, Any]] = []
        try:
            with acting(user):
                for result in all_carried_out(project, user, batch["operations"]):
                    results.append(result)
                    if batch["atomic"] and result["status"] >= 400:
                        raise Undone
        except Undone:
            undone = problem(
                409, _("Another operation in this atomic batch failed, so nothing was changed."), slug="undone"
            )
            missing = len(batch["operations"]) - len(results)
            results = [{"status": 409, "body": undone}] * (len(results) - 1) + results[-1:]
            results += [{"status": 409, "body": undone}] * missing
        return Response({"results": results})

    def identities(self, answer: dict[str, Any]) -> dict[str, Any]:
        return {
            "results": [
                {**one, "body": identity(one["body"])} if one["body"] and one["status"] < 400 else one
                for one in answer["results"]
            ]
        }


def all_carried_out(project: Project, user: User, operations: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Status and body of each operation, in order. New spans that follow one another are made together."""
    for new_spans, run in groupby(operations, key=lambda operation: _new_span(operation) is not None):
        if new_spans:
            yield from spans_made(project, user, list(run))
        else:
            yield from (carried_out(user, operation) for operation in run)


def spans_made(project: Project, user: User, operations: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """New spans in one statement. Where it is refused, each half by itself, so that who is refused is told why."""
    if len(operations) == 1:
        return [carried_out(user, operations[0])]
    bodies = [(key, operation.get("body")) for operation in operations if (key := _new_span(operation))]
    try:
        with transaction.atomic():
            made = create_together(project, user, bodies)
    except REFUSALS:
        half = len(operations) // 2
        return [*spans_made(project, user, operations[:half]), *spans_made(project, user, operations[half:])]
    return [{"status": 201, "body": body} for body in made]


def _new_span(operation: Mapping[str, Any]) -> UUID | None:
    """The id of the span that the operation would make; None for any other operation."""
    if operation["method"] != "PUT" or operation.get("if_match") is not None:
        return None
    found = NEW_SPAN.fullmatch(operation["path"])
    return UUID(found["key"]) if found else None


def carried_out(user: User, operation: Mapping[str, Any]) -> dict[str, Any]:
    """The status and body that the operation would have had as a request of its own."""
    try:
        answer = performed(user, operation)
    except REFUSALS as error:
        found = as_problem(error, user)
        if found is None:
            raise
        return {"status": found[0]["status"], "body": found[0]}
    return {"status": answer.status, "body": answer.body}


def performed(user: User, operation: Mapping[str, Any]) -> Answer:
    """Carries out one operation by the function that a request of its own would call. Raises what it would raise."""
    method, if_match = operation["method"], operation.get("if_match")
    if method == "GET" and user.writes_only:
        raise scope_missing(Token.Scope.READ)
    try:
        path = urlsplit(operation["path"]).path.removeprefix(BASE).lstrip("/")
        if not path.startswith(KINDS):
            raise invalid("path", _("A path must start with one of: %(kinds)s.") % {"kinds": ", ".join(KINDS)})
        found = resolve(BASE + path)
    except (ValueError, Resolver404) as error:
        raise invalid("path", _("There is no such path.")) from error
    view = getattr(found.func, "view_class")()  # noqa: B009 - Django sets it on every class's view
    key = found.kwargs["key"]
    body = {} if operation.get("body") is None else operation["body"]
    stated = None if if_match is None else stated_versions(if_match)
    match method, view:
        case "GET", VersionedResource():
            return view.read(user, key)
        case "PUT", VersionedResource():
            return view.write(user, key, body, stated)
        case "PATCH", VersionedResource():
            return view.edit(user, key, body, stated)
        case "DELETE", VersionedResource():
            return view.erase(user, key, stated)
        case "POST", StepResource():
            return view.step(user, key, body, stated)
    raise invalid("method", _("You can't use %(method)s with this path.") % {"method": method})

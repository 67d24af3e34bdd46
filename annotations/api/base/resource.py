"""Base views: everything under `/api/v1/` answers through one of these two."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.http import Http404
from rest_framework.exceptions import APIException, AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.base.parameters import Parameter
from annotations.api.base.permission import caller, identity
from annotations.api.base.problems import VersionRequired
from annotations.api.base.throttling import AddressRate, rate_headers
from annotations.api.base.versions import Stated, etag, needed_version, stated_versions
from annotations.models import User
from annotations.models.base.versioned import Versioned
from annotations.rules import ID_USED, STALE_VERSION, RuleBroken, broken_rule
from annotations.serializers.base import Strict, checked, invalid
from annotations.strict_json import unstorable

Thing = TypeVar("Thing", bound=Versioned)


class Resource(APIView):
    """A view of the API: checks the address, tells the rates."""

    asks: ClassVar[Sequence[Parameter] | None] = None
    """The query parameters that a list takes; None where the view looks at none."""

    streams: ClassVar[bool] = False
    """Whether its answers are streams, which `factcheck.server.asgi` knows by their addresses."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        try:
            super().initial(request, *args, **kwargs)
        except (NotAuthenticated, AuthenticationFailed):
            # The rates are asked after this; strangers count too.
            rate = AddressRate()
            if not rate.allow_request(request, self):
                self.throttled(request, rate.wait())
            raise
        if any(word for value in kwargs.values() for word in unstorable(value)):
            raise Http404
        known = {"format", *(asked.name for asked in self.asks or ())}
        for name, value in request.query_params.items():
            if self.asks is not None and request.method == "GET" and name not in known:
                raise invalid(name, "There is no such filter.", "unknown_field")
            for _, words in unstorable(value):
                raise invalid(name, words, "unstorable")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.streaming and not self.streams:
            raise TypeError("A view that streams says so: an answer of any other view is read whole into memory.")
        if isinstance(response, Response) and response.data and not response.exception and caller(request).writes_only:
            response.data = self.identities(response.data)
        for name, value in rate_headers(request).items():
            response[name] = value
        return response

    def identities(self, answer: dict[str, Any]) -> dict[str, Any]:
        """What a token without the scope `read` gets of an answer to its write."""
        return identity(answer)


@dataclass(slots=True)
class Answer:
    """What a request on one thing comes to, whether it came by itself or in a batch."""

    status: int
    body: dict[str, Any] | None = None
    version: int | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        headers = dict(self.headers)
        if self.version is not None:
            headers["ETag"] = etag(self.version)
        return Response(self.body, status=self.status, headers=headers)


class VersionedResource(Resource, Generic[Thing]):
    """A thing whose id its maker chooses and whose every change states a version."""

    shape: ClassVar[type[Strict]]

    # What a resource says of itself

    def find(self, user: User, key: UUID) -> Thing:
        """The thing with this id, or Http404 where the caller may not see one."""
        raise NotImplementedError

    def represent(self, thing: Thing, reader: User) -> dict[str, Any]:
        """Its JSON, as far as `reader` may read what it says of other things."""
        raise NotImplementedError

    def create(self, user: User, key: UUID, data: dict[str, Any]) -> Thing:
        """Makes it, all or nothing. Within a transaction it runs in a savepoint."""
        raise NotImplementedError

    def was_made_as(self, thing: Thing, user: User, data: dict[str, Any]) -> bool:
        """Whether this very creation made it."""
        raise NotImplementedError

    def change(self, user: User, thing: Thing, data: dict[str, Any], version: int) -> None:
        """Changes the given values of it."""
        raise NotImplementedError

    def remove(self, user: User, thing: Thing, version: int) -> None:
        """Deletes it."""
        raise NotImplementedError

    # What follows for requests

    def get(self, request: Request, key: UUID) -> Response:
        return self._respond(request, key)

    def put(self, request: Request, key: UUID) -> Response:
        return self._respond(request, key)

    def patch(self, request: Request, key: UUID) -> Response:
        return self._respond(request, key)

    def delete(self, request: Request, key: UUID) -> Response:
        return self._respond(request, key)

    def _respond(self, request: Request, key: UUID) -> Response:
        body = request.data if request.method in ("PUT", "PATCH") else None
        stated = stated_versions(request.headers.get("If-Match"))
        return self.perform(str(request.method), caller(request), key, body, stated).response()

    def perform(self, method: str, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        """Carries out one request. Raises what becomes a problem."""
        if method == "GET":
            return self._answer(self.find(user, key), user)
        if method == "PUT":
            data = checked(self.shape, body)
            if stated is None:
                return self._create_or_repeat(user, key, data)
        else:
            data = checked(self.shape, body, partial=True) if method == "PATCH" else {}
        thing = self.find(user, key)
        version = needed_version(stated, thing.version)
        try:
            if method == "DELETE":
                self.remove(user, thing, version)
                return Answer(204)
            self.change(user, thing, data, version)
        except (RuleBroken, IntegrityError) as error:
            if is_stale(error):
                raise RuleBroken(STALE_VERSION, current=self.represent(self.find(user, key), user)) from error
            raise
        return self._answer(thing, user)

    def _create_or_repeat(self, user: User, key: UUID, data: dict[str, Any]) -> Answer:
        try:
            with transaction.atomic() if connection.in_atomic_block else nullcontext():
                return self._answer(self.create(user, key, dict(data)), user, 201)
        except (IntegrityError, RuleBroken, APIException) as error:
            thing = self._there(user, key)
            # What is refused now may have been made before: then the caller only missed the answer.
            if thing is not None and self.was_made_as(thing, user, data):
                return self._answer(thing, user)
            if thing is not None and isinstance(error, IntegrityError):
                raise VersionRequired from error
            if is_id_taken(error):
                raise Http404 from error
            raise

    def _there(self, user: User, key: UUID) -> Thing | None:
        try:
            return self.find(user, key)
        except Http404:
            return None

    def _answer(self, thing: Thing, reader: User, status: int = 200) -> Answer:
        return Answer(status, self.represent(thing, reader), thing.version)


def is_id_taken(error: Exception) -> bool:
    """Whether a creation was refused because there is, or was, something else with its id."""
    if isinstance(error, IntegrityError) and broken_rule(error) is ID_USED:
        return True
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None)).endswith("_pkey")


def is_stale(error: Exception) -> bool:
    """Whether a change was refused because the caller saw an earlier version."""
    rule = (
        error.rule
        if isinstance(error, RuleBroken)
        else broken_rule(error)
        if isinstance(error, IntegrityError)
        else None
    )
    return rule is STALE_VERSION

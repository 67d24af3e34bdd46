"""Base views, through one of which everything under `/api/v1/` answers, and versions: `ETag` out, `If-Match` in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils.http import parse_etags
from django.utils.translation import gettext
from rest_framework.exceptions import APIException, AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.base.authentication import identity
from annotations.api.base.pagination import Parameter
from annotations.api.base.problems import VersionRequired
from annotations.api.base.throttling import AddressRate, rate_headers
from annotations.models import User
from annotations.models.base.versioned import Versioned
from annotations.rules import ID_USED, STALE_VERSION, RuleBroken, broken_rule
from annotations.serializers.base import invalid
from annotations.strict_json import unstorable

Stated = tuple[int, ...]
"""The versions of which the caller accepts any; nearly always one."""

MOST_TAGS: Final = 20

_VERSION = re.compile(r'"([0-9]{1,9})"\Z')
_COMPRESSED = re.compile(r'(?:W/)?("[^"]*?)(?:-(?:gzip|br|zstd|deflate))?"\Z')


def stated_versions(if_match: str) -> Stated:
    """The versions that the caller saw. Raises ValidationError where the header names none."""
    found = [_VERSION.match(as_sent(tag)) for one in if_match.split(",", MOST_TAGS) if (tag := one.strip())]
    versions = tuple(int(tag.group(1)) for tag in found if tag)
    if not versions or len(versions) < len(found):
        raise invalid("If-Match", gettext('Send the version that you last read, in quotation marks: If-Match: "3".'))
    return versions


def needed_version(stated: Stated | None, current: int) -> int:
    """The version that the caller saw: the current one, if it is among those stated.

    Raises VersionRequired (428) where they did not say.
    """
    if stated is None:
        raise VersionRequired
    return current if current in stated else stated[0]


def as_sent(tag: str) -> str:
    """The tag as this server sent it.

    Proxies that compress answers change the tag, and clients send back what they got: nginx puts W/ before it, Apache
    a suffix into it.
    """
    found = _COMPRESSED.match(tag)
    return f'{found[1]}"' if found else tag


def is_among(tag: str, stated: str | None, *, missing: bool) -> bool:
    """Whether a header names this tag, or one that a proxy made of it; `missing` where there are no tags in it."""
    tags = parse_etags(stated or "")
    return missing if not tags else tags == ["*"] or tag in map(as_sent, tags)


def etag(version: int) -> str:
    """The header's value for a version."""
    return f'"{version}"'


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
        if any(word for value in kwargs.values() if isinstance(value, str) for word in unstorable(value)):
            raise Http404
        known = {"format", *(asked.name for asked in self.asks or ())}
        for name, value in request.query_params.items():
            if self.asks is not None and request.method == "GET" and name not in known:
                raise invalid(name, gettext("There is no such filter."), "unknown_field")
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
    body: Mapping[str, Any] | None = None
    version: int | None = None

    def response(self) -> Response:
        headers = None if self.version is None else {"ETag": etag(self.version)}
        return Response(self.body, status=self.status, headers=headers)


class VersionedResource(Resource, Generic[Thing]):
    """A thing whose id its maker chooses and whose every change states a version.

    Each method is a function of the caller, the id, the body and the versions that the caller saw, which a batch calls
    too. All raise what becomes a problem.
    """

    def find(self, user: User, key: UUID) -> Thing:
        """The thing with this id, or Http404 where the caller may not see one."""
        raise NotImplementedError

    def answer(self, thing: Thing, reader: User, status: int = 200) -> Answer:
        """The thing as it is, as far as `reader` may read what it says of other things."""
        raise NotImplementedError

    def read(self, user: User, key: UUID) -> Answer:
        """The thing as it is."""
        return self.answer(self.find(user, key), user)

    def write(self, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        """Makes the thing, once however often it is sent; with the version that the caller saw, replaces it."""
        raise NotImplementedError

    def edit(self, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        """Changes the given values of it."""
        raise NotImplementedError

    def erase(self, user: User, key: UUID, stated: Stated | None) -> Answer:
        """Deletes it."""
        raise NotImplementedError

    def get(self, request: Request, key: UUID) -> Response:
        return self.read(caller(request), key).response()

    def put(self, request: Request, key: UUID) -> Response:
        return self.write(caller(request), key, request.data, stated_in(request)).response()

    def patch(self, request: Request, key: UUID) -> Response:
        return self.edit(caller(request), key, request.data, stated_in(request)).response()

    def delete(self, request: Request, key: UUID) -> Response:
        return self.erase(caller(request), key, stated_in(request)).response()

    def made_before(self, error: Exception, user: User, key: UUID, was_made: Callable[[Thing], bool]) -> Answer:
        """What the very same creation made before this one was refused: then the caller only missed the answer.

        Raises what is to be answered where something else, or nothing, has the id.
        """
        try:
            thing: Thing | None = self.find(user, key)
        except Http404:
            thing = None
        if thing is not None and was_made(thing):
            return self.answer(thing, user)
        if thing is not None and isinstance(error, IntegrityError):
            raise VersionRequired from error
        if thing is None and is_id_taken(error):
            raise Http404 from error
        raise error

    @contextmanager
    def current_shown(self, user: User, key: UUID) -> Iterator[None]:
        """Where the block is refused because the caller saw an earlier version, the problem shows what is there now."""
        try:
            yield
        except (RuleBroken, IntegrityError) as error:
            rule = error.rule if isinstance(error, RuleBroken) else broken_rule(error)
            if rule is STALE_VERSION:
                raise RuleBroken(STALE_VERSION, current=self.answer(self.find(user, key), user).body) from error
            raise


class StepResource(Resource):
    """A step that is taken with a thing, by POST; a batch calls `step` too."""

    def step(self, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        """Takes it. Raises what becomes a problem."""
        raise NotImplementedError

    def post(self, request: Request, key: UUID) -> Response:
        return self.step(caller(request), key, request.data, stated_in(request)).response()


def caller(request: Request) -> User:
    """Who calls. `MayAct` lets nobody else in."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def stated_in(request: Request) -> Stated | None:
    """The versions that the caller saw, or None where they did not say."""
    if_match = request.headers.get("If-Match")
    return None if if_match is None else stated_versions(if_match)


def savepoint() -> AbstractContextManager[None]:
    """Around a creation that may be refused: within a batch, which is a transaction, only this is undone."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


NOT_MADE: Final = (IntegrityError, RuleBroken, APIException, PermissionDenied)
"""What a creation may be refused with."""


def is_id_taken(error: Exception) -> bool:
    """Whether a creation was refused because there is, or was, something else with its id."""
    if isinstance(error, IntegrityError) and broken_rule(error) is ID_USED:
        return True
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None)).endswith("_pkey")

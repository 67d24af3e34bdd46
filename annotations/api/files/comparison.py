"""`releases/{id}/compare/{other}/`"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from typing import Final
from uuid import UUID

from django.db import close_old_connections, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.request import Request

from annotations.api.base.openapi import method
from annotations.api.base.resource import Resource, caller
from annotations.api.base.streams import started
from annotations.api.files.releases import find_release
from annotations.models import Release, User
from annotations.permissions import Action, can
from annotations.releases.comparison import Difference, differences, in_order, no_counts, shows_values
from annotations.serializers.base import invalid
from annotations.serializers.releases import ComparisonAnswer, difference_json
from annotations.streams import Stream

AT_ONCE: Final = 500
"""Differences in a chunk of the answer."""


class ComparisonView(Resource):
    """What was added, removed and changed from the earlier to the later of two releases."""

    streams = True
    asks = ()

    @method("releases_compare", "releases", ComparisonAnswer, refusals=(413,))
    def get(self, request: Request, key: UUID, other: UUID) -> HttpResponseBase:
        user = caller(request)
        earlier, later = compared(find_release(user, key), find_release(user, other))
        if request.method == "HEAD":
            return HttpResponse(content_type="application/json")
        found = differences(earlier, later)
        chunks = _told(found, earlier, later, values=may_see_values(user, earlier, later))
        if not connection.in_atomic_block:
            close_old_connections()
        stream = started(request, Stream(chunks))
        return StreamingHttpResponse(stream, content_type="application/json", headers={"Cache-Control": "no-store"})


def compared(one: Release, other: Release) -> tuple[Release, Release]:
    """The earlier and the later. Raises ValidationError where they cannot be compared."""
    if one.project_id != other.project_id:
        raise invalid("other", _("You can only compare releases of the same project."))
    if unfinished := [release for release in (one, other) if release.state != Release.State.DONE]:
        raise invalid(
            "other", _("The release %(name)s is not finished yet.") % {"name": unfinished[0].name}, "not_done"
        )
    return in_order(one, other)


def may_see_values(user: User, earlier: Release, later: Release) -> bool:
    """Whether the person reads what the items say anyway: in the files, or as a manager."""
    return shows_values(earlier, later) or can(user, Action.MANAGE, later.project)


def _told(found: Iterator[Difference], earlier: Release, later: Release, *, values: bool) -> Generator[bytes]:
    """The answer as JSON; the counts come last, for they are known last."""
    named = ({"id": str(one.pk), "name": one.name} for one in (earlier, later))
    # What stands before the first differences waits for them, so that a stream that has begun has read its files.
    separator = '{{"earlier": {}, "later": {}, "results": ['.format(*(json.dumps(one) for one in named))
    counts, waiting = no_counts(), list[str]()
    for one in found:
        counts[one.kind][one.what] += 1
        waiting.append(json.dumps(difference_json(one, values=values)))
        if len(waiting) == AT_ONCE:
            yield (separator + ",\n".join(waiting)).encode()
            waiting, separator = [], ",\n"
    if waiting or separator != ",\n":
        yield (separator + ",\n".join(waiting)).encode()
    yield f'], "counts": {json.dumps(counts)}}}'.encode()

"""`projects/{slug}/export/`"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import close_old_connections, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework.exceptions import PermissionDenied, Throttled
from rest_framework.request import Request

from annotations.api.base.openapi import method
from annotations.api.base.pagination import ID, Parameter, choice
from annotations.api.base.resource import Resource, caller
from annotations.api.base.streams import AnyType, must_accept, own_connection, started
from annotations.api.projects.claims import key_in
from annotations.api.projects.projects import find_project
from annotations.formats.documentation import exported
from annotations.formats.export_registry import FORMATS
from annotations.formats.writing.selection import STATES, Selection
from annotations.formats.writing.streaming import TooMany, connection_parameters, streamed
from annotations.models import Link, Project, Span
from annotations.permissions import Action, can, must
from annotations.serializers.base import invalid
from annotations.times import EXAMPLE, time_of

FILTERS: Final = (
    Parameter("format", "Default: `jsonl`.", choice(*FORMATS)),
    Parameter("state", "Which verdicts: approved (the default), submitted or any.", choice("", *STATES)),
    Parameter("label", "Only spans with this label.", choice("", *Span.Label.values)),
    Parameter("relation", "Only links with this relation.", choice("", *Link.Relation.values)),
    Parameter("annotator", "Only what this person created, by the name that the export shows."),
    Parameter("article", "Only this article.", ID),
    Parameter("updated_after", "Only articles that changed after this time (RFC 3339)."),
    Parameter("names", "true: people by name instead of pseudonym. Managers only.", choice("", "true", "false")),
    Parameter("comments", "true: each record includes its comments.", choice("", "true", "false")),
)

DATASET: Final = OpenApiResponse(OpenApiTypes.ANY, description="The dataset in the chosen format.")


class ExportView(Resource):
    """The dataset, streamed from the database as it is read."""

    streams = True
    renderer_classes = (AnyType,)

    @method(
        "export",
        "export",
        DATASET,
        status=(200, FORMATS["jsonl"].media_type),
        also={(200, chosen.media_type): DATASET for chosen in FORMATS.values()},
        query=FILTERS,
        refusals=(413,),
        description=f"The dataset, streamed from the database as it is read.\n\n{exported('###')}",
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        project = find_project(caller(request), slug)
        must(caller(request), Action.EXPORT, project)
        name = request.query_params.get("format", "jsonl")
        if name not in FORMATS:
            raise invalid(
                "format",
                gettext("The format must be one of: %(formats)s.") % {"formats": ", ".join(FORMATS)},
                "invalid_choice",
            )
        chosen = FORMATS[name]
        wanted = selection(request, project)
        must_accept(request, chosen.media_type)
        headers = {
            "Content-Disposition": f'attachment; filename="{project.slug}.{chosen.extension}"',
            "Vary": "Accept-Encoding, Authorization, Cookie",
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",
        }
        if request.method == "HEAD":
            return HttpResponse(content_type=chosen.media_type, headers=headers)
        # The stream has a connection of its own. This request's would else be held until the last byte is read.
        if not connection.in_atomic_block:
            close_old_connections()
        compressed = accepts_gzip(request)
        if compressed:
            headers["Content-Encoding"] = "gzip"
        try:
            with own_connection():
                stream = streamed(chosen, wanted, connection_parameters(), compressed=compressed)
                started(request, stream)
        except TooMany as why:
            raise Throttled(10, str(why)) from why
        return StreamingHttpResponse(stream, content_type=chosen.media_type, headers=headers)


def selection(request: Request, project: Project) -> Selection:
    """What the address asks for. Raises ValidationError with the parameter, or PermissionDenied."""
    query = request.query_params
    if unknown := set(query) - {asked.name for asked in FILTERS}:
        raise invalid(min(unknown), gettext("There is no such filter."), "unknown_field")
    state = _choice(request, "state", STATES, "approved")
    if state != "approved" and not can(caller(request), Action.READ_WORK, project):
        raise PermissionDenied(gettext("You can only export approved verdicts."))
    names = _choice(request, "names", ("true", "false"), "false") == "true"
    if names and not can(caller(request), Action.MANAGE, project):
        raise PermissionDenied(gettext("Only managers can export people's names."))
    return Selection(
        project=project,
        user=caller(request),
        states=STATES[state],
        label=_choice(request, "label", Span.Label.values, ""),
        relation=_choice(request, "relation", Link.Relation.values, ""),
        annotator=query.get("annotator", ""),
        article=key_in(request, "article"),
        updated_after=_time(query.get("updated_after", "")),
        names=names,
        comments=_choice(request, "comments", ("true", "false"), "false") == "true",
    )


def _choice(request: Request, name: str, choices: Any, default: str) -> str:
    value = request.query_params.get(name) or default
    if value and value not in choices:
        raise invalid(name, gettext("Choose one of: %(choices)s.") % {"choices": ", ".join(choices)}, "invalid_choice")
    return value


def _time(value: str) -> datetime | None:
    if not value:
        return None
    try:
        return time_of(value.replace(" ", "+"))  # a plus sign in an address reads as a space
    except ValueError as error:
        raise invalid("updated_after", str(EXAMPLE)) from error


def accepts_gzip(request: Request) -> bool:
    """Whether the client takes gzip (RFC 9110, 12.5.3)."""
    for part in request.headers.get("Accept-Encoding", "").split(","):
        coding, _, weight = part.strip().partition(";")
        if coding.strip().lower() in ("gzip", "x-gzip"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False

"""`projects/{slug}/imports/`, `imports/{id}/`"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import IO, Any, Final, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import method, page_of
from annotations.api.base.pagination import PAGED, page_in
from annotations.api.base.parser import StrictJSONParser, parse_json
from annotations.api.base.resource import Resource, caller
from annotations.api.projects.projects import find_project
from annotations.formats.documentation import imported
from annotations.formats.registry import IMPORTERS
from annotations.formats.tables.reading.mapping import complaints_about_mapping
from annotations.imports.authors import People, UnknownPerson
from annotations.imports.run import cancel
from annotations.imports.uploads import delete_report, discard, receive
from annotations.jobs.imports import begin
from annotations.models import Import, Project
from annotations.models.article import LONGEST_BODY
from annotations.permissions import Action, must
from annotations.rules import IMPORT_OVER, RuleBroken
from annotations.serializers.base import TooLarge, checked, invalid
from annotations.serializers.imports import (
    FormBody,
    ImportAnswer,
    ImportBody,
    ImportReportAnswer,
    OptionsBody,
    SentForm,
    import_json,
    import_report_json,
)

ABOUT_A_TEXT: Final = ("title", "outlet", "author", "published_on", "language", "direction")
"""Metadata that may stand beside a text or an address; the address itself is `url`."""


class FormParser(MultiPartParser):
    """Multipart forms; one that breaks off is the sender's mistake."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except MultiPartParserError as error:
            raise ParseError(_("The form can't be read: %(error)s") % {"error": error}) from error


class ImportsView(Resource):
    """The imports of a project."""

    asks = PAGED
    parser_classes = (StrictJSONParser, FormParser)

    @method("imports_list", "imports", page_of(ImportAnswer), query=PAGED)
    def get(self, request: Request, slug: str) -> Response:
        project = _managed(request, slug)
        found = Import.objects.started().filter(project=project).select_related("by", "project")
        page = page_in(request, found)
        return page.response(map(import_json, page.rows))

    @method(
        "import_begin",
        "imports",
        ImportReportAnswer,
        body={"application/json": ImportBody, "multipart/form-data": SentForm},
        status=202,
        description=f"Starts an import; a worker runs it in the background. The formats:\\n\\n{imported('###')}",
    )
    def post(self, request: Request, slug: str) -> Response:
        project = _managed(request, slug)
        files, about = _sent(request)
        try:
            People(project, caller(request), about["options"].get("people", {}))
        except UnknownPerson as error:
            raise invalid("options.people", str(error)) from error
        _check_use(about["format"], about["options"])
        for name, code, words in complaints_about_mapping(about["format"], about["options"], project.scale):
            raise invalid(f"options.{name}", words, code)
        one = receive(project, caller(request), files, **about)
        begin(one)
        return Response(import_report_json(one), status=202)


class ImportView(Resource):
    """One import."""

    @method("import_read", "imports", ImportReportAnswer)
    def get(self, request: Request, key: UUID) -> Response:
        return Response(import_report_json(find_import(request, key)))

    @method("import_cancel", "imports", None, status=204, refusals=(409,))
    def delete(self, request: Request, key: UUID) -> Response:
        one = find_import(request, key)
        if one.state == Import.State.PROPOSED:
            discard(one)
        elif not cancel(one):
            raise RuleBroken(IMPORT_OVER)
        return Response(status=204)


class ImportReportView(Resource):
    """What an import that is over lists."""

    @method(
        "import_report_delete",
        "imports",
        None,
        status=204,
        refusals=(409,),
        description=(
            "Deletes the lists of refused items and notes of a finished import for good; the counts "
            "are kept. If nothing was imported, the import and its files are deleted too."
        ),
    )
    def delete(self, request: Request, key: UUID) -> Response:
        delete_report(find_import(request, key))
        return Response(status=204)


def find_import(request: Request, key: UUID) -> Import:
    """The import, for who manages its project; Http404 where the caller is no member."""
    one: Import | None = (
        Import.objects.visible_to(caller(request)).select_related("project", "by").filter(pk=key).first()
    )
    if one is None:
        raise Http404
    must(caller(request), Action.MANAGE, one.project)
    return one


def _managed(request: Request, slug: str) -> Project:
    project = find_project(caller(request), slug)
    must(caller(request), Action.MANAGE, project)
    return project


def _sent(request: Request) -> tuple[list[tuple[str, IO[bytes]]], dict[str, Any]]:
    """The files, and the columns of the import."""
    if (request.content_type or "").startswith("multipart/"):
        return _form(request)
    values = checked(ImportBody, request.data)
    name, content, chosen = _named(values)
    options = {**values.get("options", {})}
    known = {name: values[name] for name in ABOUT_A_TEXT if name in values}
    options["metadata"] = {**options.get("metadata", {}), **values.get("metadata", {}), **known}
    about = {"format": chosen, "strict": values.get("strict", False), "options": _storable(options)}
    return [(name, io.BytesIO(content.encode()))], about


def _named(values: Mapping[str, Any]) -> tuple[str, str, str]:
    """A name for the text or the address that was sent, itself, and its format."""
    if ("text" in values) == ("url" in values):
        raise invalid("text", _("Send a text or the URL of a page."), "required")
    if "text" in values:
        chosen = values.get("format") or "txt"
        if len(values["text"]) > LONGEST_BODY * 4:
            raise TooLarge
        return "text" + IMPORTERS[chosen].extensions[0], values["text"], chosen
    if values.get("format", "url") != "url":
        raise invalid(
            "format", _("Leave out the format: the type of the page at the URL decides it."), "invalid_choice"
        )
    if not settings.FETCHING:
        raise invalid(
            "url", _("This server doesn't fetch pages from URLs. Save the page and send the file."), "fetching_off"
        )
    return "address.url", values["url"], "url"


def _form(request: Request) -> tuple[list[tuple[str, IO[bytes]]], dict[str, Any]]:
    fields = {name: value for name, value in cast(QueryDict, request.data).items() if name not in request.FILES}
    values = checked(FormBody, fields)
    if unknown := set(request.FILES) - {"file"}:
        raise invalid(min(unknown), _("There is no such field."), "unknown_field")
    files = [(one.name or "file", one) for one in request.FILES.getlist("file")]
    if not files:
        raise invalid("file", _("Send at least one file."), "required")
    options = checked(OptionsBody, parse_json(values["options"].encode())) if "options" in values else {}
    strict = values.get("strict") == "true"
    return files, {"format": values.get("format", ""), "strict": strict, "options": _storable(options)}


def _storable(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options as the import's row keeps them."""
    plain: dict[str, Any] = json.loads(json.dumps(options, default=str))
    return plain


def _check_use(name_of_format: str, options: Mapping[str, Any]) -> None:
    """Raises a problem where a format that is named does not use a choice."""
    if name_of_format and not IMPORTERS[name_of_format].annotated and options.get("person_from", "auto") != "auto":
        words = _("%(name_of_format)s has no annotations and names no people. Leave this out.") % {
            "name_of_format": name_of_format
        }
        raise invalid("options.person_from", words, "not_a_choice")
    if name_of_format and not IMPORTERS[name_of_format].counts:
        for name in ("offset_unit", "crlf"):
            if name in options:
                words = _("The offsets of %(name_of_format)s are always counted the same way. Leave this out.") % {
                    "name_of_format": name_of_format
                }
                raise invalid(f"options.{name}", words, "not_a_choice")

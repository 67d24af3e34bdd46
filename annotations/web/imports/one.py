"""One import: the look at it before it begins, its course, and its report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from annotations.acts.importing import begin, cancel
from annotations.acts.importing.choices import options_of
from annotations.acts.importing.proposing import Proposal, proposal_of
from annotations.acts.importing.receiving import discard, source_of
from annotations.importers import IMPORTERS, recognised
from annotations.importers.importer import Importer
from annotations.importers.items import Document
from annotations.importers.sources import Source
from annotations.importers.tables.mapping import NAMES
from annotations.importers.tables.rows import is_table
from annotations.importers.tables.table import TABLE
from annotations.models import Import, Project
from annotations.permissions import Action
from annotations.web.imports.choosing import ChoicesForm, chosen_in, initial_of, people_of, scale_for, types_of
from annotations.web.imports.course import GOING, HEADINGS, time_left, waits_long
from annotations.web.imports.entrance import entered
from annotations.web.imports.glimpses import glimpses
from annotations.web.imports.mapping import Asked, asked_tables, chosen_mapping, initial_mapping, without_mapping
from annotations.web.imports.pasting import Origin, previewed
from annotations.web.page import PageRequest, project_page, show

SINGLE: Final = ("txt", "html")
"""Formats whose only document is looked at line by line."""
ENCODED: Final = ("txt", "html", "csv", "table", "brat")
"""Formats that may be in any encoding."""
FURNISHED: Final = ("txt", "html", "csv", "parquet")
"""Formats of texts alone, from which the lines of the pages around them may be left out."""
READ_BY: Final = {
    "encoding": "", "offset_unit": "", "crlf": "", "person_from": "auto", "person_field": "", **dict.fromkeys(NAMES, "")
}  # fmt: skip
"""Choices besides the format that change what is read, and what they are where nothing was chosen."""
REPORTED: Final = 100
"""Refusals, and notes, that the report shows."""


@project_page("GET", "POST", may=Action.MANAGE)
def importing(request: PageRequest, project: Project, import_id: UUID) -> HttpResponse:
    """Whatever there is to see and to do of an import in its state."""
    mine = Import.objects.visible_to(request.user).filter(project=project).select_related("by", "project")
    one = get_object_or_404(mine, pk=import_id)
    if one.state == Import.State.PROPOSED:
        if project.archived and request.method == "POST" and request.POST.get("step") != "discard":
            return entered(request, project, 409)
        return proposed(request, project, one)
    if request.method == "POST":
        if request.POST.get("step") == "cancel" and one.state in GOING:
            cancel(one)
        return redirect("import-one", project.slug, one.pk)
    return course(request, project, one)


def proposed(request: PageRequest, project: Project, one: Import) -> HttpResponse:
    """The look at it: with other choices as often as it takes, then it begins or is forgotten."""
    if request.POST.get("step") == "table":
        one.format, one.options = "table", without_mapping(one.options)
        one.options |= initial_mapping(one, source_of(one))
        one.save(update_fields=["format", "options"])
    if request.POST.get("step") == "discard":
        discard(one)
        messages.info(request, "The import was discarded. Nothing of it is kept.")
        return redirect("import", project.slug)
    source = source_of(one)
    found = recognised(source)
    form = ChoicesForm(request.POST if _chooses(request) else None, initial=initial_of(one), found=found)
    changed = False
    if _chooses(request):
        if not form.is_valid():
            return _looked_at(request, project, one, source, found, form, 400)
        chosen = chosen_in(request.POST, form.cleaned_data, project)
        if form.cleaned_data["format"] == TABLE.name:
            asks = any(name.startswith("table-") for name in request.POST)
            chosen |= chosen_mapping(request.POST, one, source) if asks else initial_mapping(one, source)
        changed = _choose(one, chosen, form.cleaned_data)
    importer = IMPORTERS.get(one.format) or found
    if importer and (document := _only_document(importer, source, one)):
        return previewed(request, project, document.text, Origin(one, document), choices=form, importer=importer)
    if request.POST.get("step") == "start" and importer and not changed:
        one.format = importer.name
        one.save()
        begin(one)
        return redirect("import-one", project.slug, one.pk)
    if request.method == "POST" and not changed:
        return redirect("import-one", project.slug, one.pk)
    return _looked_at(request, project, one, source, found, form, 200, changed=changed)


def _chooses(request: PageRequest) -> bool:
    return request.method == "POST" and request.POST.get("step") in ("look", "start")


def _choose(one: Import, chosen: dict[str, Any], cleaned: dict[str, Any]) -> bool:
    """Keeps the choices; says whether they change what is read, so that it has to be looked at once more."""
    before = (one.format, *(one.options.get(name, usual) for name, usual in READ_BY.items()))
    one.format, one.strict = cleaned["format"], cleaned["strict"]
    one.options = {**without_mapping(one.options), **chosen}
    one.save(update_fields=["format", "strict", "options"])
    return before != (one.format, *(chosen.get(name, "") for name in READ_BY))


def _only_document(importer: Importer, source: Source, one: Import) -> Document | None:
    """The document of an import that is one article, to be looked at line by line."""
    if importer.name not in SINGLE or len(source.files) != 1 or source.refused:
        return None
    item = next(importer.read(source, replace(options_of(one), without_furniture=False)), None)
    if not isinstance(item, Document) or not (address := one.options.get("fetched_from")):
        return item if isinstance(item, Document) else None
    return replace(item, metadata={**item.metadata, "url": address})


def _looked_at(
    request: PageRequest, project: Project, one: Import, source: Source, found: Importer | None, form: ChoicesForm,
    status: int, **more: Any,
) -> HttpResponse:  # fmt: skip
    importer = IMPORTERS.get(one.format) or found
    proposal = proposal_of(one, importer, source) if importer else Proposal(refusals=source.refused)
    name = importer.name if importer else ""
    tables, left = asked_tables(one, source) if importer is TABLE else ([], 0)
    return show(
        request, "imports/proposed.html", project, "articles", status,
        one=one, form=form, importer=importer, importers=IMPORTERS.values(),
        proposal=proposal, glimpses=[] if tables else glimpses(proposal), files=_files(one), tables=tables,
        further_tables=left, may_be_mapped=importer is not TABLE and any(map(is_table, source.files)),
        types=types_of(proposal, one.options.get("types", {}), scale_for(importer, project)),
        people=people_of(project, proposal, one.options.get("people", {})),
        asks_encoding=name in ENCODED or one.options.get("encoding") or form["encoding"].errors,
        asks_furniture=name in FURNISHED,
        asks_people=importer is not None and importer.annotated and proposal.marked,
        asks_offsets=importer is not None and importer.counts
        and (proposal.readings or _counts(one) or _has_offsets(tables)), **more,
    )  # fmt: skip


def _has_offsets(tables: Sequence[Asked]) -> bool:
    return any(asked.table == "spans" and any(row.ours == "start" and not row.options[0][2] for row in asked.columns)
               for asked in tables)  # fmt: skip


def _counts(one: Import) -> bool:
    return bool(one.options.get("offset_unit") or one.options.get("crlf"))


def course(request: PageRequest, project: Project, one: Import) -> HttpResponse:
    """How far it has come, and its report at the end; asked for by the page itself, only what changes."""
    going = one.state in GOING
    template = "imports/course.html"
    if request.htmx:
        template = "imports/progress.html" if going else "imports/finished.html"
    answer = show(
        request, template, project, "articles",
        one=one, heading=HEADINGS[Import.State(one.state)], going=going, left=time_left(one), long=waits_long(one),
        files=_files(one), people=_people(one) if not going else None,
        refusals=[] if going else one.refusals[:REPORTED], noted=[] if going else one.noted[:REPORTED],
    )  # fmt: skip
    if request.htmx and not going:
        answer["HX-Retarget"], answer["HX-Reswap"] = "#course", "outerHTML"
    return answer


def _people(one: Import) -> dict[str, Any]:
    """Whom the files named, those with most spans first, and how many they are."""
    people = one.people.select_related("user")
    return {"names": people.exclude(name="").count(), "rows": people[:REPORTED]}


def _files(one: Import) -> dict[str, Any]:
    files = list(one.files.all())
    return {"count": len(files), "bytes": sum(file.size for file in files), "names": [file.name for file in files[:3]]}

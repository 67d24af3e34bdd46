"""One import: its preview, its course, and its report."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.formats.registry import IMPORTERS
from annotations.formats.tables.reading.mapping import NAMES
from annotations.formats.tables.reading.table import TABLE
from annotations.imports.preview import Preview
from annotations.imports.proposal import LIMITS
from annotations.imports.run import cancel
from annotations.imports.uploads import delete_report, discard
from annotations.jobs.imports import begin, preview_of
from annotations.models import Article, Import, Project
from annotations.models.transfer.imports import MOST_REPORTED
from annotations.permissions import Action
from annotations.web.imports.mapping import asked_tables, chosen_mapping, initial_mapping, without_mapping
from annotations.web.imports.options import ChoicesForm, chosen_in, initial_of, people_of, scale_for, types_of
from annotations.web.imports.start import entered
from annotations.web.imports.status import GOING, HEADINGS, LONG_WAIT, time_left, waits_long
from annotations.web.imports.text import Origin, previewed
from annotations.web.page import PageRequest, project_page, show

CHOOSING: Final = ("look", "start")
"""Steps that bring choices."""
ENCODED: Final = ("txt", "html", "csv", "table", "brat")
"""Formats that may be in any encoding."""
HAVE_BOILERPLATE: Final = ("txt", "html", "csv", "parquet")
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
        return _done(request, project, one)
    return course(request, project, one)


def _done(request: PageRequest, project: Project, one: Import) -> HttpResponse:
    """Cancels what is under way, or deletes the report of what is over."""
    if request.POST.get("step") == "cancel" and one.state in GOING:
        cancel(one)
    elif request.POST.get("step") == "delete-report" and one.is_over:
        delete_report(one)
        if one.pk is None:
            messages.info(request, _("The import, its files and its report were deleted."))
            return redirect("import", project.slug)
        messages.info(request, _("The lists of skipped items and notes were deleted."))
    return redirect("import-one", project.slug, one.pk)


def proposed(request: PageRequest, project: Project, one: Import) -> HttpResponse:
    """The preview of it: with other choices as often as it takes, then it begins or is forgotten."""
    step, here = request.POST.get("step"), redirect("import-one", project.slug, one.pk)
    if step == "discard":
        discard(one)
        messages.info(request, _("The import was discarded. Nothing was kept."))
        return redirect("import", project.slug)
    asked = preview_of(one)
    if asked.seen is None:
        return here if request.method == "POST" else show(
            request, "imports/reading.html", project, "articles",
            one=one, files=_files(one), long=timezone.now() - asked.asked_at > LONG_WAIT, limits=LIMITS,
        )  # fmt: skip
    preview = Preview.from_json(asked.seen)
    if step == "table":
        one.format, one.options = TABLE.name, without_mapping(one.options)
        one.options |= initial_mapping(one, preview.tables)
        one.save(update_fields=["format", "options"])
        return here
    if step in CHOOSING:
        return _chosen(request, project, one, asked.failure, preview)
    if request.method == "POST" and not preview.article:
        return here
    form = ChoicesForm(initial=initial_of(one), found=IMPORTERS.get(preview.format))
    return _seen(request, project, one, preview, form, failure=asked.failure, changed="changed" in request.GET)


def _chosen(request: PageRequest, project: Project, one: Import, failure: str, preview: Preview) -> HttpResponse:
    """Keeps the choices; then it begins, unless they change what is read."""
    here, found = redirect("import-one", project.slug, one.pk), IMPORTERS.get(preview.format)
    form = ChoicesForm(request.POST, initial=initial_of(one), found=found)
    if not form.is_valid():
        return _seen(request, project, one, preview, form, 400, failure=failure)
    chosen = chosen_in(request.POST, form.cleaned_data, project)
    if form.cleaned_data["format"] == TABLE.name:
        asks = any(name.startswith("table-") for name in request.POST)
        tables = preview.tables
        chosen |= chosen_mapping(request.POST, one, tables) if asks else initial_mapping(one, tables)
    before = (one.format, *(one.options.get(name, usual) for name, usual in READ_BY.items()))
    one.format, one.strict = form.cleaned_data["format"], form.cleaned_data["strict"]
    one.options = {**without_mapping(one.options), **chosen}
    one.save(update_fields=["format", "strict", "options"])
    # What is read otherwise has to be looked at once more.
    changed = before != (one.format, *(chosen.get(name, "") for name in READ_BY))
    importer = IMPORTERS.get(one.format) or found
    if request.POST["step"] == "start" and not changed and not preview.article and (importer or failure):
        one.format = importer.name if importer else ""
        one.save()
        begin(one)
        return here
    asked = preview_of(one)
    if asked.seen is None:
        return redirect(f"{here.url}?changed") if changed else here
    preview = Preview.from_json(asked.seen)
    if not changed and not preview.article:
        return here
    return _seen(request, project, one, preview, form, failure=asked.failure, changed=changed)


def _seen(
    request: PageRequest, project: Project, one: Import, preview: Preview, form: ChoicesForm, status: int = 200, *,
    failure: str, **more: Any,
) -> HttpResponse:  # fmt: skip
    """What was seen: the article line by line where it is one, else the beginning of all."""
    importer = IMPORTERS.get(one.format) or IMPORTERS.get(preview.format)
    if preview.article and importer and status == 200:
        origin = Origin(one, preview.article.document)
        return previewed(request, project, preview.article.text, origin, choices=form, importer=importer)
    name = importer.name if importer else ""
    tables = asked_tables(one, preview.tables) if importer is TABLE else []
    same = Article.objects.without_text().filter(project=project, sha256__in=preview.digests)
    there = {article.sha256: article for article in same}
    counts = one.options.get("offset_unit") or one.options.get("crlf")
    starts = [row for asked in tables if asked.table == "spans" for row in asked.columns if row.ours == "start"]
    has_offsets = any(not row.options[0][2] for row in starts)
    return show(
        request, "imports/proposed.html", project, "articles", status,
        one=one, form=form, importer=importer, importers=IMPORTERS.values(), failure=failure, limits=LIMITS,
        preview=preview, same=there, files=_files(one), tables=tables,
        excerpts=[] if tables else [(excerpt, there.get(excerpt.digest)) for excerpt in preview.excerpts],
        further_tables=preview.further_tables if importer is TABLE else 0,
        may_be_mapped=importer is not TABLE and preview.has_tables and not failure,
        types=types_of(preview, one.options.get("types", {}), scale_for(importer, project)),
        people=people_of(project, preview, one.options.get("people", {})),
        asks_encoding=name in ENCODED or one.options.get("encoding") or form["encoding"].errors,
        asks_boilerplate=name in HAVE_BOILERPLATE,
        asks_people=importer is not None and importer.annotated and preview.marked,
        asks_offsets=importer is not None and importer.counts and (preview.readings or counts or has_offsets), **more,
    )  # fmt: skip


def course(request: PageRequest, project: Project, one: Import) -> HttpResponse:
    """How far it has come, and its report at the end; asked for by the page itself, only what changes."""
    going = one.state in GOING
    people = one.people.select_related("user")
    template = "imports/course.html"
    if request.htmx:
        template = "imports/progress.html" if going else "imports/finished.html"
    answer = show(
        request, template, project, "articles",
        one=one, heading=HEADINGS[Import.State(one.state)], going=going, left=time_left(one), long=waits_long(one),
        files=_files(one),
        people=None if going else {"names": people.exclude(name="").count(), "rows": people[:REPORTED]},
        refusals=[] if going else one.refusals[:REPORTED], noted=[] if going else one.noted[:REPORTED],
        most=MOST_REPORTED, nothing_came=not any(one.made.values()),
    )  # fmt: skip
    if request.htmx and not going:
        answer["HX-Retarget"], answer["HX-Reswap"] = "#course", "outerHTML"
    return answer


def _files(one: Import) -> dict[str, Any]:
    files = list(one.files.all())
    return {"count": len(files), "bytes": sum(file.size for file in files), "names": [file.name for file in files[:3]]}

"""The ways in: files, a pasted text, an address; and what was brought in lately."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Final

from django import forms
from django.conf import settings
from django.db import IntegrityError
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats.fetching.page import LONGEST_ADDRESS
from annotations.formats.reading.boilerplate import with_line_feeds
from annotations.formats.registry import IMPORTERS
from annotations.imports.uploads import receive
from annotations.models import Import, ImportFile, Project
from annotations.models.article import LONGEST_BODY
from annotations.paging import page_of
from annotations.permissions import Action
from annotations.rules import ARCHIVED, Rule, broken_rule
from annotations.web.imports.text import previewed
from annotations.web.page import PageRequest, project_page, show
from factcheck.problems import problem_answer

LISTED: Final = 20
"""Imports on a page of the list."""
NOTHING_CHOSEN: Final = gettext_lazy("Choose at least one file, a folder or an archive.")


class PasteForm(forms.Form):
    """A text as it was pasted."""

    body = forms.CharField(
        label=gettext_lazy("Text"),
        strip=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea({"rows": 11, "dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Paste the text of the article."),
            "max_length": gettext_lazy("The text is too long. Use at most 2,000,000 characters."),
        },
    )

    def clean_body(self) -> str:
        body = with_line_feeds(self.cleaned_data["body"])
        if not body.strip():
            raise forms.ValidationError(_("The text is empty. Paste the text of the article."), "required")
        return body


class AddressForm(forms.Form):
    """Where an article lies."""

    address = forms.CharField(
        label=gettext_lazy("URL"),
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput({"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the URL of a page, starting with https:// or http://.")},
    )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        return address if "://" in address else f"https://{address}"


@project_page("GET", "POST", may=Action.MANAGE)
def entrance(request: PageRequest, project: Project) -> HttpResponse:
    """The three ways. A pasted text is answered with its preview, as often as it takes, until it is stored."""
    if request.method != "POST":
        return entered(request, project)
    if project.archived:
        return entered(request, project, 409)
    pasted = PasteForm(request.POST)
    if request.POST.get("step") == "again":
        return entered(request, project, form=PasteForm(initial={"body": request.POST.get("body", "")}))
    if not pasted.is_valid():
        return entered(request, project, 400, form=pasted)
    return previewed(request, project, pasted.cleaned_data["body"])


def entered(request: PageRequest, project: Project, status: int = 200, **more: Any) -> HttpResponse:
    """The page with the three ways; `more` is what was sent and what is wrong with it."""
    imports = page_of(listed(request, project), ["-created_at", "-id"], request.GET, length=LISTED)
    ways = {"form": PasteForm(), "address": AddressForm(), "fetching": settings.FETCHING}
    ways["most"] = settings.IMPORT_MAX_SIZE
    return show(
        request, "imports/entrance.html", project, "articles", status,
        **{**ways, "found": imports, "importers": IMPORTERS.values(), **more},
    )  # fmt: skip


def listed(request: PageRequest, project: Project) -> QuerySet[Import]:
    """The imports that the person sees in the list: those that were begun, and what they proposed themselves."""
    mine = Q(state=Import.State.PROPOSED, by=request.user)
    files = ImportFile.objects.filter(of=OuterRef("pk")).order_by("position")
    return (
        Import.objects.visible_to(request.user)
        .filter(~Q(state=Import.State.PROPOSED) | mine, project=project)
        .select_related("by")
        .annotate(file_count=Count("files"), first_file=Subquery(files.values("name")[:1]))
    )


@project_page("POST", may=Action.MANAGE)
def upload(request: PageRequest, project: Project) -> HttpResponse:
    """Receives files, and leads on to the look at them; a script is told where that is."""
    if project.archived:
        return _refused(request, project, ARCHIVED.message, ARCHIVED)
    sent = list(_sent(request))
    if not sent:
        return _refused(request, project, str(NOTHING_CHOSEN))
    try:
        proposed = receive(project, request.user, sent)
    except IntegrityError as error:
        if (rule := broken_rule(error)) is None:
            raise
        return _refused(request, project, rule.message, rule)
    place = reverse("import-one", args=[project.slug, proposed.pk])
    return JsonResponse({"address": place}, status=201) if _by_script(request) else redirect(place)


def _sent(request: HttpRequest) -> Iterator[tuple[str, IO[bytes]]]:
    """The files with their paths. A browser sends bare names; where they stood in a folder comes beside them."""
    files = request.FILES.getlist("files")
    try:
        paths = json.loads(request.POST.get("paths", "null"))
    except (ValueError, RecursionError):
        paths = None
    told = isinstance(paths, list) and len(paths) == len(files) and all(isinstance(path, str) for path in paths)
    for number, file in enumerate(files):
        yield str(paths[number] if told else file.name), file


def _by_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _refused(request: PageRequest, project: Project, detail: str, rule: Rule | None = None) -> HttpResponse:
    status = rule.status if rule else 400
    if not _by_script(request):
        return entered(request, project, status, files_error=detail)
    error = {"field": "files", "code": rule.name if rule else "required", "detail": detail}
    kind = rule.slug if rule else "bad-input"
    return problem_answer(status, detail, kind, _("Nothing uploaded"), errors=[error])
